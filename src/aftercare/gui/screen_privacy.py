"""Keeping the windows out of pictures and recordings of the screen, where the system can (Windows 10 and later).

Some assistive tools read the screen by capturing it: hence a switch in the settings, which policy may decide. It is a
courtesy of the system and no promise: a camera sees everything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_CAPTURED, _LEFT_OUT = 0x00, 0x11  # WDA_NONE, WDA_EXCLUDEFROMCAPTURE
Exclude = Callable[[int, bool], None]


def exclude_on_windows(window: int, excluded: bool) -> None:
    """Ask the system to leave this native window out; older systems refuse, and nothing changes."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.SetWindowDisplayAffinity(window, _LEFT_OUT if excluded else _CAPTURED)


class ScreenPrivacy(QObject):
    """Treats every window of the program alike, also dialogs and menus, from the moment that it is shown."""

    def __init__(
        self, may_be_captured: Callable[[], bool], application: QApplication, exclude: Exclude = exclude_on_windows
    ) -> None:
        super().__init__(application)
        self._may_be_captured = may_be_captured
        self._exclude = exclude
        if exclude is not exclude_on_windows or sys.platform == "win32":
            # elsewhere every event of the program would pass through here for nothing
            application.installEventFilter(self)

    def look_again(self) -> None:
        """The switch was turned: windows that are shown already follow."""
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                self._treat(window)

    def _treat(self, window: QWidget) -> None:
        self._exclude(int(window.winId()), not self._may_be_captured())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._treat(watched)
        return False
