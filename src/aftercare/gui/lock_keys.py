"""F12 and Ctrl+L where shortcuts of the window do not reach: while a dialog, a menu or a list is open over it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class LockKeys(QObject):
    """Hears the two keys before any widget does; a modal dialog silences the shortcuts of the window behind it."""

    hide_pressed = Signal()
    lock_pressed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def stop(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # every event of the program passes here: the class is known at once, the type is made into an enum first
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        modifiers = event.modifiers() & ~_KEYPAD
        if event.key() == Qt.Key.Key_F12 and modifiers == Qt.KeyboardModifier.NoModifier:
            self.hide_pressed.emit()
            return True
        if event.key() == Qt.Key.Key_L and modifiers == Qt.KeyboardModifier.ControlModifier:
            self.lock_pressed.emit()
            return True
        return False
