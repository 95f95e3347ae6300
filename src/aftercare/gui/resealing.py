"""A while after somebody came in: their slot sealed anew in the background where there is reason to."""

from __future__ import annotations

import logging
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from aftercare.domain.errors import Problem
from aftercare.gui.office import Office
from aftercare.services import resealing
from aftercare.services.opening import OpenOffice
from aftercare.services.resealing import ResealDone

if TYPE_CHECKING:
    from typing import Any

_AFTER_MS = 12_000  # Today is read, the first person is found
_log = logging.getLogger("aftercare.resealing")


class Resealing(QObject):
    """Tries once; what fails leaves the slot as it is, and the next sign-in tries again."""

    def __init__(self, opened: OpenOffice, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._office = office
        self._cancelled = Event()
        self._timer = QTimer(self, interval=_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.begin)

    def start(self) -> None:
        """Begin when people have found their place."""
        self._timer.start()

    def begin(self) -> None:
        opened = self._opened
        self._office.jobs.ask(
            lambda: resealing.plan_resealing(opened), self._carry_out, owner=self, otherwise=self._give_up
        )

    def stop(self) -> None:
        """Before the records are closed: a slot that is being made is thrown away."""
        self._timer.stop()
        self._cancelled.set()
        self._opened.came_in = None

    # --- inside --------------------------------------------------------------------------------------------------

    def _carry_out(self, plan: Any) -> None:
        if plan is None or self._cancelled.is_set():
            return
        cancelled = self._cancelled
        self._office.jobs.beside(
            lambda: resealing.carry_out(plan, cancelled),
            lambda done: self._finish(plan, done),
            owner=self,
            otherwise=self._give_up,
        )

    def _finish(self, plan: Any, done: ResealDone) -> None:
        opened = self._opened
        self._office.jobs.ask(
            lambda: resealing.finish(opened, plan, done),
            lambda _changed: self._office.keys_changed.emit(),
            owner=self,
            otherwise=self._give_up,
        )

    def _give_up(self, problem: Problem) -> None:
        _log.info("not sealed anew: %s", type(problem).__name__)
