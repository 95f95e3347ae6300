"""Two kinds of trouble: a `Problem` is the world's or the user's, a `Bug` is ours.

Problems carry facts, never sentences and never personal data; `aftercare.notices` makes words of them. Each class here
has its words there (a test compares the two lists).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class Problem(Exception):
    """Something the person at the desk can understand and act on; nothing was changed."""


class Bug(Exception):
    """A mistake of ours: logged with ids only, shown as one calm sentence."""


# --- records and rules -------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotAllowed(Problem):
    """The actor's roles do not hold the permission (its code)."""

    permission: str


@dataclass(eq=False)
class ConfirmationNeeded(Problem):
    """What was asked is only done for somebody who typed their passphrase a short while ago."""


@dataclass(eq=False)
class ApprovalNeeded(Problem):
    """The organisation put this under two persons, and nobody else has agreed to it (services/approvals.py).

    `about` is the digest of what is done to what, `wanted` the key of that record or nothing; `waits`: it is asked for
    already.
    """

    action: str
    about: str
    wanted: str = ""
    waits: bool = False


@dataclass(eq=False)
class NotForYourself(Problem):
    """Nobody widens their own access, reviews it, or agrees to what they asked for."""


@dataclass(eq=False)
class TeamInUse(Problem):
    """Cases are of this team; without it everybody would see them."""


@dataclass(eq=False)
class NotFound(Problem):
    """No such record, or not one that this person may see; the two look alike on purpose."""

    kind: str


@dataclass(eq=False)
class FieldProblem(Problem):
    """One field of a draft cannot be kept as it stands; `reason` is a code of `notices.FIELD_REASONS`."""

    field: str
    reason: str
    value: str = ""


@dataclass(eq=False)
class DraftProblems(Problem):
    """Several fields of one draft cannot be kept; shown each beside its field."""

    problems: tuple[FieldProblem, ...]


@dataclass(eq=False)
class ChangedMeanwhile(Problem):
    """The record was changed after this form (or this undo) was made from it."""

    kind: str


@dataclass(eq=False)
class NothingToUndo(Problem):
    """The change was undone already, or has left the house and cannot be undone."""

    released: bool = False


@dataclass(eq=False)
class RecordHeld(Problem):
    """A legal hold stands: nothing of this record may be deleted, nor everything while there is one."""


@dataclass(eq=False)
class CaseStillOpen(Problem):
    """Somebody works on a case of this person; only what is closed is deleted."""


@dataclass(eq=False)
class ErasingNotAllowed(Problem):
    """The organisation has not decided that everything may be erased; that is so until it does."""


@dataclass(eq=False)
class NoteLocked(Problem):
    """The note is older than the lock time; a correction is an addendum."""

    locked_on: date


@dataclass(eq=False)
class NotYourNote(Problem):
    """Only its author corrects a note; others add to it."""


@dataclass(eq=False)
class CannotClose(Problem):
    """A case, plan or goal still has something open; `reasons` are codes of `domain.closing.Obstacle`."""

    what: str
    reasons: tuple[str, ...]


@dataclass(eq=False)
class LadderStands(Problem):
    """A reunification step is not allowed; `reasons` are codes of `domain.reunification.Obstacle`."""

    reasons: tuple[str, ...]


@dataclass(eq=False)
class PlanCannotBeAgreed(Problem):
    """Codes of what is missing before a plan version can be agreed."""

    reasons: tuple[str, ...]


# --- the vault ---------------------------------------------------------------------------------------------------


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
class WrongPassphrase(Problem):
    """No account of this name opens with this passphrase; which of the two is wrong is not told."""


@dataclass(eq=False)
class TooManyAttempts(Problem):
    """Several passphrases failed; the next one may be tried after so many seconds."""

    seconds: int


@dataclass(eq=False)
class LogFileNotGenuine(Problem):
    """A file of the log and its signature do not belong together, or one of them was changed."""


@dataclass(eq=False)
class WeakPassphrase(Problem):
    """The passphrase is too easy to guess; `reasons` are codes of `vault.passphrases.PassphraseFault`."""

    reasons: tuple[str, ...]


@dataclass(eq=False)
class UnlockCancelled(Problem):
    """The key derivation was stopped by the person at the desk."""


