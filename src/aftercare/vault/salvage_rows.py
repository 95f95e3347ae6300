"""The rows of a damaged database, table by table: through the tables' own trees, and the leaves no tree leads to.

An index tells which rows a hurt table had, and which leaf belongs to it: its entries repeat part of each row.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from aftercare.vault.cipher import load_cipher
from aftercare.vault.salvage_pages import Pages
from aftercare.vault.salvage_tree import Read, Trees, Unreadable, Value

_SCHEMA_ROOT = 1
_SCHEMA_COLUMNS = 5
_SCHEMA_KINDS = {"table", "index", "trigger", "view"}
_LEVEL_AT, _FREE_AT = 60, 32


@dataclass(frozen=True, slots=True)
class Column:
    """A column as far as a value can be told to fit it."""

    name: str
    declared: str
    may_be_empty: bool
    is_rowid: bool

    def fits(self, value: Value) -> bool:
        if value is None:
            return self.may_be_empty or self.is_rowid
        if self.declared == "CHAR(32)":
            return isinstance(value, str) and len(value) == 32
        if self.declared == "DATE":
            return isinstance(value, str) and len(value) == 10
        if self.declared == "BLOB":
            return isinstance(value, bytes)
        if self.declared in ("INTEGER", "BIGINT", "SMALLINT", "BOOLEAN"):
            return isinstance(value, int)
        if self.declared.startswith(("VARCHAR", "TEXT", "CHAR", "DATETIME", "TIME")):
            return isinstance(value, str)
        return isinstance(value, int | float) or (self.declared == "JSON" and isinstance(value, str))


@dataclass(slots=True)
class Table:
    """What was found of one table, by rowid; `is_certain`: a sound tree or an index tells of every row."""

    name: str
    columns: tuple[Column, ...]
    rows: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    known: dict[int, set[Value]] = field(default_factory=dict)
    is_hurt: bool = False
    is_certain: bool = True

    @property
    def lost(self) -> int:
        """Rows that an index or a broken cell tells of, and that are not there."""
        return len(self.known.keys() - self.rows.keys())

    def full(self, rowid: int) -> dict[str, Value]:
        """One row by column; a key that is the rowid itself is not written in the row."""
        values = zip(self.columns, self.rows[rowid], strict=False)
        return {column.name: rowid if column.is_rowid and value is None else value for column, value in values}


@dataclass(frozen=True, slots=True)
class Rows:
    """All that could be read; `level` None: the page that says so is damaged."""

    tables: tuple[Table, ...]
    level: int | None
    bad_pages: int
    unclaimed: int
    log_is_damaged: bool


def read_rows(pages: Pages, wanted: dict[str, tuple[Column, ...]]) -> Rows:
    """Read the tables in `wanted`, which says how their columns are called where the database itself does not."""
    trees = Trees(pages)
    first = pages.get(_SCHEMA_ROOT)
    schema = _schema(trees)
    tables: list[Table] = []
    for name, columns in wanted.items():
        made = [row for row in schema if row[0] == "table" and row[1] == name]
        tables.append(_read_table(trees, name, columns, made[0] if made else None, _indexes_of(schema, name)))
    for kind, name, _, root, _sql in schema:
        if kind in ("table", "index") and isinstance(root, int) and root and name not in wanted:
            trees.read(root)  # so that its pages are not taken for anybody else's
    if first is not None:
        trees.reach_free(struct.unpack_from(">I", first, _FREE_AT)[0])
    unclaimed = _claim(trees, [table for table in tables if table.is_hurt])
    for number in range(1, pages.count + 1):
        pages.get(number)
    level = struct.unpack_from(">I", first, _LEVEL_AT)[0] if first is not None else None
    return Rows(tuple(tables), level, len(pages.bad), unclaimed, pages.log_is_damaged)


def columns_of(connection: Any, table: str) -> tuple[Column, ...]:
    """The columns of a table in a database that can be asked."""
    found = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = sum(bool(key) for *_, key in found)
    return tuple(
        Column(
            name, declared.upper(), not needed and not key, bool(key) and keys == 1 and declared.upper() == "INTEGER"
        )
        for _, name, declared, needed, _default, key in found
    )


# --- the schema --------------------------------------------------------------------------------------------------


def _schema(trees: Trees) -> list[tuple[Any, ...]]:
    """What tables and indexes there are, with their roots; also from leaves that a hurt root does not lead to."""
    found = trees.read(_SCHEMA_ROOT)
    rows = [row for row in found.rows.values() if _is_schema(row)]
    if found.is_hurt:
        for number in list(trees.orphan_leaves()):
            leaf = _leaf(trees, number)
            if leaf and all(_is_schema(row) for row in leaf.values()):
                trees.reached.add(number)
                rows += leaf.values()
    return rows


def _is_schema(row: Sequence[Value]) -> bool:
    return len(row) == _SCHEMA_COLUMNS and row[0] in _SCHEMA_KINDS and isinstance(row[3], int)


def _indexes_of(schema: Iterable[tuple[Any, ...]], table: str) -> list[int]:
    """Roots of the indexes that hold every row."""
    return [
        root
        for kind, _, of, root, sql in schema
        if kind == "index" and of == table and root and (sql is None or " WHERE " not in sql.upper())
    ]


def _columns_as_made(sql: str, name: str) -> tuple[Column, ...]:
    memory = load_cipher().connect(":memory:")
    try:
        memory.execute(sql)
        return columns_of(memory, name)
    except load_cipher().Error:
        return ()
    finally:
        memory.close()


# --- tables ------------------------------------------------------------------------------------------------------


def _read_table(
    trees: Trees, name: str, columns: tuple[Column, ...], made: tuple[Any, ...] | None, indexes: list[int]
) -> Table:
    if made is None:
        table = Table(name, columns, is_hurt=True, is_certain=False)
    else:
        found = trees.read(made[3])
        table = Table(name, _columns_as_made(made[4], name) or columns, rows=found.rows, is_hurt=found.is_hurt)
        table.known = {rowid: set() for rowid in found.broken_rows}
        table.is_certain = not found.is_hurt
    sound = [found for found in map(trees.read, indexes) if not found.is_hurt]
    table.is_certain = table.is_certain or bool(sound)
    for index in sound:
        for *values, rowid in index.entries:
            if isinstance(rowid, int):
                table.known.setdefault(rowid, set()).update(values)
    return table


def _leaf(trees: Trees, number: int) -> dict[int, tuple[Value, ...]]:
    found = Read()
    try:
        trees.read_leaf(number, found)
    except (Unreadable, IndexError, struct.error):
        return {}
    return found.rows


def _claim(trees: Trees, hurt: list[Table]) -> int:
    """Give each leaf that lost its tree to the table it belongs to; the number of rows that nobody claims."""
    unclaimed = 0
    for number in list(trees.orphan_leaves()):
        rows = _leaf(trees, number)
        owners = [table for table in hurt if _is_owner(table, rows)]
        # an index that repeats the rows says most, then the number of columns (fewer: from before one was added)
        for test in (_is_known, _is_as_wide):
            owners = [table for table in owners if test(table, rows)] or owners
        if rows and len(owners) == 1:
            owners[0].rows.update({rowid: row for rowid, row in rows.items() if rowid not in owners[0].rows})
        elif not _is_of_search_index(rows):
            unclaimed += len(rows)
    return unclaimed


def _is_known(table: Table, rows: dict[int, tuple[Value, ...]]) -> bool:
    return any(rowid in table.known for rowid in rows)


def _is_as_wide(table: Table, rows: dict[int, tuple[Value, ...]]) -> bool:
    return all(len(row) == len(table.columns) for row in rows.values())


def _is_of_search_index(rows: dict[int, tuple[Value, ...]]) -> bool:
    """The tables below the full-text index hold a number, which is the rowid, and bytes; it is made anew."""
    return all(len(row) == 2 and row[0] is None and isinstance(row[1], bytes) for row in rows.values())


def _is_owner(table: Table, rows: dict[int, tuple[Value, ...]]) -> bool:
    """Whether every row fits the columns, and says what the indexes say of it."""
    for rowid, row in rows.items():
        if not 0 < len(row) <= len(table.columns):
            return False
        if not all(column.fits(value) for column, value in zip(table.columns, row, strict=False)):
            return False
        if table.known and not table.known.get(rowid, {_NOWHERE}) <= {*row, rowid, None}:
            return False
    return True


_NOWHERE = b"in no index"
