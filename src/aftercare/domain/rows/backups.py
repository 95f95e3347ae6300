"""Backups as the window and the command line tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from aftercare.domain.errors import Problem


@dataclass(frozen=True, slots=True)
class BackupStatus:
    """When the newest verified backup was made (None: there is none), and what is wrong with the second place.

    `copy_waits`: the second place is there again and does not hold the newest backup yet.
    """

    newest: datetime | None
    problem: Problem | None = None
    copy_waits: bool = False


@dataclass(frozen=True, slots=True)
class BackupDone:
    """A backup that was made and verified; `copied_to` where it also lies, `problem` why it lies nowhere else."""

    number: int
    made_at: datetime
    path: Path
    copied_to: Path | None = None
    problem: Problem | None = None


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


@dataclass(frozen=True, slots=True)
class BackupRestored:
    """What was restored and where the records that were there before lie now (None: there were none)."""

    folder: Path
    number: int
    made_at: datetime
    kept_aside: Path | None = None
