"""Words for what an examination of a vault finds: what it is, what is safe, what to do."""

from __future__ import annotations

from aftercare.i18n import N_, tr
from aftercare.notices.explanation import Explanation

_COMPLETE = N_("The records are as they were.")
_RESTORE = N_("Restore the latest backup, or save what is readable: aftercare salvage. Keep the damaged files.")

AILMENTS: dict[str, Explanation] = {
    "no_vault": Explanation(N_("There are no records in this folder."), "", N_("Look whether the folder is right.")),
    "open_to_others": Explanation(
        N_("Other accounts of this computer may look into the folder."),
        N_("Everything in it is encrypted."),
        N_("The next unlock closes the folder to others."),
    ),
    "header_copy_damaged": Explanation(
        N_("One of the two copies of the key file is damaged."), _COMPLETE, N_("The next unlock repairs it.")
    ),
    "headers_damaged": Explanation(
        N_("No key file can be read."), N_("Each backup carries one."), N_("Restore the latest backup.")
    ),
    "database_missing": Explanation(
        N_("The file records.db is missing."), "", N_("Put it back where it was, or restore the latest backup.")
    ),
    "database_cut": Explanation(N_("The file records.db was cut off."), N_("What is left may be saved."), _RESTORE),
    "in_use": Explanation(
        N_("The records are open in a running Aftercare."), _COMPLETE, N_("Lock it for a full examination.")
    ),
    "log_left": Explanation(
        N_("The program ended without closing the records."),
        N_("What was saved is kept."),
        N_("The next unlock puts it in order."),
    ),
    "log_long": Explanation(
        N_("The file of the newest changes is large ({count} MB)."),
        _COMPLETE,
        N_("Lock and unlock once: that puts it in order."),
    ),
    "leftover": Explanation(
        N_("Something unfinished was left behind."), _COMPLETE, N_("The next unlock or backup clears it away.")
    ),
    "earlier_records": Explanation(
        N_("Earlier records that a restore left are kept: {detail} ({count} MB)."),
        N_("They are encrypted, and open with the passwords of their time."),
        N_("Destroy them when nothing in them is missed: aftercare retention earlier."),
    ),
    "cipher": Explanation(N_("The encrypted database cannot be used here."), _COMPLETE, N_("Install Aftercare again.")),
    "no_reserve": Explanation(
        N_("No room is held back for a full disk."), _COMPLETE, N_("The next unlock holds it back where there is room.")
    ),
    "disk_nearly_full": Explanation(
        N_("The disk is nearly full ({count} MB free)."),
        _COMPLETE,
        N_("Make space: a backup needs room for two copies of the records."),
    ),
    "network_drive": Explanation(
        N_("The records lie on a network drive."),
        N_("They are encrypted."),
        N_("Move the folder to a disk of this computer; backups may go there."),
    ),
    "synced_folder": Explanation(
        N_("The records lie in a folder that a cloud service copies."),
        N_("They are encrypted."),
        N_("Such services can put old parts back. Move the folder elsewhere; backups may go there."),
    ),
    "core_dumps": Explanation(
        N_("This computer keeps images of programs that crash."),
        N_("Aftercare switches that off for itself."),
        N_("Nothing needs to be done."),
    ),
    "no_backup": Explanation(
        N_("There is no backup in the folder."), _COMPLETE, N_("Unlock and lock once: that makes one.")
    ),
    "backup_damaged": Explanation(
        N_("The backup {detail} is damaged."), _COMPLETE, N_("Make another backup, and have the disk checked.")
    ),
    "does_not_open": Explanation(N_("The records do not open."), "", _RESTORE),
    "pages": Explanation(N_("Pages of the file are damaged ({count})."), N_("The others are readable."), _RESTORE),
    "structure": Explanation(N_("The structure of the file is damaged ({count})."), "", _RESTORE),
    "references": Explanation(N_("Records refer to others that are missing ({count})."), "", _RESTORE),
    "search": Explanation(N_("The search index does not fit the records."), N_("The records are complete."), _RESTORE),
    "log": Explanation(
        N_("The log was changed or cut, first at entry {detail}."),
        N_("The records can be read."),
        N_("Tell your administrator: somebody may have changed it."),
    ),
    "header": Explanation(
        N_("The key file is not as it was written."), N_("The records can be read."), N_("Tell your administrator.")
    ),
    "policy_not_understood": Explanation(
        N_("The policy of this computer is not understood at: {detail}"),
        _COMPLETE,
        N_("Tell whoever looks after this computer."),
    ),
    "backup_place": Explanation(
        N_("A place for backups was not found, or cannot be used."),
        N_("Backups on this computer go on."),
        N_("Connect the disk or stick, or choose another place."),
    ),
    "backup_old": Explanation(
        N_("The newest backup is older than the organisation wants."), _COMPLETE, N_("Back up now.")
    ),
}


def ailment_words(code: str, count: int, detail: str) -> Explanation:
    """The explanation of one finding, in the interface language."""
    words = AILMENTS[code]
    facts = {"count": str(count), "detail": detail}
    return Explanation(tr(words.what, **facts), tr(words.safe) if words.safe else "", tr(words.do))
