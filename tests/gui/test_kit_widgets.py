"""The fields and signs of the kit: keyboard, values, what listeners hear, what is never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare import i18n
from aftercare.domain.clock import stopped_at
from aftercare.domain.course import Event, Score, Series
from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.domain.partial_date import PartialDate
from aftercare.gui.application import Screen
from aftercare.gui.jobs import Done
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.busy_line import BusyLine
from aftercare.gui.widgets.card import CardButton
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo, MinutesEdit
from aftercare.gui.widgets.course_chart import CourseChart
from aftercare.gui.widgets.date_edits import AgeRangeEdit, DayEdit, PartialDateEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.flow import CardsLayout, FlowLayout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.levels import LevelDots, LevelPicker
from aftercare.gui.widgets.scrolled import ScrolledColumn
from aftercare.gui.widgets.signature_pad import SignaturePad
from aftercare.gui.widgets.stage_steps import StageSteps
from aftercare.gui.widgets.tags_edit import TagsEdit
from aftercare.gui.widgets.timeline import Timeline, TimelineEntry
from aftercare.gui.widgets.undo_bar import UndoBar

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


def test_the_course_is_told_in_words_and_walked_by_keys(qtbot: QtBot) -> None:
    chart = CourseChart()
    qtbot.addWidget(chart)
    series = [
        Series("housing", (Score(date(2026, 1, 1), 0), Score(date(2026, 6, 1), 2))),
        Series("health", (Score(date(2026, 1, 1), None),), own_view=True),
    ]
    names = [label for _, label in LEVELS[:5]]
    chart.show_course(series, [Event(date(2026, 3, 1), "Hearing")], names, {"housing": "Housing", "health": "Health"})
    told = chart.accessibleDescription()
    assert "Housing, staff: In crisis on 1 Jan 2026, Safe on 1 Jun 2026" in told
    assert "Health, herself: no level" in told
    assert "1 Mar 2026: Hearing" in told
    chart.resize(500, 160)
    chart.show()
    with qtbot.waitSignal(chart.picked) as picked:
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert picked.args == [series[0]]
    assert not chart.grab().isNull()


def test_a_timeline_entry_is_heard_whole_and_opens_by_enter(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    entry = TimelineEntry(1, "19 Nov", "Viewed <b>room</b>.", "housing", "L. Osei", "letter.pdf")
    timeline.show_entries([entry, TimelineEntry(2, "9 Nov", "Plan agreed. " * 30)])
    timeline.resize(260, 300)
    timeline.show()
    index = timeline.model_of_entries.index(0, 0)
    assert index.data() == "19 Nov. Viewed <b>room</b>.. letter.pdf. L. Osei"
    assert timeline.sizeHintForRow(1) > timeline.sizeHintForRow(0) * 2
    timeline.setCurrentIndex(index)
    with qtbot.waitSignal(timeline.opened) as opened:
        qtbot.keyClick(timeline, Qt.Key.Key_Return)
    assert opened.args == [entry]


def test_five_thousand_entries_are_laid_out_page_by_page(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    asked: list[int] = []
    page = [TimelineEntry(number, "9 Nov", "Plan agreed by both.") for number in range(100)]
    timeline.show_entries(page, total=5_000, more=asked.append)
    timeline.resize(300, 400)
    timeline.show()
    timeline.scrollToBottom()
    qtbot.waitUntil(lambda: asked == [100], timeout=20_000)


def test_undo_is_offered_once_and_waits_while_the_keys_are_on_it(qtbot: QtBot) -> None:
    bar = UndoBar()
    qtbot.addWidget(bar)
    taken_back: list[str] = []
    bar.offer("Step deleted.", lambda: taken_back.append("older"))
    bar.offer("Goal closed.", lambda: taken_back.append("newer"))
    assert bar.is_counting
    undo = next(button for button in bar.findChildren(QPushButton) if button.objectName() == "undo")
    bar.activateWindow()
    undo.setFocus()
    qtbot.waitUntil(lambda: not bar.is_counting, timeout=20_000)
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    assert taken_back == ["newer"]
    assert not bar.isVisible()


def test_long_work_shows_itself_only_after_a_moment_and_can_be_given_up(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    line = BusyLine(place)
    place.show()
    line.start("Printing reports")
    assert not line.isVisible()
    qtbot.waitUntil(line.isVisible, timeout=20_000)
    line.show_progress(Done(3, 12, "Report 3 of 12"))
    bar = line.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert (bar.value(), bar.maximum(), bar.accessibleName()) == (3, 12, "Report 3 of 12")
    with qtbot.waitSignal(line.cancelled):
        qtbot.mouseClick(line.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert not line.isVisible()


def test_short_work_never_shows_a_bar(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    line = BusyLine(place)
    place.show()
    line.start("Printing")
    line.finish()
    qtbot.wait(600)
    assert not line.isVisible()


def test_a_scrolled_page_is_no_stop_for_tab_and_follows_page_down(qtbot: QtBot) -> None:
    page = ScrolledColumn()
    qtbot.addWidget(page)
    high = PlainLabel("high")
    high.setMinimumHeight(3_000)
    page.column.addWidget(high)
    page.resize(300, 300)
    page.show()
    assert page.focusPolicy() == Qt.FocusPolicy.NoFocus
    qtbot.keyClick(page, Qt.Key.Key_PageDown)
    assert page.verticalScrollBar().value() > 0


def test_a_card_that_opens_does_so_by_enter(qtbot: QtBot) -> None:
    card = CardButton("Housing")
    qtbot.addWidget(card)
    card.show()
    with qtbot.waitSignal(card.opened):
        qtbot.keyClick(card, Qt.Key.Key_Return)


def test_cards_stand_in_two_columns_and_in_one_where_it_is_narrow(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    layout = CardsLayout(place, one_below=560)
    cards = [PlainLabel(text) for text in ("one", "two", "three")]
    for card in cards:
        layout.addWidget(card)
    place.resize(800, 300)
    place.show()
    assert cards[0].y() == cards[1].y() < cards[2].y()
    assert cards[0].x() < cards[1].x()
    place.resize(400, 300)
    qtbot.waitUntil(lambda: cards[1].y() > cards[0].y(), timeout=20_000)
    assert cards[0].x() == cards[1].x()


def test_words_that_flow_begin_at_the_right_in_a_mirrored_window(screen: Screen, qtbot: QtBot) -> None:
    screen.interpreter.speak(i18n.PSEUDO_RTL)
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place)
    first, second = PlainLabel("first"), PlainLabel("second")
    flow.addWidget(first)
    flow.addWidget(second)
    place.resize(400, 60)
    place.show()
    assert first.x() > second.x()


@pytest.mark.parametrize("direction", ["en", i18n.PSEUDO_RTL])
@pytest.mark.parametrize("percent", [100, 200])
def test_every_widget_of_the_gallery_paints_in_every_look(
    screen: Screen, qtbot: QtBot, direction: str, percent: int
) -> None:
    import importlib.util
    from pathlib import Path

    spec = importlib.util.spec_from_file_location("gallery", Path(__file__).parent / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    gallery = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["gallery"] = gallery
    spec.loader.exec_module(gallery)
    screen.style.wear(Look(Scheme.DARK, percent))
    screen.interpreter.speak(direction)
    frame = gallery.gallery()
    qtbot.addWidget(frame)
    frame.show()
    for key in ("today", "survivors", "reports"):
        frame.show_page(key)
        assert not frame.grab().isNull()
        nameless = [
            type(widget).__name__
            for widget in frame.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.focusProxy() is None
            and not (widget.accessibleName() or getattr(widget, "text", str)() or widget.objectName().startswith("qt_"))
        ]
        assert nameless == []
