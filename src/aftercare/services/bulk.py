"""Many records at once: inserted table by table with the words by which the search finds them, and taken back so.

For training vaults and imports: what a session would do record by record takes minutes there. The history is the same.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, inspect, select

from aftercare.domain.errors import ChangedMeanwhile
from aftercare.domain.folding import index_text
from aftercare.domain.secrecy import Secret
from aftercare.records.base import Record
from aftercare.records.office import Change, SearchEntry
from aftercare.services.history import from_json, kinds_of_record, to_json, trail_of
from aftercare.services.work import Work

Rows = Mapping[str, Sequence[dict[str, Any]]]
"""Values by table name; `id`, `created_at` and `created_by` are among them."""

MANY = 200
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a kind of record is inserted: every column's default, and which of them are lists."""

    kind: type[Record]
    defaults: dict[str, Any]
    lists: tuple[str, ...]


@lru_cache(maxsize=64)
def _shape(name: str) -> _Shape:
    """Columns that are left out get what the record's own constructor would give them."""
    kind = kinds_of_record()[name]
    defaults: dict[str, Any] = {}
    for column in kind.__table__.columns:
        defaults[column.key] = column.default.arg if column.default is not None and column.default.is_scalar else None
    factories = (entry.name for entry in dataclasses.fields(kind) if entry.default_factory is not MISSING)
    return _Shape(kind, defaults, tuple(factories))


class _Seen:
    """The values of a record, read as its methods read them: an object for each of a million notes costs too much."""

    def __init__(self, kind: type[Record], values: dict[str, Any]) -> None:
        self._kind = kind
        self._values = values

    def __getattr__(self, name: str) -> Any:
        if name in self._values:
            return self._values[name]
        told = getattr(self._kind, name)
        return told.fget(self) if isinstance(told, property) and told.fget else told


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Insert records table by table, and what the search knows of them; no history is written."""
    entries: list[dict[str, Any]] = []
    for name, told in rows.items():
        if not told:
            continue
        shape = _shape(name)
        full = [{**shape.defaults, **{listed: [] for listed in shape.lists}, **values} for values in told]
        connection.execute(insert(shape.kind), full)
        if shape.kind.search_kind is not None:
            entries += [_search_entry(shape.kind, values) for values in full]
    if entries:
        connection.execute(insert(SearchEntry), entries)


def _search_entry(kind: type[Record], values: dict[str, Any]) -> dict[str, Any]:
    words = kind.search_words(_Seen(kind, values))  # type: ignore[arg-type]
    return {
        "kind": kind.search_kind,
        "object_id": values["id"],
        "survivor_id": values.get("survivor_id") or values["id"],
        "secret": _secret(kind, values),
        "text": index_text(words),
    }


def _secret(kind: type[Record], values: dict[str, Any]) -> Secret | None:
    return getattr(_Seen(kind, {"restricted": False, "area": None, **values}), "secret", None)


# --- within a request ---------------------------------------------------------------------------------------------


def add_rows(work: Work, rows: Rows) -> None:
    """Keep many new records, with their history: undone together with the rest of the request."""
    connection = work.session.connection()
    insert_rows(connection, rows)
    _tell(work, "created", {name: [(values, None) for values in told] for name, told in rows.items()})


def _tell(work: Work, action: str, rows: Mapping[str, Sequence[tuple[dict[str, Any], dict[str, Any] | None]]]) -> None:
    """Write the history; the request stands for all, so that nobody is told of each record by itself."""
    trail = trail_of(work.session)
    told = []
    for name, records in rows.items():
        if not records:
            continue
        trail.kinds.add(name)
        trail.touched.append((action, name, records[0][0]["id"]))
        for values, fields in records:
            about = values["id"] if name == "survivor" else values.get("survivor_id")
            told.append(
                {
                    "request_id": trail.request_id,
                    "kind": name,
                    "object_id": values["id"],
                    "survivor_id": about,
                    "action": action,
                    "fields": fields,
                }
            )
    if told:
        work.session.connection().execute(insert(Change), told)


def take_back(work: Work, changes: Sequence[Change]) -> None:
    """Undo many changes of one request, handed in latest first; ChangedMeanwhile where anything was done to them since.

    Kind by kind over all of them, notes before people: a person is looked up in every table that names people.
    """
    from aftercare.vault.search_index import forgetting_at_once

    by_kind: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in changes:
        by_kind[change.action, change.kind].append(change)
    with forgetting_at_once(work.session.connection()):
        _take_back_kinds(work, by_kind)


def _take_back_kinds(work: Work, by_kind: Mapping[tuple[str, str], list[Change]]) -> None:
    for (action, name), some in by_kind.items():
        if action == "created":
            _remove(work, name, [change.object_id for change in some])
        else:
            _put_back(work, name, some)


def is_for_bulk(changes: Sequence[Change]) -> bool:
    """Whether these changes are many creations or many removals, as imports and their undo leave them."""
    return len(changes) > MANY and all(change.action in ("created", "removed") for change in changes)


def refuse_if_touched_since(work: Work, request_id: UUID) -> None:
    """ChangedMeanwhile where another request did something to the people whom this one brought."""
    brought = select(Change.object_id).where(Change.request_id == request_id, Change.kind == "survivor")
    last = select(func.max(Change.seq)).where(Change.request_id == request_id).scalar_subquery()
    since = select(Change.seq).where(Change.survivor_id.in_(brought), Change.seq > last).limit(1)
    if work.session.scalar(since) is not None:
        raise ChangedMeanwhile("survivor")


def _chunks(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for begin in range(0, len(keys), _AT_ONCE):
        yield keys[begin : begin + _AT_ONCE]


def _remove(work: Work, name: str, keys: Sequence[UUID]) -> None:
    kind, connection = _shape(name).kind, work.session.connection()
    table = kind.__table__
    removed: list[tuple[dict[str, Any], dict[str, Any] | None]] = []
    for some in _chunks(keys):
        found = connection.execute(select(table).where(table.c.id.in_(some))).mappings().all()
        if len(found) != len(some) or any(row["version"] != 1 for row in found):
            raise ChangedMeanwhile(name)
        removed += [(dict(row), {column: to_json(value) for column, value in row.items()}) for row in found]
        connection.execute(delete(SearchEntry).where(SearchEntry.object_id.in_(some)))
        connection.execute(delete(kind).where(table.c.id.in_(some)))
    _tell(work, "removed", {name: removed})


def _put_back(work: Work, name: str, changes: Sequence[Change]) -> None:
    mapper = inspect(_shape(name).kind)
    rows = [
        {column: from_json(mapper, column, value) for column, value in (change.fields or {}).items()}
        for change in changes
    ]
    add_rows(work, {name: rows})
