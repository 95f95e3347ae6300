"""Making a backup, copying it to other places, and throwing superfluous ones away.

Under its final name a backup is always whole and verified: it was restored beside the records, and what came out was
compared with what they held when it began.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from aftercare.domain.errors import (
    BackupDamaged,
    BackupNotVerified,
    BackupPlaceFull,
    BackupPlaceMissing,
    BackupPlaceRefuses,
    DatabaseDamaged,
    DiskFull,
    FolderUnusable,
    HeaderDamaged,
    HeaderTampered,
    Problem,
    VaultReadOnly,
)
from aftercare.vault import crypto
from aftercare.vault.backup_copy import brought_to_disk, copy_pages, facts_of, prove_copied, reading_beside
from aftercare.vault.backup_file import (
    CHUNK,
    SUFFIX,
    BackupFile,
    Contents,
    Facts,
    Label,
    Progress,
    append_end,
    file_name,
    read_backup,
    read_through,
    sum_of,
)
from aftercare.vault.backup_thinning import superfluous
from aftercare.vault.backup_trial import clear_trial, try_restoring
from aftercare.vault.cipher import raw_key
from aftercare.vault.files import RESERVE_BYTES, Layout, explained, make_private_folder, sync_folder
from aftercare.vault.header import encode
from aftercare.vault.opened import OpenVault, Unlocked

_UNFINISHED = ".new"
_ONE_COPY_AT_A_TIME = threading.Lock()
_SYNC_EVERY = 8 * CHUNK


def own_backups(vault: OpenVault) -> Path:
    """The folder of backups within the vault."""
    return Layout(vault.folder).backups


def list_backups(folder: Path, vault_id: UUID | None = None) -> tuple[BackupFile, ...]:
    """The backups (of one vault) in a folder, the newest first; what cannot be read is left out, and left alone."""
    found = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            with contextlib.suppress(Problem):
                backup = read_backup(path)
                if vault_id is None or backup.label.vault_id == vault_id:
                    found.append(backup)
    return tuple(sorted(found, key=lambda backup: backup.label.number, reverse=True))


def make_backup(
    vault: OpenVault,
    now: datetime,
    progress: Progress,
    *,
    beside: Iterable[Path] = (),
    above: int = 0,
    reason: str = "",
) -> BackupFile:
    """A new verified backup in the vault's own folder; may run on any thread while the vault is in use.

    Its number is above all numbers there and in the folders `beside`, and above `above`, for those that are away; the
    records may be of any level. Raises `BackupPlaceFull`, `BackupNotVerified`, and whatever `progress` raises; then
    nothing of it is left.
    """
    folder = own_backups(vault)
    with _explained_place(), vault.copying:
        unlocked = vault.unlocked
        make_private_folder(folder)
        _drop_unfinished(folder)
        number = 1 + max((_number_of(path) for place in (folder, *beside) for path in _named(place)), default=0)
        number = max(number, 1 + above)
        path = folder / file_name(now, number)
        clear_trial(vault.folder)
        _need_room(folder, 2 * Layout(vault.folder).database.stat().st_size)  # it is restored once, too
        unfinished = path.with_name(path.name + _UNFINISHED)
        with _thrown_away_on_failure(unfinished):
            contents = _write(vault, unlocked, unfinished, (number, now, reason), _part(progress, 0, 50))
            _verify(vault.folder, unfinished, unlocked, contents.facts, _part(progress, 50, 100))
            os.replace(unfinished, path)
            sync_folder(folder)
    return read_backup(path)


def _write(
    vault: OpenVault, unlocked: Unlocked, path: Path, called: tuple[int, datetime, str], progress: Progress
) -> Contents:
    number, now, reason = called
    digits = raw_key(crypto.random_key(), crypto.random_bytes(crypto.SALT_BYTES))
    database = Layout(vault.folder).database
    with reading_beside(database, unlocked.raw_database_key) as source, brought_to_disk(path):
        facts = facts_of(source)
        copy_pages(source, path, digits, progress)
        prove_copied(source, database)
    with explained(), path.open("r+b", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        summed = sum_of(file, size, lambda _done, _total: None)
        contents = Contents(digits, summed.hexdigest(), facts)
        header = unlocked.header
        label = Label(header.vault_id, header.training, number, now, size, encode(header), reason)
        append_end(file, summed, label, contents, unlocked.data_key)
        os.fsync(file.fileno())
        forget_cached(file.fileno())
    return contents


def _verify(folder: Path, path: Path, unlocked: Unlocked, expected: Facts, progress: Progress) -> None:
    """Read it back from the disk, restore it and compare; raises `BackupNotVerified`."""
    try:
        if try_restoring(read_backup(path), unlocked.data_key, folder, progress) != expected:
            raise BackupNotVerified
    except (BackupDamaged, DatabaseDamaged, HeaderDamaged, HeaderTampered) as damaged:
        raise BackupNotVerified from damaged


# --- other places ------------------------------------------------------------------------------------------------


def copy_to(backup: BackupFile, place: Path, progress: Progress, *, make_place: bool = False) -> Path:
    """Copy a finished backup into another folder and read it back there; needs no key.

    A folder that is missing is made only with `make_place`, and only where its parent is there: the empty mount point
    of a stick must not be taken for the stick. Raises `BackupPlaceMissing`, `BackupPlaceFull`, `BackupPlaceRefuses`.
    """
    if not place.is_dir():
        if not make_place or not place.parent.is_dir():
            raise BackupPlaceMissing
        with _explained_place():
            make_private_folder(place)
    path = place / backup.path.name
    with _alone(progress), _explained_place():
        if path.exists():
            if read_backup(path).label == backup.label:
                return path
            raise BackupPlaceRefuses("EEXIST")
        _drop_unfinished(place)
        _need_room(place, backup.path.stat().st_size)
        unfinished = path.with_name(path.name + _UNFINISHED)
        with _thrown_away_on_failure(unfinished):
            _copy_bytes(backup.path, unfinished, _part(progress, 0, 60))
            try:
                read_through(read_backup(unfinished), _part(progress, 60, 100))
            except BackupDamaged as damaged:
                raise BackupNotVerified from damaged
            os.replace(unfinished, path)
            # some drives for sticks cannot sync a folder; the file itself is safe already
            with contextlib.suppress(OSError):
                sync_folder(place)
    return path


def _copy_bytes(source: Path, target: Path, progress: Progress) -> None:
    with explained(), source.open("rb", buffering=0) as file, target.open("xb", buffering=0) as out:
        total, done, synced = os.fstat(file.fileno()).st_size, 0, 0
        while chunk := file.read(CHUNK):
            view = memoryview(chunk)
            while view:
                view = view[out.write(view) :]
            done += len(chunk)
            if done - synced >= _SYNC_EVERY:
                # a slow stick is waited for here, where it can be given up
                os.fsync(out.fileno())
                synced = done
            progress(done, total)
        os.fsync(out.fileno())
        forget_cached(out.fileno())


def forget_cached(handle: int) -> None:
    """Ask the system to read the file from the disk next time, not from memory."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


