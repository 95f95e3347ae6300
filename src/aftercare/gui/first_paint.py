"""What waits until a window is on the screen: whatever a person does not need to see it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_MEANWHILE_MS = 20


def after_first_paint(window: QWidget, then: Callable[[], None], owner: QObject | None = None) -> None:
    """Call `then` once, when this window and what is in it have painted for the first time.

    Not after `owner` is gone, whose `then` is; else not after the window is.
    """
    window.installEventFilter(_FirstPaint(window, then, owner))


class _FirstPaint(QObject):
    def __init__(self, window: QWidget, then: Callable[[], None], owner: QObject | None) -> None:
        super().__init__(window)
        self._then = then
        self._owner = owner

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            # behind the paint events of the window's parts, and the picture on its way to the screen
            QTimer.singleShot(_MEANWHILE_MS, self._owner or self, self._then)
        return False
