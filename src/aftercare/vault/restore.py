"""From a backup to a vault: made whole beside everything that is there, checked, and only then moved to its place.

Nothing is ever overwritten. Where records are already, they are kept aside in a folder of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    AuditBroken,
    BackupDamaged,
    BackupPlaceFull,
    DatabaseNewer,
    FolderNotEmpty,
)
from aftercare.domain.rows.backups import WaysIn
from aftercare.vault.attempts import read_attempts
from aftercare.vault.audit import AuditEvent
from aftercare.vault.backup_copy import copy_pages, facts_of, reading_backup
from aftercare.vault.backup_file import BackupFile, Contents, Facts, Progress, read_backup, read_through
from aftercare.vault.cipher import connect, explained_by_driver
from aftercare.vault.derive import Derive
from aftercare.vault.files import RESERVE_BYTES, Layout, explained, make_private_folder, sync_folder
from aftercare.vault.header import Anchor
from aftercare.vault.kdf import derive_here
from aftercare.vault.lock import FolderLock
from aftercare.vault.migrations import HEAD
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.opening import NOBODY, failed_unlocks
from aftercare.vault.recovery import RecoveryCode
from aftercare.vault.restore_keys import KeysFound, Person, SignIn, fitted, keys_for, people_in, settle


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored and where the records that were there before lie now (None: there were none).

    `closed` and `back` are names: whose accounts stay closed though the backup knows them as open, and who has the
    passphrase of then again.
    """

    folder: Path
    number: int
    made_at: datetime
    facts: Facts
    kept_aside: Path | None
    ways_in: WaysIn
    closed: tuple[str, ...]
    back: tuple[str, ...]


def restore_backup(
    path: Path,
    folder: Path,
    key: SignIn | RecoveryCode,
    *,
    clock: Clock,
    progress: Progress,
    derive: Derive = derive_here,
) -> Restored:
    """Restore into `folder`: a new or an empty one, or one with a vault, which is then kept aside beside it.

    Who can open it then is decided in `restore_keys`. Raises `NotABackup`, `BackupDamaged`, `BackupNewer`,
    `WrongPassphrase`, `AccountClosedSince`, `VaultInUse`, `FolderNotEmpty`, `BackupPlaceFull` where there is no room;
    then everything is as it was.
    """
    folder = folder.absolute()  # a folder gets its neighbours' names from its own
    backup = read_backup(path)
    aside = what_is_there(folder)
    # before any key: a damaged key file would make a right password look wrong
    database_sum = read_through(backup, _part(progress, 0, 30))
    found = keys_for(backup, Layout(folder), key, derive)
    contents = backup.contents(found.then.data_key)
    if database_sum != contents.database_sum:
        raise BackupDamaged
    if contents.facts.level > HEAD:
        raise DatabaseNewer(found=contents.facts.level, known=HEAD)
    with ExitStack() as on_leaving:
        if aside:
            lock = FolderLock(Layout(folder).lock)
            on_leaving.callback(lock.release)
        being_made = beside(folder)
        prepare(being_made, backup.label.database_bytes)
        try:
            tries = failed_unlocks(read_attempts(Layout(folder).attempts))
            found, people = _rebuild(being_made, backup, contents, found, tries, clock, _part(progress, 30, 95))
        except BaseException:
            with suppress(OSError):
                shutil.rmtree(being_made)
            raise
    kept_aside = swap(being_made, folder, clock.today().isoformat() if aside else "")
    progress(100, 100)
    return Restored(
        folder,
        backup.number,
        backup.made_at,
        contents.facts,
        kept_aside,
        found.ways_in,
        _names(found.closed, people),
        _names(found.back, people),
    )


def _names(accounts: frozenset[UUID], people: dict[UUID, Person]) -> tuple[str, ...]:
    return tuple(sorted(people[account].name for account in accounts if account in people))


def complete_restore(folder: Path) -> None:
    """After a power cut between the last two steps of a restore: move the finished vault to its place."""
    being_made = beside(folder)
    if _is_whole(being_made) and not folder.exists():
        with explained():
            os.replace(being_made, folder)
            sync_folder(folder.parent)


# --- before ------------------------------------------------------------------------------------------------------


def what_is_there(folder: Path) -> bool:
    """Whether records are there that must be kept aside; raises `FolderNotEmpty` for other people's files."""
    layout = Layout(folder)
    with explained():
        if not folder.exists():
            return False
        there = {path.name for path in folder.iterdir()}
    if any(path.exists() for path in (*layout.headers, layout.database)):
        return True
    if there - {layout.lock.name}:
        raise FolderNotEmpty
    return False


