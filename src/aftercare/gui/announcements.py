"""What changed, told to the window: services announce after commit (on the vault's thread), pages hear it here."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from uuid import UUID

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot


class Announcements(QObject):
    """`tell` may be called from any thread; `changed(topic, id or None)` is emitted on the GUI thread."""

    changed = Signal(str, object)
    _rung = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[tuple[str, UUID | None]] = deque()
        self._rung.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def tell(self, topic: str, about: UUID | None = None) -> None:
        """Something of this topic was committed; the same news twice in a row is told once."""
        self._waiting.append((topic, about))
        self._rung.emit()

    def listen(self, owner: QObject, topics: set[str], heard: Callable[[str, UUID | None], None]) -> None:
        """Call `heard` for these topics for as long as `owner` lives."""

        def hear(topic: str, about: object) -> None:
            if not shiboken6.isValid(owner):
                self.changed.disconnect(hear)
            elif topic in topics:
                heard(topic, about if isinstance(about, UUID) else None)

        self.changed.connect(hear)

    @Slot()
    def _pass_on(self) -> None:
        news: dict[tuple[str, UUID | None], None] = {}
        while self._waiting:
            news[self._waiting.popleft()] = None
        for topic, about in news:
            self.changed.emit(topic, about)
