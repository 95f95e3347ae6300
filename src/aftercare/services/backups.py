"""Backing up and restoring: made by themselves while people work, on demand by the command line.

A backup is three steps, because only the first and the last need the vault's own thread:

    plan = plan_backup(office)           what to do now, asked of the open vault
    done = carry_out(plan, progress)     the work, on any thread
    note_backup through the desk         what was done, for the log

`back_up` does all three in turn, and so does `back_up_before`, for what cannot be taken back by an undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    BackupDamaged,
    BackupPlaceFull,
    BackupPlaceRefuses,
    DiskFull,
    NoRoomForRecords,
    Problem,
)
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.backups import (
    BackupCopy,
    BackupDone,
    BackupKind,
    BackupPace,
    BackupPlace,
    BackupReason,
    BackupRestored,
    BackupSeen,
    BackupStatus,
    WaysIn,
)
from aftercare.services.backup_pace import backup_pace, note_pace
from aftercare.services.backup_places import backup_places, is_apart, last_number, note_places, trouble_with
from aftercare.services.office import OfficeSettings, office_settings
from aftercare.services.trying import counted
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault import BackupFile, OpenVault, RecoveryCode, SignIn

Progress = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What to back up, when and why, and where besides the vault's own folder."""

    vault: OpenVault
    now: datetime
    reason: BackupReason
    places: tuple[BackupPlace, ...]
    every: timedelta
    warn_after: timedelta
    changed: bool
    """Whether anything was done since the newest backup."""
    newest: Path | None
    newest_at: datetime | None
    size: int
    pace: BackupPace | None
    above: int = 0
    """The next backup gets a number above this one, whichever backups can be seen."""

    @property
    def seconds_needed(self) -> float:
        """How long it is going to take, as far as the last one tells (0 where there was none)."""
        return self.pace.seconds_for(self.size) if self.pace is not None else 0.0


def plan_backup(
    office: OpenOffice, place: Path | None = None, reason: BackupReason = BackupReason.ROUTINE
) -> BackupPlan:
    """What stands to be backed up; asked on the vault's thread. `place` instead of those that were chosen."""
    from aftercare.vault.backup import newest_backup
    from aftercare.vault.files import Layout

    settings, chosen, pace, last = office.desk.ask(_chosen)
    newest = newest_backup(office.vault)
    return BackupPlan(
        vault=office.vault,
        now=office.desk.clock.now(),
        reason=reason,
        places=chosen if place is None else (BackupPlace(place),),
        every=timedelta(hours=settings.backup_every_hours),
        warn_after=timedelta(hours=settings.backup_warn_hours),
        changed=newest is None or _has_changed(office.vault, newest),
        newest=newest.path if newest else None,
        newest_at=newest.made_at if newest else None,
        size=Layout(office.vault.folder).database.stat().st_size,
        pace=pace,
        # restored records came from a backup that they do not know of themselves, and that may be out of sight
        above=last + 1 if last > (newest.number if newest else 0) else 0,
    )


@needs(Permission.WORK_HERE)
def _chosen(work: Work) -> tuple[OfficeSettings, tuple[BackupPlace, ...], BackupPace | None, int]:
    return office_settings(work), backup_places(work), backup_pace(work), last_number(work)


def _has_changed(vault: OpenVault, newest: BackupFile) -> bool:
    from aftercare.vault.backup import changed_since, facts_in

    try:
        return changed_since(vault, facts_in(vault, newest))
    except BackupDamaged:
        return True


def carry_out(plan: BackupPlan, progress: Progress = unheard) -> BackupDone:
    """Make the backup, copy it to the other places, thin all; on any thread, beside the people who work.

    Raises a Problem where not even the vault's own folder took it; trouble with another place is in the answer.
    What `progress` raises stops it, and leaves no half file.
    """
    from aftercare.vault import make_backup, thin

    folders = [place.folder for place in plan.places]
    ticks = plan.vault.clock.ticks
    begun = ticks()
    backup = make_backup(
        plan.vault, plan.now, _part(progress, 0, 60), beside=folders, above=plan.above, reason=plan.reason
    )
    pace = BackupPace(ticks() - begun, backup.label.database_bytes)
    thin(backup.path.parent, plan.vault.vault_id)
    copies = _to_other_places(plan, backup, _part(progress, 60, 100))
    return BackupDone(backup.number, backup.made_at, backup.path, copies, plan.reason, pace)


