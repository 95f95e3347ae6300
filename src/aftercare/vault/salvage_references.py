"""References to rows that are lost: emptied where that may be, else a stand-in takes the place of what is lost.

A note whose case cannot be read any more is still somebody's note: it stays, under a person without a name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import MISSING, dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, insert
from sqlalchemy.exc import IntegrityError

from aftercare.records import Base
from aftercare.vault.opening import NOBODY

_ROUNDS = 12
_UNKNOWN = "?"
_NEVER_BY_DEFAULT = {("staff", "active"): False}
"""A stand-in for somebody who worked here lets nobody in."""


@dataclass(slots=True)
class Mended:
    """References emptied, stand-ins made and rows set aside, by table."""

    emptied: Counter[str] = field(default_factory=Counter)
    stand_ins: Counter[str] = field(default_factory=Counter)
    set_aside: Counter[str] = field(default_factory=Counter)


def mend_references(connection: Connection, now: datetime) -> Mended:
    """Leave no reference that leads nowhere; foreign keys must be off."""
    mended = Mended()
    for turn in range(_ROUNDS):
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if not broken:
            break
        for table, rowid, parent, key in broken:
            column, refers_to = _ends(connection, table, key)
            child = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE rowid = ?', (rowid,)).mappings().first()
            if child is None or _is_there(connection, parent, refers_to, child[column]):
                continue
            if _may_be_empty(connection, table, column):
                connection.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
                mended.emptied[table] += 1
            elif turn < _ROUNDS - 1 and _stand_in(connection, parent, child[column], dict(child), now):
                mended.stand_ins[parent] += 1
            else:
                connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
                mended.set_aside[table] += 1
    return mended


def _ends(connection: Connection, table: str, key: int) -> tuple[str, str]:
    found = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")').mappings().all()
    row = next(row for row in found if row["id"] == key)
    return row["from"], row["to"] or "id"


def _is_there(connection: Connection, table: str, column: str, value: Any) -> bool:
    found = connection.exec_driver_sql(f'SELECT 1 FROM "{table}" WHERE "{column}" = ?', (value,))
    return found.first() is not None


def _may_be_empty(connection: Connection, table: str, column: str) -> bool:
    found = connection.exec_driver_sql(f'PRAGMA table_info("{table}")').mappings().all()
    return any(row["name"] == column and not row["notnull"] for row in found)


# --- stand-ins ---------------------------------------------------------------------------------------------------


def _stand_in(connection: Connection, name: str, key: Any, child: dict[str, Any], now: datetime) -> bool:
    """A row with this key and nothing else to say; False where one cannot be made."""
    table = Base.metadata.tables.get(name)
    kind = next((mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table), None)
    if kind is None or table is None:
        return False
    there = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")').fetchall()}
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.name not in there:
            continue
        if column.primary_key:
            values[column.name] = UUID(key)
        elif column.foreign_keys and not column.nullable:
            if not child.get(column.name):
                return False
            values[column.name] = UUID(child[column.name])
        elif (fixed := _NEVER_BY_DEFAULT.get((name, column.name))) is not None:
            values[column.name] = fixed
        elif column.default is None and not column.nullable:
            values[column.name] = _nothing(connection, kind, column, now)
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(**values))
    except IntegrityError:  # for instance a second plan of one case
        return False
    return True


def _nothing(connection: Connection, kind: type[Any], column: Column[Any], now: datetime) -> Any:
    """The value that says least where the record has no default of its own: empty, or a mark that it is unknown."""
    of = column.type.python_type
    declared = kind.__dataclass_fields__.get(column.name)
    if declared is not None and declared.default_factory is not MISSING:
        return declared.default_factory()
    if of is UUID:
        return NOBODY
    if isinstance(column.type, JSON):
        return [] if "list" in str(kind.__annotations__.get(column.name)) else {}
    if issubclass(of, Enum):
        return next(iter(of))
    if issubclass(of, bool):
        return False
    if issubclass(of, int):
        found = connection.exec_driver_sql(f'SELECT max("{column.name}") FROM "{column.table.name}"').scalar()
        return int(found or 0) + 1
    if issubclass(of, datetime):
        return now
    if issubclass(of, date):
        return now.date()
    if issubclass(of, str):
        count = connection.exec_driver_sql(f'SELECT count(*) FROM "{column.table.name}"').scalar()
        return f"{_UNKNOWN}-{count}" if column.unique else _UNKNOWN
    return of()
