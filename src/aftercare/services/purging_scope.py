"""Whom a deletion is about: what is kept of one person by table, what is remembered of it, and what was typed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from aftercare.domain.retention import FIELDS, ROWS, Extent, emptied
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.records.base import Base
from aftercare.records.notes import Draft
from aftercare.records.office import Change
from aftercare.records.people import Survivor
from aftercare.services.work import Work

_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_TOLD_APART = ("change", "search_entry", "caseload_entry")
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Person:
    """Whom it is about, with the key of everything that is known about her, by table."""

    survivor: Survivor
    keys: Mapping[str, tuple[UUID, ...]]

    @property
    def id(self) -> UUID:
        return self.survivor.id

    @property
    def all_keys(self) -> set[UUID]:
        return {self.id, *(key for keys in self.keys.values() for key in keys)}


def person_known(work: Work, survivor_id: UUID) -> Person:
    """NotFound where whoever asks may not see her."""
    survivor = work.get(Survivor, survivor_id)
    connection = work.session.connection()
    keys = {
        table.name: tuple(connection.scalars(select(table.c.id).where(table.c.survivor_id == survivor_id)))
        for table in tables_about_people()
        if "id" in table.c
    }
    return Person(survivor, keys)


def tables_about_people() -> Iterator[Table]:
    """Every table with rows about one person, but for what follows by itself."""
    for table in Base.metadata.sorted_tables:
        if "survivor_id" in table.c and table.name not in _TOLD_APART:
            yield table


def counts_of(work: Work, person: Person, order: PurgeOrder) -> dict[str, int]:
    if order.extent is Extent.WHOLE:
        return {"survivor": 1} | {name: len(keys) for name, keys in sorted(person.keys.items()) if keys}
    connection = work.session.connection()
    counts = {}
    for name in sorted({name for kind in order.kinds for name in (*ROWS[kind], *FIELDS[kind])}):
        table = Base.metadata.tables[name]
        fields = fields_to_empty(order, name)
        rows = connection.execute(select(table).where(rows_of(table, person))).mappings().all()
        if some := sum(not fields or any(has_words(name, field, row[field]) for field in fields) for row in rows):
            counts[name] = some
    return counts


def has_words(table: str, field: str, value: Any) -> bool:
    return value not in (None, "", [], {}) and emptied(table, field, value) != value


def fields_to_empty(order: PurgeOrder, table: str) -> tuple[str, ...]:
    return tuple(name for kind in sorted(order.kinds) for name in FIELDS[kind].get(table, ()))


def rows_of(table: Table, person: Person) -> Any:
    return (table.c.id if table.name == "survivor" else table.c.survivor_id) == person.id


def changes_of(work: Work, person: Person) -> list[dict[str, Any]]:
    """Every remembered change of hers, also of what was somebody else's before it was moved to her."""
    connection = work.session.connection()
    table = Change.__table__
    about = select(table).where(table.c.survivor_id == person.id)
    found = {row["seq"]: dict(row) for row in connection.execute(about).mappings()}
    for some in in_chunks(sorted(person.all_keys)):
        of_records = select(table).where(table.c.object_id.in_(some))
        found.update({row["seq"]: dict(row) for row in connection.execute(of_records).mappings()})
    return [found[seq] for seq in sorted(found)]


def drafts_of(work: Work, person: Person) -> Iterator[UUID]:
    """Drafts that name her, her case or one of her records, of whoever typed them."""
    keys, code = person.all_keys, person.survivor.case_code
    for key, about, content in work.session.connection().execute(select(Draft.id, Draft.about, Draft.content)):
        text = f"{about} {json.dumps(content)}"
        if code in text or any(UUID(found) in keys for found in _UUID.findall(text)):
            yield key


def in_chunks(keys: Any) -> Iterator[Any]:
    whole = list(keys)
    for begin in range(0, len(whole), AT_ONCE):
        yield whole[begin : begin + AT_ONCE]
