"""The log for those who watch over it: who looked, who changed, what left; and for one person, who looked at her."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, not_, or_

from aftercare.domain.errors import FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.log import Colleague, LogFilter, LogPage, Looker
from aftercare.queries import log as queries
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.services.work import Work, needs

PAGE = 100


@needs(Permission.SEE_AUDIT)
def see_log(work: Work, wanted: LogFilter, before_seq: int | None = None, limit: int = PAGE) -> LogPage:
    """One page of the log, newest first. FieldProblem where the days are the wrong way round."""
    conditions = conditions_of(work, wanted)
    rows = queries.log_lines(work.session, conditions, before_seq=before_seq, limit=limit + 1)
    total = queries.count_lines(work.session, conditions) if before_seq is None else 0
    if before_seq is None:
        work.log("read", "log", wanted.survivor_id)
    return LogPage(rows[:limit], total, len(rows) > limit)


@needs(Permission.SEE_AUDIT)
def log_colleagues(work: Work) -> tuple[Colleague, ...]:
    """Whose lines can be asked for: everybody who has or had an account."""
    return queries.colleagues(work.session)


@needs(Permission.SEE_AUDIT)
def person_in_log(work: Work, case_code: str) -> UUID:
    """The person behind a code, to ask the log about; NotFound where there is none."""
    found = queries.survivor_with_code(work.session, case_code)
    if found is None or found in work.sight.barred(work.session):
        raise NotFound("survivor")
    return found


@needs(Permission.SEE_AUDIT)
def who_looked(work: Work, survivor_id: UUID, days: int | None = None) -> tuple[Looker, ...]:
    """Everybody who looked at a person's records or printed them, the latest first; `days` back, or ever."""
    if survivor_id in work.sight.barred(work.session):
        raise NotFound("survivor")
    since = None if days is None else work.now() - timedelta(days=days)
    work.log("read", "log", survivor_id)
    return queries.who_looked(work.session, survivor_id, since)


def conditions_of(work: Work, wanted: LogFilter) -> tuple[ColumnElement[bool], ...]:
    """The filter as conditions on the log; days begin and end by the clock of this computer."""
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise FieldProblem("until", "ends_before_it_begins")
    entry = AUDIT_ENTRY.c
    conditions: list[ColumnElement[bool]] = [
        # not even her code reaches somebody who is excluded from her record
        or_(entry.object_id.is_(None), not_(queries.about_person(survivor_id)))
        for survivor_id in work.sight.barred(work.session)
    ]
    if wanted.group is not None:
        conditions.append(queries.in_group(wanted.group))
    if wanted.actor_id is not None:
        conditions.append(entry.actor == wanted.actor_id)
    if wanted.survivor_id is not None:
        conditions.append(queries.about_person(wanted.survivor_id))
    if wanted.since is not None:
        conditions.append(entry.utc >= _begin_of(work, wanted.since))
    if wanted.until is not None:
        conditions.append(entry.utc < _begin_of(work, wanted.until + timedelta(days=1)))
    return tuple(conditions)


def _begin_of(work: Work, day: date) -> datetime:
    return datetime.combine(day, time.min, work.clock.zone).astimezone(UTC)
