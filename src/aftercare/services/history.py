"""The history of every record, written by the session itself: no service can forget it.

Before each flush the new, changed and removed records become `Change` rows of the request, their version is counted up,
and the search index follows. Undo reads the same rows backwards (services/undo.py).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import delete, event, inspect, select
from sqlalchemy.orm import Mapper, Session, UOWTransaction

from aftercare.domain.folding import index_text
from aftercare.records.base import EVERYONE, Base, Record
from aftercare.records.office import OFFICE, ROTATION_DUE, Change, SearchEntry, Setting
from aftercare.records.people import Survivor

UNTOLD = frozenset({"version"})


@dataclass(slots=True)
class Trail:
    """What one request did, gathered while it is carried out.

    `kinds` are what pages hear of: of records, and of decisions, which have no history.
    """

    request_id: UUID
    kinds: set[str] = field(default_factory=set)
    survivor_ids: set[UUID] = field(default_factory=set)
    touched: list[tuple[str, str, UUID]] = field(default_factory=list)


def to_json(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID | dt.date | dt.time | Decimal):
        return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)
    return value


def from_json(mapper: Mapper[Any], name: str, value: Any) -> Any:
    """The value that `to_json` made JSON of, as the column `name` wants it."""
    if value is None or isinstance(value, dict | list):
        return value
    kind = mapper.columns[name].type.python_type
    if kind in (dt.date, dt.time, dt.datetime):
        return kind.fromisoformat(value)
    return value if isinstance(value, kind) else kind(value)


def survivor_of(record: Record) -> UUID | None:
    if isinstance(record, Survivor):
        return record.id
    found: UUID | None = getattr(record, "survivor_id", None)
    return found


def _values(record: Record) -> dict[str, Any]:
    return {column.key: to_json(getattr(record, column.key)) for column in inspect(type(record)).column_attrs}


def _differences(record: Record) -> dict[str, Any]:
    changed = {}
    state = inspect(record)
    for column in state.mapper.column_attrs:
        past = state.attrs[column.key].history
        if not past.has_changes() or column.key in UNTOLD:
            continue
        before = to_json(past.deleted[0]) if past.deleted else None
        after = to_json(past.added[0]) if past.added else None
        if before != after:
            changed[column.key] = [before, after]
    return changed


def trail_of(session: Session) -> Trail:
    """The trail of the request that this session carries out."""
    trail: Trail = session.info["trail"]
    return trail


@lru_cache(maxsize=1)
def kinds_of_record() -> dict[str, type[Record]]:
    """Every kind of record by the name of its table."""
    return {
        mapper.class_.__tablename__: mapper.class_
        for mapper in Base.registry.mappers
        if issubclass(mapper.class_, Record) and not mapper.class_.__dict__.get("__abstract__")
    }


def keep_history(session: Session, trail: Trail) -> None:
    """Make the session write the history of whatever is flushed through it."""
    session.info["trail"] = trail

    def before_flush(session: Session, _context: UOWTransaction, _instances: object) -> None:
        if any(_is_decision(changed) for changed in (*session.new, *session.dirty, *session.deleted)):
            trail.kinds.add(Setting.__tablename__)
        for record in list(session.new):
            if isinstance(record, Record):
                _tell(session, trail, record, "created", None)
        for record in list(session.dirty):
            if isinstance(record, Record) and (changed := _differences(record)):
                record.version += 1
                _tell(session, trail, record, "changed", changed)
                if "survivor_id" in changed:  # moved from one person to another: both are concerned
                    trail.survivor_ids.add(UUID(changed["survivor_id"][0]))
        for record in list(session.deleted):
            if isinstance(record, Record):
                _tell(session, trail, record, "removed", _values(record))

    event.listen(session, "before_flush", before_flush)


def _is_decision(changed: object) -> bool:
    """Whether pages show this: numbers given out and what the program notes for itself concern nobody."""
    return isinstance(changed, Setting) and changed.name in (OFFICE, ROTATION_DUE)


def _tell(session: Session, trail: Trail, record: Record, action: str, fields: dict[str, Any] | None) -> None:
    about, kind = survivor_of(record), record.__tablename__
    trail.kinds.add(kind)
    trail.touched.append((action, kind, record.id))
    if about is not None:
        trail.survivor_ids.add(about)
    session.add(
        Change(
            request_id=trail.request_id,
            kind=kind,
            object_id=record.id,
            survivor_id=about,
            action=action,
            fields=fields,
        )
    )
    if record.search_kind is not None:
        _index(session, record, action)


def _index(session: Session, record: Record, action: str) -> None:
    if action == "removed":
        session.execute(delete(SearchEntry).where(SearchEntry.object_id == record.id), execution_options=EVERYONE)
        return
    about = survivor_of(record)
    if about is None or record.search_kind is None:
        return
    entry = None
    if action == "changed":
        # also of somebody who has just gone out of sight by this very change
        entry = session.scalar(
            select(SearchEntry).where(SearchEntry.object_id == record.id), execution_options=EVERYONE
        )
    text, secret = index_text(record.search_words()), getattr(record, "secret", None)
    if entry is None:
        session.add(
            SearchEntry(kind=record.search_kind, object_id=record.id, survivor_id=about, secret=secret, text=text)
        )
    else:
        entry.text, entry.secret, entry.survivor_id = text, secret, about


__all__ = ["Trail", "from_json", "keep_history", "survivor_of", "to_json"]
