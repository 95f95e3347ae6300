"""One request, one session, one transaction: `Work` is what a service holds while somebody's request is carried out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.errors import ChangedMeanwhile, ConfirmationNeeded, NotAllowed, NotFound
from aftercare.domain.ids import uuid7
from aftercare.domain.permissions import Permission, Reach, Role, permitted, reach_of
from aftercare.domain.secrecy import Sees, seen_with
from aftercare.records.base import Base, Record
from aftercare.records.people import Case
from aftercare.services.sight import Sight

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Record)
B = TypeVar("B", bound=Base)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: the staff account, its roles, and what is decided for this person besides them."""

    id: UUID
    name: str
    roles: frozenset[Role]
    own_reach: Reach | None = None
    given: frozenset[Permission] = frozenset()
    withheld: frozenset[Permission] = frozenset()

    @property
    def permissions(self) -> frozenset[Permission]:
        return permitted(self.roles, self.given, self.withheld)

    @property
    def reach(self) -> Reach | None:
        """Whose records this person sees; None: nobody's."""
        return reach_of(self.roles, self.own_reach)


CONFIRMED_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """When this person last typed their passphrase, and how long that is taken for an answer to «is it still you?»."""

    at: datetime
    lasts: timedelta = CONFIRMED_FOR
    ticks: float = 0.0
    """What `Clock.ticks` said then."""

    def holds(self, now: datetime, ticks: float = 0.0) -> bool:
        """Not before it was given either, and by seconds counted too: a clock set back must not make it last."""
        counted = timedelta(seconds=max(0.0, ticks - self.ticks))
        return timedelta(0) <= now - self.at <= self.lasts and counted <= self.lasts


def confirmed_now(clock: Clock, lasts: timedelta = CONFIRMED_FOR) -> Confirmation:
    """What holds for somebody who typed their passphrase this moment."""
    return Confirmation(clock.now(), lasts, clock.ticks())


class AuditLog(Protocol):
    """The chain of the vault: an entry belongs to the transaction of what it tells of."""

    def append(
        self,
        transaction: Session,
        utc: datetime,
        actor: UUID | None,
        action: str,
        kind: str = "",
        object_id: UUID | None = None,
        reason: str = "",
    ) -> int: ...


@dataclass(slots=True)
class Work:
    """A session, who asks, and the time: all that a service needs."""

    session: Session
    actor: Actor
    clock: Clock
    audit: AuditLog
    request_id: UUID
    sight: Sight
    confirmation: Confirmation | None = None
    released: bool = field(default=False, init=False)
    is_told: bool = field(default=False, init=False)
    """Whether a line of the log tells of the whole request already: the one by the name of the service is not added."""

    def now(self) -> datetime:
        return self.clock.now()

    def today(self) -> date:
        return self.clock.today()

    def new_id(self) -> UUID:
        return uuid7(self.now())

    def may(self, permission: Permission) -> bool:
        return permission in self.actor.permissions

    @property
    def sees(self) -> Sees:
        """The classes of restricted content that the actor may read."""
        return seen_with(self.actor.permissions)

    def need(self, permission: Permission) -> None:
        """Raise NotAllowed unless the actor holds the permission."""
        if not self.may(permission):
            raise NotAllowed(permission.value)

    def need_confirmation(self) -> None:
        """Raise ConfirmationNeeded unless the actor typed their passphrase a short while ago."""
        if self.confirmation is None or not self.confirmation.holds(self.now(), self.clock.ticks()):
            raise ConfirmationNeeded

    def add(self, record: R) -> R:
        """Keep a new record: it gets its key, its moment and its author here."""
        record.id = record.id or self.new_id()
        record.created_at = record.created_at or self.now()
        record.created_by = record.created_by or self.actor.id
        self.session.add(record)
        return record

    def get(self, kind: type[B], key: object) -> B:
        """The record with this key, or NotFound."""
        record = self.session.get(kind, key)
        if record is None:
            raise NotFound(kind.__tablename__)
        return record

    def get_unchanged(self, kind: type[R], key: object, version: int | None) -> R:
        """The record as the form knew it: ChangedMeanwhile where it was saved by somebody since."""
        record = self.get(kind, key)
        if version is not None and record.version != version:
            raise ChangedMeanwhile(kind.__tablename__)
        return record

    def remove(self, record: Record) -> None:
        """Take a record away; its history keeps what undo needs."""
        self.session.delete(record)

    def note_read(self, kind: str, object_id: UUID) -> None:
        """Write into the log that this record was looked at."""
        self.log("read", kind, object_id)

    def note_release(self, action: str, kind: str, object_id: UUID, reason: str = "") -> None:
        """Write into the log that something left the program (print, export): this request cannot be undone."""
        self.released = True
        self.log(action, kind, object_id, reason)

    def note_deed(self, action: str, kind: str, object_id: UUID | None = None, reason: str = "") -> None:
        """Write the line of the log for this request, in words of its own; no other tells of the same deed."""
        self.is_told = True
        self.log(action, kind, object_id, reason)

    def note_deed_for_good(self, action: str, kind: str, object_id: UUID, reason: str = "") -> None:
        """The same for what no undo can take back: a code has left the house, a key is gone, somebody has looked."""
        self.released = True
        self.note_deed(action, kind, object_id, reason)

    def log(self, action: str, kind: str, object_id: UUID | None = None, reason: str = "") -> None:
        """Write a line into the log: codes and keys only, never a word about a person."""
        self.audit.append(self.session, self.now(), self.actor.id, action, kind, object_id, reason)


def about(case: Case) -> dict[str, Any]:
    """Whom a new record of this case is about, as its keyword arguments."""
    return {"survivor_id": case.survivor_id, "case_id": case.id}


Service = Callable[Concatenate[Work, P], T]
DECLARED: dict[str, Permission] = {}
"""Each service by its qualified name with the permission it needs; tests/services compares it with what is defined."""


CONFIRMED: set[str] = set()
"""The services that are only carried out for somebody who typed their passphrase a short while ago."""


def needed_for(name: str) -> frozenset[Permission]:
    """What a request of this name needs, as it stands in the list of requests; nothing for an unknown one."""
    return frozenset(permission for full, permission in DECLARED.items() if full.rpartition(".")[2] == name)


def needs(permission: Permission, *, confirmed: bool = False) -> Callable[[Service[P, T]], Service[P, T]]:
    """Declare a service and the permission it needs; without it the call raises NotAllowed.

    With `confirmed` it raises ConfirmationNeeded too, unless the passphrase was typed within the last minutes: the
    window asks for it and hands the request in again.
    """

    def declare(service: Service[P, T]) -> Service[P, T]:
        name = f"{service.__module__}.{service.__qualname__}"
        DECLARED[name] = permission
        if confirmed:
            CONFIRMED.add(name)

        def checked(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> T:
            work.need(permission)
            if confirmed:
                work.need_confirmation()
            return service(work, *args, **kwargs)

        update_wrapper(checked, service)
        return checked

    return declare
