"""The forms of the facts: what they ask, what they say beside a field, drafts, keys, names for a screen reader."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import (
    Area,
    HealthFactKind,
    InterpreterState,
    JobState,
)
from aftercare.domain.drafts.employment import JobDraft
from aftercare.domain.drafts.people import LanguageDraft
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.attendance import AttendanceDialog, MonthEntry
from aftercare.gui.dialogs.erase_everything import EraseEverythingDialog
from aftercare.gui.dialogs.job import JobDialog
from aftercare.gui.mnemonics import key_of
from aftercare.gui.office import Office
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.employment import save_job
from aftercare.services.health import show_health
from aftercare.services.standing import show_area_facts
from facts_forms import MAKERS, Open, choose, day, education, housing, line, message, opener, save, work
from hands import rest, settle, take_the_keyboard, wait_for
from makers import a_survivor
from makers_facts import FactsCase, a_case_with_facts


@pytest.fixture
def case(desk: Desk) -> FactsCase:
    return a_case_with_facts(desk)


@pytest.fixture
def open_(office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> Open:
    return opener(office, desk, case, qtbot)


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
    assert not re.search(r"S-\d{4}", dialog.windowTitle()), "a code stands for somebody too"
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("name", MAKERS)
def test_tab_leads_through_every_form_and_back_to_its_beginning(open_: Open, name: str) -> None:
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
    rest(office.jobs)
    assert not dialog.isVisible()
    assert [kept.form for kept in desk.ask(my_drafts)] == [name]
    again = open_(name)
    kept = again.findChild(type(typed), typed.objectName())
    assert isinstance(kept, QLineEdit | QPlainTextEdit)
    assert (kept.toPlainText() if isinstance(kept, QPlainTextEdit) else kept.text()) == "half a"


# --- what each asks ---------------------------------------------------------------------------------------------------


def test_a_new_place_asks_for_its_kind_and_says_so_beside_it(open_: Open, office: Office) -> None:
    dialog = open_("placement")
    day(dialog, "until").field.setText("yesterdayish")
    save(dialog, office)
    assert "not a whole day" in message(dialog, "until")
    day(dialog, "until").field.setText("")
    save(dialog, office)
    assert message(dialog, "kind") == "Please fill this in."
    assert dialog.isVisible()


def test_a_form_grows_by_the_words_about_a_wrong_field_while_there_is_room(open_: Open, office: Office) -> None:
    dialog = open_("placement")
    day(dialog, "until").field.setText("yesterdayish")
    save(dialog, office)
    day(dialog, "until").field.setText("")
    save(dialog, office)
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
    rest(office.jobs)
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
    rest(office.jobs)
    assert "Glasses" in [fact.words for fact in desk.ask(show_health, case.case_id).facts]


def test_what_cannot_be_a_time_is_told_beside_it(open_: Open, office: Office) -> None:
    dialog = open_("appointment")
    day(dialog, "on").field.setText("1 Dec 2026")
    line(dialog, "at").setText("25:00")
    save(dialog, office)
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
    save(dialog, office)
    (booked,) = desk.ask(show_area_facts, head.case_id, Area.HOUSING.value).diary.ahead
    assert (booked.interpreter, booked.interpreter_language) == (InterpreterState.NEEDED, "ti")


def test_attendance_of_another_month_is_added_with_its_percentage(
    open_: Open, office: Office, desk: Desk, case: FactsCase
) -> None:
    dialog = open_("attendance")
    entry = dialog.findChildren(MonthEntry)[-1]
    assert entry.month.value == date(2026, 11, 1)
    entry.held.setValue(8)
    entry.attended.setValue(9)
    take_the_keyboard(dialog)
    entry.attended.setFocus()
    save(dialog, office)
    assert entry.attended.hasFocus()
    assert message(dialog, "months") == "More sessions attended than held."
    entry.attended.setValue(6)
    assert "75 %" in [label.text() for label in entry.findChildren(QLabel)]
    save(dialog, office)
    assert education(desk, case).current[0].percent == 80


def test_a_month_with_more_attended_than_held_says_so_beside_itself(open_: Open, office: Office) -> None:
    dialog = open_("attendance")
    assert isinstance(dialog, AttendanceDialog)
    for _ in range(14):
        dialog._months._add_one()
    entry = dialog._months.months[0]
    entry.attended.setValue(entry.held.value() + 1)
    assert "more than held" in [label.text() for label in entry.findChildren(QLabel)]
    assert "100 %" not in [label.text() for label in entry.findChildren(QLabel)]
    dialog.resize(dialog.width(), 420)
    save(dialog, office)
    settle()
    assert message(dialog, "months") == "More sessions attended than held."
    assert dialog.focusWidget() in (entry.attended, entry.attended.lineEdit())
    assert not entry.visibleRegion().isEmpty()


def test_sessions_attended_in_a_month_without_a_day_are_not_forgotten(open_: Open, office: Office) -> None:
    dialog = open_("attendance")
    assert isinstance(dialog, AttendanceDialog)
    dialog._months._add_one()
    dialog._months.months[-1].attended.setValue(2)
    save(dialog, office)
    assert dialog.isVisible()
    assert message(dialog, "months")


def test_removing_asks_first_and_can_be_undone(office: Office, desk: Desk, case: FactsCase, qtbot: QtBot) -> None:
    from aftercare.gui.notices import Notice

    job = work(desk, case).earlier[0]
    dialog = JobDialog(office, case.case_id, job)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    rest(office.jobs)
    dialog.form.remove.click()
    question = dialog.findChild(Notice)
    assert isinstance(question, Notice)
    with qtbot.waitSignal(office.undo_offered):
        question.accept()
    rest(office.jobs)
    assert work(desk, case).earlier == ()
    assert not dialog.isVisible()


def test_two_people_at_one_form_are_told_instead_of_overwriting(
    office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    job = work(desk, case).jobs[0]
    dialog = JobDialog(office, case.case_id, job)
    qtbot.addWidget(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    rest(office.jobs)
    desk.do(
        save_job, case.case_id, JobDraft("Harbour Bakery", "Baker", JobState.WORKING, id=job.id, version=job.version)
    )
    line(dialog, "wage").setText("14 an hour")
    with qtbot.waitSignal(office.jobs.explained):
        dialog.save()
    rest(office.jobs)
    assert dialog.isVisible()
    assert work(desk, case).jobs[0].role == "Baker"


@pytest.mark.parametrize("name", MAKERS)
def test_every_form_fits_its_width_at_twice_the_text_size(open_: Open, screen: Screen, name: str) -> None:
    screen.style.wear(Look(Scheme.LIGHT, 200))
    dialog = open_(name)
    dialog.resize(1_000, 720)
    wait_for(lambda: dialog.form.scroll.width() > 900, "the new size")
    assert dialog.form.scroll.horizontalScrollBar().maximum() == 0


def test_a_new_place_names_the_stay_that_ends_and_may_leave_it_open(
    open_: Open, office: Office, desk: Desk, case: FactsCase
) -> None:
    dialog = open_("placement")
    assert message(dialog, "ends_earlier") == "Shelter room 4, since 3 Aug 2026"
    ends = dialog.fields.parts["ends_earlier"]
    assert isinstance(ends, QCheckBox)
    ends.click()
    choose(dialog, "kind", "hospital")
    save(dialog, office)
    known = housing(desk, case)
    assert [stay.until for stay in known.placements[:2]] == [None, None]
