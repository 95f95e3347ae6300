"""What is wrong with the vault's folder, its files or the cipher; some are told at unlock and stop nothing."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.domain.errors.kinds import Problem


@dataclass(eq=False)
class VaultMissing(Problem):
    """There is no vault in the folder."""


@dataclass(eq=False)
class VaultExists(Problem):
    """There is a vault in the folder already; a second one is never written over it."""


@dataclass(eq=False)
class FolderNotEmpty(Problem):
    """A new vault wants an empty folder, and this one holds something else."""


@dataclass(eq=False)
class FolderUnusable(Problem):
    """The computer refuses to read or write there; `reason` is the system's code (ENOENT, EIO, …)."""

    reason: str


@dataclass(eq=False)
class FolderClosed(Problem):
    """The folder belongs to another user of this computer, who alone may look into it."""


@dataclass(eq=False)
class VaultInUse(Problem):
    """Another Aftercare on this computer has the vault open."""


@dataclass(eq=False)
class VaultReadOnly(Problem):
    """The folder or a file of the vault cannot be written."""


@dataclass(eq=False)
class DiskFull(Problem):
    """No room to save; the reserve was released so that deleting and saving work once more."""


@dataclass(eq=False)
class StorageFailed(Problem):
    """The disk reported an error while reading or writing; what was saved before is kept."""


@dataclass(eq=False)
class HeaderDamaged(Problem):
    """Neither copy of the key file can be read."""


@dataclass(eq=False)
class HeaderNewer(Problem):
    """The key file was written by a newer Aftercare; nothing was touched."""

    found: int
    known: int


@dataclass(eq=False)
class HeaderTampered(Problem):
    """The key file was changed by something other than Aftercare: keys added, removed or weakened."""


@dataclass(eq=False)
class HeaderRolledBack(Problem):
    """The key file is older than the records: somebody put an earlier one back."""


@dataclass(eq=False)
class HeaderCopyRepaired(Problem):
    """A notice at unlock: one of the two key files was damaged and was made new from the other."""


@dataclass(eq=False)
class ClockWentBack(Problem):
    """A notice at unlock: this computer's clock is earlier than the last entry of the log."""

    seconds: int


@dataclass(eq=False)
class DatabaseMissing(Problem):
    """The key file is there, the records are not."""


@dataclass(eq=False)
class DatabaseDamaged(Problem):
    """The records cannot be read in full; nothing was written over them."""


@dataclass(eq=False)
class DatabaseDoesNotOpen(Problem):
    """The key is right but does not open these records: damaged at the start, or the records of another vault."""


@dataclass(eq=False)
class DatabaseNotEncrypted(Problem):
    """The file in the place of the records is not encrypted; it is not opened."""


@dataclass(eq=False)
class DatabaseForeign(Problem):
    """The file in the place of the records opens but was not made by Aftercare."""


@dataclass(eq=False)
class DatabaseNewer(Problem):
    """The records were written by a newer Aftercare; nothing was touched."""

    found: int
    known: int


@dataclass(eq=False)
class WrittenByLaterVersion(Problem):
    """A record holds a code that this version does not know; it was read, and is as it was."""


@dataclass(eq=False)
class DatabaseOlder(Problem):
    """The records are older than the key file remembers: an earlier copy was put back; changes are missing."""

    missing_changes: int


@dataclass(eq=False)
class RecordsChangedOutside(Problem):
    """A notice at unlock: the file of the records is not what was closed, though each of its pages is genuine."""


@dataclass(eq=False)
class SavedChangesUnreadable(Problem):
    """A notice at unlock: after a crash the end of the write-ahead log is damaged, and saved changes are in it."""


@dataclass(eq=False)
class MigrationFailed(Problem):
    """The records could not be brought to this version's form; they stand as they were."""

    level: int


@dataclass(eq=False)
class AuditBroken(Problem):
    """The log of who did what was changed by something other than Aftercare; `seq` is the first bad entry."""

    seq: int


@dataclass(eq=False)
class CipherMissing(Problem):
    """The installed database library does not encrypt; no file is opened or made."""


@dataclass(eq=False)
class CipherTooOld(Problem):
    """The installed database library has known faults; `needed` is the oldest SQLite without them."""

    found: str
    needed: str


@dataclass(eq=False)
class SelfTestFailed(Problem):
    """A check at start failed; `step` is a code of `vault.start_test.Step`."""

    step: str


@dataclass(eq=False)
class VaultOnNetworkDrive(Problem):
    """A warning: the records lie on another computer's disk, where a broken connection can harm them."""


@dataclass(eq=False)
class VaultInSyncedFolder(Problem):
    """A warning: the records lie in a folder that a cloud service copies, file by file, while they are written."""
