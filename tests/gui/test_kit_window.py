"""The frame: pages made when first shown, keys, panes, badges, room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.errors import ChangedMeanwhile
from aftercare.gui import mnemonics, notices
from aftercare.gui.application import Screen
from aftercare.gui.jobs import Incident
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.buttons import RailButton
from aftercare.gui.window import Frame, PageEntry
from hands import part, settle, take_the_keyboard


class Page(QWidget):
    made: list[str] = []

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Page.made.append(key)
        self.field = QLineEdit(self)
        self.button = QPushButton("&Today", self)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        self.page_actions: list[QAction] = []


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    Page.made = []
    titles = (("today", "Today"), ("survivors", "Survivors"), ("shelter", "Shelter"))
    made = Frame([PageEntry(key, title, key, lambda around, key=key: Page(key, around)) for key, title in titles])  # type: ignore[misc]
    qtbot.addWidget(made)
    made.show_page("today")
    made.show()
    made.activateWindow()
    return made


def test_pages_are_made_when_they_are_first_shown(frame: Frame) -> None:
    assert Page.made == ["today"]
    first = frame.page
    frame.show_page("survivors")
    assert frame.show_page("today") is first
    assert Page.made == ["today", "survivors"]


def test_keys_do_what_the_list_of_keys_says(frame: Frame, qtbot: QtBot) -> None:
    for keys, signal in (
        ((Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier), frame.search_requested),
        ((Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier), frame.new_note_requested),
        ((Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier), frame.lock_requested),
        ((Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier), frame.hide_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.keyClick(frame, keys[0], keys[1])
    qtbot.keyClick(frame, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert frame.key == "survivors"
    listed = {line.keys for line in frame.shortcut_lines}
    assert {"Ctrl+K", "Ctrl+N", "Ctrl+L", "F12", "F6", "F1", "Ctrl+2"} <= listed


def test_f1_lists_the_keys_and_finds_one(frame: Frame, qtbot: QtBot) -> None:
    dialog = frame.show_shortcuts()
    search = dialog.findChild(QLineEdit, "search")
    assert isinstance(search, QLineEdit)
    qtbot.keyClicks(search, "hide")
    table = dialog.findChild(QWidget, "table")
    assert table is not None
    assert table.rows_model.rows[0].keys == "F12"  # type: ignore[attr-defined]
    dialog.close()


def test_f6_goes_round_the_panes(frame: Frame, qtbot: QtBot) -> None:
    page = frame.page
    assert isinstance(page, Page)
    page.field.setFocus()
    seen = []
    for _ in range(3):
        frame.next_pane()
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(type(focused).__name__)
    assert "RailButton" in seen
    assert seen[-1] == "QLineEdit"


def test_alt_keys_are_unique_in_the_whole_window(frame: Frame) -> None:
    page = frame.page
    assert isinstance(page, Page)
    texts = [button.text() for button in frame.findChildren(QPushButton) if button.isVisible()]
    keys = [mnemonics.key_of(text) for text in texts if mnemonics.key_of(text)]
    assert len(keys) == len(set(keys))
    assert mnemonics.key_of(page.button.text()) not in ("", "t")


def test_a_page_with_actions_takes_the_place_of_new_person(frame: Frame, qtbot: QtBot) -> None:
    inner = Page("person")
    done: list[bool] = []
    report = QAction("Print report…", inner)
    report.triggered.connect(lambda: done.append(True))
    inner.page_actions = [report]
    frame.show_inner(inner, under="survivors")
    assert frame.key == "survivors"
    button = next(b for b in frame.findChildren(QPushButton) if b.text() == "Print report…")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [True]
    new_person = next(b for b in frame.findChildren(QPushButton) if b.objectName() == "new_person")
    assert not new_person.isVisible()
    frame.back()
    assert frame.key == "survivors"
    assert frame.page is not inner
    assert new_person.isVisible()


def test_counts_are_heard_as_well_as_seen(frame: Frame) -> None:
    frame.show_count("today", 7)
    button = frame.findChildren(RailButton)[0]
    assert button.accessibleName() == "Today, 7 waiting"
    frame.show_count("today", 0)
    assert button.accessibleName() == "Today"


def test_the_rail_shows_icons_only_where_large_text_leaves_little_room(frame: Frame, screen: Screen) -> None:
    rail = frame.findChild(QWidget, "rail")
    assert rail is not None
    frame.resize(1024, 768)
    assert rail.width() == 196
    screen.style.wear(Look(Scheme.LIGHT, 200))
    frame.resize(1025, 768)
    assert rail.width() < 120
    assert frame.findChildren(RailButton)[0].toolTip() == "Today"
    assert frame.minimumSizeHint().width() <= 1024


def test_the_window_title_shows_no_page_and_no_person(frame: Frame) -> None:
    before = frame.windowTitle()
    frame.show_page("survivors")
    assert frame.windowTitle() == before == "Aftercare"


def test_a_problem_is_explained_by_what_is_safe_and_what_to_do(frame: Frame) -> None:
    notice = notices.show_problem(frame, ChangedMeanwhile("note"))
    words = " ".join(label.text() for label in notice.findChildren(QLabel) if label.isVisible())
    assert "changed after you opened it" in words
    assert "What you typed is still here." in words
    notice.close()
    incident = notices.show_incident(frame, Incident("A1B2C3"))
    assert "A1B2C3" in " ".join(label.text() for label in incident.findChildren(QLabel))
    incident.close()


def test_a_dangerous_question_never_has_the_danger_as_its_default(frame: Frame, qtbot: QtBot) -> None:
    done: list[str] = []
    notice = notices.ask(
        frame,
        "Delete this draft?",
        "It cannot be brought back.",
        "Delete",
        lambda: done.append("deleted"),
        is_dangerous=True,
    )
    default = next(button for button in notice.findChildren(QPushButton) if button.isDefault())
    assert default.objectName() == "cancel"
    qtbot.keyClick(notice, Qt.Key.Key_Escape)
    assert done == []


class ShownAnew(QWidget):
    """A page that takes its parts away and shows others, as pages do after a deed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.begins_at = QPushButton("Tabs", self)
        self.column.addWidget(self.begins_at)
        self.shown: list[QWidget] = []

    def show_steps(self, *words: str) -> None:
        for old in self.shown:
            self.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.shown = [QPushButton(step, self) for step in words]
        for step in self.shown:
            self.column.addWidget(step)


