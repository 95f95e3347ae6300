"""How backups stand: each place with what it holds, their ages, and what is due; read from the disks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.errors import BackupPlaceMissing, BackupPlaceRefuses, Problem
from aftercare.domain.rows.backups import BackupPlace, BackupReason, BackupRow, BackupState, PlaceState
from aftercare.services.backups import is_old, plan_backup

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault import BackupFile


def backup_state(office: OpenOffice) -> BackupState:
    """Places, backups, ages and what is due, read from the disks; asked on the vault's thread, off the GUI's."""
    from aftercare.vault import list_backups
    from aftercare.vault.backup import own_backups
    from aftercare.vault.surroundings import storage_problem

    plan = plan_backup(office)
    own = own_backups(office.vault)
    vault_id = office.vault.vault_id
    folders = (own, *(place.folder for place in plan.places if place.folder != own))
    held = [list_backups(folder, vault_id) for folder in folders]
    newest = held[0][0].number if held[0] else 0
    known = {place.folder: place for place in plan.places}
    places = tuple(
        _state(folder, own, known.get(folder), backups, newest) for folder, backups in zip(folders, held, strict=True)
    )
    return BackupState(
        places=places,
        backups=_rows(held),
        newest_at=plan.newest_at,
        next_at=(plan.newest_at + plan.every if plan.newest_at else plan.now) if plan.changed else None,
        is_old=is_old(plan),
        every_hours=int(plan.every.total_seconds() // 3600),
        warn_hours=int(plan.warn_after.total_seconds() // 3600),
        vault_problem=storage_problem(office.vault.folder),
    )


def _state(
    folder: Path, own: Path, known: BackupPlace | None, backups: Sequence[BackupFile], newest: int
) -> PlaceState:
    number, made_at = (known.known_number, known.known_at) if known is not None else (0, None)
    if backups:
        number, made_at = backups[0].number, backups[0].made_at
    problem = _problem(folder, may_be_made=folder == own or (known is not None and known.may_be_made))
    return PlaceState(
        folder=folder,
        is_own=folder == own,
        newest_number=number,
        newest_at=made_at,
        kept=len(backups),
        problem=problem,
        waits=number < newest,
    )


def _problem(folder: Path, *, may_be_made: bool) -> Problem | None:
    try:
        if folder.is_dir() or (may_be_made and folder.parent.is_dir()):
            return None
    except OSError:
        return BackupPlaceRefuses("EIO")
    return BackupPlaceMissing()


def _rows(held: Iterable[Sequence[BackupFile]]) -> tuple[BackupRow, ...]:
    """Each backup once, by its number, with the places where it lies; the newest first."""
    found: dict[tuple[int, datetime], BackupRow] = {}
    for at, backups in enumerate(held):
        for backup in backups:
            key = (backup.number, backup.made_at)
            row = found.get(key)
            found[key] = BackupRow(
                number=backup.number,
                made_at=backup.made_at,
                reason=BackupReason(backup.reason),
                size=backup.label.database_bytes,
                places=(*row.places, at) if row else (at,),
                path=row.path if row else backup.path,
            )
    return tuple(found[key] for key in sorted(found, reverse=True))
