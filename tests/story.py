"""The main job as one story: from an empty folder to a printed progress report, told by the mouse or by the keyboard.

Whoever tells it only looks at the window and touches it as a person would; nothing is asked of the program behind it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPoint, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QWidget,
)

from hands import (
    click,
    give_back_the_keyboard,
    name_of,
    named,
    open_dialog,
    part,
    press,
    settle,
    text_of,
    type_in,
    wait_for,
)
from house import House

PASSWORD = "seven herons over the lake"
AREAS = ("Housing", "Health", "Education", "Employment", "Family reunification")
GOALS = {
    "Housing": "A door that I can lock",
    "Health": "Sleep through the night",
    "Education": "Read a letter by myself",
    "Employment": "Work with plants",
    "Family reunification": "Call my sister every week",
}
STEPS = {area: (f"First step for {area.lower()}", f"Second step for {area.lower()}") for area in AREAS}
NOTES = ("She laughed when the bus came.", "Called the language school.", "Long talk in the garden.")
FULL_NAME = ("Nadia", "Farouk")


class Heartbeat:
    """How long the window did not answer at most, by a timer that wants to tick every few milliseconds."""

    def __init__(self) -> None:
        self.longest = 0
        self.where = ""
        self.now = ""
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(interval=4)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def begin(self, what: str) -> None:
        self.now = what
        self._since.restart()

    def _tick(self) -> None:
        passed = self._since.restart()
        if passed > self.longest:
            self.longest, self.where = passed, self.now


class Teller(ABC):
    """Who sits at the window."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.heart = Heartbeat()

    # --- what a person can do ------------------------------------------------------------------------------------

    @abstractmethod
    def press(self, name: str) -> None:
        """Press the button of this name."""

    @abstractmethod
    def fill(self, name: str, words: str) -> None:
        """Type into the field of this name."""

    @abstractmethod
    def choose(self, name: str, choice: str) -> None:
        """Choose in the list of this name."""

    @abstractmethod
    def open_tab(self, title: str) -> None:
        """Open a tab of the person's page."""

    @abstractmethod
    def go_to_area(self, area: str) -> None:
        """Open an area of the plan."""

    @abstractmethod
    def add_step(self, words: str) -> None:
        """Type a step into the line below the steps of the goal."""

    @abstractmethod
    def tick_first_step(self) -> None:
        """Mark the first step of the shown area as done."""

    @property
    def window(self) -> QWidget:
        """What can be touched now."""
        return QApplication.activeModalWidget() or QApplication.activeWindow() or self.house.inside.frame

    # --- the story -----------------------------------------------------------------------------------------------

    def tell(self, folder: Path) -> None:
        chapters: tuple[Callable[[], None], ...] = (
            partial(self.set_up, folder),
            self.take_somebody_in,
            self.make_a_plan,
            self.agree_it,
            self.write_three_notes,
            self.tick_steps,
            self.print_the_report,
        )
        for chapter in chapters:
            self.heart.begin(getattr(chapter, "__name__", "set_up"))
            chapter()
            self.rest()

    def rest(self) -> None:
        self.house.rest()
        give_back_the_keyboard()

    def set_up(self, folder: Path) -> None:
        self.fill("Folder of the records", str(folder))
        self.press("Next")
        self.fill("Your name", "A. Rahman")
        self.fill("Sign-in name", "rahman")
        self.fill("Password", PASSWORD)
        self.fill("Once more", PASSWORD)
        self.press("Next")
        self.fill("Type the code here", part(self.house.entrance, QLabel, "code").text().replace("\n", " "))
        self.press("Next")
        self.press("Create the records")
        wait_for(lambda: self.house.program.workplace is not None, "the workplace")
        self.rest()
        self.house.inside.frame.activateWindow()
        wait_for(lambda: QApplication.activeWindow() is self.house.inside.frame, "the window to be active")

    def take_somebody_in(self) -> None:
        self.press("New person")
        dialog = open_dialog(QDialog)
        self.fill("Given name", FULL_NAME[0])
        self.fill("Family name", FULL_NAME[1])
        self.fill("Date of birth", "about 1998")
        self.press("Take in")
        wait_for(partial(is_closed, dialog), "the form to close")
        self.rest()
        assert "S-0001" in self.house.inside.frame.findChild(QLabel, "code").text()  # type: ignore[union-attr]

    def make_a_plan(self) -> None:
        self.open_tab("Plan")
        for area in AREAS:
            self.go_to_area(area)
            self.rest()
            self.press("Add a goal")
            dialog = open_dialog(QDialog)
            self.fill("Goal in own words", GOALS[area])
            self.press("Save")
            wait_for(partial(is_closed, dialog), "the goal to be saved")
            self.rest()
            for step in STEPS[area]:
                self.add_step(step)
                self.rest()

    def agree_it(self) -> None:
        self.press("Agree the plan…")
        dialog = open_dialog(QDialog)
        self.rest()
        self.choose("Survivor: way of signing", "Agreed aloud")
        self.choose("Signature of A. Rahman: way of signing", "Signed on paper")
        self.press("Both agree")
        wait_for(partial(is_closed, dialog), "the plan to be agreed")

    def write_three_notes(self) -> None:
        self.open_tab("Overview")
        self.rest()
        self.fill("Quick note", NOTES[0])
        self.press("Save the note")
        self.rest()
        for words in NOTES[1:]:
            self.press("New note")
            dialog = open_dialog(QDialog)
            self.fill("What happened", words)
            self.press("Save")
            wait_for(partial(is_closed, dialog), "the note to be saved")
            self.rest()

    def tick_steps(self) -> None:
        self.open_tab("Plan")
        for area in AREAS[:3]:
            self.go_to_area(area)
            self.rest()
            self.tick_first_step()
            self.rest()

    def print_the_report(self) -> None:
        self.press("Print report…")
        self.rest()
        wait_for(lambda: named_or_none(self.house.inside.frame, "Save as…") is not None, "the preview")
        self.press("Save as…")
        self.rest()
        self.press("Print…")
        self.rest()


