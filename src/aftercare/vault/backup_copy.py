"""Copying an encrypted database page by page under another key, and telling what a database holds.

The copy goes through a connection of its own, in one read transaction: it sees the records as they were when it began,
and neither waits for the people who go on working nor makes them wait.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Hashable, Iterator, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from aftercare.domain.errors import BackupDamaged, DatabaseDamaged, DiskFull, Problem, StorageFailed
from aftercare.vault.backup_file import BackupFile, Contents, Facts, Progress
from aftercare.vault.cipher import PAGE_BYTES, connected, explained_by_driver, load_cipher
from aftercare.vault.files import explained

_PAGES_AT_ONCE = 512
_SYNC_EVERY_S = 0.5
_CHECKED_BELOW = 1 << 32
"""From 4 GiB on the cipher's check of the file reports every page (sqlcipher issue 604)."""
_CHUNK = 256 * PAGE_BYTES
_NEVER_WRITTEN = (1 << 30) // PAGE_BYTES + 1
"""The page at the first gigabyte, where SQLite keeps its locks and no content."""
_LOOKS_AGAIN, _BETWEEN_LOOKS = 3, 0.2
_PROBLEMS: dict[str, type[Problem]] = {
    "database or disk is full": DiskFull,
    "disk I/O error": StorageFailed,
    "database disk image is malformed": DatabaseDamaged,
    "file is not a database": DatabaseDamaged,
}


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

            with explained_by_words():
                source.backup(target, pages=_PAGES_AT_ONCE, progress=tell, sleep=0)
        finally:
            target.close()


@contextmanager
def brought_to_disk(path: Path) -> Iterator[None]:
    """While the copy is written, have the system bring it to the disk bit by bit.

    There is little left to wait for at the end, and whoever saves meanwhile never waits behind all of it. What the disk
    refuses is raised here: it says so only once.
    """
    written = Event()

    def bring() -> None:
        while not written.wait(_SYNC_EVERY_S):
            if path.exists():
                with path.open("r+b", buffering=0) as file:
                    os.fsync(file.fileno())

    with explained(), ThreadPoolExecutor(1, "bring_to_disk") as beside:
        bringing = beside.submit(bring)
        try:
            yield
        finally:
            written.set()
        bringing.result()


@contextmanager
def explained_by_words() -> Iterator[None]:
    """A backup's errors carry no code, only SQLite's own words (sqlite3_errstr), which never change."""
    try:
        yield
    except load_cipher().Error as error:
        kind = _PROBLEMS.get(str(error))
        if kind is None:
            raise
        raise kind() from error


def prove_copied(source: Any, database: Path) -> None:
    """After a copy: raise `DatabaseDamaged` if any page that was read was not as it had been written.

    The cipher does not fail a copy over a bad page: it hands out zeros from there on, and remembers. A page that was
    lost to zeros on the disk it even takes for an empty one. So the first is asked of its memory, by reading what is
    not cached any more, and the second is looked for in the file. Its own check of every page would read all of it once
    more for nothing: they were all read.
    """
    _prove_remembered(source)
    _prove_none(lambda: pages_of_zeros(database))


def prove_sound(source: Any, database: Path) -> None:
    """The same without a copy before it: the cipher checks every page of the file, up to the size where it can."""
    _prove_remembered(source)
    if database.stat().st_size < _CHECKED_BELOW:
        with explained_by_driver():
            _prove_none(lambda: _bad_pages(source))


def _prove_remembered(source: Any) -> None:
    with explained_by_driver():
        source.execute("PRAGMA shrink_memory")
        if source.execute("SELECT count(*), max(length(sql)) FROM sqlite_master").fetchone()[0] == 0:
            raise DatabaseDamaged


def _prove_none(look: Callable[[], Set[Hashable]]) -> None:
    """Raise `DatabaseDamaged` where the same page is found at each look.

    One that was being written at that moment looks bad once, a bad one always.
    """
    faults = look()
    for _ in range(_LOOKS_AGAIN):
        if not faults:
            return
        time.sleep(_BETWEEN_LOOKS)
        faults &= look()
    if faults:
        raise DatabaseDamaged


def _bad_pages(source: Any) -> set[str]:
    return {str(fault) for (fault,) in source.execute("PRAGMA cipher_integrity_check").fetchall()}


def pages_of_zeros(database: Path) -> set[int]:
    """The numbers of pages in the file that hold nothing but zeros, as the cipher never writes one."""
    zeros, found, first = bytes(PAGE_BYTES), set(), 1
    chunk = bytearray(_CHUNK)
    with explained(), database.open("rb", buffering=0) as file:
        while length := file.readinto(chunk):
            starts = range(0, length - length % PAGE_BYTES, PAGE_BYTES)
            found |= {first + at // PAGE_BYTES for at in starts if not chunk[at] and chunk.startswith(zeros, at)}
            first += length // PAGE_BYTES
    return found - {_NEVER_WRITTEN}


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
