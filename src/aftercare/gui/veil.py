"""From the moment of hiding: what fingers still type or press reaches nothing of what is hidden, and nothing appears.

Keys that were pressed before the system took the keyboard away are still delivered, and leaving takes a moment in which
the window works: a word would land in a form whose draft is saved already, and Return would press its button. Answers
still arrive in that moment too: one that opens a form would show a record again, behind F12, until all is closed.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QInputEvent
from PySide6.QtWidgets import QDialog, QWidget

_FROM_FINGERS = (QEvent.Type.InputMethod, QEvent.Type.Shortcut, QEvent.Type.ShortcutOverride)


class Veil(QObject):
    """Before every window that there is or comes; they pass nothing on to their widgets any more.

    What comes behind it is hidden again before it paints anything, and a dialog is answered with Escape: one with a
    loop of its own would hold up the lock until somebody is back.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QCoreApplication.instance()
        assert application is not None
        self._application = application
        application.installEventFilter(self)

    def lift(self) -> None:
        """Where the same process goes on: another entrance hears again."""
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            # not kept off the screen by WA_DontShowOnScreen: Qt would go on to hold a modal one that is deleted
            watched.setUpdatesEnabled(False)
            QTimer.singleShot(0, watched, watched.reject if isinstance(watched, QDialog) else watched.hide)
        return isinstance(event, QInputEvent) or event.type() in _FROM_FINGERS
