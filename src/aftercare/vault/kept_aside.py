"""Earlier records that restores left beside these: which there are, and destroying them, their keys first.

A restore overwrites nothing: the records whose place it took lie in a folder of their own, whole, with the keys and
backups of then. A restore that a power cut ended leaves one too, under another name.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
from datetime import date
from pathlib import Path
from uuid import UUID

from aftercare.domain.errors import EarlierRecordsStay, HeaderDamaged, Problem, VaultMissing
from aftercare.vault.backup_file import SUFFIX
from aftercare.vault.files import Layout, explained, sync_folder
from aftercare.vault.header_files import read_headers
from aftercare.vault.lock import FolderLock

_DAY = re.compile(r"-(\d{4}-\d{2}-\d{2})-\d+$")


def earlier_records(folder: Path, vault_id: UUID) -> list[Path]:
    """The folders with earlier records of this vault beside its own, the oldest first."""
    layout = Layout(folder.absolute())
    with explained():
        beside = [*layout.kept_aside, layout.restoring]
    return [path for path in beside if _are_of(Layout(path), vault_id)]


def replaced_on(folder: Path) -> date | None:
    """The day on which a restored backup took the place of these, as their name tells."""
    named = _DAY.search(folder.name)
    with contextlib.suppress(ValueError):
        return date.fromisoformat(named[1]) if named else None
    return None


def destroy_earlier(folder: Path, vault_id: UUID) -> None:
    """Destroy the backups and keys of these earlier records, then all that is with them.

    In this order, so that a crash leaves what is known again here and destroyed by asking once more. Raises
    `EarlierRecordsStay` where they are somebody else's, are open in another program, or the disk keeps them.
    """
    layout = Layout(folder)
    if folder.is_symlink() or not _are_of(layout, vault_id):
        raise EarlierRecordsStay(str(folder))
    try:
        lock = FolderLock(layout.lock)
        try:
            for backup in layout.backups.glob(f"*{SUFFIX}*"):
                backup.unlink()
            overwrite_keys(layout)
            layout.database.unlink(missing_ok=True)
        finally:
            lock.release()
        shutil.rmtree(folder)
        with explained():
            sync_folder(folder.parent)
    except (Problem, OSError) as refused:
        raise EarlierRecordsStay(str(folder)) from refused


def _are_of(layout: Layout, vault_id: UUID) -> bool:
    """Whether records lie there that are not known to be another vault's.

    Without a key file that can be read the name has to do: it was given here, and whoever restored may have done so
    because of the damage.
    """
    if not any(path.exists() for path in (*layout.headers, layout.database, layout.backups)):
        return False
    try:
        return read_headers(layout).header.vault_id == vault_id
    except (HeaderDamaged, VaultMissing):
        return True
    except Problem:
        return False


def overwrite_keys(layout: Layout) -> None:
    """Random bytes over both key files, brought to the disk; then their names go too."""
    for header in layout.headers:
        _overwrite(header)
    with explained():
        sync_folder(layout.folder)


def _overwrite(path: Path) -> None:
    if not path.exists():
        return
    with explained(), path.open("r+b", buffering=0) as file:
        file.write(secrets.token_bytes(max(1, path.stat().st_size)))
        os.fsync(file.fileno())
    with explained():
        path.unlink()