def is_closed(dialog: QDialog) -> bool:
    """Whether this very form is off the screen (it may be deleted by now)."""
    return dialog not in QApplication.topLevelWidgets() or not dialog.isVisible()


def named_or_none(root: QWidget, name: str) -> QWidget | None:
    try:
        return named(root, name)
    except AssertionError:
        return None


def first_line(view: QAbstractItemView, words: str) -> QModelIndex:
    """The line of a list that begins with these words."""
    model = view.model()
    for at in range(model.rowCount()):
        index = model.index(at, 0)
        if str(index.data() or "").startswith(words):
            return index
    raise AssertionError(f"no line {words!r}")


class ByMouse(Teller):
    """Points at everything; the keyboard only writes words."""

    def press(self, name: str) -> None:
        target = named(self.window, name, QWidget)
        bring_into_view(target)
        click(target)

    def fill(self, name: str, words: str) -> None:
        field = named(self.window, name, QWidget)
        bring_into_view(field)
        click(field)
        if isinstance(field, QLineEdit | QPlainTextEdit):
            field.selectAll()
        type_in(words)

    def choose(self, name: str, choice: str) -> None:
        boxes = [box for box in self.window.findChildren(QComboBox) if box.isVisible() and name_of(box) == name]
        box = boxes[0]
        bring_into_view(box)
        click(box)
        view = box.view()
        wait_for(view.isVisible, "the list to open")
        settle(QApplication.doubleClickInterval() + 50)  # until then a release would only end the press that opened it
        index = first_line(view, choice)
        view.scrollTo(index)
        click(view.viewport(), view.visualRect(index).center())
        wait_for(lambda: box.currentText() == choice, f"{choice} to be chosen")

    def open_tab(self, title: str) -> None:
        tabs = part(self.house.inside.frame, QTabBar, "tabs")
        at = next(at for at in range(tabs.count()) if tabs.tabText(at).replace("&", "") == title)
        click(tabs, tabs.tabRect(at).center())
        self.rest()

    def go_to_area(self, area: str) -> None:
        areas = named(self.window, "Areas of the plan", QAbstractItemView)
        click(areas.viewport(), areas.visualRect(first_line(areas, area)).center())

    def add_step(self, words: str) -> None:
        line = next(line for line in self.window.findChildren(QLineEdit, "new_step") if line.isVisible())
        bring_into_view(line)
        click(line)
        type_in(words)
        press("Return")

    def tick_first_step(self) -> None:
        steps = next(view for view in self.window.findChildren(QAbstractItemView, "steps") if view.isVisible())
        bring_into_view(steps)
        box = steps.visualRect(steps.model().index(0, 0))
        click(steps.viewport(), QPoint(box.left() + 16, box.center().y()))


class ByKeys(Teller):
    """Never touches the mouse: Tab to everything, Alt keys, arrows, Space and Enter."""

    def press(self, name: str) -> None:
        self.reach(name)
        press("Space")

    def fill(self, name: str, words: str) -> None:
        self.reach(name)
        press("Ctrl+A")
        type_in(words)

    def choose(self, name: str, choice: str) -> None:
        self.reach(name)
        box = QApplication.focusWidget()
        assert isinstance(box, QComboBox)
        press("Home")
        for _ in range(box.count()):
            if box.currentText() == choice:
                return
            press("Down")
        raise AssertionError(f"no choice {choice!r} in {name}")

    def open_tab(self, title: str) -> None:
        tabs = part(self.house.inside.frame, QTabBar, "tabs")
        at = next(at for at in range(tabs.count()) if tabs.tabText(at).replace("&", "") == title)
        press(f"Alt+{at + 1}")
        self.rest()

    def go_to_area(self, area: str) -> None:
        self.reach("Areas of the plan")
        areas = QApplication.focusWidget()
        assert isinstance(areas, QAbstractItemView)
        press("Home")
        for _ in range(areas.model().rowCount()):
            if str(areas.currentIndex().data()).startswith(area):
                return
            press("Down")
        raise AssertionError(f"no area {area!r}")

    def add_step(self, words: str) -> None:
        self.until(lambda here: here.objectName() == "new_step", "the line for a new step")
        type_in(words)
        press("Return")

    def tick_first_step(self) -> None:
        self.until(lambda here: here.objectName() == "steps", "the steps")
        press("Home")
        press("Space")

    def reach(self, name: str) -> None:
        """Press Tab until the keyboard is on what is called so."""
        self.until(lambda here: called(here) == name, name)

    def until(self, is_it: Callable[[QWidget], bool], what: str) -> None:
        here = QApplication.focusWidget()
        if here is not None and is_it(here):
            return
        passed = []
        for _ in range(250):
            press("Tab")
            here = QApplication.focusWidget()
            if here is not None:
                if is_it(here):
                    return
                passed.append(called(here))
        raise AssertionError(f"Tab never reaches {what}; it passed {list(dict.fromkeys(passed))}")


def called(widget: QWidget) -> str:
    """Its own name, or that of the field it is part of."""
    return widget.accessibleName() or text_of(widget) or (called(parent) if (parent := widget.parentWidget()) else "")


def bring_into_view(widget: QWidget) -> None:
    """Scroll as far as needed, as a person with a wheel would."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
    QApplication.processEvents()
