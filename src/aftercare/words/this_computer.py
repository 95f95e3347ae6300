"""Words for what this computer keeps: what each place holds, what is never kept, what the computer's policy decides."""

from __future__ import annotations

from aftercare.domain.permissions import Role
from aftercare.domain.rows.this_computer import Kept
from aftercare.i18n import N_, current, tr
from aftercare.policy import Value
from aftercare.words.access import ROLES

PLACES: dict[Kept, str] = {
    Kept.RECORDS: N_("The records"),
    Kept.KEYS: N_("The keys of the records"),
    Kept.BACKUPS: N_("Backups beside the records"),
    Kept.OTHER_BACKUPS: N_("Backups in another place"),
    Kept.KEPT_ASIDE: N_("Earlier records that a restore left"),
    Kept.RESERVE: N_("A reserve of space"),
    Kept.ATTEMPTS: N_("Wrong passwords"),
    Kept.TRAINING: N_("Training records"),
    Kept.SETTINGS: N_("Your settings"),
    Kept.LOG: N_("The log of the program"),
    Kept.KEY_STORE: N_("The key store of the system"),
    Kept.POLICY: N_("The policy of this computer"),
}

CONTENTS: dict[Kept, str] = {
    Kept.RECORDS: N_("Everything about every person, notes, drafts, history and the log of who looked; in one file."),
    Kept.KEYS: N_("Two copies; each opens only with somebody’s password, a one-time code or the recovery code."),
    Kept.BACKUPS: N_("Whole copies of the records with the keys of their time."),
    Kept.OTHER_BACKUPS: N_("The same copies on another disk."),
    Kept.KEPT_ASIDE: N_(
        "As they were, with their keys and backups, to go back to. Destroy them when nothing in them is missed."
    ),
    Kept.RESERVE: N_("Empty. It is given up when the disk is full, so that the last words can still be saved."),
    Kept.ATTEMPTS: N_("How often and when a password was wrong since the last sign-in; nothing of what was typed."),
    Kept.TRAINING: N_("Invented people only."),
    Kept.SETTINGS: N_("Colours, text size, language, columns, filters; the sign-in name where it is remembered."),
    Kept.LOG: N_("Trouble of the program with times and places in its code; no name, no word that somebody typed."),
    Kept.KEY_STORE: N_("One random secret, without which your password opens nothing here. Kept by the system."),
    Kept.POLICY: N_("What the administrator of this computer decided for everybody who uses it."),
}

NEVER_KEPT: tuple[str, ...] = (
    N_("Passwords, codes and keys that are not locked themselves."),
    N_("Names or words about people in file names, window titles, print queues, logs or reports of a crash."),
    N_("Copies of what was printed, previewed or imported, and files in the folder for temporary files."),
    N_("Anything on the internet: the program talks to nobody."),
)

DECIDED: dict[str, str] = {
    "records.folder": N_("Where the records are"),
    "backups.folders": N_("Where backups go"),
    "backups.every_hours": N_("Hours between backups"),
    "lock.idle_minutes": N_("Minutes until it locks"),
    "passwords.least_characters": N_("Least length of a password"),
    "export.roles": N_("Who may print and export"),
    "window.display_name": N_("Name of the program in the window"),
    "window.languages": N_("Languages to choose from"),
    "window.screen_capture": N_("Windows may be in pictures of the screen"),
    "retention.years_after_closing": N_("Years until a closed record is due to be erased"),
}


def decided_words(place: str, value: Value) -> str:
    """«Minutes until it locks: 5»."""
    return tr("{what}: {value}", what=tr(DECIDED[place]), value=_value_words(place, value))


def _value_words(place: str, value: Value) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if place == "export.roles" and isinstance(value, tuple):
        return current().listed([tr(ROLES[Role(code)]) for code in value]) or tr("nobody")
    return current().listed(list(value)) if isinstance(value, tuple) else str(value)
