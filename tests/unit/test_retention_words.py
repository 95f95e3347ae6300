"""No word about a person can be kept without a term: every field of every record about her has its place."""

from __future__ import annotations

from sqlalchemy import JSON, Enum, String, Uuid

from aftercare.domain.retention import FIELDS, ROWS, STAY, Kept
from aftercare.records.base import Base, Moment, Record
from aftercare.records.people import Survivor

_CODES = {"area", "created_by"}


def _about_people() -> list[type[Record]]:
    kinds = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
    return [kind for kind in kinds if kind is Survivor or "survivor_id" in kind.__table__.columns]


def _holds_words(kind: type[Record], name: str) -> bool:
    column = kind.__table__.columns[name].type
    if isinstance(column, Enum | Uuid | Moment) or name in _CODES:
        return False
    return isinstance(column, String | JSON)


def test_every_text_about_a_person_goes_or_is_known_to_be_a_code() -> None:
    gone = {table for tables in ROWS.values() for table in tables}
    forgotten = []
    for kind in _about_people():
        table = kind.__tablename__
        if table in gone:
            continue
        placed = {name for fields in FIELDS.values() for name in fields.get(table, ())} | {*STAY.get(table, ())}
        forgotten += [
            f"{table}.{column.name}"
            for column in kind.__table__.columns
            if _holds_words(kind, column.name) and column.name not in placed
        ]
    assert forgotten == []


def test_what_is_emptied_exists_and_has_one_place_only() -> None:
    tables = Base.metadata.tables
    placed = [(table, name) for kind in Kept for table, names in FIELDS[kind].items() for name in names]
    placed += [(table, name) for table, names in STAY.items() for name in names]
    assert len(placed) == len(set(placed))
    for table, name in placed:
        assert name in tables[table].columns, f"{table}.{name}"
    assert not {table for rows in ROWS.values() for table in rows} & {table for table, _name in placed}
