"""Words for trouble: each `Problem` says what happened, what is safe and what to do; each field says what is wrong.

Used by the window and the command line alike. Facts of the problem fill the {braces}; codes are put into words first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass

from aftercare.domain import errors
from aftercare.domain.errors import Problem
from aftercare.i18n import N_, Language, current
from aftercare.policy import least_passphrase_characters


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three short texts; `do` may be empty where nothing can be done."""

    what: str
    safe: str
    do: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.do) if part)


NOTHING_CHANGED = N_("Nothing was changed.")
TEXT_KEPT = N_("What you typed is still here.")

EXPLANATIONS: dict[type[Problem], Explanation] = {
    errors.NotAllowed: Explanation(
        N_("Your account may not do this."),
        NOTHING_CHANGED,
        N_("Ask a manager or administrator if you need it for your work."),
    ),
    errors.ConfirmationNeeded: Explanation(
        N_("This is only done after your password was typed once more."),
        NOTHING_CHANGED,
        N_("Ask for it again and type your password."),
    ),
    errors.ApprovalNeeded: Explanation(
        N_("Your organisation wants two people to decide this."),
        NOTHING_CHANGED,
        N_("Ask a colleague who may agree to it; then do it again."),
    ),
    errors.NotForYourself: Explanation(
        N_("Nobody decides this for themselves."),
        NOTHING_CHANGED,
        N_("Ask another manager or administrator."),
    ),
    errors.TeamInUse: Explanation(
        N_("Cases belong to this team; without it everybody would see them."),
        NOTHING_CHANGED,
        N_("Give its cases to another team first."),
    ),
    errors.NotFound: Explanation(
        N_("This record does not exist, or is not open to your account."),
        NOTHING_CHANGED,
        N_("Check the code, or ask the case worker."),
    ),
    errors.FieldProblem: Explanation("{reason}", TEXT_KEPT, N_("Correct it and save again.")),
    errors.DraftProblems: Explanation(
        N_("Some fields cannot be saved as they stand."),
        TEXT_KEPT,
        N_("The message beside each field says what to change."),
    ),
    errors.ChangedMeanwhile: Explanation(
        N_("This was changed after you opened it."),
        TEXT_KEPT,
        N_("Open it again, compare, and save."),
    ),
    errors.NothingToUndo: Explanation(
        N_("There is nothing to undo here."),
        NOTHING_CHANGED,
        N_("What has been printed or handed over cannot be undone."),
    ),
    errors.RecordHeld: Explanation(
        N_("A legal hold stands. Until it ends nothing may be deleted."),
        NOTHING_CHANGED,
        N_("A manager lifts the hold once its reason is over."),
    ),
    errors.CaseStillOpen: Explanation(
        N_("This person has an open case."),
        NOTHING_CHANGED,
        N_("Close the case first; only what is closed can be deleted."),
    ),
    errors.ErasingNotAllowed: Explanation(
        N_("Your organisation has not decided that everything may be erased."),
        NOTHING_CHANGED,
        N_("A manager can allow it in the retention settings."),
    ),
    errors.NoteLocked: Explanation(
        N_("This note is locked since {locked_on}."),
        TEXT_KEPT,
        N_("Add your correction as an addendum."),
    ),
    errors.NotYourNote: Explanation(
        N_("Only the person who wrote a note can correct it."),
        TEXT_KEPT,
        N_("Add what is missing as an addendum."),
    ),
    errors.CannotClose: Explanation(N_("This cannot be closed yet: {reasons}."), NOTHING_CHANGED, ""),
    errors.LadderStands: Explanation(N_("This step cannot be taken yet: {reasons}."), NOTHING_CHANGED, ""),
    errors.PlanCannotBeAgreed: Explanation(
        N_("The plan cannot be agreed yet: {reasons}."),
        NOTHING_CHANGED,
        "",
    ),
    # --- the vault
    errors.VaultMissing: Explanation(
        N_("There are no records in this folder."),
        NOTHING_CHANGED,
        N_("Choose the folder where your records live, or make a new vault."),
    ),
    errors.VaultExists: Explanation(
        N_("There are records in this folder already."),
        N_("They were not touched."),
        N_("Unlock them, or choose another folder for a new vault."),
    ),
    errors.FolderNotEmpty: Explanation(
        N_("This folder holds other files."), NOTHING_CHANGED, N_("Choose an empty folder, or make a new one.")
    ),
    errors.FolderUnusable: Explanation(
        N_("This computer cannot use that folder ({reason})."),
        NOTHING_CHANGED,
        N_("Check that the drive is connected and working, or choose another folder."),
    ),
    errors.VaultInUse: Explanation(
        N_("The records are open in another window of Aftercare."),
        NOTHING_CHANGED,
        N_("Go to that window, or close it first. If another person is signed in to this computer, ask them."),
    ),
    errors.VaultReadOnly: Explanation(
        N_("The records can be read here but not written."),
        NOTHING_CHANGED,
        N_("Check that the drive is not write-protected and that the folder belongs to you."),
    ),
    errors.DiskFull: Explanation(
        N_("The disk is full, so this was not saved."),
        N_("Everything saved before is safe, and what you typed is still here."),
        N_("Aftercare has freed a little room it kept back: save again now, then make space on the disk."),
    ),
    errors.StorageFailed: Explanation(
        N_("The disk reported an error."),
        N_("What was saved before is kept."),
        N_("Make a backup to another drive soon and have this disk checked."),
    ),
    errors.WrongPassphrase: Explanation(
        N_("The name or the passphrase is not right."),
        NOTHING_CHANGED,
        N_("Check Caps Lock and the keyboard layout. If it is lost, use the recovery code or ask an administrator."),
    ),
    errors.TooManyAttempts: Explanation(
        N_("Too many attempts. The next is possible in {seconds} seconds."), NOTHING_CHANGED, ""
    ),
    errors.LogFileNotGenuine: Explanation(
        N_("This file of the log is not what was signed."),
        NOTHING_CHANGED,
        N_("It, or the signature beside it, was changed or exchanged. Ask for both files again where they were made."),
    ),
    errors.WeakPassphrase: Explanation(
        N_("This passphrase is too easy to guess: {reasons}."),
        NOTHING_CHANGED,
        N_("Take a longer sentence of your own, or let Aftercare suggest six words."),
    ),
    errors.UnlockCancelled: Explanation(N_("Unlocking was stopped."), NOTHING_CHANGED, ""),
    errors.DerivationFailed: Explanation(
        N_("This computer has too little free memory to unlock ({megabytes} MB are needed)."),
        NOTHING_CHANGED,
        N_("Close other programs and try again."),
    ),
    errors.DeviceSecretMissing: Explanation(
        N_("This password is tied to one computer, and the key store here did not give its part: {reason}."),
        N_("The records and the backups are whole."),
        N_("Sign in on that computer, ask an administrator for a one-time code, or use the recovery code."),
    ),
    errors.RecoveryCodeUnreadable: Explanation(
        N_("Group {group} of the recovery code was not typed as it is printed."),
        NOTHING_CHANGED,
        N_("Compare it with the paper, character by character."),
    ),
    errors.RecoveryCodeIncomplete: Explanation(
        N_("A recovery code has eight groups of five characters."), NOTHING_CHANGED, N_("Type all of them.")
    ),
    errors.RecoveryCodeNotCopied: Explanation(
        N_("This is a code, but not the one above."), NOTHING_CHANGED, N_("Type the one that was made just now.")
    ),
    errors.RecoveryPartUnreadable: Explanation(
        N_("Group {group} of part {part} was not typed as it is printed."),
        NOTHING_CHANGED,
        N_("Compare it with the paper, character by character."),
    ),
    errors.RecoveryPartIncomplete: Explanation(
        N_("Part {part} of a recovery code has nine groups of five characters."),
        NOTHING_CHANGED,
        N_("Type all of them."),
    ),
    errors.RecoveryPartMissing: Explanation(
        N_("This is one of two parts of a recovery code."), NOTHING_CHANGED, N_("Type part {part} too.")
    ),
    errors.RecoveryPartsAlike: Explanation(
        N_("Both are part {part} of the same recovery code."),
        NOTHING_CHANGED,
        N_("The other part is on the paper of the other person."),
    ),
    errors.RecoveryPartsOfTwoKits: Explanation(
        N_("The two parts belong to different recovery codes: their first groups do not match."),
        NOTHING_CHANGED,
        N_("Take the two papers that were printed on the same day; older ones open nothing any more."),
    ),
    errors.LoginCodeUnreadable: Explanation(
        N_("Group {group} of the one-time code was not typed as it was given."),
        NOTHING_CHANGED,
        N_("Compare it with the paper, character by character."),
    ),
    errors.LoginCodeIncomplete: Explanation(
        N_("A one-time code has four groups of five characters."), NOTHING_CHANGED, N_("Type all of them.")
    ),
    errors.LoginCodeExpired: Explanation(
        N_("This one-time code is too old."), NOTHING_CHANGED, N_("Ask an administrator for a new one.")
    ),
    errors.LastAdministrator: Explanation(
        N_("Then nobody could administer these records any more."),
        NOTHING_CHANGED,
        N_("Make somebody else an administrator first, and let them sign in once."),
    ),
    errors.OwnAccount: Explanation(
        N_("You cannot close the account you are working with."), NOTHING_CHANGED, N_("Ask another administrator.")
    ),
    errors.RotationNoRoom: Explanation(
        N_("A new key needs room for a second copy of the records ({megabytes} MB), and the disk has less."),
        N_("The records are as they were, with the key they had."),
        N_("Make space on the disk and try again."),
    ),
    errors.RotationNotVerified: Explanation(
        N_("The copy under the new key did not hold what the records hold, so it was thrown away."),
        N_("The records are as they were, with the key they had."),
        N_("Check the records and the disk, then try again."),
    ),
    errors.HeaderDamaged: Explanation(
        N_("Both key files of these records are damaged, so no passphrase can open them."),
        N_("The records themselves were not touched."),
        N_("Restore the key files or the whole vault from a backup. Do not delete anything."),
    ),
    errors.HeaderNewer: Explanation(
        N_("These records were written by a newer version of Aftercare."),
        N_("They were not touched."),
        N_("Install the newer version on this computer."),
    ),
    errors.HeaderTampered: Explanation(
        N_("The key file was changed by something other than Aftercare."),
        N_("The records stay closed and were not touched."),
        N_("Tell your administrator: somebody may have tried to get in. A backup can be restored."),
    ),
    errors.HeaderRolledBack: Explanation(
        N_("The key file is older than the records: an earlier one was put in its place."),
        N_("The records stay closed and were not touched."),
        N_("Tell your administrator. If a backup was copied by hand, restore it whole from within Aftercare."),
    ),
    errors.HeaderCopyRepaired: Explanation(
        N_("One of the two key files was damaged and was made new from the other."),
        N_("The records are complete."),
        N_("If this happens again, have the disk checked."),
    ),
    errors.WeakKeyDerivation: Explanation(
        N_("Your passphrase is guarded less well than Aftercare can do today."),
        N_("The records are complete."),
        N_("Sign in at the window: there it is strengthened by itself."),
    ),
    errors.ClockWentBack: Explanation(
        N_("The clock of this computer is earlier than the last entry in the log."),
        N_("The records are complete; their order does not depend on the clock."),
        N_("Set the date and time right before you write notes."),
    ),
    errors.DatabaseMissing: Explanation(
        N_("The key file is here, but the records are not."),
        NOTHING_CHANGED,
        N_("Put the file records.db back where it was, or restore a backup."),
    ),
    errors.DatabaseDamaged: Explanation(
        N_("The records are damaged and cannot be read in full."),
        N_("The damaged file was left as it is."),
        N_("Restore the latest backup. Keep the damaged file: “aftercare salvage” may save parts of it."),
    ),
    errors.DatabaseDoesNotOpen: Explanation(
        N_("Your passphrase is right, but these records do not open with it."),
        N_("The file was left as it is."),
        N_("It is damaged at its beginning or belongs to another vault. Restore the latest backup."),
    ),
    errors.DatabaseNotEncrypted: Explanation(
        N_("The file in the place of the records is not encrypted."),
        N_("It was not opened."),
        N_("Tell your administrator: Aftercare never writes such a file."),
    ),
    errors.DatabaseForeign: Explanation(
        N_("The file in the place of the records was not made by Aftercare."),
        N_("It was not changed."),
        N_("Restore a backup."),
    ),
    errors.DatabaseNewer: Explanation(
        N_("These records were written by a newer version of Aftercare."),
        N_("They were not touched."),
        N_("Install the newer version on this computer."),
    ),
    errors.WrittenByLaterVersion: Explanation(
        N_("These records hold something that this version of Aftercare does not know."),
        N_("A later version wrote it. It is kept as it is, and nothing is lost."),
        N_("Install the later version on this computer. Everything else can be used as before."),
    ),
    errors.DatabaseOlder: Explanation(
        N_("These records are older than when they were last closed: {missing_changes} saved changes are missing."),
        N_("What is in them is complete up to that moment."),
        N_("An earlier copy was put back, or the disk lost data. Ask your administrator before you go on."),
    ),
    errors.RecordsChangedOutside: Explanation(
        N_("The records are not as they were when they were last closed: something else changed their file."),
        N_("They can be read; that this was found is in the log now."),
        N_("Parts may have been put back to an earlier state. Tell your administrator before you rely on them."),
    ),
    errors.SavedChangesUnreadable: Explanation(
        N_("Aftercare was not closed last time, and the last saved changes cannot be read: the disk damaged them."),
        N_("Everything saved before is there."),
        N_("Look at what was written last, and have the disk checked."),
    ),
    errors.MigrationFailed: Explanation(
        N_("The records could not be brought to the form of this version."),
        N_("They stand as they were before, and a copy was kept beside them."),
        N_("Use the earlier version of Aftercare and report this."),
    ),
    errors.AuditBroken: Explanation(
        N_("The log of who did what was changed by something other than Aftercare, from entry {seq} on."),
        N_("The records can be read; that this was found is in the log now."),
        N_("Tell your administrator."),
    ),
    errors.CipherMissing: Explanation(
        N_("The part of Aftercare that encrypts is missing."),
        N_("No file was opened or made."),
        N_("Install Aftercare again."),
    ),
    errors.CipherTooOld: Explanation(
        N_("The part of Aftercare that encrypts is too old ({found}; {needed} is needed)."),
        N_("No file was opened or made."),
        N_("Install Aftercare again."),
    ),
    errors.SelfTestFailed: Explanation(
        N_("Aftercare tested itself and one test failed ({step})."),
        N_("No file was opened or made."),
        N_("Restart the computer; if it happens again, install Aftercare again and have the memory checked."),
    ),
    # --- backups
    errors.NotABackup: Explanation(
        N_("This file is not a backup of Aftercare, or it was cut off while it was copied."),
        NOTHING_CHANGED,
        N_("Choose a file whose name ends in .backup, or take another copy."),
    ),
    errors.BackupDamaged: Explanation(
        N_("This backup is damaged: it is not as it was written."),
        NOTHING_CHANGED,
        N_("Take another backup, or another copy of this one. Have the disk or stick checked."),
    ),
    errors.BackupNewer: Explanation(
        N_("This backup was written by a newer version of Aftercare."),
        NOTHING_CHANGED,
        N_("Install the newer version on this computer."),
    ),
    errors.BackupNotVerified: Explanation(
        N_("The backup did not hold what the records hold, so it was thrown away."),
        N_("The records are complete."),
        N_("Try again. If it happens again, check the records and the disk."),
    ),
    errors.VaultOnNetworkDrive: Explanation(
        N_("The records lie on a network drive."),
        N_("They are encrypted, and nothing is wrong with them now."),
        N_("A broken connection can damage them. Move the folder to a disk of this computer; backups may go there."),
    ),
    errors.VaultInSyncedFolder: Explanation(
        N_("The records lie in a folder that a cloud service copies."),
        N_("They are encrypted, and nothing is wrong with them now."),
        N_("Such services can put old parts back. Move the folder elsewhere; backups may go there."),
    ),
    errors.NothingToSalvage: Explanation(
        N_("Nothing readable was found in the records."),
        N_("The damaged file is as it was."),
        N_("Restore the latest backup. Keep the damaged file."),
    ),
    errors.BackupPlaceMissing: Explanation(
        N_("The place for backups was not found."),
        N_("Backups on this computer go on."),
        N_("Connect the disk or stick; the copy is then made by itself."),
    ),
    errors.BackupPlaceFull: Explanation(
        N_("There is no room for another backup."),
        N_("The records and all earlier backups are complete."),
        N_("Make space on that disk, or choose another place for backups."),
    ),
    errors.BackupPlaceRefuses: Explanation(
        N_("Backups cannot be written to their place ({reason})."),
        N_("The records and all earlier backups are complete."),
        N_("Check that the disk or stick is connected and not write-protected, or choose another place."),
    ),
    # --- files
    errors.FileNotRead: Explanation(
        N_("The file cannot be read ({reason})."), NOTHING_CHANGED, N_("Check its name and that you may open it.")
    ),
    errors.FileNotWritten: Explanation(
        N_("The file cannot be written ({reason})."),
        N_("The records are as they were."),
        N_("Check that the folder exists, has room and may be written."),
    ),
    errors.ImportUnreadable: Explanation(
        N_("This file cannot be taken over: {reason}."),
        NOTHING_CHANGED,
        N_("Save the table as .xlsx or .csv and try again."),
    ),
    errors.MappingUnreadable: Explanation(N_("The mapping of columns cannot be used: {reason}."), NOTHING_CHANGED, ""),
    errors.ImportRefused: Explanation(
        N_("Nothing was imported: {wrong} cells are wrong, {alike} rows look like people who are known."),
        NOTHING_CHANGED,
        N_("Correct the file, or say what to do with people who are known."),
    ),
}

