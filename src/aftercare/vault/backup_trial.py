"""Whether a backup restores: done, not believed. Restored beside the records, opened, compared, taken away again.

Meanwhile the file itself is read back from the disk and checked, sum, pages and structure, on a second thread.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event

from aftercare.domain.errors import BackupDamaged, DatabaseDamaged
from aftercare.vault.backup_copy import copy_pages, facts_of, reading_backup
from aftercare.vault.backup_file import BackupFile, Contents, Facts, Progress, read_through
from aftercare.vault.cipher import connect, explained_by_driver
from aftercare.vault.files import Layout, explained, make_private_folder
from aftercare.vault.header import authenticated
from aftercare.vault.header_files import read_headers
from aftercare.vault.opened import Unlocked

_LOOKS_AGAIN_S = 0.2
_STEPS = 50_000
"""Of SQLite's checking, between two looks whether it was stopped."""


def try_restoring(backup: BackupFile, data_key: bytes, vault_folder: Path, progress: Progress) -> Facts:
    """Restore into a scratch folder within the vault's, as encrypted as the vault; what the restored records hold.

    Raises `BackupDamaged` where the backup is not as it was written or what comes out differs from what it says, and
    what its key file deserves. Nothing of it stays, whatever happens.
    """
    contents = backup.contents(data_key)
    scratch = Layout(Layout(vault_folder).trial)
    clear_trial(vault_folder)
    try:
        with explained():
            make_private_folder(scratch.folder)
            for path in scratch.headers:
                path.write_bytes(backup.label.header)
        header = read_headers(scratch).header
        unlocked = Unlocked(header, authenticated(header, data_key), data_key)
        if header.vault_id != backup.label.vault_id:
            raise BackupDamaged
        with _checked_beside(backup, contents) as wait_for_check:
            with reading_backup(backup, contents) as source:
                copy_pages(source, scratch.database, unlocked.raw_database_key, _part(progress, 0, 90))
            wait_for_check(lambda: progress(90, 100))
        found = _held(scratch, unlocked)
        progress(100, 100)
    except DatabaseDamaged as damaged:
        raise BackupDamaged from damaged
    finally:
        clear_trial(vault_folder)
    if found != contents.facts:
        raise BackupDamaged
    return found


def clear_trial(vault_folder: Path) -> None:
    """Take away what a trial left that was cut off by a crash."""
    with suppress(OSError):
        if Layout(vault_folder).trial.exists():
            shutil.rmtree(Layout(vault_folder).trial)


@contextmanager
def _checked_beside(backup: BackupFile, contents: Contents) -> Iterator[Callable[[Callable[[], None]], None]]:
    """Check the file on a thread of its own while it is restored: either takes a processor, and about as long.

    What is handed out waits for the outcome, calls its argument meanwhile, and raises `BackupDamaged`.
    """
    stopped = Event()
    with ThreadPoolExecutor(1, "check_backup") as beside:
        checking = beside.submit(_check, backup, contents, stopped)

        def wait(meanwhile: Callable[[], None]) -> None:
            while not wait_for([checking], _LOOKS_AGAIN_S).done:
                meanwhile()
            checking.result()

        try:
            yield wait
        finally:
            stopped.set()


def _check(backup: BackupFile, contents: Contents, stopped: Event) -> None:
    """Every byte of the file read back and compared with its sum, every page opened, the structure of all checked."""

    def go_on(_done: int, _total: int) -> None:
        if stopped.is_set():
            raise CancelledError

    if read_through(backup, go_on) != contents.database_sum:
        raise BackupDamaged
    with reading_backup(backup, contents) as database, explained_by_driver():
        database.set_progress_handler(stopped.is_set, _STEPS)
        sound = database.execute("PRAGMA quick_check(1)").fetchone()
        if sound is None or sound[0] != "ok":
            raise BackupDamaged


def _held(scratch: Layout, unlocked: Unlocked) -> Facts:
    """Opened with the vault's key as anybody would."""
    restored = connect(scratch.database, unlocked.raw_database_key)
    try:
        return facts_of(restored)
    finally:
        restored.close()


def _part(progress: Progress, begin: int, end: int) -> Progress:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)
