"""From a password, or from records that a side door opened, to somebody who is let in; it can be stopped on the way."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, UnlockCancelled
from aftercare.gui.garbage import spare_what_stays
from aftercare.gui.jobs import Jobs
from aftercare.services.ahead import DoneAhead

if TYPE_CHECKING:  # what loads the database is imported when it is needed: the entrance paints before
    from aftercare.domain.rows.drafts import Place
    from aftercare.services.office import OfficeSettings
    from aftercare.services.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who is in: the open records, what the organisation decided, and where this person was last."""

    opened: OpenOffice
    settings: OfficeSettings
    place: Place


class Unlocking(QObject):
    """Every try ends in `arrived` or `refused`; after `refused` nothing is open."""

    unlocked = Signal()  # the password is right; what is shown first is being read
    arrived = Signal(object)  # Arrival
    refused = Signal(object)  # Problem

    def __init__(self, jobs: Jobs, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._clock = clock
        self._cancelled = Event()
        self._is_over = False
        self._ahead = DoneAhead(clock)

    def warm_up(self) -> None:
        """Before a key is pressed: load and prepare what the first page needs."""

        def load() -> None:
            import aftercare.gui.open_records  # noqa: F401

            self._ahead.load()

        self._jobs.ask(load, lambda _nothing: spare_what_stays(), owner=self)

    def expect(self, folder: Path) -> None:
        """Somebody begins to type the password to these records."""
        sum_up = self._ahead.sum_up(folder)
        if sum_up is not None:
            self._jobs.beside(sum_up, lambda _nothing: None, owner=self)

    def let_go(self) -> None:
        """The records may be replaced now: nothing reads in them."""
        self._ahead.let_go()

    def cancel(self) -> None:
        """Stop what is under way, also where the key was made already."""
        self._cancelled.set()

    def end(self) -> None:
        """Nobody is let in any more."""
        self.cancel()
        self.let_go()
        self._is_over = True

    def unlock(self, folder: Path, login_name: str, passphrase: str, *, accept_older: bool) -> None:
        clock, ahead, cancelled = self._clock, self._ahead, Event()
        self._cancelled = cancelled

        def opening() -> OpenOffice:
            from aftercare.services.opening import open_office

            opened = open_office(
                folder,
                login_name,
                passphrase,
                clock=clock,
                cancelled=cancelled,
                accept_older=accept_older,
                ahead=ahead,
            )
            if cancelled.is_set():  # the key was made just before
                opened.close()
                raise UnlockCancelled
            return opened

        self._jobs.ask(opening, self.enter, owner=self, otherwise=self.refused.emit)

    def enter_by_code(self, opened: OpenOffice) -> None:
        """Records that a side door opened: what was stopped before does not count."""
        self._cancelled = Event()
        self.enter(opened)

    def enter(self, opened: OpenOffice) -> None:
        """Somebody unlocked, or made new records."""
        from aftercare.services.drafts import find_place
        from aftercare.services.office import show_settings

        if self._is_over:
            opened.close()
            return
        if self._cancelled.is_set():
            self._turn_away(opened, UnlockCancelled())
            return
        self.unlocked.emit()

        def look() -> Arrival:
            return Arrival(opened, opened.desk.ask(show_settings), opened.desk.ask(find_place))

        self._jobs.ask(look, self._let_in, owner=self, otherwise=partial(self._turn_away, opened))

    def _let_in(self, arrival: Arrival) -> None:
        if self._cancelled.is_set():
            self._turn_away(arrival.opened, UnlockCancelled())
        else:
            self.arrived.emit(arrival)

    def _turn_away(self, opened: OpenOffice, problem: Problem) -> None:
        """Nobody comes in after all: the records are closed again."""
        self._jobs.ask(opened.close, lambda _nothing: None, owner=self)
        self.refused.emit(problem)
