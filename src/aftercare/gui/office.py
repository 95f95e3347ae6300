"""What every page is given: ask and do through the desk, off the GUI thread, with undo offered and news heard.

office.ask(list_survivors, then=self.show_rows, owner=self)
office.do(save_note, draft, then=self.show_saved, owner=self, undo=tr("Note saved"))
office.listen(self, {"note"}, lambda topic, about: self.refresh())

What is only done for somebody who typed their password a short while ago asks for it here and is then done: no page
knows of it, except that `otherwise` hears ConfirmationNeeded where the person thought better of it.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, Concatenate, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Bug, Problem
from aftercare.domain.rows.backups import BackupDone, BackupReason
from aftercare.gui.announcements import Announcements
from aftercare.gui.asking import Asked
from aftercare.gui.jobs import Done as Progress
from aftercare.gui.jobs import Jobs, Ticket
from aftercare.gui.jobs import Progress as JobProgress
from aftercare.services.desk import Announcement, Desk, Done
from aftercare.services.office import OfficeSettings, show_settings
from aftercare.services.undo import undo as undo_request
from aftercare.services.work import Actor, Work

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

T = TypeVar("T")


Confirm = Callable[[str, Event], None]
"""Tries a passphrase of the person who is signed in; raises what `services.confirming` raises."""


class Office(QObject):
    """One open vault as the window sees it: who works, what the organisation decided, and the way to the desk."""

    undo_offered = Signal(str, object)  # what was done, in words; the request's id
    person_wanted = Signal(object, str)  # survivor id; name of the tab, empty for the one shown last
    page_wanted = Signal(str)  # key of a page of the rail
    said = Signal(str)  # a short sentence for the foot of the window
    keys_changed = Signal()  # the slot of whoever works here was sealed anew, or that was given up
    erased = Signal()  # everything is gone: nobody asks or backs up any more
    left_erased = Signal()  # … and whoever sits here has read so
    backup_asked = Signal()  # back up now; the foot of the rail tells of it
    confirmation_asked = Signal(object)  # a Question: whoever shows it answers it

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        announcements: Announcements,
        settings: OfficeSettings,
        parent: QObject | None = None,
        *,
        confirm: Confirm | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._confirm = confirm
        self.jobs = jobs
        self.settings = settings
        self.opened: OpenOffice | None = None
        """The vault behind the desk, for what is asked of it as a whole; None: a desk alone (pictures, tests)."""
        self._announcements = announcements
        desk.announce = self._pass_on
        self.listen(self, {"setting"}, lambda _topic, _about: self._look_at_settings())

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
        asked = self._asked(otherwise, finally_)
        ticket = asked.ticket = self.jobs.ask(
            lambda: self._desk.ask(service, *args),
            then,
            owner=owner,
            topic=topic,
            otherwise=asked.refused,
            finally_=asked.ended,
        )
        return ticket

    def do(
        self,
        service: Callable[Concatenate[Work, ...], T],
        *args: Any,
        then: Callable[[T], None] | None = None,
        owner: QObject,
        undo: str = "",
        otherwise: Callable[[Problem], None] | None = None,
        waiting: Callable[[], None] | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[Done[T]]:
        """Change something; with `undo` in words, the undo bar offers to take it back.

        `waiting` is called where it has to wait until the person has typed their password once more.
        """

        def done(result: Done[T]) -> None:
            if undo and result.undo_id is not None:
                self.undo_offered.emit(undo, result.undo_id)
            if then is not None:
                then(result.value)

        asked = self._asked(otherwise, finally_, waiting)
        ticket = asked.ticket = self.jobs.ask(
            lambda: self._desk.do(service, *args),
            done,
            owner=owner,
            otherwise=asked.refused,
            finally_=asked.ended,
        )
        return ticket

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

        asked = self._asked(otherwise, finally_)
        ticket = asked.ticket = self.jobs.ask_with_progress(
            lambda progress: self._desk.do(service, *args, progress.report),
            done,
            owner=owner,
            on_progress=on_progress,
            otherwise=asked.refused,
            finally_=asked.ended,
        )
        return ticket

    @property
    def can_confirm(self) -> bool:
        """Whether somebody can be asked for their password here."""
        return self._confirm is not None

    def confirm(
        self,
        passphrase: str,
        *,
        then: Callable[[], None],
        owner: QObject,
        otherwise: Callable[[Problem], None],
        finally_: Callable[[], None],
    ) -> Event:
        """Try the password of the person who is signed in; setting the event stops it."""
        confirm, cancelled = self._confirm, Event()
        if confirm is None:
            raise Bug("nobody can be asked for a password here")
        self.jobs.ask(
            lambda: confirm(passphrase, cancelled),
            lambda _nothing: then(),
            owner=owner,
            otherwise=otherwise,
            finally_=finally_,
        )
        return cancelled

    def ask_vault(
        self,
        deed: Callable[[OpenOffice], T],
        *,
        then: Callable[[T], None],
        owner: QObject,
        topic: str | None = None,
        otherwise: Callable[[Problem], None] | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        """Ask something of the open vault, or do it; whoever sits here is asked once more where it must be."""
        opened = self._the_vault()
        asked = self._asked(otherwise, finally_)
        ticket = asked.ticket = self.jobs.ask(
            lambda: deed(opened), then, owner=owner, topic=topic, otherwise=asked.refused, finally_=asked.ended
        )
        return ticket

    def work_on_vault(
        self,
        deed: Callable[[OpenOffice, Callable[[int, int], None]], T],
        *,
        on_progress: Callable[[Progress], None],
        then: Callable[[T], None],
        owner: QObject,
        otherwise: Callable[[Problem], None] | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        """The same for long work: its second argument is the progress; `ticket.cancel()` stops it."""
        opened = self._the_vault()
        asked = self._asked(otherwise, finally_)
        ticket = asked.ticket = self.jobs.ask_with_progress(
            lambda progress: deed(opened, progress.report),
            then,
            owner=owner,
            on_progress=on_progress,
            otherwise=asked.refused,
            finally_=asked.ended,
        )
        return ticket

    def work_beside_vault(
        self,
        deed: Callable[[OpenOffice, Callable[[int, int], None], Callable[[Callable[[], Any]], Any]], T],
        *,
        on_progress: Callable[[Progress], None],
        then: Callable[[T], None],
        owner: QObject,
        otherwise: Callable[[Problem], None] | None = None,
        finally_: Callable[[], None] | None = None,
    ) -> Ticket[T]:
        """For long work of which only some steps need the vault: the third argument does one on its thread.

        Others work on between the steps.
        """
        opened = self._the_vault()
        asked = self._asked(otherwise, finally_)
        ticket = asked.ticket = self.jobs.beside_with_progress(
            lambda progress: deed(opened, progress.report, self.jobs.on_vault),
            then,
            owner=owner,
            on_progress=on_progress,
            otherwise=asked.refused,
            finally_=asked.ended,
        )
        return ticket

    def _the_vault(self) -> OpenOffice:
        if self.opened is None:
            raise Bug("there is a desk here, but no vault behind it")
        return self.opened

    def do_beside(self, service: Callable[Concatenate[Work, ...], T], /, *args: Any) -> T:
        """For work that runs beside the vault (`jobs.beside_with_progress`): carry out a request and wait for it."""
        return self.jobs.on_vault(lambda: self._desk.do(service, *args).value)

    def back_up_before(
        self,
        reason: BackupReason,
        *,
        then: Callable[[BackupDone | None], None],
        owner: QObject,
        on_progress: Callable[[Progress], None],
        otherwise: Callable[[Problem], None],
    ) -> Ticket[BackupDone | None]:
        """A verified backup before something large; `otherwise` hears why there is none and must ask the person.

        Made beside the vault, so that others work on; `then` gets None where there is no vault behind the desk.
        """
        from aftercare.services import backups

        opened = self.opened

        def making(progress: JobProgress) -> BackupDone | None:
            if opened is None:
                return None
            plan = self.jobs.on_vault(lambda: backups.plan_backup(opened, reason=reason))
            done = backups.carry_out(plan, progress.report)
            self.do_beside(backups.note_backup, done)
            return done

        return self.jobs.beside_with_progress(making, then, owner=owner, on_progress=on_progress, otherwise=otherwise)

    def take_back(self, request_id: UUID, *, then: Callable[[None], None] | None = None) -> None:
        """Undo one request."""
        self.do(undo_request, request_id, then=then, owner=self)

    def listen(self, owner: QObject, topics: set[str], heard: Callable[[str, UUID | None], None]) -> None:
        """Hear of committed changes to these kinds of record (table names), as long as `owner` lives."""
        self._announcements.listen(owner, topics, heard)

    def _look_at_settings(self) -> None:
        self.ask(show_settings, then=self._take_settings, owner=self, topic="settings")

    def _take_settings(self, settings: OfficeSettings) -> None:
        self.settings = settings

    def _asked(
        self,
        otherwise: Callable[[Problem], None] | None,
        finally_: Callable[[], None] | None,
        waiting: Callable[[], None] | None = None,
    ) -> Asked:
        question = self.confirmation_asked.emit if self.can_confirm else None
        return Asked(self.jobs, question, otherwise, finally_, waiting)

    def _pass_on(self, news: Announcement) -> None:
        concerned: list[UUID | None] = [*news.survivor_ids] or [None]
        for kind in sorted(news.kinds):
            for survivor_id in concerned:
                self._announcements.tell(kind, survivor_id)
