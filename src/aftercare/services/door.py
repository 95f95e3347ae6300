"""The door of the office: what the window asks before anybody is inside. Light: no database is loaded here."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.errors import FolderClosed, FolderUnusable, Problem, RecoveryCodeIncomplete, RecoveryCodeNotCopied

if TYPE_CHECKING:
    from aftercare.vault import RecoveryKit


class Found(StrEnum):
    """What a folder holds."""

    NOTHING = "nothing"
    RECORDS = "records"
    CLOSED = "closed"  # to this user of the computer: what is in there cannot be told
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """What was found, whether it is a training vault, and what is wrong with it if anything is."""

    found: Found
    training: bool = False
    problem: Problem | None = None


def look_at(folder: Path) -> AtTheDoor:
    """What this folder holds, told without a key and without writing."""
    from aftercare.vault import VaultPresence, vault_state

    try:
        state = vault_state(folder)
    except FolderClosed as closed:
        return AtTheDoor(Found.CLOSED, problem=closed)
    except OSError:  # a path that the system refuses holds nothing
        return AtTheDoor(Found.NOTHING)
    if state.presence is VaultPresence.ABSENT:
        return AtTheDoor(Found.NOTHING)
    if state.presence is VaultPresence.PRESENT:
        return AtTheDoor(Found.RECORDS, state.training)
    if isinstance(state.problem, FolderUnusable) and state.problem.reason == "ENAMETOOLONG":
        return AtTheDoor(Found.NOTHING)  # nor does one that no folder can have
    return AtTheDoor(Found.TROUBLE, state.training, state.problem)


def why_nothing_can_be_made(folder: Path) -> Problem | None:
    """Why this computer would refuse to make this folder or to write into it; None where nothing speaks against it."""
    try:
        nearest = next(place for place in (folder, *folder.parents) if place.exists())
        if not nearest.is_dir():
            return FolderUnusable("ENOTDIR")
        if nearest == folder:
            next(folder.iterdir(), None)  # what cannot be listed cannot be used either
    except OSError as refused:
        return FolderUnusable(errno.errorcode.get(refused.errno or 0, "EIO"))
    return None if os.access(nearest, os.W_OK | os.X_OK) else FolderUnusable("EACCES")


def why_no_backups_can_go(folder: Path, records: Path) -> Problem | None:
    """The same of a place for backups of records that are to be made; within their folder it would be none."""
    from aftercare.domain.errors import BackupPlaceWithin
    from aftercare.services.backup_places import is_within

    return BackupPlaceWithin() if is_within(folder, records) else why_nothing_can_be_made(folder)


def complete_interrupted_restore(folder: Path) -> None:
    """A power cut in the last moment of a restore leaves the finished records under another name: give them theirs."""
    try:
        is_waiting = not folder.exists() and folder.with_name(folder.name + ".restoring").exists()
    except OSError:  # what may not be looked at is told at the door
        return
    if is_waiting:
        from aftercare.vault import complete_restore

        complete_restore(folder)


def passphrase_faults(passphrase: str, names: Sequence[str] = ()) -> tuple[str, ...]:
    """Why this passphrase would be refused, as codes; empty when it may be used. `names` must not be part of it."""
    from aftercare.vault import check_passphrase

    return tuple(fault.value for fault in check_passphrase(passphrase, tuple(names)))


def suggested_passphrase() -> str:
    """Six words drawn by chance."""
    from aftercare.vault import generate_passphrase

    return generate_passphrase()


def new_recovery_kit(*, for_two: bool = False) -> RecoveryKit:
    """A code for paper, made before the vault: nothing exists until it was written down and copied back.

    `for_two` splits it into two parts, of which each is useless alone.
    """
    from aftercare.vault.recovery_parts import new_kit

    return new_kit(for_two=for_two)


def check_copy(kit: RecoveryKit, at: int, typed: str) -> None:
    """Raise unless this is the sheet at this place (from 0); forgives case, spaces, look-alikes.

    RecoveryCodeUnreadable and RecoveryPartUnreadable name a group, RecoveryCodeNotCopied says that it is another code.
    """
    if not kit.is_sheet(at, typed):
        raise RecoveryCodeNotCopied if typed.strip() else RecoveryCodeIncomplete


def is_readable_code(typed: str) -> bool:
    """Whether a code, a part or both parts can be read here; what they open is another question."""
    from aftercare.vault.recovery_parts import read_typed

    try:
        return bool(read_typed(typed))
    except Problem:
        return False
