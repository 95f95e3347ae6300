"""Backing up and restoring: made by themselves while people work, on demand by the command line.

A backup is three steps, because only the first and the last need the vault's own thread:

    plan = plan_backup(office)           what to do now, asked of the open vault
    done = carry_out(plan, progress)     the work, on any thread
    note_backup through the desk         what was done, for the log

`back_up` does all three in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from aftercare.domain.clock import Clock
from aftercare.domain.errors import BackupDamaged, BackupPlaceMissing, Problem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.backups import BackupDone, BackupKind, BackupRestored, BackupSeen, BackupStatus
from aftercare.records.office import Setting
from aftercare.services.office import office_settings
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault import BackupFile, OpenVault, RecoveryCode, SignIn

EVERY_SECONDS = 4 * 60 * 60
Progress = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What to back up, and where besides the vault's own folder; `place` None: nowhere."""

    vault: OpenVault
    now: datetime
    place: Path | None
    may_make_place: bool
    changed: bool
    """Whether anything was done since the newest backup."""
    newest: Path | None
    newest_at: datetime | None


def plan_backup(office: OpenOffice, place: Path | None = None) -> BackupPlan:
    """What stands to be backed up; asked on the vault's thread. `place` instead of the one that was chosen."""
    from aftercare.vault.backup import newest_backup

    chosen, known = office.desk.ask(backup_place)
    newest = newest_backup(office.vault)
    return BackupPlan(
        vault=office.vault,
        now=office.desk.clock.now(),
        place=place or (Path(chosen).expanduser() if chosen else None),
        may_make_place=place is not None or not known,
        changed=newest is None or _has_changed(office.vault, newest),
        newest=newest.path if newest else None,
        newest_at=newest.made_at if newest else None,
    )


def _has_changed(vault: OpenVault, newest: BackupFile) -> bool:
    from aftercare.vault.backup import changed_since, facts_in

    try:
        return changed_since(vault, facts_in(vault, newest))
    except BackupDamaged:
        return True


def carry_out(plan: BackupPlan, progress: Progress = unheard) -> BackupDone:
    """Make the backup, copy it to the other place, thin both; on any thread, beside the people who work.

    Raises a Problem where not even the vault's own folder took it; trouble with the other place is in the answer.
    What `progress` raises stops it, and leaves no half file.
    """
    from aftercare.vault import make_backup, thin

    places = (plan.place,) if plan.place is not None else ()
    backup = make_backup(plan.vault, plan.now, _part(progress, 0, 60), beside=places)
    thin(backup.path.parent, plan.vault.vault_id)
    copied_to, problem = _to_other_place(plan, backup, _part(progress, 60, 100))
    return BackupDone(backup.number, backup.made_at, backup.path, copied_to, problem)


def catch_up(plan: BackupPlan, progress: Progress = unheard) -> BackupDone | None:
    """Copy the newest backup to the other place, for instance after a stick came back; None where there is none."""
    from aftercare.vault import read_backup

    if plan.newest is None:
        return None
    backup = read_backup(plan.newest)
    copied_to, problem = _to_other_place(plan, backup, progress)
    return BackupDone(backup.number, backup.made_at, backup.path, copied_to, problem)


def _to_other_place(plan: BackupPlan, backup: BackupFile, progress: Progress) -> tuple[Path | None, Problem | None]:
    """Where the copy is now, or why there is none."""
    from aftercare.vault import copy_to, thin

    if plan.place is None or plan.place == backup.path.parent:
        return None, None
    try:
        path = copy_to(backup, plan.place, progress, make_place=plan.may_make_place)
    except Problem as problem:
        return None, problem
    thin(plan.place, plan.vault.vault_id)
    return path, None


def back_up(office: OpenOffice, place: Path | None = None, progress: Progress = unheard) -> BackupDone:
    """Back up now, whether anything changed or not; also into `place` (instead of the chosen one)."""
    done = carry_out(plan_backup(office, place), progress)
    office.desk.do(note_backup, done)
    return done


def back_up_if_changed(office: OpenOffice, progress: Progress = unheard) -> BackupDone | None:
    """Back up if anything was done since the newest backup."""
    plan = plan_backup(office)
    if not plan.changed:
        return None
    done = carry_out(plan, progress)
    office.desk.do(note_backup, done)
    return done


@needs(Permission.WORK_HERE)
def backup_place(work: Work) -> tuple[str, bool]:
    """The chosen folder for backups, and whether one ever arrived there."""
    folder = office_settings(work).backup_folder
    kept = work.session.get(Setting, "backup_place")
    return folder, kept is not None and kept.value.get("folder") == folder


@needs(Permission.WORK_HERE)
def note_backup(work: Work, done: BackupDone) -> None:
    """Write a backup into the log, and that its other place is known now."""
    chosen = office_settings(work).backup_folder
    if done.copied_to is not None and done.copied_to.parent == Path(chosen).expanduser():
        work.session.merge(Setting(name="backup_place", value={"folder": chosen}))
    places = 1 if done.copied_to is None else 2
    work.log("backed_up", "vault", None, f"number={done.number} places={places}")


def backup_status(plan: BackupPlan) -> BackupStatus:
    """The age of the newest backup and whether its other place is there; asks the disk, so not on the GUI thread."""
    if plan.place is None:
        return BackupStatus(plan.newest_at)
    try:
        is_there = plan.place.is_dir()
        copied = plan.newest is None or (plan.place / plan.newest.name).exists()
    except OSError:
        is_there, copied = False, True
    problem = BackupPlaceMissing() if not is_there and not plan.may_make_place else None
    return BackupStatus(plan.newest_at, problem, copy_waits=(is_there or plan.may_make_place) and not copied)


# --- restoring ---------------------------------------------------------------------------------------------------


def look_at_backup(path: Path) -> BackupSeen:
    """What a file says about itself; raises `NotABackup`, `BackupDamaged`, `BackupNewer`."""
    from aftercare.vault import read_backup

    label = read_backup(path).label
    kind = BackupKind.TRAINING if label.training else BackupKind.REAL
    return BackupSeen(path, label.number, label.made_at, kind)


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
    """Restore a backup with the password of somebody who was in it; records in `folder` are kept aside beside it."""
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
    """The same with the recovery code as it was when the backup was made; raises `RecoveryCodeUnreadable` first."""
    from aftercare.vault import parse_recovery_code

    return _restore(path, folder, parse_recovery_code(code), clock, progress, cancelled)


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
    restored = restore_backup(path, folder, key, clock=clock, progress=progress, derive=derive)
    return BackupRestored(restored.folder, restored.number, restored.made_at, restored.kept_aside)


def _part(progress: Progress, begin: int, end: int) -> Progress:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)
