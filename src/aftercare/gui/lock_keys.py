"""F12 and Ctrl+L where shortcuts of the window do not reach: while a dialog, a menu or a list is open over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class LockKeys(QObject):
    """Hears the two keys before any widget does; a modal dialog silences the shortcuts of the window behind it.

    It listens to the native windows that have the keys, which pass them on to their widgets and to whatever pops up
    over them. Listening to the whole program would call it for every event of every widget, while each is built too.
    """

    hide_pressed = Signal()
    lock_pressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        self._application = application
        application.focusWindowChanged.connect(self._listen_to)
        self._listen_to(QGuiApplication.focusWindow())

    def stop(self) -> None:
        self._application.focusWindowChanged.disconnect(self._listen_to)
        for window in QGuiApplication.allWindows():
            window.removeEventFilter(self)

    def _listen_to(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # again for one that is listened to: first before all others

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        modifiers = event.modifiers() & ~_KEYPAD
        if event.key() == Qt.Key.Key_F12:  # also in the middle of a capital letter
            self.hide_pressed.emit()
            return True
        if event.key() == Qt.Key.Key_L and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.lock_pressed.emit()
            return True
        return False
