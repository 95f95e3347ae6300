"""The places of backups: which ones the organisation chose, what each is known to hold, and how all of it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.errors import BackupPlaceMissing, BackupPlaceRefuses, Problem
from aftercare.domain.rows.backups import BackupDone, BackupPlace, BackupReason, BackupRow, BackupState, PlaceState
from aftercare.records.office import Setting
from aftercare.services.office import office_settings
from aftercare.services.work import Work

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault import BackupFile

_KNOWN = "backup_places"


def backup_places(work: Work) -> tuple[BackupPlace, ...]:
    """The chosen folders, each once, with what arrived there last."""
    settings = office_settings(work)
    kept = work.session.get(Setting, _KNOWN)
    known = kept.value if kept is not None else {}
    chosen = dict.fromkeys(name for name in (settings.backup_folder, settings.second_backup_folder) if name)
    return tuple(_place(name, known.get(name)) for name in chosen)


def _place(name: str, known: dict[str, str | int] | None) -> BackupPlace:
    folder = Path(name).expanduser()
    if known is None:
        return BackupPlace(folder)
    return BackupPlace(folder, int(known["number"]), datetime.fromisoformat(str(known["made_at"])))


def note_places(work: Work, done: BackupDone) -> None:
    """Remember what arrived in the chosen places: a stick in a drawer cannot be asked."""
    settings = office_settings(work)
    arrived = {copy.place for copy in done.copies if copy.path is not None}
    chosen = [name for name in (settings.backup_folder, settings.second_backup_folder) if name]
    fresh = {
        name: {"number": done.number, "made_at": done.made_at.isoformat()}
        for name in chosen
        if Path(name).expanduser() in arrived
    }
    if fresh:
        kept = work.session.get(Setting, _KNOWN)
        before = {name: value for name, value in (kept.value if kept is not None else {}).items() if name in chosen}
        work.session.merge(Setting(name=_KNOWN, value=before | fresh))


def backup_state(office: OpenOffice) -> BackupState:
    """Places, backups, ages and what is due, read from the disks; asked on the vault's thread, off the GUI's."""
    from aftercare.services.backups import is_old, plan_backup
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
