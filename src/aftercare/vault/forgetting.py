"""Making the file of the records forget what was deleted, and the copies of it in which it still stands.

A deleted row leaves traces: in lists of the search, in the log of the file, in free pages and in the slack of pages
that were rearranged. Afterwards the file holds what its tables hold and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from aftercare.domain.errors import EarlierRecordsStay, Problem, VaultInUse
from aftercare.vault.backup import list_backups
from aftercare.vault.backup_copy import explained_by_words, prove_sound, reading_backup
from aftercare.vault.backup_file import BackupFile
from aftercare.vault.backup_trial import clear_trial
from aftercare.vault.cipher import connected, explained_by_driver
from aftercare.vault.files import Layout, explained, make_private_folder, sync_folder
from aftercare.vault.kept_aside import destroy_earlier
from aftercare.vault.opened import OpenVault
from aftercare.vault.search_index import rebuild_search_index

Progress = Callable[[int, int], None]
_REBUILT, _WRITTEN = 20, 55
_STEPS = 20_000
"""Of SQLite's virtual machine, between two looks whether somebody stopped it: some milliseconds."""
_PAGES_AT_ONCE = 512
_BUSY = {5, 6}
"""SQLITE_BUSY and SQLITE_LOCKED, for which a copy would be tried again for ever."""
_CLEARED = "SELECT 1 FROM certificate WHERE id = ? AND cleaned_at IS NOT NULL"


def forget_deleted(vault: OpenVault, progress: Progress) -> bool:
    """Write search index and file anew without what was deleted, and empty its log.

    On the vault's thread, between two requests. False where a copy of the file is being made just now: nothing was
    done, and it is to be asked for again. May be done again at any time: a crash, or what `progress` raises, leaves the
    records as they were. Raises `VaultInUse` where somebody else reads the file, `DiskFull` where there is no room for
    two copies of it.
    """
    if not vault.copying.acquire(blocking=False):
        return False
    try:
        with vault.engine.begin() as connection:
            driver = connection.connection.driver_connection
            with _stoppable(driver, lambda: progress(_REBUILT // 2, 100)):
                rebuild_search_index(connection)
        raw = vault.engine.raw_connection()
        try:
            _write_anew(vault, raw.driver_connection, progress)
        finally:
            raw.close()
    finally:
        vault.copying.release()
    progress(100, 100)
    return True


def _write_anew(vault: OpenVault, driver: Any, progress: Progress) -> None:
    """Into a second file, as encrypted as the first, and from there back over it in one transaction.

    Not by VACUUM in place: that keeps all of the records in memory while it works (443 MB for 280 MB of them, this
    206 MB for any size), or else in whatever folder the system has for temporary files.
    """
    layout = Layout(vault.folder)
    anew = Layout(layout.trial).database
    clear_trial(layout.folder)
    try:
        with explained():
            make_private_folder(anew.parent)
        size = max(1, layout.database.stat().st_size)

        def tell_written() -> None:
            written = anew.stat().st_size if anew.exists() else 0
            progress(_REBUILT + min(written * (_WRITTEN - _REBUILT) // size, _WRITTEN - _REBUILT), 100)

        with explained_by_driver(), _stoppable(driver, tell_written):
            driver.execute("VACUUM INTO ?", (str(anew),))
        _pour(vault, anew, driver, lambda done, total: progress(_WRITTEN + done * (99 - _WRITTEN) // total, 100))
    finally:
        clear_trial(layout.folder)
    with explained_by_driver():
        busy, _log, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        free = driver.execute("PRAGMA freelist_count").fetchone()[0]
    if busy or free:
        raise VaultInUse


def _pour(vault: OpenVault, anew: Path, driver: Any, progress: Progress) -> None:
    """Page for page over the records; first that none was spoiled on its way: the cipher would pour zeros."""
    with explained_by_driver():
        source = connected(anew, "mode=ro&immutable=1", vault.unlocked.raw_database_key)
        try:
            source.execute("PRAGMA cache_size=-4000")
            prove_sound(source, anew)

            def tell(status: int, remaining: int, total: int) -> None:
                if status in _BUSY:
                    raise VaultInUse
                progress(total - remaining, max(1, total))

            with explained_by_words():
                source.backup(driver, pages=_PAGES_AT_ONCE, progress=tell, sleep=0)
        finally:
            source.close()


@contextmanager
def _stoppable(driver: Any, look: Callable[[], None]) -> Iterator[None]:
    """What `look` raises stops the statement that runs, and is raised in place of the driver's word for it."""
    stopped: list[BaseException] = []

    def looked() -> int:
        try:
            look()
        except BaseException as reason:
            stopped.append(reason)
        return len(stopped)

    driver.set_progress_handler(looked, _STEPS)
    try:
        yield
    except Exception:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        driver.set_progress_handler(None, 0)


def backups_holding(vault: OpenVault, folder: Path, certificate_id: UUID) -> list[BackupFile]:
    """The backups of this vault in a folder in which what a certificate says was deleted may still stand, newest first.

    Asked of the records in them, not by how far their log had come: one that was made before a restore may be further
    on than the records are now. One that the present key does not open is taken for older.
    """
    return [backup for backup in list_backups(folder, vault.vault_id) if not is_free(vault, backup, certificate_id)]


def is_free(vault: OpenVault, backup: BackupFile, certificate_id: UUID) -> bool:
    """Whether the records in a backup know of a deletion, and that their file was cleared of it."""
    try:
        contents = backup.contents(vault.unlocked.data_key)
        with reading_backup(backup, contents) as records, explained_by_driver():
            known = records.execute("SELECT 1 FROM sqlite_master WHERE name = 'certificate'").fetchone()
            found = known and records.execute(_CLEARED, (certificate_id.hex,)).fetchone()
            return found is not None
    except Problem:
        return False


def delete_backups_holding(vault: OpenVault, folder: Path, certificate_id: UUID) -> tuple[int, int]:
    """Delete them; how many went, and how many the place did not let go."""
    gone = left = 0
    for backup in backups_holding(vault, folder, certificate_id):
        try:
            backup.path.unlink()
            gone += 1
        except OSError:
            left += 1
    with contextlib.suppress(OSError, Problem):
        sync_folder(folder)
    return gone, left


def destroy_named(vault: OpenVault, names: Iterable[str]) -> tuple[int, tuple[str, ...]]:
    """Destroy the earlier records in the folders of these names beside the vault's; how many, and which stay."""
    gone, stay = 0, []
    for name in names:
        folder = vault.folder.absolute().with_name(name)
        if not folder.is_dir():
            continue
        try:
            destroy_earlier(folder, vault.vault_id)
            gone += 1
        except EarlierRecordsStay:
            stay.append(name)
    return gone, tuple(stay)
