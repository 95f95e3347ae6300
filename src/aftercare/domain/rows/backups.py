"""Backups as the window and the command line tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from aftercare.domain.errors import Problem


class BackupReason(StrEnum):
    """Why a backup was made; it stands in the file."""

    ROUTINE = ""
    ASKED = "asked"
    BEFORE_MIGRATION = "before_migration"
    BEFORE_IMPORT = "before_import"
    BEFORE_ROTATION = "before_rotation"
    AFTER_PURGE = "after_purge"

    @classmethod
    def _missing_(cls, value: object) -> BackupReason:
        """A reason that a newer version gave: the backup itself is as good as any."""
        return cls.ROUTINE


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """When the newest verified backup was made (None: there is none), and what is wrong with the other places.

    `copy_waits`: a place is there again and does not hold the newest backup yet. `is_old`: something was done since,
    and the newest backup (or the newest copy elsewhere) is older than the organisation wants.
    """

    newest: datetime | None
    problem: Problem | None = None
    copy_waits: bool = False
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """A folder besides the vault's own, and the backup that was copied there last as far as is known (None: none).

    `apart`: it was on another disk than the records then.
    """

    folder: Path
    known_number: int = 0
    known_at: datetime | None = None
    apart: bool = False

    @property
    def may_be_made(self) -> bool:
        """Only until a backup arrived there: afterwards a missing folder is a stick that is not plugged in."""
        return self.known_at is None


@dataclass(frozen=True, slots=True)
class BackupCopy:
    """One other place after a backup: where the copy lies (`apart`: on another disk), or why there is none."""

    place: Path
    path: Path | None = None
    problem: Problem | None = None
    apart: bool = False


@dataclass(frozen=True, slots=True)
class BackupPace:
    """How long a backup of this many bytes took, verified and without its copies elsewhere."""

    seconds: float
    size: int

    def seconds_for(self, size: int) -> float:
        """How long another one is going to take: each page is copied, read back and restored once."""
        return self.seconds * size / max(1, self.size)


@dataclass(frozen=True, slots=True)
class BackupDone:
    """A backup that was made and verified, and what became of its copies; no `pace` where it was only copied."""

    number: int
    made_at: datetime
    path: Path
    copies: tuple[BackupCopy, ...] = ()
    reason: BackupReason = BackupReason.ROUTINE
    pace: BackupPace | None = None

    @property
    def copied_to(self) -> Path | None:
        """The first copy elsewhere."""
        return next((copy.path for copy in self.copies if copy.path is not None), None)

    @property
    def problem(self) -> Problem | None:
        """Why it does not lie everywhere it should."""
        return next((copy.problem for copy in self.copies if copy.problem is not None), None)


class BackupKind(StrEnum):
    REAL = "real"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class BackupSeen:
    """What a chosen backup says without any key."""

    path: Path
    number: int
    made_at: datetime
    kind: BackupKind
    reason: BackupReason = BackupReason.ROUTINE


@dataclass(frozen=True, slots=True)
class PlaceState:
    """One place of backups now; a place that is not there says what it held when it was last seen.

    `waits`: it does not hold the newest backup. `kept`: how many of this vault lie there. `apart`: it is, or
    was when it was last seen, on another disk than the records.
    """

    folder: Path
    is_own: bool
    newest_number: int
    newest_at: datetime | None
    kept: int
    problem: Problem | None = None
    waits: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class BackupRow:
    """One backup that can be restored, and the places (by their order in the state) where it lies."""

    number: int
    made_at: datetime
    reason: BackupReason
    size: int
    places: tuple[int, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class BackupState:
    """Everything there is to say about backups; `next_at` None: nothing was done since the newest one.

    `seconds_at_lock`: how long a backup would keep whoever locks waiting, where that is too long to make one then.
    """

    places: tuple[PlaceState, ...]
    backups: tuple[BackupRow, ...]
    newest_at: datetime | None
    next_at: datetime | None
    is_old: bool
    every_hours: int
    warn_hours: int
    vault_problem: Problem | None = None
    seconds_at_lock: int = 0


class WaysIn(StrEnum):
    """With what people come in after a restore, compared with the newest keys that are known."""

    UNCHANGED = "unchanged"
    OF_TODAY = "of_today"
    """Accounts were changed since, and are as they are today all the same."""
    OF_THEN = "of_then"
    """Keys of the day of the backup are in force again; whoever was removed since stays outside."""
    NOT_KNOWN = "not_known"
    """Nothing newer is at hand: everybody comes in as on the day of the backup, also who was removed since."""


@dataclass(frozen=True, slots=True)
class BackupRestored:
    """What was restored and where the records that were there before lie now (None: there were none).

    `closed` are those whose account stays closed though the backup knows it as open, `back` those who come in with the
    password of that day again: names.
    """

    folder: Path
    number: int
    made_at: datetime
    kept_aside: Path | None = None
    ways_in: WaysIn = WaysIn.UNCHANGED
    closed: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
