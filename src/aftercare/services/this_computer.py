"""What this computer keeps, measured: paths and sizes alone, nothing is opened.

places = kept_places(office, settings)    which, asked of the open vault
rows = measured(places)                   how large, asked of the disks: not on the vault's thread or the window's
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare import policy
from aftercare.domain.rows.device_tie import TieState
from aftercare.domain.rows.this_computer import Kept, KeptRow
from aftercare.log import log_folder
from aftercare.services.backup_places import list_backup_places
from aftercare.services.device_tie import show_tie
from aftercare.services.disks import NoAnswer, answer_of
from aftercare.services.kept_aside import earlier
from aftercare.services.trying import tries_here
from aftercare.settings import Settings, usual_training_folder

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """A place that is to be measured: what of it counts, all of it where nothing is named."""

    kept: Kept
    path: Path | None
    parts: tuple[Path, ...] = ()
    since: date | None = None


def kept_places(office: OpenOffice, settings: Settings) -> tuple[KeptPlace, ...]:
    """Everything there is for these records and whoever sits here; asked on the vault's thread, of no other disk."""
    return tuple(_places(office, settings))


def earlier_places(office: OpenOffice) -> tuple[KeptPlace, ...]:
    """Of these only earlier records that restores left; asks the disk of the records."""
    return tuple(KeptPlace(Kept.KEPT_ASIDE, one.folder, since=one.replaced_on) for one in earlier(office))


def measured(places: Iterable[KeptPlace]) -> tuple[KeptRow, ...]:
    """The places with their sizes; what is not there (yet) has none, what does not answer says so. On any thread."""
    return tuple(map(_measured, places))


def _measured(place: KeptPlace) -> KeptRow:
    path = place.path
    if path is None or (place.kept is Kept.POLICY and not path.is_absolute()):
        # the system's own store, a key of the registry: no place on the disk
        return KeptRow(place.kept, path, None if path is None else 0)
    try:
        sizes = answer_of(path, lambda: [_size(part) for part in (place.parts or (path,))])
    except NoAnswer:
        return KeptRow(place.kept, path, None, answers=False)
    there = [size for size in sizes if size is not None]
    return KeptRow(place.kept, path, sum(there) if there else None, since=place.since)


def _places(office: OpenOffice, settings: Settings) -> Iterator[KeptPlace]:
    from aftercare.vault.files import Layout

    layout = Layout(office.vault.folder)
    database = (layout.database, layout.write_ahead_log, layout.shared_memory, layout.rotated)
    yield KeptPlace(Kept.RECORDS, layout.database, database)
    yield KeptPlace(Kept.KEYS, layout.headers[0], layout.headers)
    yield KeptPlace(Kept.BACKUPS, layout.backups)
    for place in office.desk.ask(list_backup_places):
        yield KeptPlace(Kept.OTHER_BACKUPS, place.folder)
    yield from earlier_places(office)
    yield KeptPlace(Kept.RESERVE, layout.reserve)
    yield KeptPlace(Kept.ATTEMPTS, layout.attempts)
    if tries_here().exists():
        yield KeptPlace(Kept.ATTEMPTS, tries_here())
    if layout.folder.absolute() != usual_training_folder().absolute():
        yield KeptPlace(Kept.TRAINING, usual_training_folder())
    if settings.path is not None:
        yield KeptPlace(Kept.SETTINGS, settings.path)
    yield KeptPlace(Kept.LOG, log_folder())
    if show_tie(office).state is not TieState.OFF:
        yield KeptPlace(Kept.KEY_STORE, None)
    decided = policy.in_force()
    if decided.source:
        yield KeptPlace(Kept.POLICY, Path(decided.source))


def _size(path: Path) -> int | None:
    """Of a file, or of everything in a folder; None where there is nothing."""
    try:
        if path.is_dir():
            return sum(inner.stat().st_size for inner in path.rglob("*") if inner.is_file())
        return path.stat().st_size
    except OSError:
        return None
