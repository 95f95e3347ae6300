"""Everything that can be told of a vault without opening it for work: folder, disk, key files, log, backups, pages.

Nothing is written but in the full examination of the services, which opens the vault as a person would.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aftercare.domain.errors import (
    Problem,
    VaultInSyncedFolder,
    VaultInUse,
    VaultOnNetworkDrive,
)
from aftercare.vault.backup_file import SUFFIX, read_backup, read_through
from aftercare.vault.cipher import PAGE_BYTES, load_cipher
from aftercare.vault.files import RESERVE_BYTES, Layout, is_private
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import derive_here
from aftercare.vault.lock import FolderLock
from aftercare.vault.restore_keys import SignIn, unlocked_by
from aftercare.vault.salvage_pages import Pages
from aftercare.vault.surroundings import storage_problem

_LEAST_FREE = 200 * 1024 * 1024
_LONG_LOG = 128 * 1024 * 1024
Progress = Callable[[int, int], None]


class Symptom(StrEnum):
    """What the doctor can find; words stand in aftercare.notices.doctor."""

    NO_VAULT = "no_vault"
    OPEN_TO_OTHERS = "open_to_others"
    HEADER_COPY_DAMAGED = "header_copy_damaged"
    HEADERS_DAMAGED = "headers_damaged"
    DATABASE_MISSING = "database_missing"
    DATABASE_CUT = "database_cut"
    IN_USE = "in_use"
    LOG_LEFT = "log_left"
    LOG_LONG = "log_long"
    LEFTOVER = "leftover"
    EARLIER_RECORDS = "earlier_records"
    CIPHER = "cipher"
    NO_RESERVE = "no_reserve"
    DISK_NEARLY_FULL = "disk_nearly_full"
    NETWORK_DRIVE = "network_drive"
    SYNCED_FOLDER = "synced_folder"
    CORE_DUMPS = "core_dumps"
    POLICY = "policy_not_understood"
    NO_BACKUP = "no_backup"
    BACKUP_DAMAGED = "backup_damaged"
    DOES_NOT_OPEN = "does_not_open"
    PAGES = "pages"
    STRUCTURE = "structure"
    REFERENCES = "references"
    SEARCH = "search"
    LOG = "log"
    HEADER = "header"
    BACKUP_PLACE = "backup_place"
    BACKUP_OLD = "backup_old"


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    DAMAGE = "damage"


SEVERITY: dict[Symptom, Severity] = {
    Symptom.NO_VAULT: Severity.DAMAGE,
    Symptom.OPEN_TO_OTHERS: Severity.WARNING,
    Symptom.HEADER_COPY_DAMAGED: Severity.WARNING,
    Symptom.HEADERS_DAMAGED: Severity.DAMAGE,
    Symptom.DATABASE_MISSING: Severity.DAMAGE,
    Symptom.DATABASE_CUT: Severity.DAMAGE,
    Symptom.IN_USE: Severity.NOTE,
    Symptom.LOG_LEFT: Severity.NOTE,
    Symptom.LOG_LONG: Severity.WARNING,
    Symptom.LEFTOVER: Severity.NOTE,
    Symptom.EARLIER_RECORDS: Severity.NOTE,
    Symptom.CIPHER: Severity.DAMAGE,
    Symptom.NO_RESERVE: Severity.NOTE,
    Symptom.DISK_NEARLY_FULL: Severity.WARNING,
    Symptom.NETWORK_DRIVE: Severity.WARNING,
    Symptom.SYNCED_FOLDER: Severity.WARNING,
    Symptom.CORE_DUMPS: Severity.NOTE,
    Symptom.POLICY: Severity.WARNING,
    Symptom.NO_BACKUP: Severity.WARNING,
    Symptom.BACKUP_DAMAGED: Severity.WARNING,
    Symptom.DOES_NOT_OPEN: Severity.DAMAGE,
    Symptom.PAGES: Severity.DAMAGE,
    Symptom.STRUCTURE: Severity.DAMAGE,
    Symptom.REFERENCES: Severity.DAMAGE,
    Symptom.SEARCH: Severity.DAMAGE,
    Symptom.LOG: Severity.DAMAGE,
    Symptom.HEADER: Severity.DAMAGE,
    Symptom.BACKUP_PLACE: Severity.WARNING,
    Symptom.BACKUP_OLD: Severity.WARNING,
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was found: how many, and which file or entry where that helps."""

    symptom: Symptom
    count: int = 1
    detail: str = ""
    problem: Problem | None = None

    @property
    def severity(self) -> Severity:
        return SEVERITY[self.symptom]


