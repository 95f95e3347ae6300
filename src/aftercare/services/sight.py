"""Who is seen: the one place where every question is narrowed to the people whom the asker may know of.

SQLAlchemy hands each statement of a session to `look_through` before it is carried out; whatever concerns a survivor
(records.base.Concerning) is then found only where she may be seen. So no query has to think of it, and none can forget.
Statements that see everybody say so (`records.base.EVERYONE`, `Sight.of_everyone`): for what tells nobody anything.

Who is in sight: people I work with, my teams', everybody (domain.permissions.Reach), and those whose record I opened
with a reason (services/break_glass.py) — never those from whom I am excluded by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Uuid, and_, bindparam, event, false, func, literal, or_, select, union_all
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from aftercare.domain.errors import NotFound
from aftercare.domain.permissions import Reach
from aftercare.records.access import Exclusion, GlassOpening, TeamMember
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.base import Concerning, OfSurvivor
from aftercare.records.caseload import CaseloadEntry
from aftercare.records.people import Case, CaseWorker, Survivor

# tables, not classes: what decides who is seen must not be narrowed by it
_WORKERS, _CASES, _MEMBERS = CaseWorker.__table__, Case.__table__, TeamMember.__table__
_LATEST = CaseloadEntry.__table__.alias("latest_case")
_EXCLUSIONS, _GLASS = Exclusion.__table__, GlassOpening.__table__
# asked in every request: building it takes longer than asking
_IS_EXCLUDED = select(literal(1)).where(_EXCLUSIONS.c.staff_id == bindparam("actor_id", type_=Uuid())).limit(1)
GLASS_BROKEN = "break_glass"
"""What the log says of an opened record."""
_FEW = 300


@dataclass(slots=True)
class Sight:
    """What one person sees in one request; worked out at the first question about somebody."""

    actor_id: UUID
    reach: Reach | None
    now: datetime
    today: date
    lifted: bool = False
    _narrowing: tuple[Any, ...] | None = field(default=None, init=False)
    _by_team: bool | None = field(default=None, init=False)
    _known: set[UUID] = field(default_factory=set, init=False)

    def look_through(self, session: Session) -> None:
        """Narrow every question that this session asks, and refuse what it would write about somebody unseen."""

        def narrow(asked: ORMExecuteState) -> None:
            if self.lifted or not asked.is_orm_statement or asked.execution_options.get("everyone"):
                return
            if narrowing := self._options(session):
                asked.statement = asked.statement.options(*narrowing)

        def refuse(session: Session, _context: UOWTransaction, _instances: object) -> None:
            if not self.lifted and self._options(session):
                self._refuse_unseen(session)

        event.listen(session, "do_orm_execute", narrow)
        event.listen(session, "before_flush", refuse)

    @contextmanager
    def of_everyone(self) -> Iterator[None]:
        """For as long as this lasts everybody is seen: for services that have made sure before, and tell nothing."""
        before, self.lifted = self.lifted, True
        try:
            yield
        finally:
            self.lifted = before

    def _options(self, session: Session) -> tuple[Any, ...]:
        if self._narrowing is None:
            self._narrowing = self._worked_out(session)
        return self._narrowing

    def _worked_out(self, session: Session) -> tuple[Any, ...]:
        """No option at all where everybody is seen: then a question costs what it always did."""
        excluded = self._excluded(session)
        if self._is_by_team(session):
            teams, latest, others = self._my_teams(), self._latest(), _one_of(self._beside_teams(session))
            # one after the other and no list of keys: teams may see thousands
            if excluded is None:
                return _narrowed(lambda kind: or_(kind.is_of_teams(teams, latest), kind.whom().in_(others)))
            return _narrowed(
                lambda kind: and_(
                    or_(kind.is_of_teams(teams, latest), kind.whom().in_(others)), kind.whom().not_in(excluded)
                )
            )
        within = self._within(session)
        # a lambda is read once for its text and then for what it holds: a statement each, no branch inside
        if within is None:
            return () if excluded is None else _narrowed(lambda kind: kind.whom().not_in(excluded))
        if excluded is None:
            return _narrowed(lambda kind: kind.whom().in_(within))
        return _narrowed(lambda kind: and_(kind.whom().in_(within), kind.whom().not_in(excluded)))

    def _is_by_team(self, session: Session) -> bool:
        """Whether teams decide; without a single case of one everybody is of the one team there is."""
        if self._by_team is None:
            self._by_team = self.reach is Reach.TEAM and _any(session, _CASES.c.team_id.is_not(None))
        return self._by_team

    def _within(self, session: Session) -> Any:
        """The keys of those in sight; None: everybody's."""
        if self.reach is None:
            return select(_WORKERS.c.survivor_id).where(false())
        by_team = self._is_by_team(session)
        if self.reach is not Reach.OWN and not by_team:
            return None
        return _one_of(self._beside_teams(session) + ([self._latest()] if by_team else []))

    def _beside_teams(self, session: Session) -> list[Select[Any]]:
        """The keys of those with whom I work, and of those whose record I opened with a reason."""
        # not before it was opened either: a clock that is set back opens nothing again
        lasts = (_GLASS.c.opened_at <= self.now, _GLASS.c.until > self.now)
        opened = (_GLASS.c.staff_id == self.actor_id, *lasts)
        if _any(session, *opened):
            return [self._own(), select(_GLASS.c.survivor_id).where(*opened, ~self._ended_by_log())]
        return [self._own()]

    def _ended_by_log(self) -> ColumnElement[bool]:
        """Whether the log knows a moment after the end, of the time since: then the clock was set back."""
        opening, later = AUDIT_ENTRY.alias(), AUDIT_ENTRY.alias()
        of_opening = select(func.max(opening.c.seq)).where(
            opening.c.object_id == _GLASS.c.survivor_id,
            opening.c.action == GLASS_BROKEN,
            opening.c.actor == self.actor_id,
        )
        since = of_opening.correlate(_GLASS).scalar_subquery()
        return select(literal(1)).where(later.c.seq >= since, later.c.utc >= _GLASS.c.until).correlate(_GLASS).exists()

    def is_narrow(self, session: Session) -> bool:
        """Whether anybody at all is out of sight."""
        return bool(self._options(session))

    def few(self, session: Session) -> tuple[UUID, ...] | None:
        """The keys of everybody in sight where they are few; None where they are not: then lists are gone through.

        Exclusions are not looked at: whoever asks about these people is narrowed anyway.
        """
        within = self._within(session)
        if within is None:
            return None
        found = session.connection().scalars(within.limit(_FEW + 1)).all()
        return tuple(found) if len(found) <= _FEW else None

    def needs_glass(self, session: Session, survivor_id: UUID) -> bool:
        """Whether somebody is in sight only because her record was opened with a reason."""
        if self.reach is None or self._within(session) is None:
            return False
        parts = [self._own()] + ([self._latest()] if self.reach is Reach.TEAM else [])
        return not any(
            session.connection().execute(part.where(part.selected_columns[0] == survivor_id)).first() for part in parts
        )

    def _own(self) -> Select[Any]:
        """Whom I work with now."""
        lasts = or_(_WORKERS.c.until.is_(None), _WORKERS.c.until > self.today)
        return select(_WORKERS.c.survivor_id).where(_WORKERS.c.staff_id == self.actor_id, lasts)

    def _my_teams(self) -> Select[Any]:
        return select(_MEMBERS.c.team_id).where(_MEMBERS.c.staff_id == self.actor_id)

    def _latest(self) -> Select[Any]:
        """Whose latest case is of one of my teams, or of none."""
        of_mine = or_(_LATEST.c.team_id.is_(None), _LATEST.c.team_id.in_(self._my_teams()))
        return select(_LATEST.c.survivor_id).where(of_mine).correlate_except(_LATEST)

    def barred(self, session: Session) -> tuple[UUID, ...]:
        """From whom this person is excluded by name: for lists that ask tables, past every narrowing."""
        mine = select(_EXCLUSIONS.c.survivor_id).where(_EXCLUSIONS.c.staff_id == self.actor_id)
        return tuple(session.connection().scalars(mine))

    def _excluded(self, session: Session) -> Any:
        """The keys of those from whom this person is excluded; None: nobody's."""
        if session.connection().execute(_IS_EXCLUDED, {"actor_id": self.actor_id}).first() is None:
            return None
        return select(_EXCLUSIONS.c.survivor_id).where(_EXCLUSIONS.c.staff_id == self.actor_id)

    def _refuse_unseen(self, session: Session) -> None:
        """NotFound where something new or changed would be written about somebody whom the writer does not see."""
        # whoever is taken in comes into sight only with the end of the request
        self._known |= {record.id for record in session.new if isinstance(record, Survivor)}
        for record in (*session.new, *session.dirty):
            if isinstance(record, OfSurvivor):
                self._must_see(session, record.survivor_id)

    def _must_see(self, session: Session, survivor_id: UUID) -> None:
        if survivor_id in self._known:
            return
        with session.no_autoflush:
            if session.scalar(select(Survivor.id).where(Survivor.id == survivor_id)) is None:
                raise NotFound("survivor")
        self._known.add(survivor_id)


def _narrowed(by: Callable[[Any], ColumnElement[bool]]) -> tuple[Any, ...]:
    """The option by which a statement finds only those records of survivors that fulfil this."""
    return (with_loader_criteria(Concerning, by, include_aliases=True),)


def _one_of(parts: list[Select[Any]]) -> Any:
    """Keys that any of these gives."""
    return union_all(*parts) if len(parts) > 1 else parts[0]


def _any(session: Session, *conditions: ColumnElement[bool]) -> bool:
    """Whether there is a row like this at all; asked of the table itself, past every narrowing."""
    return session.connection().execute(select(literal(1)).where(*conditions).limit(1)).first() is not None