FIELD_REASONS: dict[str, str] = {
    "required": N_("Please fill this in."),
    "not_these_words": N_("These are not the words that were asked for."),
    "not_signed": N_("Sign here, or choose how it was agreed."),
    "too_long": N_("This is too long to keep here."),
    "not_a_date": N_("This is not a date. Examples: 12 Mar 1998, March 1998, about 1998."),
    "no_such_date": N_("There is no such day."),
    "day_without_month": N_("A day needs its month."),
    "year_needs_four_digits": N_("Please write the year with four digits."),
    "year_not_likely": N_("Is this the year you mean? It is more than 130 years away."),
    "in_the_future": N_("This day is still to come."),
    "in_the_past": N_("This day has passed already."),
    "ends_before_it_begins": N_("The end is before the beginning."),
    "not_a_number": N_("Please write a number."),
    "out_of_range": N_("This number is not possible here."),
    "unknown_code": N_("This answer is not one of the choices."),
    "unknown_country": N_("This country is not known."),
    "unknown_language": N_("This language is not known."),
    "more_attended_than_held": N_("More sessions attended than held."),
    "not_a_time": N_("This is not a time. Examples: 9:30, 14:15."),
    "not_a_currency": N_("A currency has three letters, for example EUR."),
    "still_in_use": N_("Something else here still leads to this."),
    "not_a_repeat_rule": N_("This repetition cannot be understood."),
    "waits_for_itself": N_("A step cannot wait for itself."),
    "instrument_not_json": N_("This file is not JSON."),
    "instrument_too_large": N_("This file is too large for an instrument."),
    "instrument_part_missing": N_("A part of the instrument is missing: {value}."),
    "instrument_part_wrong": N_("A part of the instrument is not as it should be: {value}."),
    "instrument_anchors": N_("There must be as many anchors as levels: {value}."),
    "instrument_twice": N_("A code or value stands twice: {value}."),
    "not_a_rule_table": N_("This table of deadlines cannot be read."),
    "not_a_plan": N_("This plan cannot be read."),
    "taken": N_("This is used already."),
    "same_as_before": N_("It stands there already."),
    "account_disabled": N_("This account is closed. Open it again first."),
    "no_such_folder": N_("There is no such folder."),
}