@pytest.fixture
def anew(qtbot: QtBot) -> Frame:
    frame = Frame([PageEntry("today", "Today", "today", ShownAnew)])
    qtbot.addWidget(frame)
    frame.resize(1100, 760)
    page = frame.show_page("today")
    assert isinstance(page, ShownAnew)
    page.show_steps("Call the clinic", "Enrol")
    frame.show()
    take_the_keyboard(frame)
    settle()
    return frame


def steps(frame: Frame) -> ShownAnew:
    assert isinstance(frame.page, ShownAnew)
    return frame.page


def keys_are_on(frame: Frame) -> str:
    settle()
    settle()
    focused = QApplication.focusWidget()
    return focused.accessibleName() or str(focused.property("text")) if focused is not None else "nothing"


@pytest.mark.parametrize(
    ("after", "on"), [(("Call the clinic", "Enrol"), "Enrol"), (("Call the clinic",), "Tabs"), ((), "Tabs")]
)
def test_keys_stay_on_a_page_that_shows_itself_anew(anew: Frame, after: tuple[str, ...], on: str) -> None:
    steps(anew).shown[1].setFocus()
    steps(anew).show_steps(*after)
    assert keys_are_on(anew) == on


def test_keys_come_back_to_the_page_from_a_dialog_that_changed_it(anew: Frame) -> None:
    steps(anew).shown[1].setFocus()
    dialog = QDialog(anew)
    line = QLineEdit(dialog)
    dialog.open()
    dialog.activateWindow()
    line.setFocus()
    settle()
    steps(anew).show_steps("Call the clinic", "Enrol")
    settle()
    dialog.accept()
    take_the_keyboard(anew)
    assert keys_are_on(anew) == "Enrol"


def test_keys_that_were_taken_to_the_search_by_hand_stay_there(anew: Frame) -> None:
    steps(anew).shown[1].setFocus()
    anew.search_field.setFocus(Qt.FocusReason.MouseFocusReason)
    steps(anew).show_steps("Call the clinic")
    settle()
    assert anew.search_field.hasFocus()


def test_nothing_moves_when_what_was_said_goes_away_until_the_page_is_turned(anew: Frame) -> None:
    before = steps(anew).height()
    anew.undo_bar.tell("Settings saved")
    settle()
    beside = steps(anew).height()
    assert beside < before
    part(anew.undo_bar, QPushButton, "dismiss").click()
    settle()
    assert not anew.undo_bar.isVisible()
    assert steps(anew).height() == beside
    anew.show_inner(QLabel("Selam"), "today")
    settle()
    anew.show_page("today")
    settle()
    assert steps(anew).height() == before
