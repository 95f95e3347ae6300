"""Where the keys are on a page, and where they go when what had them is taken away: to what stands in its place.

A page that shows something anew takes its old parts away. Left alone, Qt hands the keys to whatever comes next in the
window, which at the end of a page is the search field: words for the page would be typed there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


@dataclass(frozen=True)
class _Spot:
    """What had the keys: how it is known again, and what stood around it, the nearest first."""

    part: QWidget
    names: tuple[type, str, str]
    around: tuple[QWidget, ...]


class KeptKeys(QObject):
    """Brings the keys back to the page that had them; `begin` puts them where the page begins."""

    def __init__(self, window: QMainWindow, page: Callable[[], QWidget | None], begin: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._begin = begin
        self._spot: _Spot | None = None
        self._return = QTimer(self, singleShot=True, interval=0)  # when what comes in its place is there
        self._return.timeout.connect(self._go_back)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not shiboken6.isValid(self._window):
            return  # the application tells of the keys once more while a locked window goes
        page = self._page()
        if now is not None and page is not None and page.isAncestorOf(now):
            part, *around = _made_here(now, page)
            self._spot = _Spot(part, _names(part), tuple(around))
        elif self._spot is None or (now is None and not self._window.isActiveWindow()):
            return  # the page did not have them, or another window has them for a while
        elif now is not None and now.window() is not self._window:
            return
        elif not _can_have_keys(self._spot.part):
            self._return.start()
        elif now is not None:
            self._spot = None  # they were taken elsewhere by hand

    def _go_back(self) -> None:
        page, focused, spot = self._page(), QApplication.focusWidget(), self._spot
        if page is None or spot is None or not self._window.isActiveWindow():
            return
        if focused is not None and (focused.window() is not self._window or page.isAncestorOf(focused)):
            return
        target = _again(page, spot) or _near(page, spot)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._begin()


def _names(part: QWidget) -> tuple[type, str, str]:
    return type(part), part.objectName(), part.accessibleName() or str(part.property("text") or "")


def _made_here(part: QWidget, page: QWidget) -> Iterator[QWidget]:
    """It and what is around it up to the page; of what Qt keeps inside its widgets nobody tells when it is gone."""
    around: QWidget | None = part
    while around is not None and around is not page:
        if shiboken6.createdByPython(around):
            yield around
        around = around.parentWidget()
    yield page


def _can_have_keys(part: QWidget) -> bool:
    return shiboken6.isValid(part) and part.isVisible() and part.isEnabled()


def _stops(root: QWidget) -> Iterator[QWidget]:
    for part in root.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled():
            yield part


def _again(page: QWidget, spot: _Spot) -> QWidget | None:
    """What is called as it was, unless it had no name."""
    if not any(spot.names[1:]):
        return None
    return next((part for part in _stops(page) if _names(part) == spot.names), None)


def _near(page: QWidget, spot: _Spot) -> QWidget | None:
    """The first stop in the nearest part around it that is still shown."""
    for around in spot.around:
        if shiboken6.isValid(around) and around.isVisible() and page.isAncestorOf(around):
            stop = next(_stops(around), None)
            if stop is not None:
                return stop
    return None
