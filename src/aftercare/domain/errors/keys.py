"""What stands in the way of opening or changing a key: passphrases, codes, accounts, a new data key."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.domain.errors.kinds import Problem


@dataclass(eq=False)
class WrongPassphrase(Problem):
    """No account of this name opens with this passphrase; which of the two is wrong is not told."""


@dataclass(eq=False)
class WrongPassphraseOrComputer(WrongPassphrase):
    """The same where somebody's passphrase is tied to a computer: whether it is theirs is not told either."""


@dataclass(eq=False)
class TooManyAttempts(Problem):
    """Several passphrases failed; the next one may be tried after so many seconds."""

    seconds: int


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
class AccountsFull(Problem):
    """The key file has no room for another account."""


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
class WeakKeyDerivation(Problem):
    """A notice at unlock: the passphrase of this account is guarded less than this program asks today."""
