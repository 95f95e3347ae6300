"""Words for backups, and for what was saved of damaged records."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.domain.rows.backups import BackupReason, BackupRestored, WaysIn
from aftercare.domain.rows.salvage import SalvageReport
from aftercare.i18n import N_, current, tr, trn
from aftercare.words.record_fields import KINDS

BACKUP_REASONS: dict[BackupReason, str] = {
    BackupReason.ROUTINE: N_("by itself"),
    BackupReason.ASKED: N_("asked for"),
    BackupReason.BEFORE_MIGRATION: N_("before an update of the records"),
    BackupReason.BEFORE_IMPORT: N_("before an import"),
    BackupReason.BEFORE_ROTATION: N_("before new keys"),
    BackupReason.AFTER_PURGE: N_("after words were deleted"),
}

TABLES_BESIDES: dict[str, str] = {
    "audit_entry": N_("Log"),
    "change": N_("History of records"),
    "draft": N_("Words that were not saved yet"),
    "request": N_("What can be undone"),
    "setting": N_("Settings of the office"),
    "stone": N_("Codes that are never given again"),
}
"""Tables that hold no records of people; a row of these can be lost as well."""

OF_OTHER_RECORDS = N_("This backup is not of the records in that folder, but of other ones.")
OF_TRAINING_RECORDS = N_("It is a backup of training records, with invented people.")

WAYS_IN_BEFORE: dict[WaysIn, str] = {
    WaysIn.UNCHANGED: N_("Nobody’s account or password was changed since."),
    WaysIn.OF_THEN: N_(
        "Accounts, passwords or keys were changed since. Opened with a password that is right today, all of that "
        "stays. With one of that time alone, passwords of that time open accounts again."
    ),
    WaysIn.NOT_KNOWN: N_(
        "Everybody comes in as on the day of the backup, also whoever was removed since: nothing newer is at hand to "
        "compare it with."
    ),
}
"""Before a backup is restored: who will come in."""


def ways_in_lines(restored: BackupRestored) -> Iterator[str]:
    """After it: who comes in now, a sentence each."""
    if restored.ways_in is WaysIn.OF_TODAY:
        yield tr("Accounts and passwords are as they are today.")
    if restored.ways_in is WaysIn.OF_THEN:
        yield tr("The key of that day is in force again: make a new one.")
    if restored.ways_in is WaysIn.NOT_KNOWN:
        yield tr("Whoever was removed since that day comes in again, until they are removed again.")
    if restored.back:
        yield tr("With their password of that time again: {names}.", names=current().listed(restored.back))
    if restored.closed:
        yield tr("Accounts that stay closed: {names}.", names=current().listed(restored.closed))


def salvage_lines(report: SalvageReport) -> Iterator[str]:
    """What is not as it was, a sentence each; counts only."""
    if not report.lost and not report.kinds and not report.newest_changes_lost:
        yield tr("Nothing is known to be lost.")
    for one in report.kinds:
        kind = tr(TABLES_BESIDES.get(one.kind) or KINDS.get(one.kind, one.kind))
        if one.lost:
            yield tr("{kind}: {saved} saved, {lost} lost.", kind=kind, saved=one.saved, lost=one.lost)
        if one.perhaps_more:
            yield tr("{kind}: {saved} saved; nothing tells whether there were more.", kind=kind, saved=one.saved)
        if one.stand_ins:
            yield trn(
                "{kind}: {n} empty stand-in was made, so that what rests on it stays.",
                "{kind}: {n} empty stand-ins were made, so that what rests on them stays.",
                one.stand_ins,
                kind=kind,
            )
        if one.emptied:
            yield trn(
                "{kind}: {n} reference to something lost was emptied.",
                "{kind}: {n} references to something lost were emptied.",
                one.emptied,
                kind=kind,
            )
        if one.set_aside:
            yield trn(
                "{kind}: {n} could not be kept without what is lost.",
                "{kind}: {n} could not be kept without what is lost.",
                one.set_aside,
                kind=kind,
            )
    if report.unclaimed_rows:
        yield trn("{n} row fits nowhere.", "{n} rows fit nowhere.", report.unclaimed_rows)
    if report.newest_changes_lost:
        yield tr("The newest changes, which were not in the file yet, are damaged and lost.")
    if report.made_administrator:
        yield tr(
            "No administrator could be read. Whoever saved the records is one now, so that others can be let in again; "
            "the log says so."
        )
    if report.first_bad_entry:
        yield tr("The log has a gap from entry {seq} on; an entry of its own says so.", seq=report.first_bad_entry)
