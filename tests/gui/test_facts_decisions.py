"""Where the forms of the facts weigh something with a person: the safe-job check, and the ladder of going home."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import (
    Answer,
    Rung,
    SafeJobQuestion,
    SafeJobResult,
    StopKind,
)
from aftercare.domain.drafts.family import LadderMoveDraft
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.safe_job_questions import SafeJobQuestions
from aftercare.services.desk import Desk
from aftercare.services.family import move_on_ladder
from facts_forms import Open, answer, choose, day, family, message, opener, save, work
from hands import rest
from makers_facts import FactsCase, a_case_with_facts

TODAY = date(2026, 11, 23)


@pytest.fixture
def case(desk: Desk) -> FactsCase:
    return a_case_with_facts(desk)


@pytest.fixture
def open_(office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> Open:
    return opener(office, desk, case, qtbot)


# --- the safe-job check -----------------------------------------------------------------------------------------------


def test_the_check_begins_with_the_latest_answers_and_says_what_they_mean(open_: Open) -> None:
    dialog = open_("safe_job_check")
    questions = dialog.findChild(SafeJobQuestions)
    assert isinstance(questions, SafeJobQuestions)
    paid = questions.rows[SafeJobQuestion.OWN_ACCOUNT]
    assert paid.note.text() == "In cash"
    assert paid.meaning == ("Red flag: a known means of control: earnings taken away and no access to one’s own money")
    words = [label.text() for label in dialog.findChildren(QLabel)]
    assert "Stop" in words
    assert any(text.startswith("1 red flag: not paid to the worker’s own account · ") for text in words)
    assert not questions.rows[SafeJobQuestion.RECRUITER_LICENSED].isHidden()
    questions.rows[SafeJobQuestion.RECRUITER_INVOLVED].picker.press(Answer.NO)
    assert questions.rows[SafeJobQuestion.RECRUITER_LICENSED].isHidden()


def test_a_person_decides_and_may_decide_otherwise(open_: Open, office: Office, desk: Desk, case: FactsCase) -> None:
    dialog = open_("safe_job_check")
    save(dialog, office)
    assert dialog.isVisible()
    assert "Please fill this in." in [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    choose(dialog, "result", SafeJobResult.GO_WITH_CONDITIONS)
    save(dialog, office)
    assert dialog.isVisible()
    conditions = dialog.findChild(QPlainTextEdit, "conditions")
    assert isinstance(conditions, QPlainTextEdit)
    conditions.setPlainText("Wages into an account of her own")
    save(dialog, office)
    check = work(desk, case).jobs[0].latest_check
    assert check is not None
    assert (check.check_in_day, check.result) == (30, SafeJobResult.GO_WITH_CONDITIONS)
    assert check.valid_until == date(2027, 5, 22)
    assert [visit.day for visit in work(desk, case).jobs[0].check_ins] == [90, 180]


# --- the ladder -------------------------------------------------------------------------------------------------------


def obstacles(dialog: FormDialog) -> str:
    return next(label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "warning")


def test_the_move_says_in_plain_words_what_is_still_missing(
    open_: Open, office: Office, desk: Desk, case: FactsCase
) -> None:
    dialog = open_("ladder_move")
    assert "• the survivor’s consent has no date yet" in obstacles(dialog)
    save(dialog, office)
    assert dialog.isVisible()
    day(dialog, "consent_on").field.setText("23 Nov 2026")
    checked = dialog.fields.parts["safety_answered"]
    assert isinstance(checked, QCheckBox)
    checked.click()
    for name in ("safe_to_proceed", "she_is_willing", "family_is_willing"):
        answer(dialog, name, Answer.YES)
    assert obstacles(dialog) == ""
    save(dialog, office)
    assert family(desk, case).ladders[0].state.rung is Rung.ASSESSMENT


def test_going_down_asks_for_nothing(open_: Open, office: Office, desk: Desk, case: FactsCase) -> None:
    dialog = open_("ladder_move")
    choose(dialog, "rung", Rung.WISH)
    assert not dialog.fields.rows["consent_on"].isVisible()
    save(dialog, office)
    assert family(desk, case).ladders[0].state.rung is Rung.WISH


def test_a_stop_is_lifted_only_at_her_word(open_: Open, office: Office, desk: Desk, case: FactsCase) -> None:
    dialog = open_("lift_stop")
    save(dialog, office)
    assert message(dialog, "at_her_word") == (
        "Please tick this once the survivor has asked for it: nobody else can lift the stop."
    )
    wish = dialog.fields.parts["at_her_word"]
    assert isinstance(wish, QCheckBox)
    wish.click()
    save(dialog, office)
    assert not family(desk, case).ladders[0].state.is_frozen


def test_a_stop_with_a_reason_freezes_the_ladder(open_: Open, office: Office, desk: Desk, case: FactsCase) -> None:
    dialog = open_("ladder_stop")
    choose(dialog, "kind", StopKind.NEW_THREAT)
    save(dialog, office)
    assert family(desk, case).ladders[0].stops[0].kind is StopKind.NEW_THREAT


def test_a_no_after_the_return_asks_what_is_wanted_now(
    open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    for rung in (Rung.ASSESSMENT, Rung.TRIAL_VISIT, Rung.RETURN):
        desk.do(
            move_on_ladder,
            case.ladder_id,
            LadderMoveDraft(rung, TODAY, TODAY, safety_answered=True, safe_to_proceed=Answer.YES,
                            she_is_willing=Answer.YES, family_is_willing=Answer.YES, means="A room"),
        )  # fmt: skip
    dialog = open_("follow_up_visit")
    assert not dialog.fields.rows["goal_words"].isVisible()
    answer(dialog, "wants_to_stay", Answer.NO)
    assert dialog.fields.rows["goal_words"].isVisible()
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.save()
    assert saved.args == [True]
    rest(office.jobs)
