"""The places of backups: which ones the organisation chose, what each is known to hold, and whether it is there.

A place that was chosen once and is no longer keeps what arrived there, so a deletion goes on looking for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from aftercare.domain.errors import BackupPlaceMissing, BackupPlaceRefuses, BackupPlaceWithin, Problem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.backups import BackupDone, BackupPlace
from aftercare.records.office import Setting
from aftercare.services.office import office_settings
from aftercare.services.work import Work, needs

_KNOWN = "backup_places"
_LAST = "last_backup"


def backup_places(work: Work) -> tuple[BackupPlace, ...]:
    """The chosen folders, each once, with what arrived there last."""
    known = _known(work)
    return tuple(_place(name, known.get(name)) for name in _chosen(work))


def places_with_backups(work: Work) -> tuple[BackupPlace, ...]:
    """Every folder where backups may lie: the chosen ones, and those that were chosen once."""
    known = _known(work)
    return tuple(_place(name, known.get(name)) for name in dict.fromkeys((*_chosen(work), *known)))


@needs(Permission.WORK_HERE)
def list_backup_places(work: Work) -> tuple[BackupPlace, ...]:
    """The same, asked for by itself."""
    return places_with_backups(work)


def last_number(work: Work) -> int:
    """The number of the last backup that these records know of; the one they were restored from is one further."""
    kept = work.session.get(Setting, _LAST)
    return int(kept.value["number"]) if kept is not None else 0


def note_places(work: Work, done: BackupDone) -> None:
    """Remember what arrived in the chosen places: a stick in a drawer cannot be asked."""
    if done.number > last_number(work):
        work.session.merge(Setting(name=_LAST, value={"number": done.number}))
    arrived = {copy.place: copy for copy in done.copies if copy.path is not None}
    fresh = {
        name: {"number": done.number, "made_at": done.made_at.isoformat(), "apart": arrived[folder].apart}
        for name in _chosen(work)
        if (folder := Path(name).expanduser()) in arrived
    }
    if fresh:
        work.session.merge(Setting(name=_KNOWN, value=_known(work) | fresh))


def _chosen(work: Work) -> Iterator[str]:
    settings = office_settings(work)
    yield from dict.fromkeys(name for name in (settings.backup_folder, settings.second_backup_folder) if name)


def _known(work: Work) -> dict[str, Any]:
    kept = work.session.get(Setting, _KNOWN)
    return dict(kept.value) if kept is not None else {}


def _place(name: str, known: dict[str, Any] | None) -> BackupPlace:
    folder = Path(name).expanduser()
    if known is None:
        return BackupPlace(folder)
    made_at = datetime.fromisoformat(str(known["made_at"]))
    return BackupPlace(folder, int(known["number"]), made_at, bool(known.get("apart")))


# --- on the disks: never on the window's thread --------------------------------------------------------------------


def trouble_with(place: BackupPlace, records: Path) -> Problem | None:
    """Why no backup can go there now; None where nothing is known to speak against it."""
    try:
        if is_within(place.folder, records):
            return BackupPlaceWithin()
        if place.folder.is_dir():
            return BackupPlaceMissing() if _is_left_behind(place, records) else None
        return None if place.may_be_made and place.folder.parent.is_dir() else BackupPlaceMissing()
    except OSError:
        return BackupPlaceRefuses("EIO")


def is_there(place: BackupPlace, records: Path) -> bool:
    """Whether what arrived there can be looked at now."""
    try:
        return place.folder.is_dir() and not _is_left_behind(place, records)
    except OSError:
        return False


def is_within(folder: Path, records: Path) -> bool:
    """Whether it is the folder of the records, or one in there, whatever name leads to it."""
    inner, outer = Path(os.path.realpath(folder)), Path(os.path.realpath(records))
    return inner == outer or outer in inner.parents


def is_apart(folder: Path, records: Path) -> bool:
    """Whether two folders lie on different disks, as far as the system tells; one that is missing does not."""
    try:
        return folder.stat().st_dev != records.stat().st_dev
    except OSError:
        return False


def _is_left_behind(place: BackupPlace, records: Path) -> bool:
    """The empty folder in which a stick or a share was mounted: a copy would land on the disk of the records."""
    return place.apart and not is_apart(place.folder, records)
