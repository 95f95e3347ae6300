"""What this computer keeps: every place on its disk that the program writes to or reads, and what lies there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path


class Kept(StrEnum):
    """The places, in the order in which they are told."""

    RECORDS = "records"
    KEYS = "keys"
    BACKUPS = "backups"
    OTHER_BACKUPS = "other_backups"
    KEPT_ASIDE = "kept_aside"
    RESERVE = "reserve"
    ATTEMPTS = "attempts"
    TRAINING = "training"
    SETTINGS = "settings"
    LOG = "log"
    KEY_STORE = "key_store"
    POLICY = "policy"


SEALED = frozenset({Kept.RECORDS, Kept.KEYS, Kept.BACKUPS, Kept.OTHER_BACKUPS, Kept.KEPT_ASIDE, Kept.TRAINING})
"""What nobody reads without a password or the recovery code."""

MAY_BE_OPENED = frozenset({Kept.BACKUPS, Kept.OTHER_BACKUPS, Kept.SETTINGS, Kept.LOG, Kept.POLICY})
"""Places that may be shown in a file manager: nothing in them is broken by looking, and no key lies there alone."""


@dataclass(frozen=True, slots=True)
class EarlierRecords:
    """Records that a restore left beside these; `replaced_on` None: a restore that a power cut ended left them."""

    folder: Path
    replaced_on: date | None

    @property
    def name(self) -> str:
        return self.folder.name


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One place; `path` None: the system keeps it. `size` None: nothing is there, or it cannot be looked at.

    `answers` False: the disk did not answer in time, and what is there is not known.
    """

    kept: Kept
    path: Path | None
    size: int | None
    answers: bool = True
    since: date | None = None
    """Since when, where the place is kept for a while only."""

    @property
    def is_there(self) -> bool:
        return self.size is not None or self.path is None

    @property
    def is_sealed(self) -> bool:
        return self.kept in SEALED
