"""How backups stand: each place with what it holds, their ages, and what is due; read from the disks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.errors import BackupPlaceSilent, Problem
from aftercare.domain.rows.backups import BackupPlace, BackupReason, BackupRow, BackupState, PlaceState
from aftercare.services.backup_pace import AT_LOCK_SECONDS
from aftercare.services.backup_places import is_apart, trouble_with
from aftercare.services.backups import BackupPlan, is_old, plan_backup
from aftercare.services.disks import NoAnswer, answer_of

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault import BackupFile


def backup_state(office: OpenOffice) -> BackupState:
    """Both steps in turn, for whoever works alone: on the vault's thread."""
    return state_on_disks(plan_backup(office))


def state_on_disks(plan: BackupPlan) -> BackupState:
    """Places, backups, ages and what is due, read from the disks; on any thread but the vault's and the window's.

    A place that does not answer within seconds says so, and what it held when it was last seen.
    """
    from aftercare.vault.backup import own_backups
    from aftercare.vault.surroundings import storage_problem

    own = own_backups(plan.vault)
    folders = (own, *(place.folder for place in plan.places if place.folder != own))
    known = {place.folder: place for place in plan.places}
    looks = [_look(folder, plan, known.get(folder) if folder != own else None) for folder in folders]
    newest = looks[0].backups[0].number if looks[0].backups else 0
    places = tuple(
        _state(folder, own, known.get(folder), look, newest) for folder, look in zip(folders, looks, strict=True)
    )
    return BackupState(
        places=places,
        backups=_rows([look.backups for look in looks]),
        newest_at=plan.newest_at,
        next_at=(plan.newest_at + plan.every if plan.newest_at else plan.now) if plan.changed else None,
        is_old=is_old(plan),
        every_hours=int(plan.every.total_seconds() // 3600),
        warn_hours=int(plan.warn_after.total_seconds() // 3600),
        vault_problem=storage_problem(plan.vault.folder),
        seconds_at_lock=round(plan.seconds_needed) if plan.seconds_needed > AT_LOCK_SECONDS else 0,
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """What a place said of itself."""

    backups: tuple[BackupFile, ...]
    problem: Problem | None
    apart: bool = False


def _look(folder: Path, plan: BackupPlan, place: BackupPlace | None) -> _Look:
    from aftercare.vault import list_backups

    records = plan.vault.folder

    def looking() -> _Look:
        problem = trouble_with(place, records) if place is not None else None
        return _Look(list_backups(folder, plan.vault.vault_id), problem, is_apart(folder, records))

    try:
        return answer_of(folder, looking)
    except NoAnswer:
        return _Look((), BackupPlaceSilent())


def _state(folder: Path, own: Path, known: BackupPlace | None, look: _Look, newest: int) -> PlaceState:
    backups = look.backups
    number, made_at = (known.known_number, known.known_at) if known is not None else (0, None)
    if backups:
        number, made_at = backups[0].number, backups[0].made_at
    return PlaceState(
        folder=folder,
        is_own=folder == own,
        newest_number=number,
        newest_at=made_at,
        kept=len(backups),
        problem=look.problem,
        waits=number < newest,
        apart=look.apart or (known is not None and known.apart),
    )


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