def catch_up(plan: BackupPlan, progress: Progress = unheard) -> BackupDone | None:
    """Copy the newest backup to places without it, for instance after a stick came back; None where there is none."""
    from aftercare.vault import read_backup

    if plan.newest is None:
        return None
    backup = read_backup(plan.newest)
    copies = _to_other_places(plan, backup, progress)
    if any(isinstance(copy.problem, BackupPlaceRefuses) and copy.problem.reason == "EEXIST" for copy in copies):
        return carry_out(plan, progress)  # another shelter's has its name there: a new one gets a number above that
    return BackupDone(backup.number, backup.made_at, backup.path, copies, BackupReason(backup.reason))


def _to_other_places(plan: BackupPlan, backup: BackupFile, progress: Progress) -> tuple[BackupCopy, ...]:
    places = [place for place in plan.places if place.folder != backup.path.parent]
    step = 100 // max(1, len(places))
    return tuple(
        _copied(plan, backup, place, _part(progress, at * step, (at + 1) * step)) for at, place in enumerate(places)
    )


def _copied(plan: BackupPlan, backup: BackupFile, place: BackupPlace, progress: Progress) -> BackupCopy:
    """Where the copy is now, or why there is none: the trouble of one place is not the trouble of the next."""
    from aftercare.vault import copy_to, thin

    records = plan.vault.folder
    try:
        trouble = trouble_with(place, records)
        if trouble is not None:
            raise trouble
        path = copy_to(backup, place.folder, progress, make_place=place.may_be_made)
    except Problem as problem:
        return BackupCopy(place.folder, problem=problem)
    thin(place.folder, plan.vault.vault_id)
    return BackupCopy(place.folder, path, apart=is_apart(place.folder, records))


def back_up(
    office: OpenOffice,
    place: Path | None = None,
    progress: Progress = unheard,
    reason: BackupReason = BackupReason.ASKED,
) -> BackupDone:
    """Back up now, whether anything changed or not; also into `place` (instead of the chosen ones)."""
    done = carry_out(plan_backup(office, place, reason), progress)
    office.desk.do(note_backup, done)
    return done


def back_up_before(office: OpenOffice, reason: BackupReason, progress: Progress = unheard) -> BackupDone:
    """A verified backup before something that changes everything: new keys, an import, erasing.

    Raises a Problem where the vault's own folder did not take it: then whoever asked must not go on by itself.
    """
    return back_up(office, None, progress, reason)


@needs(Permission.WORK_HERE)
def note_backup(work: Work, done: BackupDone) -> None:
    """Write a backup into the log, what each place is known to hold, and how long it took."""
    note_places(work, done)
    note_pace(work, done)
    copies = sum(copy.path is not None for copy in done.copies)
    why = f" reason={done.reason.value}" if done.reason else ""
    work.log("backed_up", "vault", None, f"number={done.number} places={1 + copies}{why}")


# --- how it stands -----------------------------------------------------------------------------------------------


def is_due(plan: BackupPlan, now: datetime) -> bool:
    """Something was done since the newest backup, and that one is hours old (or of a time still to come)."""
    if not plan.changed:
        return False
    return plan.newest_at is None or abs(now - plan.newest_at) >= plan.every


def backup_status(plan: BackupPlan) -> BackupStatus:
    """The age of the newest backup and whether its other places are there; asks disks, so not on the GUI thread."""
    problem: Problem | None = None
    waits = False
    for place in plan.places:
        trouble = trouble_with(place, plan.vault.folder)
        if trouble is not None:
            problem = problem or trouble
        elif plan.newest is not None and not _lies_in(place.folder, plan.newest):
            waits = True
    return BackupStatus(plan.newest_at, problem, waits, is_old=is_old(plan))


def _lies_in(place: Path, backup: Path) -> bool:
    """Whether the same backup is there: another shelter's on the same stick may have the same name."""
    from aftercare.vault import read_backup

    try:
        return read_backup(place / backup.name).label == read_backup(backup).label
    except (Problem, OSError):
        return False


