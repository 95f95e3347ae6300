"""Words for the vault's folder, its files and the cipher."""

from __future__ import annotations

from aftercare.domain.errors import Problem, vault
from aftercare.i18n import N_
from aftercare.notices.explanation import NOTHING_CHANGED, Explanation

VAULT: dict[type[Problem], Explanation] = {
    vault.VaultMissing: Explanation(
        N_("There are no records in this folder."),
        NOTHING_CHANGED,
        N_("Choose the folder where your records live, or make a new vault."),
    ),
    vault.VaultExists: Explanation(
        N_("There are records in this folder already."),
        N_("They were not touched."),
        N_("Unlock them, or choose another folder for a new vault."),
    ),
    vault.FolderNotEmpty: Explanation(
        N_("This folder holds other files."), NOTHING_CHANGED, N_("Choose an empty folder, or make a new one.")
    ),
    vault.FolderUnusable: Explanation(
        N_("This computer cannot use that folder ({reason})."),
        NOTHING_CHANGED,
        N_("Check that the drive is connected and working, or choose another folder."),
    ),
    vault.FolderClosed: Explanation(
        N_("The folder of these records belongs to another user of this computer."),
        NOTHING_CHANGED,
        N_("Sign in to the computer as that user, or choose the folder where your records are."),
    ),
    vault.VaultInUse: Explanation(
        N_("The records are open in another window of this program."),
        NOTHING_CHANGED,
        N_("Go to that window, or close it first. If another person is signed in to this computer, ask them."),
    ),
    vault.VaultReadOnly: Explanation(
        N_("The records can be read here but not written."),
        NOTHING_CHANGED,
        N_("Check that the drive is not write-protected and that the folder belongs to you."),
    ),
    vault.DiskFull: Explanation(
        N_("The disk is full, so this was not saved."),
        N_("Everything saved before is safe, and what you typed is still here."),
        N_("Aftercare has freed a little room it kept back: save again now, then make space on the disk."),
    ),
    vault.StorageFailed: Explanation(
        N_("The disk reported an error."),
        N_("What was saved before is kept."),
        N_("Make a backup to another drive soon and have this disk checked."),
    ),
    vault.HeaderDamaged: Explanation(
        N_("Both key files of these records are damaged, so no password can open them."),
        N_("The records themselves were not touched."),
        N_("Restore the key files or the whole vault from a backup. Do not delete anything."),
    ),
    vault.HeaderNewer: Explanation(
        N_("These records were written by a newer version of Aftercare."),
        N_("They were not touched."),
        N_("Install the newer version on this computer."),
    ),
    vault.HeaderTampered: Explanation(
        N_("The key file was changed by something other than Aftercare."),
        N_("The records stay closed and were not touched."),
        N_("Tell your administrator: somebody may have tried to get in. A backup can be restored."),
    ),
    vault.HeaderRolledBack: Explanation(
        N_("The key file is older than the records: an earlier one was put in its place."),
        N_("The records stay closed and were not touched."),
        N_("Tell your administrator. If a backup was copied by hand, restore it whole from within Aftercare."),
    ),
    vault.HeaderCopyRepaired: Explanation(
        N_("One of the two key files was damaged and was made new from the other."),
        N_("The records are complete."),
        N_("If this happens again, have the disk checked."),
    ),
    vault.ClockWentBack: Explanation(
        N_("The clock of this computer is earlier than the last entry in the log."),
        N_("The records are complete; their order does not depend on the clock."),
        N_("Set the date and time right before you write notes."),
    ),
    vault.DatabaseMissing: Explanation(
        N_("The key file is here, but the records are not."),
        NOTHING_CHANGED,
        N_("Put the file records.db back where it was, or restore a backup."),
    ),
    vault.DatabaseDamaged: Explanation(
        N_("The records are damaged and cannot be read in full."),
        N_("The damaged file was left as it is."),
        N_("Restore the latest backup. Keep the damaged file: “aftercare salvage” may save parts of it."),
    ),
    vault.DatabaseDoesNotOpen: Explanation(
        N_("The key file and the records in this folder do not belong together."),
        N_("Both were left as they are."),
        N_(
            "One of them was put back from another day, or the records are damaged at their beginning. Tell your "
            "administrator: the latest backup can be restored."
        ),
    ),
    vault.DatabaseNotEncrypted: Explanation(
        N_("The file in the place of the records is not encrypted."),
        N_("It was not opened."),
        N_("Tell your administrator: Aftercare never writes such a file."),
    ),
    vault.DatabaseForeign: Explanation(
        N_("The file in the place of the records was not made by Aftercare."),
        N_("It was not changed."),
        N_("Restore a backup."),
    ),
    vault.DatabaseNewer: Explanation(
        N_("These records were written by a newer version of Aftercare."),
        N_("They were not touched."),
        N_("Install the newer version on this computer."),
    ),
    vault.WrittenByLaterVersion: Explanation(
        N_("These records hold something that this version of Aftercare does not know."),
        N_("A later version wrote it. It is kept as it is, and nothing is lost."),
        N_("Install the later version on this computer. Everything else can be used as before."),
    ),
    vault.DatabaseOlder: Explanation(
        N_("These records are older than when they were last closed: {missing_changes} saved changes are missing."),
        N_("What is in them is complete up to that moment."),
        N_("An earlier copy was put back, or the disk lost data. Ask your administrator before you go on."),
    ),
    vault.RecordsChangedOutside: Explanation(
        N_("The records are not as they were when they were last closed: something else changed their file."),
        N_("They can be read; that this was found is in the log now."),
        N_("Parts may have been put back to an earlier state. Tell your administrator before you rely on them."),
    ),
    vault.SavedChangesUnreadable: Explanation(
        N_("Aftercare was not closed last time, and the last saved changes cannot be read: the disk damaged them."),
        N_("Everything saved before is there."),
        N_("Look at what was written last, and have the disk checked."),
    ),
    vault.MigrationFailed: Explanation(
        N_("The records could not be brought to the form of this version."),
        N_("They stand as they were before, and a copy was kept beside them."),
        N_("Use the earlier version of Aftercare and report this."),
    ),
    vault.AuditBroken: Explanation(
        N_("The log of who did what was changed by something other than Aftercare, from entry {seq} on."),
        N_("The records can be read; that this was found is in the log now."),
        N_("Tell your administrator."),
    ),
    vault.CipherMissing: Explanation(
        N_("The part of Aftercare that encrypts is missing."),
        N_("No file was opened or made."),
        N_("Install Aftercare again."),
    ),
    vault.CipherTooOld: Explanation(
        N_("The part of Aftercare that encrypts is too old ({found}; {needed} is needed)."),
        N_("No file was opened or made."),
        N_("Install Aftercare again."),
    ),
    vault.SelfTestFailed: Explanation(
        N_("Aftercare tested itself and one test failed ({step})."),
        N_("No file was opened or made."),
        N_("Restart the computer; if it happens again, install Aftercare again and have the memory checked."),
    ),
    vault.VaultOnNetworkDrive: Explanation(
        N_("The records lie on a network drive."),
        N_("They are encrypted, and nothing is wrong with them now."),
        N_("A broken connection can damage them. Move the folder to a disk of this computer; backups may go there."),
    ),
    vault.VaultInSyncedFolder: Explanation(
        N_("The records lie in a folder that a cloud service copies."),
        N_("They are encrypted, and nothing is wrong with them now."),
        N_("Such services can put old parts back. Move the folder elsewhere; backups may go there."),
    ),
}
