"""The safe-job check suggests; a person decides."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.domain.check_ins import CheckIn, check_ins
from aftercare.domain.codes import Answer, SafeJobQuestion, SafeJobResult
from aftercare.domain.safe_job import (
    MEANS_OF_CONTROL,
    RED_FLAGS,
    SAFE_ANSWERS,
    repeats_control,
    suggested_result,
    valid_until,
)

ALL_SAFE = dict(SAFE_ANSWERS) | {SafeJobQuestion.RECRUITER_INVOLVED: Answer.NO}


def opposite(question: SafeJobQuestion) -> Answer:
    return Answer.NO if SAFE_ANSWERS[question] is Answer.YES else Answer.YES


def test_where_all_is_safe_the_suggestion_is_go() -> None:
    assert suggested_result(ALL_SAFE).result is SafeJobResult.GO


@pytest.mark.parametrize("question", sorted(RED_FLAGS))
def test_one_red_flag_suggests_stop_and_is_named(question: SafeJobQuestion) -> None:
    found = suggested_result(ALL_SAFE | {question: opposite(question)})
    assert found.result is SafeJobResult.STOP
    assert found.red_flags == (question,)


@pytest.mark.parametrize(
    "question",
    sorted(set(SAFE_ANSWERS) - RED_FLAGS - {SafeJobQuestion.RECRUITER_LICENSED, SafeJobQuestion.HOUSING_LOCKABLE}),
)
def test_another_concern_suggests_conditions(question: SafeJobQuestion) -> None:
    found = suggested_result(ALL_SAFE | {question: opposite(question)})
    assert found.result is SafeJobResult.GO_WITH_CONDITIONS
    assert found.concerns == (question,)


def test_what_is_not_known_is_never_taken_as_safe() -> None:
    found = suggested_result({})
    assert found.result is SafeJobResult.GO_WITH_CONDITIONS
    assert set(found.not_known) == set(SafeJobQuestion)


def test_a_licence_is_asked_only_where_there_is_a_recruiter() -> None:
    unlicensed = ALL_SAFE | {SafeJobQuestion.RECRUITER_LICENSED: Answer.NO}
    assert suggested_result(unlicensed).result is SafeJobResult.GO
    with_recruiter = unlicensed | {SafeJobQuestion.RECRUITER_INVOLVED: Answer.YES}
    assert suggested_result(with_recruiter).concerns == (SafeJobQuestion.RECRUITER_LICENSED,)


def test_what_would_repeat_the_control_she_lived_under_is_named() -> None:
    answers = ALL_SAFE | {SafeJobQuestion.PAPERS_KEPT_BY_OTHERS: Answer.YES, SafeJobQuestion.FEES_CHARGED: Answer.YES}
    assert repeats_control(answers, ["WithholdsDocuments", "PhysicalAbuse"]) == ("WithholdsDocuments",)
    assert repeats_control(ALL_SAFE, ["WithholdsDocuments"]) == ()


def test_only_questions_with_a_safe_answer_tie_to_means_of_control() -> None:
    assert set(MEANS_OF_CONTROL) <= set(SAFE_ANSWERS)
    assert set(SafeJobQuestion) - set(SAFE_ANSWERS) == {SafeJobQuestion.RECRUITER_INVOLVED}


def test_check_ins_come_after_30_90_and_180_days_while_the_job_lasts() -> None:
    begun = date(2026, 8, 25)
    assert check_ins(begun) == (
        CheckIn(date(2026, 9, 24), 30),
        CheckIn(date(2026, 11, 23), 90),
        CheckIn(date(2027, 2, 21), 180),
    )
    assert check_ins(begun, done_days=(30,), ended_on=date(2026, 12, 1)) == (CheckIn(date(2026, 11, 23), 90),)
    assert valid_until(begun) == date(2027, 2, 21)
