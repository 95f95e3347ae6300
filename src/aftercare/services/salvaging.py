"""Saving what is readable of damaged records, asked for at the door: nobody can be inside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from aftercare.domain.clock import Clock
from aftercare.domain.rows.salvage import SalvagedKind, SalvageReport
from aftercare.services.backups import room_told
from aftercare.services.trying import counted

if TYPE_CHECKING:
    from aftercare.vault import RecoveryCode, SignIn

Progress = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


def salvage(
    folder: Path,
    new_folder: Path,
    login_name: str,
    passphrase: str,
    *,
    clock: Clock,
    progress: Progress = unheard,
    cancelled: Event | None = None,
) -> SalvageReport:
    """Take over what can be read into a new folder; the damaged files are only read.

    Raises what unlocking raises, `TooManyAttempts` among it, `VaultExists`, `FolderNotEmpty`, and `NothingToSalvage`:
    then nothing was made.
    """
    from aftercare.vault import SignIn

    return _salvage(folder, new_folder, SignIn(login_name, passphrase), clock, progress, cancelled)


def salvage_with_code(
    folder: Path,
    new_folder: Path,
    code: str,
    *,
    clock: Clock,
    progress: Progress = unheard,
    cancelled: Event | None = None,
) -> SalvageReport:
    """The same with the recovery code; raises `RecoveryCodeUnreadable` first."""
    from aftercare.vault import parse_recovery_code

    return _salvage(folder, new_folder, parse_recovery_code(code), clock, progress, cancelled)


def _salvage(
    folder: Path,
    new_folder: Path,
    key: SignIn | RecoveryCode,
    clock: Clock,
    progress: Progress,
    cancelled: Event | None,
) -> SalvageReport:
    from aftercare.vault import derive_apart, derive_here
    from aftercare.vault.salvage import salvage_vault

    derive = derive_apart(cancelled) if cancelled else derive_here
    with counted(folder, clock), room_told():
        done = salvage_vault(folder, new_folder, key, clock=clock, progress=progress, derive=derive)
    kinds = tuple(
        SalvagedKind(
            kind=table.name,
            saved=table.saved,
            lost=table.lost,
            perhaps_more=table.perhaps_more,
            emptied=table.emptied,
            stand_ins=table.stand_ins,
            set_aside=table.set_aside,
        )
        for table in done.tables
    )
    return SalvageReport(
        folder=done.folder,
        rows=done.rows,
        lost=done.lost,
        kinds=kinds,
        bad_pages=done.bad_pages,
        unclaimed_rows=done.unclaimed_rows,
        newest_changes_lost=done.log_tail_lost,
        first_bad_entry=done.first_bad_entry,
        made_administrator=done.made_administrator,
    )
