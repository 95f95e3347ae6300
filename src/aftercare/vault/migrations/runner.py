"""Runs the steps that are due; imported only when there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from aftercare.domain.errors import DiskFull, MigrationFailed
from aftercare.records import Base
from aftercare.vault.caseload import drop_caseload_triggers, make_caseload
from aftercare.vault.migrations.head import HEAD
from aftercare.vault.search_index import SEARCH_TABLE, make_search_index
from aftercare.vault.triggers import make_triggers

OPTIONS: dict[str, Any] = {
    "target_metadata": Base.metadata,
    "render_as_batch": True,  # SQLite alters a table by copying it
    "transactional_ddl": True,
    "compare_type": True,
    "include_name": lambda name, kind, parents: kind != "table" or not str(name).startswith(SEARCH_TABLE),
}


def migration_context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts=OPTIONS)


def _step(level: int) -> Callable[[], None]:
    upgrade: Callable[[], None] = import_module(f"aftercare.vault.migrations.versions.v{level:04d}").upgrade
    return upgrade


def shipped_steps(level: int, reach: int = HEAD) -> dict[int, Callable[[], None]]:
    """The steps above `level` up to `reach`."""
    return {number: _step(number) for number in range(level + 1, reach + 1)}


def migrate(engine: Engine, level: int, steps: dict[int, Callable[[], None]] | None = None) -> int:
    """Run the steps above `level`; the level reached. Raises `MigrationFailed` and leaves everything as it was.

    `steps` are the shipped ones unless a test hands in its own.
    """
    due = shipped_steps(level) if steps is None else steps
    reached = level
    with engine.connect() as connection, _without_foreign_keys(connection):
        for number in sorted(due):
            try:
                with connection.begin():
                    _run(connection, number, due[number])
            except DiskFull:
                raise
            except (SQLAlchemyError, _BrokenReference) as failed:
                raise MigrationFailed(number) from failed
            reached = number
    return reached


def _run(connection: Connection, number: int, upgrade: Callable[[], None]) -> None:
    drop_caseload_triggers(connection)
    with Operations.context(migration_context(connection)):
        upgrade()
    # a batch copies a table and loses its triggers, so they are made anew after every step
    make_search_index(connection)
    make_triggers(connection)
    make_caseload(connection)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise _BrokenReference
    connection.exec_driver_sql(f"PRAGMA user_version={number:d}")


class _BrokenReference(Exception):
    """A step left a row that refers to nothing."""


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Foreign keys off before BEGIN: a batch drops the old table, and that would delete the rows that refer to it."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
