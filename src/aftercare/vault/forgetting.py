"""Making the file of the records forget what was deleted, and the backups in which it still stands.

A deleted row leaves traces: in lists of the search, in the log of the file, in free pages and in the slack of pages
that were rearranged. Afterwards the file holds what its tables hold and nothing else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aftercare.domain.errors import BackupDamaged, Problem, VaultInUse
from aftercare.vault.backup import facts_in, list_backups
from aftercare.vault.backup_file import BackupFile
from aftercare.vault.cipher import explained_by_driver
from aftercare.vault.files import sync_folder
from aftercare.vault.opened import OpenVault
from aftercare.vault.search_index import rebuild_search_index

Progress = Callable[[int, int], None]


def forget_deleted(vault: OpenVault, progress: Progress) -> None:
    """Write search index and file anew without what was deleted, and empty its log.

    On the vault's thread, between two requests; waits for a copy that is being made. May be done again at any time: a
    crash leaves the file as it was. Raises `VaultInUse` where somebody else reads the file, `DiskFull` where there is
    no room for its copy.
    """
    with vault.copying:
        with vault.engine.begin() as connection:
            rebuild_search_index(connection)
        progress(40, 100)
        raw = vault.engine.raw_connection()
        try:
            _write_anew(raw.driver_connection)
        finally:
            raw.close()
        progress(100, 100)


def _write_anew(driver: Any) -> None:
    with explained_by_driver():
        driver.execute("VACUUM")
        busy, _log, _moved = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        free = driver.execute("PRAGMA freelist_count").fetchone()[0]
    if busy or free:
        raise VaultInUse


def backups_before(vault: OpenVault, folder: Path, log_seq: int) -> list[BackupFile]:
    """The backups of this vault in a folder that were made before a line of the log, the newest first.

    One that the present key does not open was made before the key was: it counts as older.
    """
    return [backup for backup in list_backups(folder, vault.vault_id) if _is_before(vault, backup, log_seq)]


def _is_before(vault: OpenVault, backup: BackupFile, log_seq: int) -> bool:
    try:
        return facts_in(vault, backup).audit_seq < log_seq
    except BackupDamaged:
        return True


def delete_backups_before(vault: OpenVault, folder: Path, log_seq: int) -> tuple[int, int]:
    """Delete them; how many went, and how many the place did not let go."""
    gone = left = 0
    for backup in backups_before(vault, folder, log_seq):
        try:
            backup.path.unlink()
            gone += 1
        except OSError:
            left += 1
    with contextlib.suppress(OSError, Problem):
        sync_folder(folder)
    return gone, left
