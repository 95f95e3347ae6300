"""What every page is given: ask and do through the desk, off the GUI thread, with undo offered and news heard.

office.ask(list_survivors, then=self.show_rows, owner=self)
office.do(save_note, draft, then=self.show_saved, owner=self, undo=tr("Note saved"))
office.listen(self, {"note"}, lambda topic, about: self.refresh())
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem
from aftercare.gui.announcements import Announcements
from aftercare.gui.jobs import Done as Progress
from aftercare.gui.jobs import Jobs, Ticket
from aftercare.services.desk import Announcement, Desk, Done
from aftercare.services.office import OfficeSettings
from aftercare.services.undo import undo as undo_request
from aftercare.services.work import Actor, Work

T = TypeVar("T")


class Office(QObject):
    """One open vault as the window sees it: who works, what the organisation decided, and the way to the desk."""

    undo_offered = Signal(str, object)  # what was done, in words; the request's id
    person_wanted = Signal(object, str)  # survivor id; name of the tab, empty for the one shown last
    page_wanted = Signal(str)  # key of a page of the rail
    said = Signal(str)  # a short sentence for the foot of the window

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        announcements: Announcements,
        settings: OfficeSettings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.jobs = jobs
        self.settings = settings
        self._announcements = announcements
        desk.announce = self._pass_on

    @property
    def actor(self) -> Actor:
        return self._desk.actor

    @property
    def clock(self) -> Clock:
        return self._desk.clock

    def ask(
        self,
        service: Callable[Concatenate[Work, ...], T],
        *args: Any,
        then: Callable[[T], None],
        owner: QObject,
        topic: str | None = None,
        otherwise: Callable[[Problem], None] | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        """Look something up; `then` gets it on the GUI thread. A newer question of the same topic replaces this one."""
        return self.jobs.ask(
            lambda: self._desk.ask(service, *args),
            then,
            owner=owner,
            topic=topic,
            otherwise=otherwise,
            finally_=finally_,
        )

    def do(
        self,
        service: Callable[Concatenate[Work, ...], T],
        *args: Any,
        then: Callable[[T], None] | None = None,
        owner: QObject,
        undo: str = "",
        otherwise: Callable[[Problem], None] | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[Done[T]]:
        """Change something; with `undo` in words, the undo bar offers to take it back."""

        def done(result: Done[T]) -> None:
            if undo and result.undo_id is not None:
                self.undo_offered.emit(undo, result.undo_id)
            if then is not None:
                then(result.value)

        return self.jobs.ask(
            lambda: self._desk.do(service, *args),
            done,
            owner=owner,
            otherwise=otherwise,
            finally_=finally_,
        )

    def do_with_progress(
        self,
        service: Callable[Concatenate[Work, ...], T],
        *args: Any,
        on_progress: Callable[[Progress], None],
        then: Callable[[T], None],
        owner: QObject,
        undo: Callable[[T], str] | None = None,
        otherwise: Callable[[Problem], None] | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[Done[T]]:
        """Long work in one request: its last argument is the progress; `ticket.cancel()` stops it, nothing kept."""

        def done(result: Done[T]) -> None:
            if undo is not None and result.undo_id is not None:
                self.undo_offered.emit(undo(result.value), result.undo_id)
            then(result.value)

        return self.jobs.ask_with_progress(
            lambda progress: self._desk.do(service, *args, progress.report),
            done,
            owner=owner,
            on_progress=on_progress,
            otherwise=otherwise,
            finally_=finally_,
        )

    def do_beside(self, service: Callable[Concatenate[Work, ...], T], /, *args: Any) -> T:
        """For work that runs beside the vault (`jobs.beside_with_progress`): carry out a request and wait for it."""
        return self.jobs.on_vault(lambda: self._desk.do(service, *args).value)

    def take_back(self, request_id: UUID, *, then: Callable[[None], None] | None = None) -> None:
        """Undo one request."""
        self.do(undo_request, request_id, then=then, owner=self)

    def listen(self, owner: QObject, topics: set[str], heard: Callable[[str, UUID | None], None]) -> None:
        """Hear of committed changes to these kinds of record (table names), as long as `owner` lives."""
        self._announcements.listen(owner, topics, heard)

    def _pass_on(self, news: Announcement) -> None:
        concerned: list[UUID | None] = [*news.survivor_ids] or [None]
        for kind in sorted(news.kinds):
            for survivor_id in concerned:
                self._announcements.tell(kind, survivor_id)
