"""The log as lines: filtered, newest first, paged by number. It shows codes of people, never their names.

Whose account a line is about it does say: who was let in, and by whom, is what a log is read for.

Tables are asked, not records: an auditor sees no record of a person, but may see by its code whom a line is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, func, or_, select, union_all
from sqlalchemy.orm import Session

from aftercare.domain.rows.access import AccessNewsRow
from aftercare.domain.rows.log import Colleague, LogGroup, LogRow, Looker
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.notes import Note
from aftercare.records.office import IssuedReport
from aftercare.records.people import Case, Staff, Survivor

_SURVIVOR: FromClause = Survivor.__table__
_STAFF: FromClause = Staff.__table__
_OF_A_PERSON: tuple[FromClause, ...] = (Case.__table__, Note.__table__, IssuedReport.__table__)
ACCESS_ACTIONS = (
    "staff.added",
    "staff.enabled",
    "staff.reset",
    "staff.renamed",
    "staff.roles_changed",
    "staff.access_changed",
    "staff.team_changed",
    "lift_exclusion",
    "vault.earlier_passphrase_back",
    "vault.passphrase_reset_by_code",
    "vault.older_records_opened",
    "vault.changed_outside",
)
"""What lets somebody in, may let them see or do more, or put something else in the place of the records."""
Condition = ColumnElement[bool]
LOOKS = ("read", "search", "search_with_names", "open_glass", "break_glass")
LEAVINGS = (
    "printed",
    "saved",
    "issue_report",
    "begin_batch",
    "number_report",
    "export_log",
)
SIGNINGS = ("vault.unlocked", "vault.unlock_failed", "vault.opened_by_code")
_KEYS = ("backed_up", "verify", "earlier_records_destroyed", "earlier_records_stay")


def in_group(group: LogGroup) -> ColumnElement[bool]:
    """The lines of a group; what belongs nowhere else is a change."""
    action = AUDIT_ENTRY.c.action
    match group:
        case LogGroup.LOOKED:
            return action.in_(LOOKS)
        case LogGroup.LEFT:
            return action.in_(LEAVINGS)
        case LogGroup.SIGNED_IN:
            return action.in_(SIGNINGS)
        case LogGroup.KEYS:
            return or_(and_(action.like("vault.%"), action.not_in(SIGNINGS)), action.like("staff.%"), action.in_(_KEYS))
        case LogGroup.REFUSED:
            return action == "refused"
        case LogGroup.CHANGED:
            return and_(
                action.not_in((*LOOKS, *LEAVINGS, *_KEYS, "refused")),
                action.not_like("vault.%"),
                action.not_like("staff.%"),
            )


def about_person(survivor_id: UUID) -> ColumnElement[bool]:
    """The lines about a person: herself, her cases, her notes, what was printed of her."""
    of_her = [select(table.c.id).where(table.c.survivor_id == survivor_id) for table in _OF_A_PERSON]
    return or_(AUDIT_ENTRY.c.object_id == survivor_id, AUDIT_ENTRY.c.object_id.in_(union_all(*of_her)))


def log_lines(
    session: Session, conditions: Iterable[ColumnElement[bool]], *, before_seq: int | None, limit: int
) -> tuple[LogRow, ...]:
    """Up to `limit` lines with a number below `before_seq`, newest first."""
    query = _lines().where(*conditions).order_by(AUDIT_ENTRY.c.seq.desc()).limit(limit)
    if before_seq is not None:
        query = query.where(AUDIT_ENTRY.c.seq < before_seq)
    return _rows(session, session.execute(query).all())


def access_lines(session: Session, conditions: Iterable[Condition], limit: int) -> tuple[AccessNewsRow, ...]:
    """Lines about accounts, newest first, with the name of whose account it is, or the code of whose record."""
    query = _lines().where(*conditions).order_by(AUDIT_ENTRY.c.seq.desc()).limit(limit)
    rows = _rows(session, session.execute(query).all())
    return tuple(AccessNewsRow(row.seq, row.at, row.actor, row.action, row.about, row.reason) for row in rows)


def count_lines(session: Session, conditions: Iterable[ColumnElement[bool]]) -> int:
    return session.scalar(select(func.count()).select_from(AUDIT_ENTRY).where(*conditions)) or 0


def lines_in_order(
    session: Session, conditions: Iterable[ColumnElement[bool]], batch: int = 2_000
) -> Iterator[tuple[LogRow, ...]]:
    """All lines from the oldest, in batches, for a file."""
    conditions, last = tuple(conditions), 0
    while True:
        query = _lines().where(*conditions, AUDIT_ENTRY.c.seq > last).order_by(AUDIT_ENTRY.c.seq).limit(batch)
        found = session.execute(query).all()
        if not found:
            return
        last = found[-1].seq
        yield _rows(session, found)


def _lines() -> Select[Any]:
    entry, whose = AUDIT_ENTRY.c, _STAFF.alias()
    return (
        select(
            entry.seq,
            entry.utc,
            entry.action,
            entry.kind,
            entry.object_id,
            entry.reason,
            _STAFF.c.display_name,
            whose.c.display_name.label("whose"),
        )
        .outerjoin_from(AUDIT_ENTRY, _STAFF, _STAFF.c.id == entry.actor)
        .outerjoin(whose, whose.c.id == entry.object_id)
    )


def _rows(session: Session, found: Iterable[Any]) -> tuple[LogRow, ...]:
    found = tuple(found)
    codes = codes_of(session, {row.object_id for row in found if row.object_id and not row.whose})
    return tuple(
        LogRow(
            row.seq,
            row.utc,
            row.display_name or "",
            row.action,
            row.kind,
            row.whose or codes.get(row.object_id, ""),
            row.reason,
        )
        for row in found
    )


def codes_of(session: Session, object_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The code of the person that each of these keys is about, where it is about one."""
    keys = list(object_ids)
    if not keys:
        return {}
    code = _SURVIVOR.c.case_code
    of_her = [
        select(table.c.id, code).join_from(table, _SURVIVOR, _SURVIVOR.c.id == table.c.survivor_id)
        for table in _OF_A_PERSON
    ]
    queries = [query.where(query.selected_columns[0].in_(keys)) for query in (select(_SURVIVOR.c.id, code), *of_her)]
    return {row[0]: row[1] for row in session.execute(union_all(*queries))}


