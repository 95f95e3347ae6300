"""Where the parts of a vault lie, and how a file is written so that a power cut leaves the old one or the new one."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aftercare.domain.errors import DiskFull, FolderClosed, FolderUnusable, Problem, VaultReadOnly

if sys.platform == "win32":
    from aftercare.vault import windows_rights

RESERVE_BYTES = 4 * 1024 * 1024
_ATTEMPTS, _PAUSE_S = 20, 0.05
_ASIDE = "-before-"
_RESTORING = ".restoring"
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
_NO_WRITING = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one vault; names say nothing about what it holds."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "records.db"

    @property
    def write_ahead_log(self) -> Path:
        return self.folder / "records.db-wal"

    @property
    def shared_memory(self) -> Path:
        return self.folder / "records.db-shm"

    @property
    def headers(self) -> tuple[Path, Path]:
        return self.folder / "header.a", self.folder / "header.b"

    @property
    def rotated(self) -> Path:
        """Where the records are copied to under a new key before they take their place."""
        return self.folder / "records.new"

    @property
    def lock(self) -> Path:
        return self.folder / "lock"

    @property
    def attempts(self) -> Path:
        return self.folder / "attempts"

    @property
    def reserve(self) -> Path:
        return self.folder / "reserve"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def trial(self) -> Path:
        """Where a fresh backup is restored to see that it can be; gone again right after."""
        return self.folder / "trial"

    @property
    def making(self) -> Path:
        """Where a new vault is made before its headers appear in the folder."""
        return self.folder / "making"

    def aside(self, day: str, number: int) -> Path:
        """What the folder is called from a day on whose restored backup took its place."""
        return self.folder.with_name(f"{self.folder.name}{_ASIDE}{day}-{number}")

    @property
    def restoring(self) -> Path:
        """Where a vault is made from a backup before it moves to the folder; a power cut leaves it."""
        return self.folder.with_name(self.folder.name + _RESTORING)

    @property
    def kept_aside(self) -> list[Path]:
        """The folders of records whose place restored backups took."""
        beside = self.folder.parent.iterdir()
        return sorted(path for path in beside if path.name.startswith(self.folder.name + _ASIDE) and path.is_dir())


@contextmanager
def explained() -> Iterator[None]:
    """Turn what the system says about files into a `Problem`."""
    try:
        yield
    except OSError as refused:
        if refused.errno in _NO_ROOM:
            raise DiskFull from refused
        if refused.errno in _NO_WRITING:
            raise VaultReadOnly from refused
        raise unusable(refused) from refused


def unusable(refused: OSError) -> Problem:
    """What the system said about a folder, by its code; that of another user of the computer is closed."""
    if isinstance(refused, PermissionError):
        return FolderClosed()
    return FolderUnusable(errno.errorcode.get(refused.errno or 0, "EIO"))


def make_private_folder(folder: Path) -> None:
    """Make the folder (and its parents), durably, and leave it to its owner alone."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in new:
        # a power cut would take the whole folder with it, however well its files are synced
        with contextlib.suppress(PermissionError):
            sync_folder(path.parent)
    make_private(folder)


def make_private(folder: Path) -> None:
    """Leave the folder to its owner alone; on Windows, where file systems for sticks know no rights, if possible."""
    if sys.platform == "win32":
        windows_rights.leave_to_owner(folder)
    else:
        folder.chmod(0o700)


def is_private(folder: Path) -> bool:
    """Whether nobody else on this computer may look in (administrators always could)."""
    if sys.platform == "win32":
        return windows_rights.is_left_to_owner(folder)
    return not stat.S_IMODE(folder.stat().st_mode) & 0o077


def is_of_this_user(folder: Path) -> bool:
    """Whether what is written here stays readable for whoever the folder belongs to; Windows keeps that apart.

    A drive on the network may show owners of its own: there a file of ours gets the one that the folder has.
    """
    if sys.platform == "win32":
        return True
    owner = folder.stat().st_uid
    if owner == os.geteuid():
        return True
    from tempfile import TemporaryFile

    try:
        with TemporaryFile(dir=folder) as ours:
            return os.fstat(ours.fileno()).st_uid == owner
    except OSError:
        return False


def sync_folder(folder: Path) -> None:
    """Make renames in the folder durable; Windows has no such call and does not need it."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file: temporary beside it, fsync, rename, fsync of the folder; nothing half-written stays."""
    temporary = path.with_name(path.name + ".new")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with open(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        _take_its_place(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _take_its_place(made: Path, path: Path) -> None:
    """`os.replace`; on Windows again and again for a moment, while a virus scanner holds what was just written."""
    for _attempt in range(_ATTEMPTS - 1 if sys.platform == "win32" else 0):
        try:
            os.replace(made, path)
        except PermissionError:
            time.sleep(_PAUSE_S)
        else:
            return
    os.replace(made, path)


def keep_reserve(path: Path) -> None:
    """Hold a few megabytes back: on a full disk even deleting needs room. No room for it is no trouble yet."""
    with contextlib.suppress(OSError):
        if path.exists() and path.stat().st_size == RESERVE_BYTES:
            return
        try:
            with path.open("wb") as out:
                # written, not only sized: a sparse file holds nothing back
                out.write(os.urandom(4096) * (RESERVE_BYTES // 4096))
                out.flush()
                os.fsync(out.fileno())
        except OSError:
            path.unlink(missing_ok=True)


def release_reserve(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
