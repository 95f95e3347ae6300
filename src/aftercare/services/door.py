"""The door of the office: what the window asks before anybody is inside. Light: no database is loaded here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.errors import Problem

if TYPE_CHECKING:
    from aftercare.vault import RecoveryCode


class Found(StrEnum):
    """What a folder holds."""

    NOTHING = "nothing"
    RECORDS = "records"
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

    state = vault_state(folder)
    if state.presence is VaultPresence.ABSENT:
        return AtTheDoor(Found.NOTHING)
    if state.presence is VaultPresence.PRESENT:
        return AtTheDoor(Found.RECORDS, state.training)
    return AtTheDoor(Found.TROUBLE, state.training, state.problem)


def complete_interrupted_restore(folder: Path) -> None:
    """A power cut in the last moment of a restore leaves the finished records under another name: give them theirs."""
    if not folder.exists() and folder.with_name(folder.name + ".restoring").exists():
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


def new_recovery_code() -> RecoveryCode:
    """A code for paper, made before the vault: nothing exists until the code was written down and retyped."""
    from aftercare.vault.recovery import new_recovery_code as made

    return made()


def is_same_code(typed: str, code: RecoveryCode) -> bool:
    """Whether the code was copied right; forgives case, spaces, look-alikes. RecoveryCodeUnreadable names a group."""
    from aftercare.vault import parse_recovery_code

    return parse_recovery_code(typed) == code
