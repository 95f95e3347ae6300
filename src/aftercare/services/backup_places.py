"""The places of backups: which ones the organisation chose, and what each is known to hold."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.rows.backups import BackupDone, BackupPlace
from aftercare.records.office import Setting
from aftercare.services.office import office_settings
from aftercare.services.work import Work

if TYPE_CHECKING:
    pass

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