REASONS: dict[str, str] = {
    "none_here": N_("there is no key store that Aftercare knows"),
    "silent": N_("it did not answer"),
    "refused": N_("it refused"),
    "lost": N_("it does not know it any more"),
    "case_still_open": N_("an earlier case of this person is still open"),
    "file_too_large": N_("it is larger than 50 MB"),
    "file_swells": N_("it would swell to a multiple of its size when opened"),
    "file_encrypted": N_("it is protected by a password"),
    "file_damaged": N_("it is damaged"),
    "file_old_format": N_("it is in an older or another format"),
    "file_not_text": N_("it is neither a spreadsheet nor a text table"),
    "file_empty": N_("there is nothing in it"),
    "too_many_rows": N_("it has more than 100,000 rows"),
    "too_many_columns": N_("it has more than 500 columns"),
    "no_such_sheet": N_("there is no sheet of that name"),
    "mapping_not_toml": N_("it is not valid TOML"),
    "mapping_unknown_key": N_("it has an entry that is not known:"),
    "mapping_unknown_field": N_("it names a field that is not known:"),
    "mapping_unknown_column": N_("it names a column that the table does not have:"),
    "mapping_unknown_order": N_("the order of dates is not known:"),
    "mapping_nothing_mapped": N_("no column is taken over"),
    "too_short": N_("it has fewer than {least} characters"),
    "too_long": N_("it has more than 1,024 characters"),
    "common": N_("it is made of words, rows of keys or repetitions that are tried first"),
    "context": N_("too much of it is a name that is known here"),
}
"""Words for faults of passphrases, as parts of a sentence; those of obstacles are in `words.obstacles`."""