@dataclass(eq=False)
class DerivationFailed(Problem):
    """The passphrase could not be turned into a key, usually for want of memory."""

    megabytes: int


@dataclass(eq=False)
class DeviceSecretMissing(Problem):
    """The key store of this computer did not give its secret back; `reason` is a code of `vault.device_secret`."""

    reason: str


@dataclass(eq=False)
class RecoveryCodeUnreadable(Problem):
    """The recovery code was mistyped; `group` counts from 1."""

    group: int


@dataclass(eq=False)
class RecoveryCodeIncomplete(Problem):
    """The recovery code has too few or too many characters."""


@dataclass(eq=False)
class RecoveryCodeNotCopied(Problem):
    """What was typed to check a copy is a recovery code, but another one."""


@dataclass(eq=False)
class RecoveryPartUnreadable(Problem):
    """A part of a recovery code was mistyped; `part` is 1 or 2, `group` counts from 1."""

    part: int
    group: int


@dataclass(eq=False)
class RecoveryPartIncomplete(Problem):
    """A part of a recovery code has too few or too many characters."""

    part: int


@dataclass(eq=False)
class RecoveryPartMissing(Problem):
    """One part of a recovery code was typed; `part` is the one that is missing."""

    part: int


@dataclass(eq=False)
class RecoveryPartsAlike(Problem):
    """Twice the same part of a recovery code was typed."""

    part: int


@dataclass(eq=False)
class RecoveryPartsOfTwoKits(Problem):
    """The two parts were made at different times and do not belong together."""


@dataclass(eq=False)
class LoginCodeUnreadable(Problem):
    """The one-time code was mistyped; `group` counts from 1."""

    group: int


@dataclass(eq=False)
class LoginCodeIncomplete(Problem):
    """The one-time code has too few or too many characters."""


@dataclass(eq=False)
class LoginCodeExpired(Problem):
    """The one-time code is the right one, and its time is over."""


@dataclass(eq=False)
class LastAdministrator(Problem):
    """Afterwards nobody could administer these records any more."""


@dataclass(eq=False)
class OwnAccount(Problem):
    """Nobody closes or removes the account they work with."""


@dataclass(eq=False)
class RotationNoRoom(Problem):
    """A new data key needs room for a second copy of the records; so many megabytes."""

    megabytes: int


@dataclass(eq=False)
class RotationNotVerified(Problem):
    """The copy under the new key does not hold what the records hold; it was thrown away."""


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
class WeakKeyDerivation(Problem):
    """A notice at unlock: the passphrase of this account is guarded less than this program asks today."""


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


# --- backups -----------------------------------------------------------------------------------------------------


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
class BackupPlaceFull(Problem):
    """There is no room for another backup."""


@dataclass(eq=False)
class BackupPlaceRefuses(Problem):
    """The computer refuses to write backups there; `reason` is the system's code (EROFS, EIO, …)."""

    reason: str


@dataclass(eq=False)
class VaultOnNetworkDrive(Problem):
    """A warning: the records lie on another computer's disk, where a broken connection can harm them."""


@dataclass(eq=False)
class VaultInSyncedFolder(Problem):
    """A warning: the records lie in a folder that a cloud service copies, file by file, while they are written."""


@dataclass(eq=False)
class NothingToSalvage(Problem):
    """Not one row of the records could be read."""


# --- files that people hand in or ask for --------------------------------------------------------------------------


@dataclass(eq=False)
class FileNotRead(Problem):
    """A file that was named cannot be read; `reason` is what the system says."""

    reason: str


@dataclass(eq=False)
class FileNotWritten(Problem):
    """A file that was asked for cannot be written; `reason` is what the system says."""

    reason: str


@dataclass(eq=False)
class ImportUnreadable(Problem):
    """The file is not a table that can be taken over; `reason` is a code of `domain.importing.FileFault`."""

    reason: str


@dataclass(eq=False)
class MappingUnreadable(Problem):
    """The mapping of columns cannot be used; `reason` is a code of `domain.importing.MappingFault`."""

    reason: str
    detail: str = ""


@dataclass(eq=False)
class ImportRefused(Problem):
    """Rows cannot be taken over as they stand, or look like people who are known: nothing was imported."""

    wrong: int
    alike: int = 0
