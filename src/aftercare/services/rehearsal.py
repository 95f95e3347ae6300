"""The first questions of a day, asked before anybody is in: of an invented person in a database in memory.

SQLAlchemy works each question out once, which takes longer than the answer. While somebody types a password there is
time for it: whoever comes in then gets the engine on which the first pages were rehearsed (vault/engine.py), emptied.
A question that asks for other rights than the rehearsed ones is worked out when it is asked, as any other.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.ids import uuid7
from aftercare.domain.permissions import Role
from aftercare.records.base import Base
from aftercare.records.caseload import NEVER, NO_DAY, CaseloadEntry
from aftercare.records.people import Case, CaseWorker, Staff, Survivor
from aftercare.services.desk import Desk
from aftercare.services.drafts import find_place
from aftercare.services.office import show_settings
from aftercare.services.survivors import list_survivors
from aftercare.services.today import today_view
from aftercare.services.work import Actor, about
from aftercare.vault import EngineAhead

_ROLES = (frozenset({Role.CASE_WORKER}), frozenset({Role.CASE_WORKER, Role.MANAGER}))  # most people; a small house


class _NoLog:
    """Nothing is told of what was only rehearsed."""

    def append(self, *_entry: object, **_more: object) -> int:
        return 0


def rehearse(clock: Clock) -> EngineAhead:
    """An engine on which the first pages were asked for; raises CipherMissing, CipherTooOld."""
    ahead = EngineAhead()
    worker = uuid7(clock.now())
    with Session(ahead.engine) as session, session.begin():
        _make_tables(session)
        _invent(session, worker, clock)
    for roles in _ROLES:
        desk = Desk(ahead.engine, _NoLog(), Actor(worker, "", roles), clock)
        desk.ask(show_settings)
        desk.ask(find_place)
        desk.ask(today_view)
        desk.ask(list_survivors)
    ahead.engine.dispose()
    return ahead


def _make_tables(session: Session) -> None:
    """Names and columns alone: rules and indexes take most of the time, and no question is put otherwise for them."""
    for table in Base.metadata.tables.values():
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        session.connection().exec_driver_sql(f'CREATE TABLE "{table.name}" ({columns})')


def _invent(session: Session, worker: UUID, clock: Clock) -> None:
    """A case of this worker's own, without which most is not asked."""
    today = clock.today()
    written: dict[str, Any] = {"created_at": clock.now(), "created_by": worker}
    session.add(Staff(id=worker, login_name="", display_name="", roles=[], **written))
    survivor = Survivor(id=uuid7(clock.now()), number=1, case_code="", **written)
    session.add(survivor)
    session.flush()
    case = Case(id=uuid7(clock.now()), survivor_id=survivor.id, opened_on=today, **written)
    session.add(case)
    session.flush()
    session.add(CaseWorker(id=uuid7(clock.now()), **about(case), staff_id=worker, since=today, **written))
    session.add(
        CaseloadEntry(
            survivor_id=survivor.id,
            case_id=case.id,
            number=survivor.number,
            is_open=True,
            stage=case.stage,
            stage_place=0,
            risk_place=0,
            opened_on=today,
            review_on=NEVER,
            last_note_on=NO_DAY,
        )
    )