def examine_outside(folder: Path, progress: Progress) -> list[Sign]:
    """What can be told without any key."""
    layout = Layout(folder)
    if not folder.is_dir():
        return [Sign(Symptom.NO_VAULT)]
    steps: tuple[Callable[[Layout], Iterator[Sign]], ...] = (
        _cipher, _headers, _database, _lock, _leftovers, _earlier_records, _folder, _disk, _core_dumps, _backups,
    )  # fmt: skip
    signs: list[Sign] = []
    for number, step in enumerate(steps):
        progress(number, len(steps))
        signs += step(layout)
    progress(len(steps), len(steps))
    return signs


def bad_pages(folder: Path, key: SignIn) -> int:
    """How many pages of a database that does not open are not as they were written; read only."""
    layout = Layout(folder)
    unlocked, _account = unlocked_by(read_headers(layout).header, key, derive_here)
    with Pages(layout, unlocked.raw_database_key) as pages:
        for number in range(1, pages.count + 1):
            pages.get(number)
        return len(pages.bad)


def _cipher(_layout: Layout) -> Iterator[Sign]:
    try:
        load_cipher()
    except Problem as problem:
        yield Sign(Symptom.CIPHER, problem=problem)


def _headers(layout: Layout) -> Iterator[Sign]:
    try:
        if read_headers(layout).one_is_damaged:
            yield Sign(Symptom.HEADER_COPY_DAMAGED)
    except Problem as problem:
        yield Sign(Symptom.HEADERS_DAMAGED, problem=problem)


def _database(layout: Layout) -> Iterator[Sign]:
    if not layout.database.exists():
        yield Sign(Symptom.DATABASE_MISSING)
        return
    size = layout.database.stat().st_size
    if size < PAGE_BYTES or size % PAGE_BYTES:
        yield Sign(Symptom.DATABASE_CUT)
    log = layout.write_ahead_log
    if log.exists() and log.stat().st_size > _LONG_LOG:
        yield Sign(Symptom.LOG_LONG, log.stat().st_size // 1024**2)


def _lock(layout: Layout) -> Iterator[Sign]:
    """Held by a program that runs, or nothing: a file that was left behind means nothing."""
    if not layout.lock.exists():
        return
    try:
        FolderLock(layout.lock).release()
    except VaultInUse:
        yield Sign(Symptom.IN_USE)
        return
    except Problem:
        return
    if layout.write_ahead_log.exists() and layout.write_ahead_log.stat().st_size:
        yield Sign(Symptom.LOG_LEFT)


def _leftovers(layout: Layout) -> Iterator[Sign]:
    found = [path for path in (layout.making, layout.trial) if path.exists()]
    found += [*layout.folder.glob("*.new"), *layout.backups.glob(f"*{SUFFIX}.new")]
    if found:
        yield Sign(Symptom.LEFTOVER, len(found))


def _earlier_records(layout: Layout) -> Iterator[Sign]:
    """Each with its size in megabytes; its name tells the day on which it was replaced."""
    beside = Layout(layout.folder.absolute())
    for folder in (*beside.kept_aside, beside.restoring):
        if not folder.is_dir():
            continue
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        yield Sign(Symptom.EARLIER_RECORDS, max(1, size // 1024**2), folder.name)


def _folder(layout: Layout) -> Iterator[Sign]:
    if not is_private(layout.folder):
        yield Sign(Symptom.OPEN_TO_OTHERS)
    problem = storage_problem(layout.folder)
    if isinstance(problem, VaultOnNetworkDrive):
        yield Sign(Symptom.NETWORK_DRIVE, problem=problem)
    elif isinstance(problem, VaultInSyncedFolder):
        yield Sign(Symptom.SYNCED_FOLDER, problem=problem)


def _disk(layout: Layout) -> Iterator[Sign]:
    free = shutil.disk_usage(layout.folder).free
    needed = 2 * layout.database.stat().st_size if layout.database.exists() else 0
    if free < max(_LEAST_FREE, needed + RESERVE_BYTES):
        yield Sign(Symptom.DISK_NEARLY_FULL, free // 1024**2)
    if not layout.reserve.exists() or layout.reserve.stat().st_size < RESERVE_BYTES:
        yield Sign(Symptom.NO_RESERVE)


def _core_dumps(_layout: Layout) -> Iterator[Sign]:
    if sys.platform == "win32":
        return
    import resource

    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        yield Sign(Symptom.CORE_DUMPS)


def _backups(layout: Layout) -> Iterator[Sign]:
    """Each is read whole: the sum at its end finds damage without any key."""
    paths = sorted(layout.backups.glob(f"*{SUFFIX}")) if layout.backups.is_dir() else []
    if not paths:
        yield Sign(Symptom.NO_BACKUP)
    for path in paths:
        try:
            read_through(read_backup(path), lambda _done, _total: None)
        except Problem as problem:
            yield Sign(Symptom.BACKUP_DAMAGED, detail=path.name, problem=problem)