def is_old(plan: BackupPlan) -> bool:
    """Work of longer than the organisation wants hangs on this disk alone."""
    oldest_wanted = plan.now - plan.warn_after
    if plan.changed and plan.newest_at is not None and plan.newest_at < oldest_wanted:
        return True
    return any(
        place.known_at is not None
        and place.known_at < oldest_wanted
        and plan.newest_at is not None
        and (plan.changed or place.known_at < plan.newest_at)
        for place in plan.places
    )


# --- restoring ---------------------------------------------------------------------------------------------------


def look_at_backup(path: Path) -> BackupSeen:
    """What a file says about itself; raises `NotABackup`, `BackupDamaged`, `BackupNewer`."""
    from aftercare.vault import read_backup

    label = read_backup(path).label
    kind = BackupKind.TRAINING if label.training else BackupKind.REAL
    return BackupSeen(path, label.number, label.made_at, kind, BackupReason(label.reason))


def is_of_other_records(path: Path, folder: Path) -> bool:
    """Whether the records in this folder are not those that the backup was made of; as far as their key files tell."""
    from aftercare.vault import read_backup
    from aftercare.vault.files import Layout
    from aftercare.vault.header_files import read_headers

    try:
        return read_headers(Layout(folder.absolute())).header.vault_id != read_backup(path).label.vault_id
    except Problem:
        return False


def ways_in_after(path: Path, folder: Path) -> WaysIn:
    """Who will come in after this backup was restored into this folder, as far as no key is needed to tell it.

    OF_TODAY or OF_THEN is decided by the password that opens it: asked before, a change is told as OF_THEN.
    """
    from aftercare.vault import read_backup
    from aftercare.vault.files import Layout
    from aftercare.vault.restore_keys import keys_changed_since

    changed = keys_changed_since(read_backup(path), Layout(folder.absolute()))
    if changed is None:
        return WaysIn.NOT_KNOWN
    return WaysIn.OF_THEN if changed else WaysIn.UNCHANGED


def restore(
    path: Path,
    folder: Path,
    login_name: str,
    passphrase: str,
    *,
    clock: Clock,
    progress: Progress = unheard,
    cancelled: Event | None = None,
) -> BackupRestored:
    """Restore a backup with somebody's password; records in `folder` are kept aside beside it.

    A password of today does where the key of the records is still the same; else it takes one of the day of the backup.
    """
    from aftercare.vault import SignIn

    return _restore(path, folder, SignIn(login_name, passphrase), clock, progress, cancelled)


def restore_with_code(
    path: Path,
    folder: Path,
    code: str,
    *,
    clock: Clock,
    progress: Progress = unheard,
    cancelled: Event | None = None,
) -> BackupRestored:
    """The same with the recovery code (or both its parts) as it was when the backup was made.

    Raises `RecoveryCodeUnreadable` and the like before anything else.
    """
    from aftercare.vault import recovered_code

    return _restore(path, folder, recovered_code(code), clock, progress, cancelled)


def _restore(
    path: Path,
    folder: Path,
    key: SignIn | RecoveryCode,
    clock: Clock,
    progress: Progress,
    cancelled: Event | None,
) -> BackupRestored:
    from aftercare.vault import complete_restore, derive_apart, derive_here, restore_backup

    complete_restore(folder)
    derive = derive_apart(cancelled) if cancelled else derive_here
    with counted(folder, clock), room_told():
        restored = restore_backup(path, folder, key, clock=clock, progress=progress, derive=derive)
    return BackupRestored(
        restored.folder,
        restored.number,
        restored.made_at,
        restored.kept_aside,
        restored.ways_in,
        restored.closed,
        restored.back,
    )


@contextmanager
def room_told() -> Iterator[None]:
    """Say of a full disk that the records do not fit there: no backup is made, and nobody saves anything."""
    try:
        yield
    except (BackupPlaceFull, DiskFull) as full:
        raise NoRoomForRecords from full


def _part(progress: Progress, begin: int, end: int) -> Progress:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)
