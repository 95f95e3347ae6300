"""What is wrong with a backup or the place for it, and with saving what is left of damaged records."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.domain.errors.kinds import Problem


@dataclass(eq=False)
class NotABackup(Problem):
    """The chosen file is not a backup of Aftercare, or its end is missing."""


@dataclass(eq=False)
class BackupDamaged(Problem):
    """The backup is not as it was written: bytes were changed by a failing disk or by somebody."""


@dataclass(eq=False)
class BackupNewer(Problem):
    """The backup was written by a newer Aftercare; nothing was touched."""

    found: int
    known: int


@dataclass(eq=False)
class BackupNotVerified(Problem):
    """A backup that was just made does not hold what the records hold; it was thrown away."""


@dataclass(eq=False)
class BackupPlaceMissing(Problem):
    """The chosen folder for backups is not there: a stick that is not plugged in, a disk that is switched off."""


@dataclass(eq=False)
class BackupPlaceWithin(Problem):
    """The place for backups lies in the folder of the records: what takes these takes it too."""


@dataclass(eq=False)
class BackupPlaceSilent(Problem):
    """A place for backups does not answer: a share whose server sleeps, a stick that hangs."""


@dataclass(eq=False)
class BackupPlaceFull(Problem):
    """There is no room for another backup."""


@dataclass(eq=False)
class NoRoomForRecords(Problem):
    """Records that were to be restored or saved do not fit where they were to go; nothing of them was left there."""


@dataclass(eq=False)
class BackupPlaceRefuses(Problem):
    """The computer refuses to write backups there; `reason` is the system's code (EROFS, EIO, …)."""

    reason: str


@dataclass(eq=False)
class AccountClosedSince(Problem):
    """A backup was to be restored by an account that today's key file does not know any more."""


@dataclass(eq=False)
class EarlierKeyBack(Problem):
    """A notice at unlock: a restored backup put the key of its day in force again, and a new one is due."""


@dataclass(eq=False)
class EarlierPassphrasesBack(Problem):
    """A notice at unlock: after restoring a backup, passphrases of its day open so many accounts again."""

    accounts: int


@dataclass(eq=False)
class EarlierRecordsStay(Problem):
    """Records kept aside by a restore were to be destroyed: they are open, another user's, or the disk keeps them."""

    folder: str


@dataclass(eq=False)
class NothingToSalvage(Problem):
    """Not one row of the records could be read."""
