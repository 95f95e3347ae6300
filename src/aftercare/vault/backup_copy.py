"""Copying an encrypted database page by page under another key, and telling what a database holds.

The copy goes through a connection of its own, in one read transaction: it sees the records as they were when it began,
and neither waits for the people who go on working nor makes them wait.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aftercare.domain.errors import BackupDamaged, DatabaseDamaged
from aftercare.vault.backup_file import BackupFile, Contents, Facts, Progress
from aftercare.vault.cipher import PAGE_BYTES, connected, explained_by_driver

_PAGES_AT_ONCE = 512


@contextmanager
def reading_beside(database: Path, digits: str) -> Iterator[Any]:
    """A second connection to a database in use, with one view of it until the end."""
    with explained_by_driver():
        # not mode=ro: that cannot join a write-ahead log whose index was not made yet
        connection = connected(database, "mode=rw", digits)
        try:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA busy_timeout=5000")
            connection.execute("PRAGMA cache_size=-4000")
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield connection
        finally:
            with contextlib.suppress(Exception):
                connection.rollback()
            connection.close()


@contextmanager
def reading_backup(backup: BackupFile, contents: Contents) -> Iterator[Any]:
    """The database inside a backup, opened where it lies; nothing is ever written beside it."""
    with explained_by_driver():
        try:
            connection = connected(backup.path, "mode=ro&immutable=1", contents.raw_key)
        except Exception as wrong:
            raise BackupDamaged from wrong
        try:
            connection.execute("PRAGMA cache_size=-16000")
            connection.execute("PRAGMA temp_store=MEMORY")
            yield connection
        finally:
            connection.close()


def copy_pages(source: Any, path: Path, digits: str, progress: Progress) -> None:
    """Write the whole database that `source` sees to a new file under another key.

    Without a journal and unsynced: whoever asks for it syncs the file and throws it away if anything fails.
    """
    with explained_by_driver():
        target = connected(path, "mode=rwc", digits)
        try:
            for setting in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-4000"):
                target.execute(f"PRAGMA {setting}")

            def tell(_status: int, remaining: int, total: int) -> None:
                progress((total - remaining) * PAGE_BYTES, total * PAGE_BYTES)

            source.backup(target, pages=_PAGES_AT_ONCE, progress=tell, sleep=0)
        finally:
            target.close()


def facts_of(connection: Any) -> Facts:
    """Count every row of every table, and read the head of the log and the marks."""
    with explained_by_driver():
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
            )
        ]
        quoted = ((name, name.replace('"', '""')) for name in names)
        rows = {
            name: int(connection.execute(f'SELECT count(*) FROM "{safe}"').fetchone()[0])  # noqa: S608
            for name, safe in quoted
        }
        head = connection.execute("SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
        commits = connection.execute("SELECT commits FROM vault_mark WHERE id = 1").fetchone()
        level = connection.execute("PRAGMA user_version").fetchone()
    if head is None or commits is None:
        raise DatabaseDamaged
    return Facts(int(level[0]), int(commits[0]), int(head[0]), bytes(head[1]).hex(), rows)
