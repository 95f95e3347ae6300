"""What a folder holds, told without a key: the window asks before it shows first run or unlock."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from aftercare.domain.errors import FolderClosed, HeaderDamaged, HeaderNewer, Problem, VaultMissing
from aftercare.vault.files import Layout
from aftercare.vault.header_files import read_headers


class VaultPresence(StrEnum):
    ABSENT = "absent"
    PRESENT = "present"
    DAMAGED = "damaged"
    NEWER = "newer"


@dataclass(frozen=True, slots=True)
class VaultState:
    """Whether there is a vault, and whether it is one of invented people; `problem` says what is wrong with it."""

    presence: VaultPresence
    training: bool = False
    problem: Problem | None = None


def vault_state(folder: Path) -> VaultState:
    """Reads the header only; a vault whose records are missing or damaged says so when it is opened.

    Raises `FolderClosed` where another user of this computer keeps it, because then nobody knows what is there.
    """
    try:
        header = read_headers(Layout(folder)).header
    except VaultMissing:
        if Layout(folder).database.exists() and not Layout(folder).making.exists():
            return VaultState(VaultPresence.DAMAGED, problem=HeaderDamaged())
        return VaultState(VaultPresence.ABSENT)
    except FolderClosed:
        raise
    except HeaderNewer as problem:
        return VaultState(VaultPresence.NEWER, problem=problem)
    except Problem as problem:
        return VaultState(VaultPresence.DAMAGED, problem=problem)
    return VaultState(VaultPresence.PRESENT, training=header.training)
