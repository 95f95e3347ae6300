"""Noticing that nobody is at the desk: no key and no mouse for some minutes, in any window of the program."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication

_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
    QEvent.Type.InputMethod,  # what it takes of the keys arrives as words only
}
_REST_MS = 1000


class IdleWatch(QObject):
    """Says `idle` once after `minutes()` without a sign of life; also while a menu, popup or dialog is open.

    The minutes are asked at each sign of life, so that a change of policy holds at once. After a sign the watch rests
    for a moment, and may say `idle` so much too early: listening to every event of the program in Python makes
    whatever is built and shown a third slower.
    """

    idle = Signal()

    def __init__(self, minutes: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.idle)
        self._rest = QTimer(self, singleShot=True)
        self._rest.timeout.connect(self._listen)
        self._begin()
        self._listen()

    def stop(self) -> None:
        """Nobody is inside any more."""
        self._timer.stop()
        self._rest.stop()
        self._hear_nothing()

    def _begin(self) -> None:
        self._timer.start(int(self._minutes() * 60_000))

    def _listen(self) -> None:
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def _hear_nothing(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QInputEvent | QInputMethodEvent) and event.type() in _SIGNS_OF_LIFE:
            self._begin()
            self._hear_nothing()
            self._rest.start(min(_REST_MS, self._timer.interval() // 4))
        return False
