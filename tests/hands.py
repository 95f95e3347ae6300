"""Eyes and hands for tests of the window: find what is shown by its words, press, type and click like a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QKeyCombination, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from aftercare.gui import mnemonics
from aftercare.gui.jobs import Jobs
from aftercare.gui.rounds_tour import is_pausing

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 120_000  # waits end as soon as they can; a loaded machine needs long
_FOR_THE_WHOLE_PROGRAM = ("F12", "Shift+F12", "Ctrl+L")  # heard by the native window, before any widget


def wait_for(condition: Callable[[], object], why: str = "", milliseconds: int = PATIENCE_MS) -> None:
    """Let the window work until this is true."""
    patience = QElapsedTimer()
    patience.start()
    while not condition():
        assert patience.elapsed() < milliseconds, f"waited in vain for {why or condition}"
        pause(5)


def part(root: QWidget, kind: type[W], name: str) -> W:
    """A part of a form by its object name."""
    found = root.findChild(kind, name)
    assert isinstance(found, kind), f"no {kind.__name__} called {name} in {root.objectName() or type(root).__name__}"
    return found


def shown_widgets(root: QWidget) -> Iterator[QWidget]:
    """What is on the screen of this widget, itself included."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.isVisible():
            yield widget


def words_on(root: QWidget) -> str:
    """Every word that is shown: labels, buttons, fields."""
    return "\n".join(words for widget in shown_widgets(root) if (words := text_of(widget)))


def text_of(widget: QWidget) -> str:
    if isinstance(widget, QLabel | QAbstractButton):
        return mnemonics.plain(widget.text())
    if isinstance(widget, QLineEdit):
        return widget.displayText() or widget.placeholderText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return ""


def name_of(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return widget.accessibleName() or text_of(widget)


def named(root: QWidget, name: str, kind: type[W] = QWidget) -> W:  # type: ignore[assignment]
    """What is shown and can be used under this name, as a screen reader or the eye finds it."""
    found = _called(root, name, kind)
    if not found and is_pausing():  # the lower parts of a long form come a moment later
        wait_for(lambda: _called(root, name, kind) or not is_pausing(), name)
        found = _called(root, name, kind)
    names = sorted({name_of(widget) for widget in shown_widgets(root)} if not found else ())
    assert found, f"nothing shown is called {name!r}; there is: {names}"
    reachable = [widget for widget in found if widget.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return (reachable or found)[0]


def _called(root: QWidget, name: str, kind: type[W]) -> list[W]:
    usable = [widget for widget in shown_widgets(root) if isinstance(widget, kind) and widget.isEnabled()]
    exact = [widget for widget in usable if name in (widget.accessibleName(), text_of(widget))]
    return exact or [widget for widget in usable if name_of(widget).startswith(name)]


def press(keys: str, times: int = 1) -> None:
    """Press keys such as «Ctrl+N», «Tab», «Alt+S» where the keyboard is now."""
    combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs forget it
    for _ in range(times):
        heard_by = _native_window(_keyboard()) if keys in _FOR_THE_WHOLE_PROGRAM else _keyboard()
        QTest.keyClick(heard_by, combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()


def _native_window(widget: QWidget) -> QWindow:
    """What the system hands keys to: a menu that is open gets them from the window below it."""
    window = QGuiApplication.focusWindow() or widget.window().windowHandle()
    assert window is not None
    return window


def type_in(words: str) -> None:
    """Type where the keyboard is now."""
    for line_at, line in enumerate(words.split("\n")):
        if line_at:
            press("Return")
        QTest.keyClicks(_keyboard(), line)
    QApplication.processEvents()


def click(widget: QWidget, at: QPoint | None = None) -> None:
    """Press and release the left button on it."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at or QPoint())
    QApplication.processEvents()


def _keyboard() -> QWidget:
    """Who hears the next key; a window that was just opened needs a moment to get it."""
    if _target() is None:
        give_back_the_keyboard()
    wait_for(lambda: _target() is not None, "a window that has the keyboard")
    target = _target()
    assert target is not None
    return target


def _target() -> QWidget | None:
    return QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()


def give_back_the_keyboard() -> None:
    """What a window manager does when a dialog closes: the window below is active again."""
    window = QApplication.activeModalWidget()
    if window is None and QApplication.activeWindow() is None:
        window = next((top for top in QApplication.topLevelWidgets() if top.isVisible() and top.isWindow()), None)
    if window is not None:
        window.activateWindow()


def rest(jobs: Jobs) -> None:
    """Until everything asked is answered and shown, also what waits for a pause in the typing."""
    for _ in range(2):  # an answer may ask again
        wait_for(lambda: jobs.is_idle and not is_pausing(), "the last answer")
        settle()


def take_the_keyboard(widget: QWidget) -> None:
    """Wait until the window of this widget is the active one: shortcuts work in no other."""
    widget.window().activateWindow()
    wait_for(widget.window().isActiveWindow, "the keyboard")


def open_dialog(kind: type[W] = QDialog) -> W:  # type: ignore[assignment]
    """The dialog that is shown now."""
    wait_for(lambda: any(isinstance(w, kind) and w.isVisible() for w in QApplication.topLevelWidgets()), kind.__name__)
    return next(w for w in reversed(QApplication.topLevelWidgets()) if isinstance(w, kind) and w.isVisible())


def settle(milliseconds: int = 0) -> None:
    """Deliver what waits, also what is to be deleted."""
    pause(milliseconds)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()


def pause(milliseconds: int) -> None:
    """Let the window live for so long. Not QTest.qWait: it keeps Python's lock, and the vault's thread stands still.

    On a loaded machine each of its pauses would last as long as it takes until this thread is run again.
    """
    waiting = QEventLoop()
    QTimer.singleShot(milliseconds, waiting.quit)
    waiting.exec()
