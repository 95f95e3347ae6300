"""The SQLAlchemy engine over the encrypted file: one connection, real transactions, errors that name nobody.

SQLAlchemy keeps with an engine what it made of each statement; for the first page that takes longer than its answers.
So an engine may be there before the records (`EngineAhead`), with statements made on an empty database in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from aftercare.domain.errors import DiskFull
from aftercare.vault.cipher import connect, in_memory, load_cipher, problem_of


@dataclass(slots=True)
class _Source:
    """Where an engine finds its records; `on_disk_full` makes room before the caller hears of it."""

    connect: Callable[[], Any] = in_memory
    on_disk_full: Callable[[], None] = lambda: None


class EngineAhead:
    """An engine over an empty database in memory, until it is given records; once."""

    def __init__(self) -> None:
        self._source = _Source()
        self._engine: Engine | None = _engine(self._source)

    @property
    def engine(self) -> Engine:
        """Until it is taken."""
        assert self._engine is not None
        return self._engine

    def take(self, source: _Source) -> Engine | None:
        """The engine, over these records from now on; None where it went to others already."""
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()
            self._source.connect, self._source.on_disk_full = source.connect, source.on_disk_full
        return engine


def make_engine(
    database: Path,
    digits: Callable[[], str],
    *,
    on_disk_full: Callable[[], None],
    creating: bool = False,
    ahead: EngineAhead | None = None,
) -> Engine:
    """An engine with a pool of one: the vault has one worker, and a second connection would be a mistake.

    `digits` is asked at each connection: after a rotation it gives another key. `ahead` is taken where it is free.
    """
    source = _Source(lambda: connect(database, digits(), creating=creating), on_disk_full)
    return (ahead.take(source) if ahead is not None else None) or _engine(source)


def _engine(source: _Source) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=load_cipher(),
        creator=lambda: source.connect(),
        hide_parameters=True,  # an exception must not print a name
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=10,
    )

    @event.listens_for(engine, "checkout")
    def is_of_use(driver: Any, _record: object, _proxy: object) -> None:
        # after a page that it could not read the cipher refuses everything, also when the disk is well again
        if driver.execute("PRAGMA cipher_status").fetchone()[0] != "1":
            raise DisconnectionError  # the pool connects anew

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # the driver opens no transaction by itself (isolation_level=None): its own habit leaves DDL outside
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "handle_error")
    def explain(context: ExceptionContext) -> None:
        problem = problem_of(context.original_exception)
        if isinstance(problem, DiskFull):
            source.on_disk_full()
        if problem is not None:
            raise problem from context.original_exception

    return engine


def count_commits(engine: Engine) -> None:
    """Count the transactions that wrote, in the same transaction: the header's anchor notices records put back."""

    @event.listens_for(engine, "begin")
    def remember(connection: Connection) -> None:
        connection.info["changes"] = _changes(connection)

    @event.listens_for(engine, "commit")
    def count(connection: Connection) -> None:
        if _changes(connection) != connection.info.get("changes"):
            connection.exec_driver_sql("UPDATE vault_mark SET commits = commits + 1 WHERE id = 1")


def _changes(connection: Connection) -> int:
    driver = connection.connection.driver_connection
    assert driver is not None
    return int(driver.total_changes)
