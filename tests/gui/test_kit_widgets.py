"""The signs of the kit: courses, timelines, undo, long work, cards; keyboard, and what listeners hear."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare import i18n
from aftercare.domain.course import Event, Score, Series
from aftercare.gui.application import Screen
from aftercare.gui.jobs import Done
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.busy_line import BusyLine
from aftercare.gui.widgets.card import CardButton
from aftercare.gui.widgets.course_chart import CourseChart
from aftercare.gui.widgets.flow import CardsLayout, FlowLayout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.scrolled import ScrolledColumn
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.gui.widgets.timeline import Timeline, TimelineEntry
from aftercare.gui.widgets.undo_bar import UndoBar

LEVELS = [
    ("in_crisis", "In crisis"), ("vulnerable", "Vulnerable"), ("safe", "Safe"), ("building", "Building"),
    ("empowered", "Empowered"), ("rather_not_say", "Rather not say"),
]  # fmt: skip


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
    qtbot.waitUntil(lambda: asked == [100])


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
    qtbot.waitUntil(lambda: not bar.is_counting)
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
    qtbot.waitUntil(line.isVisible)
    line.show_progress(Done(3, 12, "Report 3 of 12"))
    bar = line.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert (bar.value(), bar.maximum(), bar.accessibleName()) == (3, 12, "Report 3 of 12")
    with qtbot.waitSignal(line.cancelled):
        qtbot.mouseClick(line.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert not line.isVisible()


def test_the_cancel_of_a_form_stops_the_work_first_and_leaves_the_form_only_when_there_is_none(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    line, cancel = BusyLine(place), QPushButton("Cancel", place)
    told: list[str] = []
    line.cancelled.connect(lambda: told.append("stopped"))
    line.share(cancel, lambda: told.append("left"))
    place.show()
    line.start("Sealing your password…")
    qtbot.waitUntil(line.isVisible)
    assert [button for button in place.findChildren(QPushButton) if button.isVisible()] == [cancel]
    assert cancel.accessibleDescription() == "Sealing your password…"
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert (told, cancel.accessibleDescription()) == (["stopped"], "")
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert told == ["stopped", "left"]


def test_a_wheel_that_scrolls_a_form_changes_no_answer_of_a_box_below_it(qtbot: QtBot) -> None:
    """It chose the last colleague of the list, to be excluded from a record."""
    box = SpokenCombo()
    qtbot.addWidget(box)
    box.addItems(["L. Haddad", "N. Okafor", "T. Berg"])
    box.setCurrentIndex(-1)
    box.show()
    middle = QPointF(box.rect().center())
    turn = QWheelEvent(
        middle,
        box.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turn)
    assert box.currentIndex() == -1
    assert not turn.isAccepted(), "the form scrolls"


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
    qtbot.waitUntil(lambda: cards[1].y() > cards[0].y())
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
