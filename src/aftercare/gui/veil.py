"""From the moment of hiding: what fingers still type or press reaches nothing of what is hidden.

Keys that were pressed before the system took the keyboard away are still delivered, and leaving takes a moment in which
the window works: a word would land in a form whose draft is saved already, and Return would press its button.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QInputEvent

_FROM_FINGERS = (QEvent.Type.InputMethod, QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride)


class Veil(QObject):
    """Before all native windows that there are; they pass nothing on to their widgets any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)

    def lift(self) -> None:
        """Where the same process goes on: another entrance hears again."""
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QInputEvent) or event.type() in _FROM_FINGERS
