"""Fields of the kit: levels, dates, codes, words and a signature, typed and read by keys."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.domain.partial_date import PartialDate
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo, MinutesEdit
from aftercare.gui.widgets.date_edits import AgeRangeEdit, DayEdit, PartialDateEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.levels import LevelDots, LevelPicker
from aftercare.gui.widgets.signature_pad import SignaturePad
from aftercare.gui.widgets.stage_steps import StageSteps
from aftercare.gui.widgets.tags_edit import TagsEdit

LEVELS = [
    ("in_crisis", "In crisis"), ("vulnerable", "Vulnerable"), ("safe", "Safe"), ("building", "Building"),
    ("empowered", "Empowered"), ("rather_not_say", "Rather not say"),
]  # fmt: skip
NOON = stopped_at(datetime(2026, 11, 23, 12, tzinfo=UTC))


def test_dots_say_the_level_in_words(qtbot: QtBot) -> None:
    dots = LevelDots()
    qtbot.addWidget(dots)
    dots.show_level(3, "Safe", "Staff")
    assert dots.accessibleName() == "Staff: Safe, 3 of 5"
    dots.show_level(None, "rather not say", "Herself")
    assert dots.accessibleName() == "Herself: rather not say"


def test_a_level_is_picked_by_keys_and_cleared(qtbot: QtBot) -> None:
    picker = LevelPicker()
    qtbot.addWidget(picker)
    picker.show_choices(LEVELS)
    picker.show()
    buttons = picker.findChildren(QPushButton)
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Right)
    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.keyClick(buttons[1], Qt.Key.Key_Space)
    assert chosen.args == ["vulnerable"]
    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.keyClick(buttons[1], Qt.Key.Key_Delete)
    assert chosen.args == [None]
    assert picker.code is None


def test_showing_a_level_announces_nothing(qtbot: QtBot) -> None:
    picker = LevelPicker()
    qtbot.addWidget(picker)
    picker.show_choices(LEVELS)
    with qtbot.assertNotEmitted(picker.chosen):
        picker.show_code("rather_not_say")
    assert picker.code == "rather_not_say"


def test_stages_tell_where_a_case_stands(qtbot: QtBot) -> None:
    stages = StageSteps()
    qtbot.addWidget(stages)
    stages.show_stage(["Intake", "Stabilising", "Plan"], 1)
    assert stages.accessibleName() == "Stage: Stabilising, 2 of 3"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12 Mar 1998", PartialDate(1998, 3, 12)),
        ("03/1998", PartialDate(1998, 3)),
        ("c. 1998", PartialDate(1998, about=True)),
    ],
)
def test_a_partial_date_is_understood_and_written_out(qtbot: QtBot, typed: str, meant: PartialDate) -> None:
    field = PartialDateEdit()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, typed)
    with qtbot.waitSignal(field.changed) as changed:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert changed.args == [meant]
    assert field.value == meant


def test_a_date_that_is_none_stays_as_typed_and_is_explained_beside_its_field(qtbot: QtBot) -> None:
    form = FieldForm()
    qtbot.addWidget(form)
    field = PartialDateEdit()
    row = form.add("born", "&Born", field)
    form.show()
    qtbot.keyClicks(field, "last spring")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "last spring"
    assert row.message.startswith("This is not a date")
    assert field.property("problem") is True
    assert field.accessibleDescription() == row.message
    assert field.accessibleName() == "Born"


def test_a_day_is_typed_stepped_and_emptied(qtbot: QtBot) -> None:
    day = DayEdit(clock=NOON)
    qtbot.addWidget(day)
    day.show()
    qtbot.keyClicks(day.field, "tomorrow")
    qtbot.keyClick(day.field, Qt.Key.Key_Return)
    assert day.value == date(2026, 11, 24)
    qtbot.keyClick(day.field, Qt.Key.Key_PageUp)
    assert day.value == date(2026, 12, 1)
    qtbot.keyClick(day.field, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert day.value == date(2026, 11, 23)
    day.field.clear()
    with qtbot.waitSignal(day.changed) as changed:
        qtbot.keyClick(day.field, Qt.Key.Key_Return)
    assert changed.args == [None]


def test_the_calendar_offers_today_and_no_date(qtbot: QtBot) -> None:
    day = DayEdit(clock=NOON)
    qtbot.addWidget(day)
    day.show()
    popup = day.open_calendar()
    buttons = {button.text(): button for button in popup.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Today"], Qt.MouseButton.LeftButton)
    chosen = [day.value]
    qtbot.keyClick(day.open_calendar().calendar, Qt.Key.Key_Return)
    chosen.append(day.value)
    day.open_calendar()
    qtbot.mouseClick(buttons["No date"], Qt.MouseButton.LeftButton)
    chosen.append(day.value)
    assert chosen == [date(2026, 11, 23), date(2026, 11, 23), None]
    assert not popup.isVisible()


def test_an_age_range_puts_its_ends_in_order(qtbot: QtBot) -> None:
    ages = AgeRangeEdit()
    qtbot.addWidget(ages)
    assert ages.value is None
    ages.show_value((25, 20))
    assert ages.value == (20, 25)


def test_a_code_that_is_no_longer_offered_is_kept(qtbot: QtBot) -> None:
    combo = CodeCombo()
    qtbot.addWidget(combo)
    combo.show_choices([("a", "A"), ("b", "B")], blank="Not asked", others=[("unknown", "Unknown")])
    shown = [combo.code]
    for code in ("unknown", "of_an_older_list"):
        combo.show_code(code)
        shown.append(combo.code)
    assert shown == [None, "unknown", "of_an_older_list"]


def test_chips_hold_several_codes_in_their_order(qtbot: QtBot) -> None:
    chips = ChoiceChips()
    qtbot.addWidget(chips)
    chips.show_choices([("a", "A"), ("b", "B"), ("c", "C")])
    chips.show_codes(["c", "a"])
    assert chips.codes == ["a", "c"]
    chips.show()
    middle = chips.findChildren(QPushButton)[1]
    with qtbot.waitSignal(chips.changed) as changed:
        qtbot.keyClick(middle, Qt.Key.Key_Space)
    assert changed.args == [["a", "b", "c"]]


def test_words_typed_but_not_yet_kept_are_not_lost(qtbot: QtBot) -> None:
    tags = TagsEdit()
    qtbot.addWidget(tags)
    tags.show_tags(["baking"])
    field = tags.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "sewing")
    assert tags.tags == ["baking", "sewing"]
    qtbot.keyClicks(field, ",")
    assert field.text() == ""
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert tags.tags == ["baking"]


def test_minutes_may_be_left_open(qtbot: QtBot) -> None:
    minutes = MinutesEdit()
    qtbot.addWidget(minutes)
    assert minutes.minutes is None
    minutes.show_minutes(15)
    assert minutes.minutes == 15


def test_problems_of_a_draft_find_their_fields(qtbot: QtBot) -> None:
    form = FieldForm()
    qtbot.addWidget(form)
    form.add("first", "First", QLineEdit())
    form.add("second", "Second", QLineEdit(), hint="As she says it")
    form.show()
    assert form.show_problem(DraftProblems((FieldProblem("second", "required"), FieldProblem("elsewhere", "taken"))))
    assert form.rows["second"].message == "Please fill this in."
    assert form.rows["first"].message == ""
    assert not form.show_problem(FieldProblem("elsewhere", "taken"))
    assert form.rows["second"].message == "As she says it"


def test_a_signature_is_drawn_within_one_by_one_and_taken_back(qtbot: QtBot) -> None:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.show_ways([("drawn", "Drawn here"), ("on_paper", "Signed on paper")])
    pad.resize(400, 220)
    pad.show()
    signed = [pad.is_signed]
    canvas = pad.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    qtbot.mouseMove(canvas, QPoint(80, 60))
    qtbot.mouseMove(canvas, QPoint(canvas.width() + 50, 30))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(80, 60))
    signed.append(pad.is_signed)
    points = [point for stroke in pad.strokes for point in stroke]
    assert len(points) == 3
    assert all(0 <= value <= 1 for point in points for value in point)
    qtbot.keyClick(canvas, Qt.Key.Key_Backspace)
    signed.append(pad.is_signed)
    pad.show_signature("on_paper")
    signed.append(pad.is_signed)
    assert signed == [False, True, False, True]
    assert pad.strokes == ()
