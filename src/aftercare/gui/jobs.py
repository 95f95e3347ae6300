"""The one door off the GUI thread.

`ask` puts a question to the vault: one worker thread, so that the order of questions is the order of answers and the
database is never busy. `beside` does work on plain values (pages, backups) in a small pool. Answers arrive on the GUI
thread, and only if somebody still wants them: not after the owner is gone, and not when a newer question of the same
owner and topic was asked since. What a question holds (pages, dialogs) is let go on the GUI thread, never on a worker
that comes late to the end of its turn: a widget that is freed there takes the program down with it.
"""

from __future__ import annotations

import logging
import secrets
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Generic, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QObject, Qt, QThread, Signal, Slot

from aftercare.domain.errors import Problem
from aftercare.gui.errand import Errand

T = TypeVar("T")
_log = logging.getLogger("aftercare.jobs")
_POOL_THREADS = 2


class Cancelled(Exception):
    """Raised inside work whose ticket was cancelled; the asker hears nothing more."""


@dataclass(frozen=True, slots=True)
class Done:
    """How far long work has come: `done` of `total` (0: unknown), and what it is at, in words."""

    done: int
    total: int
    words: str = ""


class Progress:
    """Handed to long work: it reports, and stops (by `Cancelled`) when the person no longer waits."""

    def __init__(self, publish: Callable[[Done], None]) -> None:
        self._publish = publish
        self._cancelled = threading.Event()

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def report(self, done: int, total: int, words: str = "") -> None:
        """Say how far it is; raises Cancelled when nobody waits any more."""
        if self.is_cancelled:
            raise Cancelled
        self._publish(Done(done, total, words))

    def cancel(self) -> None:
        self._cancelled.set()


class Ticket(Generic[T]):
    """One question on its way; `cancel` when the answer is no longer wanted."""

    def __init__(
        self,
        owner: QObject,
        topic: str | None,
        then: Callable[[T], None],
        otherwise: Callable[[Problem], None] | None,
        finally_: Callable[[], None] | None,
    ) -> None:
        self.owner = owner
        self.topic = topic
        self.then = then
        self.otherwise = otherwise
        self.finally_ = finally_
        self.progress: Progress | None = None
        self.on_progress: Callable[[Done], None] | None = None
        self.latest: Done | None = None
        self.number = -1  # among what is open; another each time it is handed in
        self.future: Future[None] | None = None
        self.errand: Errand[T] | None = None
        self.send: Callable[[], None] | None = None
        self.is_cancelled = False

    @property
    def is_wanted(self) -> bool:
        return not self.is_cancelled and shiboken6.isValid(self.owner)

    def cancel(self) -> None:
        self.is_cancelled = True
        if self.progress is not None:
            self.progress.cancel()
        if self.future is not None:
            self.future.cancel()


@dataclass(frozen=True, slots=True)
class Incident:
    """A mistake of ours, as a number that the person can read out and the log knows."""

    number: str


def record_incident(error: BaseException) -> Incident:
    """Log where our mistake happened (kinds and places, never its words: they may name a person)."""
    number = secrets.token_hex(3).upper()
    places = " < ".join(
        f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__)[-8:])
    )
    _log.error("incident %s: %s at %s", number, type(error).__name__, places)
    return Incident(number)


