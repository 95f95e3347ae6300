"""Making everything unreadable for good: the keys first, then the files.

Without its two key files nothing of the records can be opened any more, whatever a disk keeps of them. Backups, and
records whose place a restored backup took, carry keys of their own: they open until they are deleted too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from aftercare.domain.errors import EarlierRecordsStay
from aftercare.vault.backup import list_backups, own_backups
from aftercare.vault.backup_trial import clear_trial
from aftercare.vault.files import Layout, explained, sync_folder
from aftercare.vault.kept_aside import destroy_earlier, overwrite_keys
from aftercare.vault.opened import OpenVault


@dataclass(frozen=True, slots=True)
class ErasedVault:
    """How many backups and folders of earlier records went too, and the places that did not give theirs up."""

    backups: int
    kept_aside: int
    missing: tuple[Path, ...]


def erase_vault(vault: OpenVault, places: Iterable[Path], *, backups_too: bool) -> ErasedVault:
    """Close the vault and destroy keys and records; with `backups_too` also what else is known to open.

    In this order, each step on the disk before the next: a crash after the first leaves files that nobody can open.
    Waits for a copy that is being made.
    """
    layout, vault_id = Layout(vault.folder), vault.vault_id
    folders = [own_backups(vault), *places] if backups_too else []
    with vault.copying:
        vault.close()
    overwrite_keys(layout)
    gone, missing = 0, []
    for folder in dict.fromkeys(folders):
        found, is_empty = _delete_backups(folder, vault_id)
        gone += found
        if not is_empty:
            missing.append(folder)
    asides = [*layout.kept_aside, *([layout.restoring] if layout.restoring.is_dir() else [])] if backups_too else []
    kept = [aside for aside in asides if not _is_destroyed(aside, vault_id)]
    clear_trial(layout.folder)  # it may hold keys of a backup
    for path in sorted(layout.folder.iterdir()):
        if path.is_file() and path != layout.lock:
            with contextlib.suppress(OSError):
                path.unlink()
    with explained():
        sync_folder(layout.folder)
    left = [folder for folder in missing if folder != layout.backups or folder.is_dir()]
    return ErasedVault(gone, len(asides) - len(kept), (*left, *kept))


def _delete_backups(folder: Path, vault_id: UUID) -> tuple[int, bool]:
    """How many backups of these records went, and whether none is left there as far as one can see."""
    if not folder.is_dir():
        return 0, False
    gone, is_empty = 0, True
    for backup in list_backups(folder, vault_id):
        try:
            backup.path.unlink()
            gone += 1
        except OSError:
            is_empty = False
    return gone, is_empty


def _is_destroyed(aside: Path, vault_id: UUID) -> bool:
    try:
        destroy_earlier(aside, vault_id)
    except EarlierRecordsStay:
        return False
    return True