# --- throwing away -----------------------------------------------------------------------------------------------


def thin(folder: Path, vault_id: UUID) -> int:
    """Remove the superfluous backups of this vault; other vaults' and other files stay. How many went."""
    gone = 0
    for backup in superfluous(list_backups(folder, vault_id)):
        with contextlib.suppress(OSError):
            backup.path.unlink()
            gone += 1
    return gone


def _drop_unfinished(folder: Path) -> None:
    for path in folder.glob(f"*{SUFFIX}{_UNFINISHED}"):
        with contextlib.suppress(OSError):
            path.unlink()


# --- inside ------------------------------------------------------------------------------------------------------


def _named(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from folder.glob(f"*{SUFFIX}")


def _number_of(path: Path) -> int:
    digits = path.name.removesuffix(SUFFIX).rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _need_room(folder: Path, size: int) -> None:
    """Refuse before the disk is filled to its brim: people who work here need room too."""
    if shutil.disk_usage(folder).free < size + RESERVE_BYTES:
        raise BackupPlaceFull


def _part(progress: Progress, begin: int, end: int) -> Progress:
    """Tell a stretch of the whole, in hundredths."""

    def tell(done: int, total: int) -> None:
        progress(begin + (end - begin) * done // max(1, total), 100)

    return tell


@contextmanager
def _alone(progress: Progress) -> Iterator[None]:
    """The regular copy and one that was asked for would clear away each other's unfinished files."""
    while not _ONE_COPY_AT_A_TIME.acquire(timeout=0.2):
        progress(0, 1)
    try:
        yield
    finally:
        _ONE_COPY_AT_A_TIME.release()


@contextmanager
def _thrown_away_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        raise


@contextmanager
def _explained_place() -> Iterator[None]:
    """Say of a disk that it is the backups' place: «this was not saved» would frighten people for nothing."""
    try:
        with explained():
            yield
    except DiskFull as full:
        raise BackupPlaceFull from full
    except VaultReadOnly as refused:
        raise BackupPlaceRefuses(errno.errorcode[errno.EROFS]) from refused
    except FolderUnusable as unusable:
        if unusable.reason in ("ENOENT", "ENOTDIR", "ENODEV"):
            raise BackupPlaceMissing from unusable
        raise BackupPlaceRefuses(unusable.reason) from unusable


def newest_backup(vault: OpenVault) -> BackupFile | None:
    """The newest backup in the vault's own folder; reads one file, so that it may be asked often."""
    for path in sorted(_named(own_backups(vault)), key=_number_of, reverse=True):
        with contextlib.suppress(Problem):
            backup = read_backup(path)
            if backup.label.vault_id == vault.vault_id:
                return backup
    return None


def facts_in(vault: OpenVault, backup: BackupFile) -> Facts:
    """What a backup of this vault holds; `BackupDamaged` where the vault's key does not open it."""
    return backup.contents(vault.unlocked.data_key).facts


_NOT_WORTH_A_BACKUP: tuple[str, ...] = (
    "read",
    "refused",
    "backed_up",
    "vault.unlocked",
    "vault.unlock_failed",
    "vault.clock_went_back",
)


def changed_since(vault: OpenVault, facts: Facts) -> bool:
    """Whether anything was done since, other than looking at records and backing them up."""
    marks = ",".join("?" * len(_NOT_WORTH_A_BACKUP))
    question = f"SELECT 1 FROM audit_entry WHERE seq > ? AND action NOT IN ({marks}) LIMIT 1"  # noqa: S608
    connection = vault.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        return driver.execute(question, (facts.audit_seq, *_NOT_WORTH_A_BACKUP)).fetchone() is not None
    finally:
        connection.close()
