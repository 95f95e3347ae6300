"""The desk: where requests are handed in while the vault is open, one at a time, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.errors import ChangedMeanwhile, DatabaseDamaged, NotAllowed, NotFound, WrittenByLaterVersion
from aftercare.domain.ids import uuid7
from aftercare.records.office import Request
from aftercare.services.history import Trail, keep_history
from aftercare.services.refusals import OUT_OF_SIGHT, asks_for_somebody_unseen
from aftercare.services.sight import Sight
from aftercare.services.work import Actor, AuditLog, Confirmation, Work

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Announcement:
    """What changed: kinds of record (table names) and the survivors concerned; pages ask again."""

    kinds: frozenset[str]
    survivor_ids: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a change gave back, and the request by which it can be undone (None: it changed nothing, or cannot be)."""

    value: T
    undo_id: UUID | None


@dataclass(slots=True)
class Desk:
    """Carries out requests for one person on one open vault. Not for two threads at once: gui/jobs.py sees to that."""

    engine: Engine
    audit: AuditLog
    actor: Actor
    clock: Clock
    announce: Callable[[Announcement], None] = lambda _announcement: None
    confirmation: Confirmation | None = field(default=None, kw_only=True)

    def ask(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Look something up; what it reads of a person is logged."""
        return self.do(service, *args, **kwargs).value

    def do(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        """Change something: all of it or, after a Problem, nothing.

        A read that the disk refused once looks like damage to the cipher. Only what a new connection cannot read either
        is damaged.
        """
        try:
            return self._do(service, *args, **kwargs)
        except DatabaseDamaged:
            return self._do(service, *args, **kwargs)

    def _do(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> Done[T]:
        request_id = uuid7(self.clock.now())
        sight = Sight(self.actor.id, self.actor.reach, self.clock.now(), self.clock.today())
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                trail = Trail(request_id)
                keep_history(session, trail)
                sight.look_through(session)
                work = Work(session, self.actor, self.clock, self.audit, request_id, sight, self.confirmation)
                value = service(work, *args, **kwargs)
                session.flush()
                if trail.touched:
                    self._sign(work, trail, service.__name__)
        except NotAllowed as refused:
            self._log_refusal(service.__name__, refused.permission)
            raise
        except NotFound as missing:
            if self._is_unseen(sight, missing.kind, (*args, *kwargs.values())):
                self._log_refusal(service.__name__, OUT_OF_SIGHT)
            raise
        except IntegrityError as clash:
            # keys are checked at commit: something that stands now rests on what was to go (undo of a goal with steps)
            if "FOREIGN KEY" in str(clash.orig):
                raise ChangedMeanwhile(service.__name__) from clash
            raise
        except LookupError as unknown:
            # how SQLAlchemy says that a column of codes holds one that is not among ours
            if type(unknown) is LookupError:
                raise WrittenByLaterVersion from unknown
            raise
        if trail.kinds:
            self.announce(Announcement(frozenset(trail.kinds), frozenset(trail.survivor_ids)))
        return Done(value, request_id if trail.touched and not work.released else None)

    def _sign(self, work: Work, trail: Trail, name: str) -> None:
        """Write the request and, where the service told of it in no words of its own, the lines of the log.

        One for each person or, where nobody is concerned, for each kind.
        """
        if work.session.get(Request, trail.request_id) is None:
            work.session.add(
                Request(
                    id=trail.request_id,
                    at=work.now(),
                    actor_id=self.actor.id,
                    name=name,
                    released=work.released,
                )
            )
        if work.is_told:
            return
        concerned: list[tuple[str, UUID | None]] = [("survivor", key) for key in sorted(trail.survivor_ids)]
        kinds = sorted({kind for _action, kind, _key in trail.touched})
        for kind, object_id in concerned or [(kind, None) for kind in kinds]:
            self.audit.append(work.session, work.now(), self.actor.id, name, kind, object_id)

    def _is_unseen(self, sight: Sight, kind: str, asked: tuple[object, ...]) -> bool:
        with Session(self.engine) as session:
            sight.look_through(session)
            return asks_for_somebody_unseen(session, kind, asked)

    def _log_refusal(self, name: str, why: str) -> None:
        with Session(self.engine) as session, session.begin():
            self.audit.append(session, self.clock.now(), self.actor.id, "refused", name, None, why)