def were_read(session: Session, actor_id: UUID, kind: str, keys: Iterable[UUID]) -> set[UUID]:
    """Those of these records that the log knows as read by this colleague."""
    entry = AUDIT_ENTRY.c
    mine = (entry.actor == actor_id, entry.action == "read", entry.kind == kind)
    return set(session.scalars(select(entry.object_id).where(entry.object_id.in_(list(keys)), *mine)))


def is_in_log(session: Session, action: str, reason: str) -> bool:
    """Whether there is a line with exactly these words."""
    entry = AUDIT_ENTRY.c
    same = (entry.action == action, entry.reason == reason)
    return session.execute(select(entry.seq).where(*same).limit(1)).first() is not None


def survivor_with_code(session: Session, case_code: str) -> UUID | None:
    wanted = case_code.strip().upper()
    return session.scalar(select(_SURVIVOR.c.id).where(_SURVIVOR.c.case_code == wanted))


def colleagues(session: Session) -> tuple[Colleague, ...]:
    """Everybody who has or had an account, by name."""
    found = session.execute(select(_STAFF.c.id, _STAFF.c.display_name).order_by(_STAFF.c.display_name))
    return tuple(Colleague(row.id, row.display_name) for row in found)


def who_looked(session: Session, survivor_id: UUID, since: datetime | None) -> tuple[Looker, ...]:
    """Everybody who looked at a person or took something of her out of the program, the latest first.

    Whoever read the log about her has not seen her: an auditor does not stand among those who did.
    """
    entry = AUDIT_ENTRY.c
    has_left, has_looked = entry.action.in_(LEAVINGS), and_(entry.action.in_(LOOKS), entry.kind != "log")
    left = func.sum(case((has_left, 1), else_=0))
    looks = func.sum(case((has_looked, 1), else_=0))
    query = (
        select(_STAFF.c.id, _STAFF.c.display_name, looks, func.min(entry.utc), func.max(entry.utc), left)
        .join_from(AUDIT_ENTRY, _STAFF, _STAFF.c.id == entry.actor)
        .where(about_person(survivor_id), or_(has_looked, has_left))
        .group_by(_STAFF.c.id, _STAFF.c.display_name)
        .order_by(func.max(entry.utc).desc())
    )
    if since is not None:
        query = query.where(entry.utc >= since)
    return tuple(Looker(*row) for row in session.execute(query))
