"""References to rows that are lost: emptied where that may be, else a stand-in takes the place of what is lost.

A note whose case cannot be read any more is still somebody's note: it stays, under a person without a name. A goal
whose area is lost stays in the plan of its case, in an area without a name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import MISSING, dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Column, Connection, Table, UniqueConstraint, func, insert, select
from sqlalchemy.exc import IntegrityError

from aftercare.domain.ids import uuid7
from aftercare.records import Base
from aftercare.vault.opening import NOBODY

_ROUNDS = 12
_UNKNOWN = "?"
_ABOUT = ("case_id", "survivor_id")
"""By which of them a row is found that may stand above a stand-in: of the same case, else of the same person."""
_AS_RESTRICTED = ("area", "restricted")
"""What a stand-in says as the row that refers to it says it."""
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
        broken = _broken(connection)
        if not broken:
            break
        for reference in broken:
            child = _row(connection, reference)
            if child is None or _is_there(connection, reference.parent, reference.refers_to, child[reference.column]):
                continue
            if reference.may_be_empty:
                _empty(connection, reference)
                mended.emptied[reference.table] += 1
            elif turn < _ROUNDS - 1 and _stand_in(
                connection, reference.parent, UUID(child[reference.column]), child, now, mended
            ):
                continue
            else:
                connection.exec_driver_sql(f'DELETE FROM "{reference.table}" WHERE rowid = ?', (reference.rowid,))
                mended.set_aside[reference.table] += 1
    return mended


# --- references --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Reference:
    """A column of one row that names a row of `parent` by its `refers_to`."""

    table: str
    rowid: int
    column: str
    parent: str
    refers_to: str
    may_be_empty: bool


def _broken(connection: Connection) -> list[_Reference]:
    """References that lead nowhere: first those to what others rest on, and first those that must lead somewhere."""
    depth = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    found = []
    for table, rowid, parent, key in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        column, refers_to = _ends(connection, table, key)
        found.append(_Reference(table, rowid, column, parent, refers_to, _may_be_empty(connection, table, column)))
    return sorted(found, key=lambda each: (depth.get(each.parent, len(depth)), each.may_be_empty))


def _row(connection: Connection, reference: _Reference) -> dict[str, Any] | None:
    sql = f'SELECT * FROM "{reference.table}" WHERE rowid = ?'
    found = connection.exec_driver_sql(sql, (reference.rowid,)).mappings().first()
    return None if found is None else dict(found)


def _empty(connection: Connection, reference: _Reference) -> None:
    sql = f'UPDATE "{reference.table}" SET "{reference.column}" = NULL WHERE rowid = ?'
    connection.exec_driver_sql(sql, (reference.rowid,))


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


def _stand_in(
    connection: Connection, name: str, key: UUID, child: dict[str, Any], now: datetime, mended: Mended
) -> bool:
    """A row with this key and nothing else to say; False where one cannot be made."""
    table = Base.metadata.tables.get(name)
    kind = next((mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table), None)
    if kind is None or table is None:
        return False
    there = {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")').fetchall()}
    columns = [column for column in table.columns if column.name in there]
    values: dict[str, Any] = {column.name: key for column in columns if column.primary_key}
    for column in columns:
        if column.foreign_keys and not column.nullable:
            above = _above(connection, column, child, now, mended)
            if above is None:
                return False
            values[column.name] = above
    for column in columns:
        if column.name in values:
            continue
        if column.name in _AS_RESTRICTED and column.name in child:
            values[column.name] = child[column.name]
        elif (fixed := _NEVER_BY_DEFAULT.get((name, column.name))) is not None:
            values[column.name] = fixed
        elif column.default is None and not column.nullable:
            values[column.name] = _nothing(connection, kind, column, values, now)
    try:
        with connection.begin_nested():
            connection.execute(insert(table).values(**values))
    except IntegrityError:  # for instance a second plan of one case
        return False
    mended.stand_ins[name] += 1
    return True


def _above(
    connection: Connection, column: Column[Any], child: dict[str, Any], now: datetime, mended: Mended
) -> UUID | None:
    """What a stand-in refers to: what the row below it says, else what there is of the same case or person.

    Where there is nothing of it either, another stand-in.
    """
    if child.get(column.name):
        return UUID(child[column.name])
    (key,) = column.foreign_keys
    parent = key.column.table
    for about in _ABOUT:
        if child.get(about) and about in parent.columns and (found := _last_of(connection, parent, about, child)):
            return found
    made = uuid7(now)
    return made if _stand_in(connection, parent.name, made, child, now, mended) else None


def _last_of(connection: Connection, table: Table, about: str, child: dict[str, Any]) -> UUID | None:
    """The row of the same case or person that was made last."""
    sql = f'SELECT id FROM "{table.name}" WHERE "{about}" = ? ORDER BY id DESC LIMIT 1'
    found = connection.exec_driver_sql(sql, (child[about],)).scalar()
    return UUID(found) if found else None


def _nothing(
    connection: Connection, kind: type[Any], column: Column[Any], values: dict[str, Any], now: datetime
) -> Any:
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
        return _unknown(connection, column, values)
    return of()


def _unknown(connection: Connection, column: Column[Any], values: dict[str, Any]) -> str:
    """The mark of what is unknown, with a number where two rows may not say the same."""
    for constraint in column.table.constraints:
        if isinstance(constraint, UniqueConstraint) and column.name in constraint.columns:
            others = [other == values[other.name] for other in constraint.columns if other.name in values]
            taken = connection.scalar(select(func.count()).where(column.startswith(_UNKNOWN), *others)) or 0
            return f"{_UNKNOWN}{taken + 1}" if taken else _UNKNOWN
    return _UNKNOWN