class Jobs(QObject):
    """Asks off the GUI thread, answers on it."""

    explained = Signal(object)  # a Problem that no asker takes care of: the window explains it
    failed = Signal(object)  # an Incident: the window says its one calm sentence
    idle = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None, *, vault_executor: ThreadPoolExecutor | None = None) -> None:
        super().__init__(parent)
        self._vault = vault_executor or ThreadPoolExecutor(1, thread_name_prefix="vault")
        self._pool = ThreadPoolExecutor(_POOL_THREADS, thread_name_prefix="pages")
        self._open: dict[int, Ticket[Any]] = {}
        self._numbers = count()
        self._newest: dict[tuple[int, str], Ticket[Any]] = {}
        self._inbox: deque[tuple[int, bool]] = deque()  # number of a ticket; whether it is done
        self._is_closed = False
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    # --- asking ------------------------------------------------------------------------------------------------

    def ask(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        otherwise: Callable[[Problem], None] | None = None,
        topic: str | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        """Ask the vault; `then` gets the answer, `otherwise` a Problem, `finally_` runs after either (or a bug)."""
        ticket = Ticket(owner, topic, then, otherwise, finally_)
        return self._submit(self._vault, ticket, call)

    def ask_with_progress(
        self,
        call: Callable[[Progress], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        on_progress: Callable[[Done], None],
        otherwise: Callable[[Problem], None] | None = None,
        topic: str | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        """Long work on the vault; `on_progress` hears the newest report, `ticket.cancel()` stops it."""
        return self._submit_with_progress(
            self._vault, call, on_progress, Ticket(owner, topic, then, otherwise, finally_)
        )

    def beside(
        self,
        call: Callable[[], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        otherwise: Callable[[Problem], None] | None = None,
        topic: str | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        """Work on plain values (a page to lay out), beside the vault's thread."""
        return self._submit(self._pool, Ticket(owner, topic, then, otherwise, finally_), call)

    def beside_with_progress(
        self,
        call: Callable[[Progress], T],
        then: Callable[[T], None],
        *,
        owner: QObject,
        on_progress: Callable[[Done], None],
        otherwise: Callable[[Problem], None] | None = None,
        topic: str | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        return self._submit_with_progress(
            self._pool, call, on_progress, Ticket(owner, topic, then, otherwise, finally_)
        )

    def ask_again(self, ticket: Ticket[T]) -> None:
        """Hand in the same question once more: what stood in its way is settled."""
        if ticket.is_wanted and ticket.send is not None:
            ticket.send()

    def on_vault(self, call: Callable[[], T]) -> T:
        """From work in the pool only: have the vault's thread do this, after what was asked before, and wait for it."""
        errand = Errand(call)
        try:
            self._vault.submit(errand).result()
        except (CancelledError, RuntimeError) as closing:
            if self._is_closed:
                raise Cancelled from closing
            raise
        came, error = errand.take()
        if error is not None:
            raise error
        answer: T = came
        return answer

    @property
    def is_idle(self) -> bool:
        return not self._open

    # --- ending ------------------------------------------------------------------------------------------------

    def drain(self, milliseconds: int = 120_000) -> bool:
        """Wait for what is under way and deliver it; False when time ran out. The window keeps painting."""
        timer = QElapsedTimer()
        timer.start()
        while self._open and timer.elapsed() < milliseconds:
            QCoreApplication.processEvents()
            try:
                self._deliver()
            except Exception:  # as in any slot: told, and whoever waits goes on (a lock closes the vault after this)
                sys.excepthook(*sys.exc_info())
            QThread.msleep(1)
        return not self._open

    def stop_long_work(self) -> None:
        """Cancel what reports progress (an import, a batch of reports), so that what comes behind it is done now."""
        for ticket in list(self._open.values()):
            if ticket.progress is not None:
                ticket.cancel()

    def close(self) -> None:
        """Let nothing more arrive (lock): waiting questions are dropped, the running one ends unheard."""
        self._is_closed = True
        held = list(self._open.values())  # until the workers are gone
        for ticket in held:
            ticket.cancel()
        self._open.clear()
        self._newest.clear()
        self._inbox.clear()
        self._vault.shutdown(wait=True, cancel_futures=True)
        self._pool.shutdown(wait=True, cancel_futures=True)
        held.clear()

    # --- on the way ----------------------------------------------------------------------------------------------

    def _submit_with_progress(
        self,
        executor: ThreadPoolExecutor,
        call: Callable[[Progress], T],
        on_progress: Callable[[Done], None],
        ticket: Ticket[T],
    ) -> Ticket[T]:
        def publish(done: Done) -> None:
            first = ticket.latest is None
            ticket.latest = done
            if first:
                self._post(ticket.number, False)

        progress = Progress(publish)
        ticket.progress, ticket.on_progress = progress, on_progress
        return self._submit(executor, ticket, lambda: call(progress))

    def _submit(self, executor: ThreadPoolExecutor, ticket: Ticket[T], call: Callable[[], T]) -> Ticket[T]:
        ticket.send = partial(self._send, executor, ticket, call)
        ticket.send()
        return ticket

    def _send(self, executor: ThreadPoolExecutor, ticket: Ticket[T], call: Callable[[], T]) -> None:
        if self._is_closed:
            ticket.cancel()
            return
        if ticket.topic is not None:
            key = (id(ticket.owner), ticket.topic)
            older = self._newest.get(key)
            if older is not None:
                older.cancel()
            self._newest[key] = ticket
        number = ticket.number = next(self._numbers)
        self._open[number] = ticket
        errand = ticket.errand = Errand(call)
        ticket.future = executor.submit(errand)
        # by its number: a worker that is late holds the errand and this, but no ticket
        ticket.future.add_done_callback(lambda _future: self._post(number, True))

    def _post(self, number: int, is_done: bool) -> None:
        """From any thread: leave it in the inbox and ring."""
        if not self._is_closed:
            self._inbox.append((number, is_done))
            self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        if not self._inbox:
            return
        number, is_done = self._inbox.popleft()
        ticket = self._open.get(number)
        if ticket is None:
            return
        if not is_done:
            done, ticket.latest = ticket.latest, None
            if ticket.is_wanted and ticket.on_progress is not None and done is not None:
                ticket.on_progress(done)
            return
        del self._open[number]
        if ticket.topic is not None and self._newest.get((id(ticket.owner), ticket.topic)) is ticket:
            del self._newest[(id(ticket.owner), ticket.topic)]
        assert ticket.errand is not None
        assert ticket.future is not None
        came, error = ticket.errand.take()
        try:
            if ticket.is_wanted and not ticket.future.cancelled():
                self._answer(ticket, came, error)
        finally:
            if not self._open:
                self.idle.emit()

    def _answer(self, ticket: Ticket[Any], came: Any, error: BaseException | None) -> None:
        try:
            if error is None:
                ticket.then(came)
            elif isinstance(error, Problem):
                (ticket.otherwise or self.explained.emit)(error)
            elif not isinstance(error, Cancelled):
                self.failed.emit(record_incident(error))
        finally:
            if ticket.finally_ is not None and shiboken6.isValid(ticket.owner):
                ticket.finally_()
