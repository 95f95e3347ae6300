"""Making everything unreadable for good: the keys first, then the files.

Without its two key files nothing of the records can be opened any more, whatever a disk keeps of them. Backups carry
keys of their own: they open until they are deleted too.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from aftercare.vault.backup import list_backups, own_backups
from aftercare.vault.backup_trial import clear_trial
from aftercare.vault.files import Layout, explained, sync_folder
from aftercare.vault.opened import OpenVault


def erase_vault(vault: OpenVault, places: Iterable[Path], *, backups_too: bool) -> tuple[int, tuple[Path, ...]]:
    """Close the vault and destroy keys and records; how many backups went, and the places that did not give theirs up.

    In this order, each step on the disk before the next: a crash after the first leaves files that nobody can open.
    Waits for a copy that is being made.
    """
    layout, vault_id = Layout(vault.folder), vault.vault_id
    folders = [own_backups(vault), *places] if backups_too else []
    with vault.copying:
        vault.close()
    for header in layout.headers:
        _overwrite(header)
    with explained():
        sync_folder(layout.folder)
    gone, missing = 0, []
    for folder in dict.fromkeys(folders):
        if not folder.is_dir():
            missing.append(folder)
            continue
        for backup in list_backups(folder, vault_id):
            try:
                backup.path.unlink()
                gone += 1
            except OSError:
                missing.append(folder)
    clear_trial(layout.folder)  # it may hold keys of a backup
    for path in sorted(layout.folder.iterdir()):
        if path.is_file() and path != layout.lock:
            with contextlib.suppress(OSError):
                path.unlink()
    with explained():
        sync_folder(layout.folder)
    kept = dict.fromkeys(missing)
    return gone, tuple(folder for folder in kept if folder != layout.backups or folder.is_dir())


def _overwrite(path: Path) -> None:
    """Random bytes over what was there, brought to the disk, then the name goes too."""
    if not path.exists():
        return
    with explained(), path.open("r+b", buffering=0) as file:
        file.write(secrets.token_bytes(max(1, path.stat().st_size)))
        os.fsync(file.fileno())
    with explained():
        path.unlink()