def field_words(problem: errors.FieldProblem, language: Language | None = None) -> str:
    """The sentence beside the field."""
    words = language or current()
    return words.tr(FIELD_REASONS.get(problem.reason, FIELD_REASONS["unknown_code"])).format(value=problem.value)


def _reason(code: str) -> str:
    if code in REASONS:
        return REASONS[code]
    from aftercare.words.obstacles import OBSTACLES  # pulls in the rules; the unlock window has no need of them

    return OBSTACLES.get(code, code)


def _in_words(value: object, words: Language) -> object:
    if isinstance(value, tuple):
        return words.listed([str(_in_words(item, words)) for item in value])
    if isinstance(value, dt.date):
        return words.date(value)
    if isinstance(value, str):
        return words.tr(_reason(value))
    return value


def explain(problem: Problem, language: Language | None = None) -> Explanation:
    """What happened, what is safe, what to do, in the interface language or the one given."""
    words = language or current()
    known = next((EXPLANATIONS[kind] for kind in type(problem).__mro__ if kind in EXPLANATIONS), None)
    if known is None:
        return Explanation(words.tr(N_("This did not work.")), words.tr(NOTHING_CHANGED), "")
    facts = _facts(problem, words)
    fill: Callable[[str], str] = lambda text: words.tr(text).format(**facts)  # noqa: E731
    return Explanation(fill(known.what), fill(known.safe), fill(known.do))


def _facts(problem: Problem, words: Language) -> dict[str, object]:
    if isinstance(problem, errors.FieldProblem):
        return {"reason": field_words(problem, words), "field": problem.field}
    if isinstance(problem, errors.MappingUnreadable):
        return {"reason": " ".join(part for part in (str(_in_words(problem.reason, words)), problem.detail) if part)}
    if isinstance(problem, errors.WeakPassphrase):
        least = least_passphrase_characters()
        return {"reasons": words.listed([words.tr(_reason(code)).format(least=least) for code in problem.reasons])}
    names: list[str] = [entry.name for entry in fields(problem)] if is_dataclass(problem) else []
    return {name: _in_words(getattr(problem, name), words) for name in names}
