"""Scores: every area at once, two voices, answers that are no level, and when the next one is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aftercare.domain.codes import Area, Level
from aftercare.domain.drafts.scores import AnswerDraft, AssessmentDraft
from aftercare.domain.errors import DraftProblems
from aftercare.services.desk import Desk
from aftercare.services.scores import five_step_scale, next_assessment, open_scores, record_assessment
from aftercare.services.undo import undo
from makers import a_survivor

TODAY = date(2026, 11, 23)


def test_an_assessment_keeps_the_answers_of_both_voices(desk: Desk) -> None:
    head = a_survivor(desk)
    answers = (
        AnswerDraft(Area.HOUSING, Level.SAFE, Level.VULNERABLE, "The lock works"),
        AnswerDraft(Area.HEALTH, Level.NOT_ENOUGH_INFORMATION, Level.RATHER_NOT_SAY),
        AnswerDraft(Area.EDUCATION),
    )
    done = desk.do(record_assessment, head.case_id, AssessmentDraft(answers, setting="At the kitchen table"))
    view = desk.ask(open_scores, head.case_id)
    housing = next(each for each in view.areas if each.area.area == Area.HOUSING)
    assert [(row.staff, row.own, row.words) for row in housing.answers] == [
        (Level.SAFE, Level.VULNERABLE, "The lock works")
    ]
    health = next(each for each in view.areas if each.area.area == Area.HEALTH)
    assert health.standing.staff_now is Level.NOT_ENOUGH_INFORMATION
    assert [(row.setting, row.areas) for row in view.assessments] == [("At the kitchen table", 2)]
    assert {one.area for one in view.course} == {Area.HOUSING, Area.HEALTH}
    assert [score.level for one in view.course if one.area == Area.HEALTH for score in one.scores] == [None, None]
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert desk.ask(open_scores, head.case_id).assessments == ()


def test_an_assessment_without_an_answer_or_of_tomorrow_is_refused(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = AssessmentDraft((AnswerDraft(Area.HOUSING), AnswerDraft("moon", Level.SAFE)), on=TODAY + timedelta(days=1))
    with pytest.raises(DraftProblems) as caught:
        desk.do(record_assessment, head.case_id, draft)
    assert {problem.field for problem in caught.value.problems} == {"area", "on"}
    with pytest.raises(DraftProblems):
        desk.do(record_assessment, head.case_id, AssessmentDraft((AnswerDraft(Area.HOUSING),)))
    assert desk.ask(open_scores, head.case_id).assessments == ()


def test_the_scale_asks_at_intake_after_ninety_days_and_then_each_half_year() -> None:
    opened = date(2026, 1, 1)
    assert five_step_scale().schedule.after_days == (90,)
    assert next_assessment(opened, []) == opened
    assert next_assessment(opened, [opened]) == opened + timedelta(days=90)
    assert next_assessment(opened, [opened, date(2026, 4, 10)]) == date(2026, 4, 10) + timedelta(days=180)
