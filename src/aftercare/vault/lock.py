"""One Aftercare per vault: a lock that the system holds for a process, so one that was killed leaves nothing behind."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from aftercare.domain.errors import VaultInUse
from aftercare.vault.files import explained


class FolderLock:
    """Held from construction to `release`; the file itself stays and means nothing."""

    def __init__(self, path: Path) -> None:
        with explained():
            self._handle: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as held:
            os.close(self._handle)
            self._handle = None
            raise VaultInUse from held

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        # flock, not lockf: it also tells two openings in one process apart
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