def beside(folder: Path) -> Path:
    """Where a vault is made before it moves to `folder`."""
    return Layout(folder).restoring


def _is_whole(folder: Path) -> bool:
    layout = Layout(folder)
    return layout.database.exists() and all(path.exists() for path in layout.headers)


def prepare(being_made: Path, size: int) -> None:
    """An empty folder for the new vault, without what an interrupted restore left."""
    with explained():
        if being_made.exists():
            lock = FolderLock(Layout(being_made).lock)
            lock.release()
            shutil.rmtree(being_made)
        make_private_folder(being_made)
        if shutil.disk_usage(being_made).free < size + 2 * RESERVE_BYTES:
            being_made.rmdir()
            raise BackupPlaceFull


# --- making ------------------------------------------------------------------------------------------------------


def _rebuild(
    being_made: Path,
    backup: BackupFile,
    contents: Contents,
    found: KeysFound,
    tries: Sequence[AuditEvent],
    clock: Clock,
    progress: Progress,
) -> tuple[KeysFound, dict[UUID, Person]]:
    """Make the vault in this folder; what opens it in the end, and whose accounts the backup knows."""
    layout = Layout(being_made)
    with reading_backup(backup, contents) as source:
        copy_pages(source, layout.database, found.unlocked.raw_database_key, progress)
    with explained(), layout.database.open("r+b") as file:
        os.fsync(file.fileno())
    commits, sequence, people = _compared(layout, found.unlocked, contents.facts)
    found = fitted(found, people, contents.facts.audit_seq)
    unlocked = found.unlocked
    # the old anchor may be ahead of these records or behind them: the new vault is anchored by what it holds
    anchor = Anchor() if commits < unlocked.inner.anchor.commits else unlocked.inner.anchor
    header = replace(unlocked.header, sequence=max(unlocked.header.sequence, sequence))
    fresh = Unlocked(header, replace(unlocked.inner, anchor=anchor), unlocked.data_key)
    layout.backups.mkdir(mode=0o700)
    account = None if found.account == NOBODY else found.account
    with OpenVault(layout, FolderLock(layout.lock), fresh, found.account, clock, creating=False) as vault:
        broken = _broken_log(vault)
        vault.start_work()
        with vault.engine.begin() as connection:
            told = settle(connection, found, backup.number, clock.now())
            events = (AuditEvent("vault.restored", reason=f"number={backup.number}"), *told, *broken)
            vault.audit.append_many(connection, clock.now(), None, tries)
            vault.audit.append_many(connection, clock.now(), account, events)
        # once for each copy; closing writes one more
        vault.write_anchor(told_of_cut=True)
        vault.write_anchor(told_of_cut=True)
        vault.checkpoint()
    return found, people


def _broken_log(vault: OpenVault) -> tuple[AuditEvent, ...]:
    """A log that was tampered with before the backup: logged once more, no reason to withhold the records."""
    try:
        vault.audit.verify_tail()
    except AuditBroken as broken:
        return (AuditEvent("vault.log_found_broken", reason=f"seq={broken.seq}"),)
    return ()


def _compared(layout: Layout, unlocked: Unlocked, expected: Facts) -> tuple[int, int, dict[UUID, Person]]:
    """Commits, header sequence and people of the copy, once it is proved to hold what the backup said."""
    connection: Any = connect(layout.database, unlocked.raw_database_key)
    try:
        with explained_by_driver():
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()
            marks = connection.execute("SELECT commits, header_sequence FROM vault_mark WHERE id = 1").fetchone()
        if facts_of(connection) != expected or sound is None or sound[0] != "ok":
            raise BackupDamaged
        people = people_in(connection)
    finally:
        connection.close()
    return int(marks[0]), int(marks[1]), people


# --- moving ------------------------------------------------------------------------------------------------------


def swap(being_made: Path, folder: Path, aside_on: str) -> Path | None:
    """Put the finished vault in its place; the one that was there gets another name first."""
    with explained():
        aside = _name_aside(folder, aside_on) if aside_on else None
        if aside is not None:
            os.replace(folder, aside)
        elif folder.exists():
            Layout(folder).lock.unlink(missing_ok=True)
            folder.rmdir()
        try:
            os.replace(being_made, folder)
        except OSError:
            if aside is not None:
                os.replace(aside, folder)
            raise
        sync_folder(folder.parent)
    return aside


def _name_aside(folder: Path, day: str) -> Path:
    layout, number = Layout(folder), 1
    while (aside := layout.aside(day, number)).exists():
        number += 1
    return aside


def _part(progress: Progress, begin: int, end: int) -> Callable[[int, int], None]:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)
