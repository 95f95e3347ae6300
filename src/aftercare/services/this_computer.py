"""What this computer keeps, measured: paths and sizes alone, nothing is opened. Asks disks: not for the GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare import policy
from aftercare.domain.rows.device_tie import TieState
from aftercare.domain.rows.this_computer import Kept, KeptRow
from aftercare.log import log_folder
from aftercare.services.device_tie import show_tie
from aftercare.services.office import show_settings
from aftercare.settings import Settings, usual_training_folder

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice


def kept_places(office: OpenOffice, settings: Settings) -> tuple[KeptRow, ...]:
    """Everything there is for these records and whoever sits here; what is not there (yet) has no size."""
    return tuple(_rows(office, settings))


def _rows(office: OpenOffice, settings: Settings) -> Iterator[KeptRow]:
    from aftercare.vault.files import Layout

    layout = Layout(office.vault.folder)
    database = (layout.database, layout.write_ahead_log, layout.shared_memory, layout.rotated)
    yield _row(Kept.RECORDS, layout.database, database)
    yield _row(Kept.KEYS, layout.headers[0], layout.headers)
    yield _row(Kept.BACKUPS, layout.backups)
    chosen = office.desk.ask(show_settings)
    for folder in dict.fromkeys(filter(None, (chosen.backup_folder, chosen.second_backup_folder))):
        yield _row(Kept.OTHER_BACKUPS, Path(folder).expanduser())
    for aside in sorted(layout.folder.parent.glob(f"{layout.folder.name}-before-*")):
        yield _row(Kept.KEPT_ASIDE, aside)
    yield _row(Kept.RESERVE, layout.reserve)
    yield _row(Kept.ATTEMPTS, layout.attempts)
    if layout.folder.absolute() != usual_training_folder().absolute():
        yield _row(Kept.TRAINING, usual_training_folder())
    if settings.path is not None:
        yield _row(Kept.SETTINGS, settings.path)
    yield _row(Kept.LOG, log_folder())
    if show_tie(office).state is not TieState.OFF:
        yield KeptRow(Kept.KEY_STORE, None, None)
    decided = policy.in_force()
    if decided.source:
        # a key of the registry is no place on the disk
        file = Path(decided.source)
        yield KeptRow(Kept.POLICY, file, _size(file) if file.is_absolute() else 0)


def _row(kept: Kept, path: Path, parts: Iterable[Path] | None = None) -> KeptRow:
    sizes = [size for part in (parts or (path,)) if (size := _size(part)) is not None]
    return KeptRow(kept, path, sum(sizes) if sizes else None)


def _size(path: Path) -> int | None:
    """Of a file, or of everything in a folder; None where there is nothing."""
    try:
        if path.is_dir():
            return sum(inner.stat().st_size for inner in path.rglob("*") if inner.is_file())
        return path.stat().st_size
    except OSError:
        return None
