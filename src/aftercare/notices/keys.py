"""Words for passphrases, codes, accounts and keys."""

from __future__ import annotations

from aftercare.domain.errors import Problem, keys
from aftercare.i18n import N_
from aftercare.notices.explanation import NOTHING_CHANGED, Explanation

KEYS: dict[type[Problem], Explanation] = {
    keys.WrongPassphrase: Explanation(
        N_("The name or the password is not right."),
        NOTHING_CHANGED,
        N_("Check Caps Lock and the keyboard layout. If it is lost, use the recovery code or ask an administrator."),
    ),
    keys.WrongPassphraseOrComputer: Explanation(
        N_("The name or the password is not right, or the password is tied to another computer."),
        NOTHING_CHANGED,
        N_(
            "Check Caps Lock and the keyboard layout, and that the key store of this computer is unlocked. Else an "
            "administrator gives a one-time code, or the recovery code helps."
        ),
    ),
    keys.TooManyAttempts: Explanation(
        N_("Too many attempts. The next is possible in {seconds} seconds."), NOTHING_CHANGED, ""
    ),
    keys.WeakPassphrase: Explanation(
        N_("This password is too easy to guess: {reasons}."),
        NOTHING_CHANGED,
        N_("Take a longer sentence of your own, or have six words suggested."),
    ),
    keys.UnlockCancelled: Explanation(N_("Unlocking was stopped."), NOTHING_CHANGED, ""),
    keys.DerivationFailed: Explanation(
        N_("This computer has too little free memory to unlock ({megabytes} MB are needed)."),
        NOTHING_CHANGED,
        N_("Close other programs and try again."),
    ),
    keys.DeviceSecretMissing: Explanation(
        N_("This password is tied to one computer, and the key store here did not give its part: {reason}."),
        N_("The records and the backups are whole."),
        N_("Sign in on that computer, ask an administrator for a one-time code, or use the recovery code."),
    ),
    keys.RecoveryCodeUnreadable: Explanation(
        N_("Group {group} of the recovery code was not typed as it is printed."),
        NOTHING_CHANGED,
        N_("Compare it with the paper, character by character."),
    ),
    keys.RecoveryCodeIncomplete: Explanation(
        N_("A recovery code has eight groups of five characters."), NOTHING_CHANGED, N_("Type all of them.")
    ),
    keys.RecoveryCodeNotCopied: Explanation(
        N_("This is a code, but not the one above."), NOTHING_CHANGED, N_("Type the one that was made just now.")
    ),
    keys.RecoveryPartUnreadable: Explanation(
        N_("Group {group} of part {part} was not typed as it is printed."),
        NOTHING_CHANGED,
        N_("Compare it with the paper, character by character."),
    ),
    keys.RecoveryPartIncomplete: Explanation(
        N_("Part {part} of a recovery code has nine groups of five characters."),
        NOTHING_CHANGED,
        N_("Type all of them."),
    ),
    keys.RecoveryPartMissing: Explanation(
        N_("This is one of two parts of a recovery code."), NOTHING_CHANGED, N_("Type part {part} too.")
    ),
    keys.RecoveryPartsAlike: Explanation(
        N_("Both are part {part} of the same recovery code."),
        NOTHING_CHANGED,
        N_("The other part is on the paper of the other person."),
    ),
    keys.RecoveryPartsOfTwoKits: Explanation(
        N_("The two parts belong to different recovery codes: their first groups do not match."),
        NOTHING_CHANGED,
        N_("Take the two papers that were printed on the same day; older ones open nothing any more."),
    ),
    keys.LoginCodeUnreadable: Explanation(
        N_("Group {group} of the one-time code was not typed as it was given."),
        NOTHING_CHANGED,
        N_("Compare it with the paper, character by character."),
    ),
    keys.LoginCodeIncomplete: Explanation(
        N_("A one-time code has four groups of five characters."), NOTHING_CHANGED, N_("Type all of them.")
    ),
    keys.LoginCodeExpired: Explanation(
        N_("This one-time code is too old."), NOTHING_CHANGED, N_("Ask an administrator for a new one.")
    ),
    keys.LastAdministrator: Explanation(
        N_("Then nobody could administer these records any more."),
        NOTHING_CHANGED,
        N_("Make somebody else an administrator first, and let them sign in once."),
    ),
    keys.AccountsFull: Explanation(
        N_("There is no room for another account."),
        NOTHING_CHANGED,
        N_("Close accounts that nobody works with any more."),
    ),
    keys.OwnAccount: Explanation(
        N_("You cannot close the account you are working with."), NOTHING_CHANGED, N_("Ask another administrator.")
    ),
    keys.RotationNoRoom: Explanation(
        N_("A new key needs room for a second copy of the records ({megabytes} MB), and the disk has less."),
        N_("The records are as they were, with the key they had."),
        N_("Make space on the disk and try again."),
    ),
    keys.RotationNotVerified: Explanation(
        N_("The copy under the new key did not hold what the records hold, so it was thrown away."),
        N_("The records are as they were, with the key they had."),
        N_("Check the records and the disk, then try again."),
    ),
    keys.WeakKeyDerivation: Explanation(
        N_("Your password is guarded less well than Aftercare can do today."),
        N_("The records are complete."),
        N_("Sign in at the window: there it is strengthened by itself."),
    ),
}
