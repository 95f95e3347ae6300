"""Words for backups and for saving what is left."""

from __future__ import annotations

from aftercare.domain.errors import Problem, backups
from aftercare.i18n import N_
from aftercare.notices.explanation import NOTHING_CHANGED, Explanation

BACKUPS: dict[type[Problem], Explanation] = {
    backups.NotABackup: Explanation(
        N_("This file is not a backup of Aftercare, or it was cut off while it was copied."),
        NOTHING_CHANGED,
        N_("Choose a file whose name ends in .backup, or take another copy."),
    ),
    backups.BackupDamaged: Explanation(
        N_("This backup is damaged: it is not as it was written."),
        NOTHING_CHANGED,
        N_("Take another backup, or another copy of this one. Have the disk or stick checked."),
    ),
    backups.BackupNewer: Explanation(
        N_("This backup was written by a newer version of Aftercare."),
        NOTHING_CHANGED,
        N_("Install the newer version on this computer."),
    ),
    backups.BackupNotVerified: Explanation(
        N_("The backup did not hold what the records hold, so it was thrown away."),
        N_("The records are complete."),
        N_("Try again. If it happens again, check the records and the disk."),
    ),
    backups.AccountClosedSince: Explanation(
        N_("This account was closed after the backup was made."),
        NOTHING_CHANGED,
        N_("Somebody who works here today can restore the backup; so can the recovery code."),
    ),
    backups.EarlierKeyBack: Explanation(
        N_("A backup was restored, and the key of its day opens these records again."),
        N_("Whoever was removed since has no account here."),
        N_("Make a new key, under Administration."),
    ),
    backups.EarlierPassphrasesBack: Explanation(
        N_(
            "A backup was restored. Accounts that open with a password of its day again: {accounts}; "
            "the log says whose."
        ),
        N_("Whoever was removed since has no account here."),
        N_("Give new codes where others may know those passwords; then make a new key, under Administration."),
    ),
    backups.EarlierRecordsStay: Explanation(
        N_("The earlier records in {folder} could not be destroyed."),
        N_("Nothing else was touched."),
        N_("Close them where they are open, and look whether the folder is yours and may be written to."),
    ),
    backups.NothingToSalvage: Explanation(
        N_("Nothing readable was found in the records."),
        N_("The damaged file is as it was."),
        N_("Restore the latest backup. Keep the damaged file."),
    ),
    backups.BackupPlaceMissing: Explanation(
        N_("The place for backups was not found."),
        N_("Backups on this computer go on."),
        N_("Connect the disk or stick; the copy is then made by itself."),
    ),
    backups.BackupPlaceWithin: Explanation(
        N_("This place for backups lies within the folder of the records."),
        N_("Backups beside the records go on."),
        N_("Choose a folder elsewhere, best on another disk or a stick."),
    ),
    backups.BackupPlaceSilent: Explanation(
        N_("The place for backups cannot be reached: it does not answer."),
        N_("Backups on this computer go on."),
        N_("Wake the computer or the disk that it is on, and look again."),
    ),
    backups.BackupPlaceFull: Explanation(
        N_("There is no room for another backup."),
        N_("The records and all earlier backups are complete."),
        N_("Make space on that disk, or choose another place for backups."),
    ),
    backups.NoRoomForRecords: Explanation(
        N_("There is not enough room for the records in that place."),
        N_("Nothing was changed."),
        N_("Make space on that disk, or choose a folder on another one."),
    ),
    backups.BackupPlaceRefuses: Explanation(
        N_("Backups cannot be written to their place ({reason})."),
        N_("The records and all earlier backups are complete."),
        N_("Check that the disk or stick is connected and not write-protected, or choose another place."),
    ),
}
