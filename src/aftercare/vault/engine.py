"""The SQLAlchemy engine over the encrypted file: one connection, real transactions, errors that name nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool

from aftercare.domain.errors import DiskFull
from aftercare.vault.cipher import connect, load_cipher, problem_of


def make_engine(
    database: Path, digits: Callable[[], str], *, on_disk_full: Callable[[], None], creating: bool = False
) -> Engine:
    """An engine with a pool of one: the vault has one worker, and a second connection would be a mistake.

    `digits` is asked at each connection: after a rotation it gives another key. `on_disk_full` makes room before the
    caller hears of it.
    """
    engine = create_engine(
        "sqlite://",
        module=load_cipher(),
        creator=lambda: connect(database, digits(), creating=creating),
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
            on_disk_full()
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
