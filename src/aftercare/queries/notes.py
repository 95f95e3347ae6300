"""Notes of a case, newest first, paged by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Time, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from aftercare.domain.folding import search_terms
from aftercare.domain.rows.notes import AddendumRow, NoteFilter, NotePage, NotePlace, NoteRow
from aftercare.domain.secrecy import EVERYTHING, Sees, is_open
from aftercare.queries.secrecy import may_be_found, open_to
from aftercare.records.notes import Addendum, Note
from aftercare.records.office import SearchEntry
from aftercare.records.people import Staff, Survivor

_UNTIMED = literal(time.min, Time())  # below every hour of its day


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, when, and what is open to them."""

    id: UUID
    now: datetime
    sees: Sees
    writes_notes: bool
    writes_records: bool
    lock_hours: int


def list_notes(
    session: Session,
    reader: Reader,
    case_id: UUID,
    wanted: NoteFilter,
    *,
    after: NotePlace | None = None,
    limit: int = 50,
) -> NotePage:
    """One page of the notes of a case behind `after`; a filter leaves out what the reader may not see."""
    conditions = [Note.case_id == case_id, *_wanted(session, reader, case_id, wanted)]
    total = 0
    if after is None:
        total = session.scalar(select(func.count()).select_from(Note).where(*conditions)) or 0
    else:
        conditions.append(_behind(after))
    clock = func.coalesce(Note.at, _UNTIMED)
    query = _columns().where(*conditions).order_by(Note.on.desc(), clock.desc(), Note.id.desc()).limit(limit + 1)
    found = session.execute(query).all()
    return NotePage(_rows(session, reader, found[:limit]), total, len(found) > limit)


def note_row(session: Session, reader: Reader, note_id: UUID) -> NoteRow | None:
    found = session.execute(_columns().where(Note.id == note_id)).all()
    return next(iter(_rows(session, reader, found)), None)


def _behind(place: NotePlace) -> Any:
    """Notes that stand behind this place; the first condition alone lets the index begin in the right day."""
    clock, here = func.coalesce(Note.at, _UNTIMED), literal(place.at or time.min, Time())
    return and_(
        Note.on <= place.on,
        or_(Note.on < place.on, clock < here, and_(clock == here, Note.id < place.id)),
    )


def _wanted(session: Session, reader: Reader, case_id: UUID, wanted: NoteFilter) -> list[Any]:
    if wanted.is_empty:
        return []
    conditions: list[Any] = [] if reader.sees == EVERYTHING else [_is_open(reader)]
    if wanted.area is not None:
        conditions.append(Note.area == wanted.area)
    if wanted.kind is not None:
        conditions.append(Note.kind == wanted.kind)
    terms = search_terms(wanted.text)
    if terms:
        survivor_id = session.scalar(select(Note.survivor_id).where(Note.case_id == case_id).limit(1))
        conditions.append(_holds(terms, survivor_id, reader))
    return conditions


def _is_open(reader: Reader) -> Any:
    return or_(open_to(Note, reader.sees), Note.created_by == reader.id)


def _holds(terms: Iterable[str], survivor_id: UUID | None, reader: Reader) -> Any:
    """Notes whose words, or whose addenda's, hold every term at the beginning of a word.

    One person's folded words are read through; the full-text index would first gather everybody's.
    """
    conditions = [SearchEntry.survivor_id == survivor_id, SearchEntry.kind == "note"]
    conditions += [(literal(" ") + SearchEntry.text).contains(f" {term}", autoescape=True) for term in terms]
    conditions.append(may_be_found(SearchEntry, reader.sees))
    found = select(SearchEntry.object_id).where(*conditions)
    return or_(Note.id.in_(found), Note.id.in_(select(Addendum.note_id).where(Addendum.id.in_(found))))


def _columns() -> Any:
    return (
        select(
            Note.id,
            Note.survivor_id,
            Note.case_id,
            Note.version,
            Note.area,
            Note.kind,
            Note.on,
            Note.at,
            Note.minutes,
            Note.present,
            Note.words,
            Note.restricted,
            Note.created_by,
            Note.created_at,
            Staff.display_name,
            Survivor.case_code.label("moved_from"),
        )
        .join(Staff, Staff.id == Note.created_by, isouter=True)
        .join(Survivor, Survivor.id == Note.moved_from_id, isouter=True)
    )


def _rows(session: Session, reader: Reader, found: Iterable[Row[Any]]) -> tuple[NoteRow, ...]:
    rows = list(found)
    addenda = _addenda(session, reader, [row.id for row in rows])
    return tuple(_row(row, reader, tuple(addenda[row.id])) for row in rows)


def _row(row: Row[Any], reader: Reader, addenda: tuple[AddendumRow, ...]) -> NoteRow:
    is_mine = row.created_by == reader.id
    is_hidden = not (is_mine or is_open(row.restricted, row.area, reader.sees))
    locks_at = row.created_at + timedelta(hours=reader.lock_hours)
    return NoteRow(
        id=row.id,
        survivor_id=row.survivor_id,
        case_id=row.case_id,
        version=row.version,
        area=None if is_hidden else row.area,
        kind=None if is_hidden else row.kind,
        on=row.on,
        at=None if is_hidden else row.at,
        minutes=None if is_hidden else row.minutes,
        present="" if is_hidden else row.present,
        words="" if is_hidden else row.words,
        restricted=row.restricted,
        is_hidden=is_hidden,
        author=row.display_name or "",
        written_at=row.created_at,
        locks_at=locks_at,
        may_correct=reader.writes_notes and is_mine and reader.now < locks_at,
        may_move=not is_hidden and reader.writes_notes and (is_mine or reader.writes_records),
        moved_from=row.moved_from or "",
        addenda=addenda,
    )


def _addenda(session: Session, reader: Reader, of: list[UUID]) -> dict[UUID, list[AddendumRow]]:
    found: dict[UUID, list[AddendumRow]] = defaultdict(list)
    if not of:
        return found
    query = (
        select(Addendum, Staff.display_name)
        .join(Staff, Staff.id == Addendum.created_by, isouter=True)
        .where(Addendum.note_id.in_(of))
        .order_by(Addendum.created_at, Addendum.id)
    )
    for addendum, author in session.execute(query):
        is_mine = addendum.created_by == reader.id
        is_hidden = not (is_mine or is_open(addendum.restricted, addendum.area, reader.sees))
        words = "" if is_hidden else addendum.words
        found[addendum.note_id].append(
            AddendumRow(addendum.id, words, author or "", addendum.created_at, addendum.restricted, is_hidden)
        )
    return found
