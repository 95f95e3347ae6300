"""The forms of the facts: what they ask, what they say beside a field, drafts, keys, names for a screen reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import (
    Answer,
    Area,
    HealthFactKind,
    InterpreterState,
    JobState,
    Rung,
    SafeJobQuestion,
    SafeJobResult,
    StopKind,
)
from aftercare.domain.drafts.employment import JobDraft
from aftercare.domain.drafts.family import LadderMoveDraft
from aftercare.domain.drafts.people import LanguageDraft
from aftercare.domain.rows.education import Education
from aftercare.domain.rows.employment import Employment
from aftercare.domain.rows.family import Family
from aftercare.domain.rows.housing import Housing
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.attendance import AttendanceDialog, MonthEntry
from aftercare.gui.dialogs.deadline import DeadlineDialog
from aftercare.gui.dialogs.enrolment import EnrolmentDialog
from aftercare.gui.dialogs.erase_everything import EraseEverythingDialog
from aftercare.gui.dialogs.family_contact import FamilyContactDialog
from aftercare.gui.dialogs.follow_up_visit import FollowUpVisitDialog
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.dialogs.health_fact import HealthFactDialog
from aftercare.gui.dialogs.job import JobDialog
from aftercare.gui.dialogs.ladder import LadderDialog
from aftercare.gui.dialogs.ladder_move import LadderMoveDialog
from aftercare.gui.dialogs.ladder_stop import LadderStopDialog, LiftStopDialog
from aftercare.gui.dialogs.placement import PlacementDialog
from aftercare.gui.dialogs.relative import RelativeDialog
from aftercare.gui.dialogs.safe_job_check import SafeJobCheckDialog
from aftercare.gui.dialogs.safety_check import SafetyCheckDialog
from aftercare.gui.mnemonics import key_of
from aftercare.gui.office import Office
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.answers import AnswerPicker
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.safe_job_questions import SafeJobQuestions
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.education import show_education
from aftercare.services.employment import save_job, show_employment
from aftercare.services.family import move_on_ladder, record_veto, show_family
from aftercare.services.health import show_health
from aftercare.services.housing import show_housing
from aftercare.services.standing import show_area_facts
from hands import rest, take_the_keyboard, wait_for
from makers import a_survivor
from makers_facts import FactsCase, a_case_with_facts

TODAY = date(2026, 11, 23)
Make = Callable[[Office, Desk, FactsCase], FormDialog]


@pytest.fixture
def case(desk: Desk) -> FactsCase:
    return a_case_with_facts(desk)


def housing(desk: Desk, case: FactsCase) -> Housing:
    return desk.ask(show_housing, case.case_id)


def work(desk: Desk, case: FactsCase) -> Employment:
    return desk.ask(show_employment, case.case_id)


def education(desk: Desk, case: FactsCase) -> Education:
    return desk.ask(show_education, case.case_id)


def family(desk: Desk, case: FactsCase) -> Family:
    return desk.ask(show_family, case.case_id)


def _placement(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    return PlacementDialog(office, case.case_id, housing(desk, case))


def _safety_check(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    here = housing(desk, case).placements[0]
    return SafetyCheckDialog(office, case.case_id, here.id, here.latest_check)


def _safe_job(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    return SafeJobCheckDialog(office, case.case_id, work(desk, case).jobs[0], None, 30)


def _lift(office: Office, desk: Desk, case: FactsCase) -> FormDialog:
    if not family(desk, case).ladders[0].state.is_frozen:
        desk.do(record_veto, case.ladder_id)
    return LiftStopDialog(office, family(desk, case).ladders[0].stops[0])


MAKERS: dict[str, Make] = {
    "placement": _placement,
    "safety_check": _safety_check,
    "health_fact": lambda office, _desk, case: HealthFactDialog(office, case.case_id),
    "appointment": lambda office, _desk, case: AppointmentDialog(office, case.case_id, Area.HOUSING),
    "deadline": lambda office, _desk, case: DeadlineDialog(office, case.case_id, Area.LEGAL),
    "enrolment": lambda office, _desk, case: EnrolmentDialog(office, case.case_id),
    "attendance": lambda office, desk, case: AttendanceDialog(office, education(desk, case).current[0]),
    "job": lambda office, _desk, case: JobDialog(office, case.case_id),
    "safe_job_check": _safe_job,
    "relative": lambda office, _desk, case: RelativeDialog(office, case.case_id),
    "family_contact": lambda office, desk, case: FamilyContactDialog(
        office, case.case_id, family(desk, case).relatives
    ),
    "ladder": lambda office, desk, case: LadderDialog(office, case.case_id, family(desk, case)),
    "ladder_move": lambda office, desk, case: LadderMoveDialog(office, family(desk, case).ladders[0]),
    "ladder_stop": lambda office, desk, case: LadderStopDialog(office, family(desk, case).ladders[0]),
    "lift_stop": _lift,
    "follow_up_visit": lambda office, desk, case: FollowUpVisitDialog(office, family(desk, case).ladders[0], 30),
}


@pytest.fixture
def open_(office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> Callable[[str], FormDialog]:
    def opened(name: str) -> FormDialog:
        dialog = MAKERS[name](office, desk, case)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        settle(office, qtbot)
        return dialog

    return opened


Open = Callable[[str], FormDialog]


def settle(office: Office, qtbot: QtBot) -> None:
    rest(office.jobs)


def save(dialog: FormDialog, office: Office, qtbot: QtBot) -> None:
    dialog.save()
    settle(office, qtbot)


def line(dialog: FormDialog, name: str) -> QLineEdit:
    part = dialog.fields.parts[name]
    assert isinstance(part, QLineEdit)
    return part


def day(dialog: FormDialog, name: str) -> DayEdit:
    part = dialog.fields.parts[name]
    assert isinstance(part, DayEdit)
    return part


def choose(dialog: FormDialog, name: str, code: str) -> None:
    combo = dialog.findChild(CodeCombo, name)
    assert isinstance(combo, CodeCombo)
    combo.show_code(code)


def answer(dialog: FormDialog, name: str, given: Answer) -> None:
    picker = dialog.fields.parts[name]
    assert isinstance(picker, AnswerPicker)
    picker.press(given)


def message(dialog: FormDialog, name: str) -> str:
    return dialog.fields.rows[name].message


# --- every form -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MAKERS)
def test_each_part_has_a_name_and_each_key_is_used_once(open_: Open, name: str) -> None:
    dialog = open_(name)
    focusable = [
        part
        for part in dialog.findChildren(QWidget)
        if part.isVisible()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.focusProxy() is None
        and not part.objectName().startswith("qt_")
    ]
    for part in focusable:
        words = part.accessibleName() or (part.text() if isinstance(part, QAbstractButton) else "")
        assert words, f"{part.metaObject().className()} {part.objectName()}"
    keys = [key_of(button.text()) for button in dialog.findChildren(QAbstractButton) if button.isVisible()]
    keys = [key for key in keys if key]
    assert len(keys) == len(set(keys))
    assert "Selam" not in dialog.windowTitle()
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("name", MAKERS)
def test_tab_leads_through_every_form_and_back_to_its_beginning(open_: Open, qtbot: QtBot, name: str) -> None:
    dialog = open_(name)
    take_the_keyboard(dialog)
    wait_for(lambda: QApplication.focusWidget() is not None, "the first field")
    first, seen = dialog.focusWidget(), []
    for _ in range(160):
        dialog.focusNextChild()
        now = dialog.focusWidget()
        if now is first:
            break
        seen.append(now)
    assert dialog.focusWidget() is first
    assert dialog.form.save in seen
    assert dialog.form.cancel in seen


@pytest.mark.parametrize("name", [name for name in MAKERS if name not in ("attendance", "ladder")])
def test_escape_keeps_what_was_typed_and_the_form_brings_it_back(
    open_: Open, office: Office, desk: Desk, qtbot: QtBot, name: str
) -> None:
    dialog = open_(name)
    typed = next(
        part
        for part in dialog.findChildren(QLineEdit) + dialog.findChildren(QPlainTextEdit)
        if (part.isVisible() and not isinstance(part.parent(), DayEdit | QCheckBox) and part.objectName()
        and part.objectName() in dialog.fields.parts) or part.objectName() in ("conditions",)
    )  # fmt: skip
    typed.setPlainText("half a") if isinstance(typed, QPlainTextEdit) else typed.setText("half a")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settle(office, qtbot)
    assert not dialog.isVisible()
    assert [kept.form for kept in desk.ask(my_drafts)] == [name]
    again = open_(name)
    kept = again.findChild(type(typed), typed.objectName())
    assert isinstance(kept, QLineEdit | QPlainTextEdit)
    assert (kept.toPlainText() if isinstance(kept, QPlainTextEdit) else kept.text()) == "half a"


# --- what each asks ---------------------------------------------------------------------------------------------------


def test_a_new_place_asks_for_its_kind_and_says_so_beside_it(open_: Open, office: Office, qtbot: QtBot) -> None:
    dialog = open_("placement")
    day(dialog, "until").field.setText("yesterdayish")
    save(dialog, office, qtbot)
    assert "not a whole day" in message(dialog, "until")
    day(dialog, "until").field.setText("")
    save(dialog, office, qtbot)
    assert message(dialog, "kind") == "Please fill this in."
    assert dialog.isVisible()


def test_a_form_grows_by_the_words_about_a_wrong_field_while_there_is_room(
    open_: Open, office: Office, qtbot: QtBot
) -> None:
    dialog = open_("placement")
    day(dialog, "until").field.setText("yesterdayish")
    save(dialog, office, qtbot)
    day(dialog, "until").field.setText("")
    save(dialog, office, qtbot)
    assert message(dialog, "kind") == "Please fill this in."
    has_room = dialog.height() < dialog.screen().availableGeometry().height() - 60
    assert dialog.form.scroll.verticalScrollBar().maximum() == 0 or not has_room


def test_the_field_with_the_keys_is_in_sight_at_opening_however_large_the_text(
    office: Office, screen: Screen, qtbot: QtBot
) -> None:
    screen.style.wear(Look(Scheme.LIGHT, 200))
    dialog = EraseEverythingDialog(office)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    typed = dialog.fields.parts["typed"]
    wait_for(lambda: typed.visibleRegion().boundingRect().height() == typed.height(), "the field in sight")


def test_saving_forgets_the_draft_and_offers_to_undo(open_: Open, office: Office, desk: Desk, qtbot: QtBot) -> None:
    dialog = open_("deadline")
    line(dialog, "words").setText("Answer the office")
    choose(dialog, "kind", "appeal")
    day(dialog, "ends_on").field.setText("12 Dec 2026")
    with qtbot.waitSignal(office.undo_offered):
        qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(office, qtbot)
    assert not dialog.isVisible()
    assert desk.ask(my_drafts) == ()


def test_a_dose_is_asked_only_for_medication(open_: Open) -> None:
    dialog = open_("health_fact")
    assert not dialog.fields.rows["dose"].isVisible()
    choose(dialog, "kind", HealthFactKind.MEDICATION)
    assert dialog.fields.rows["dose"].isVisible()


def test_enter_saves_a_health_entry(open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> None:
    dialog = open_("health_fact")
    choose(dialog, "kind", HealthFactKind.NEED)
    line(dialog, "words").setText("Glasses")
    qtbot.keyClick(line(dialog, "words"), Qt.Key.Key_Return)
    settle(office, qtbot)
    assert "Glasses" in [fact.words for fact in desk.ask(show_health, case.case_id).facts]


def test_what_cannot_be_a_time_is_told_beside_it(open_: Open, office: Office, qtbot: QtBot) -> None:
    dialog = open_("appointment")
    day(dialog, "on").field.setText("1 Dec 2026")
    line(dialog, "at").setText("25:00")
    save(dialog, office, qtbot)
    assert "not a time" in message(dialog, "at")


def test_the_interpreters_language_is_asked_only_where_one_is_needed(open_: Open) -> None:
    dialog = open_("appointment")
    assert not dialog.fields.rows["interpreter_language"].isVisible()
    choose(dialog, "interpreter", "needed")
    assert dialog.fields.rows["interpreter_language"].isVisible()


def test_a_new_appointment_begins_with_the_interpreter_whom_the_person_needs(
    office: Office, desk: Desk, qtbot: QtBot
) -> None:
    head = a_survivor(desk, languages=(LanguageDraft("en"), LanguageDraft("ti", interpreter=True)))
    shown = desk.ask(show_area_facts, head.case_id, Area.HOUSING.value)
    assert shown.interpreter_language == "ti"
    dialog = AppointmentDialog(office, head.case_id, Area.HOUSING, interpreter_language=shown.interpreter_language)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    day(dialog, "on").field.setText("tomorrow")
    save(dialog, office, qtbot)
    (booked,) = desk.ask(show_area_facts, head.case_id, Area.HOUSING.value).diary.ahead
    assert (booked.interpreter, booked.interpreter_language) == (InterpreterState.NEEDED, "ti")


def test_attendance_of_another_month_is_added_with_its_percentage(
    open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    dialog = open_("attendance")
    entry = dialog.findChildren(MonthEntry)[-1]
    assert entry.month.value == date(2026, 11, 1)
    entry.held.setValue(8)
    entry.attended.setValue(9)
    take_the_keyboard(dialog)
    entry.attended.setFocus()
    save(dialog, office, qtbot)
    assert entry.held.hasFocus()
    assert message(dialog, "months") == "More sessions attended than held."
    entry.attended.setValue(6)
    assert "75 %" in [label.text() for label in entry.findChildren(QLabel)]
    save(dialog, office, qtbot)
    assert education(desk, case).current[0].percent == 80


def test_removing_asks_first_and_can_be_undone(office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> None:
    from aftercare.gui.notices import Notice

    job = work(desk, case).earlier[0]
    dialog = JobDialog(office, case.case_id, job)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    settle(office, qtbot)
    dialog.form.remove.click()
    question = dialog.findChild(Notice)
    assert isinstance(question, Notice)
    with qtbot.waitSignal(office.undo_offered):
        question.accept()
    settle(office, qtbot)
    assert work(desk, case).earlier == ()
    assert not dialog.isVisible()


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
    assert any(text.startswith("1 red flag · ") for text in words)
    assert not questions.rows[SafeJobQuestion.RECRUITER_LICENSED].isHidden()
    questions.rows[SafeJobQuestion.RECRUITER_INVOLVED].picker.press(Answer.NO)
    assert questions.rows[SafeJobQuestion.RECRUITER_LICENSED].isHidden()


def test_a_person_decides_and_may_decide_otherwise(
    open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    dialog = open_("safe_job_check")
    save(dialog, office, qtbot)
    assert dialog.isVisible()
    assert "Please fill this in." in [label.text() for label in dialog.findChildren(QLabel) if label.isVisible()]
    choose(dialog, "result", SafeJobResult.GO_WITH_CONDITIONS)
    save(dialog, office, qtbot)
    check = work(desk, case).jobs[0].latest_check
    assert check is not None
    assert (check.check_in_day, check.result) == (30, SafeJobResult.GO_WITH_CONDITIONS)
    assert check.valid_until == date(2027, 5, 22)
    assert [visit.day for visit in work(desk, case).jobs[0].check_ins] == [90, 180]


# --- the ladder -------------------------------------------------------------------------------------------------------


def obstacles(dialog: FormDialog) -> str:
    return next(label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "warning")


def test_the_move_says_in_plain_words_what_is_still_missing(
    open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    dialog = open_("ladder_move")
    assert "• the survivor’s consent has no date yet" in obstacles(dialog)
    save(dialog, office, qtbot)
    assert dialog.isVisible()
    day(dialog, "consent_on").field.setText("23 Nov 2026")
    checked = dialog.fields.parts["safety_answered"]
    assert isinstance(checked, QCheckBox)
    checked.click()
    for name in ("safe_to_proceed", "she_is_willing", "family_is_willing"):
        answer(dialog, name, Answer.YES)
    assert obstacles(dialog) == ""
    save(dialog, office, qtbot)
    assert family(desk, case).ladders[0].state.rung is Rung.ASSESSMENT


def test_going_down_asks_for_nothing(open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> None:
    dialog = open_("ladder_move")
    choose(dialog, "rung", Rung.WISH)
    assert not dialog.fields.rows["consent_on"].isVisible()
    save(dialog, office, qtbot)
    assert family(desk, case).ladders[0].state.rung is Rung.WISH


def test_a_stop_is_lifted_only_at_her_word(
    open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    dialog = open_("lift_stop")
    save(dialog, office, qtbot)
    assert message(dialog, "at_her_word") == "only the survivor can lift this stop"
    wish = dialog.fields.parts["at_her_word"]
    assert isinstance(wish, QCheckBox)
    wish.click()
    save(dialog, office, qtbot)
    assert not family(desk, case).ladders[0].state.is_frozen


def test_a_stop_with_a_reason_freezes_the_ladder(
    open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    dialog = open_("ladder_stop")
    choose(dialog, "kind", StopKind.NEW_THREAT)
    save(dialog, office, qtbot)
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
    settle(office, qtbot)


def test_two_people_at_one_form_are_told_instead_of_overwriting(
    office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    job = work(desk, case).jobs[0]
    dialog = JobDialog(office, case.case_id, job)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    settle(office, qtbot)
    desk.do(
        save_job, case.case_id, JobDraft("Harbour Bakery", "Baker", JobState.WORKING, id=job.id, version=job.version)
    )
    line(dialog, "wage").setText("14 an hour")
    with qtbot.waitSignal(office.jobs.explained):
        dialog.save()
    settle(office, qtbot)
    assert dialog.isVisible()
    assert work(desk, case).jobs[0].role == "Baker"


@pytest.mark.parametrize("name", MAKERS)
def test_every_form_fits_its_width_at_twice_the_text_size(open_: Open, screen: Screen, qtbot: QtBot, name: str) -> None:
    screen.style.wear(Look(Scheme.LIGHT, 200))
    dialog = open_(name)
    dialog.resize(1_000, 720)
    wait_for(lambda: dialog.form.scroll.width() > 900, "the new size")
    assert dialog.form.scroll.horizontalScrollBar().maximum() == 0


def test_a_new_place_names_the_stay_that_ends_and_may_leave_it_open(
    open_: Open, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    dialog = open_("placement")
    assert message(dialog, "ends_earlier") == "Shelter room 4, since 3 Aug 2026"
    ends = dialog.fields.parts["ends_earlier"]
    assert isinstance(ends, QCheckBox)
    ends.click()
    choose(dialog, "kind", "hospital")
    save(dialog, office, qtbot)
    known = housing(desk, case)
    assert [stay.until for stay in known.placements[:2]] == [None, None]
