"""Whether a backup restores: done, not believed. Restored beside the records, opened, compared, taken away again."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from aftercare.domain.errors import BackupDamaged
from aftercare.vault.backup_copy import copy_pages, facts_of, reading_backup
from aftercare.vault.backup_file import BackupFile, Facts, Progress, read_through
from aftercare.vault.cipher import connect, explained_by_driver
from aftercare.vault.files import Layout, explained, make_private_folder
from aftercare.vault.header import authenticated
from aftercare.vault.header_files import read_headers
from aftercare.vault.opened import Unlocked


def try_restoring(backup: BackupFile, data_key: bytes, vault_folder: Path, progress: Progress) -> Facts:
    """Restore into a scratch folder within the vault's, as encrypted as the vault; what the restored records hold.

    Raises `BackupDamaged` where the backup is not as it was written or what comes out differs from what it says, and
    what its key file deserves. Nothing of it stays, whatever happens.
    """
    contents = backup.contents(data_key)
    if read_through(backup, _part(progress, 0, 20)) != contents.database_sum:
        raise BackupDamaged
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
        with reading_backup(backup, contents) as source:
            copy_pages(source, scratch.database, unlocked.raw_database_key, _part(progress, 20, 70))
        found = _held(scratch, unlocked)
        progress(100, 100)
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


def _held(scratch: Layout, unlocked: Unlocked) -> Facts:
    """Opened with the vault's key as anybody would, every page of it read."""
    restored = connect(scratch.database, unlocked.raw_database_key)
    try:
        with explained_by_driver():
            sound = restored.execute("PRAGMA quick_check(1)").fetchone()
        if sound is None or sound[0] != "ok":
            raise BackupDamaged
        return facts_of(restored)
    finally:
        restored.close()


def _part(progress: Progress, begin: int, end: int) -> Progress:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)
