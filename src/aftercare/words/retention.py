"""Words for what is kept how long, why a record is held, and what a deletion took."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from aftercare.domain.retention import WORDS, Extent, HoldReason, Kept
from aftercare.domain.rows.retention import CertificateRow, ErasureRow, Reach
from aftercare.domain.rows.this_computer import EarlierRecords
from aftercare.i18n import N_, Language, current
from aftercare.words.record_fields import KINDS

KEPT: dict[StrEnum, str] = {
    Kept.CONTACT: N_("Names and contact"),
    Kept.IDENTITY: N_("Papers and day of birth"),
    Kept.NARRATIVE: N_("Notes and everything written"),
    Kept.HEALTH: N_("Health, in words"),
    Kept.PRINTS: N_("List of printed reports"),
    Kept.WHOLE: N_("The whole record"),
}

EXTENTS: dict[StrEnum, str] = {
    Extent.PARTIAL: N_("Words; the counts stay"),
    Extent.WHOLE: N_("Everything but the code"),
}

HOLD_REASONS: dict[StrEnum, str] = {
    HoldReason.COURT: N_("Court case"),
    HoldReason.INVESTIGATION: N_("Investigation"),
    HoldReason.COMPLAINT: N_("Complaint"),
    HoldReason.COMPENSATION: N_("Compensation claim"),
    HoldReason.AUDIT: N_("Audit by a funder"),
    HoldReason.HER_WISH: N_("Wish of the survivor"),
    HoldReason.OTHER: N_("Another reason"),
}

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    Kept: KEPT,
    Extent: EXTENTS,
    HoldReason: HOLD_REASONS,
}


def kinds_words(kinds: Iterable[Kept], language: Language | None = None) -> str:
    """Kinds of record in their order, behind each other."""
    words = language or current()
    wanted = set(kinds)
    if wanted == WORDS:
        return words.tr(N_("Everything written, names and numbers"))
    return ", ".join(words.tr(KEPT[kind]) for kind in Kept if kind in wanted)


def count_lines(counts: Mapping[str, int], language: Language | None = None) -> tuple[tuple[str, int], ...]:
    """What went, by the names of kinds of record, the most first."""
    words = language or current()
    named = [(words.tr(KINDS[kind]) if kind in KINDS else kind, count) for kind, count in counts.items()]
    return tuple(sorted(named, key=lambda one: (-one[1], one[0])))


def reach_lines(row: CertificateRow, language: Language | None = None) -> Iterator[str]:
    """How far a deletion reached, a sentence each; and what nobody can reach from here."""
    words = language or current()
    if row.cleaned_at is None:
        yield words.tr(N_("The file of the records is still to be written anew."))
    else:
        yield words.tr(N_("The file of the records and its search were written anew; they hold nothing of it."))
    if row.reach.backups_deleted:
        yield words.trn("{n} older backup was deleted.", "{n} older backups were deleted.", row.reach.backups_deleted)
    if row.reach.fresh_backup:
        yield words.tr(N_("Backup {number} was made and verified afterwards."), number=row.reach.fresh_backup)
    if row.reach.waiting:
        yield words.trn(
            "{n} place with backups was not there; they are deleted when it is back.",
            "{n} places with backups were not there; they are deleted when they are back.",
            len(row.reach.waiting),
        )
    yield from _earlier_lines(row.reach, words)


def _earlier_lines(reach: Reach, words: Language) -> Iterator[str]:
    """What became of earlier records that restores left, and what nobody can reach from here."""
    if reach.destroyed is None:
        yield words.tr(
            N_(
                "Not reached by this program: copies that somebody made by hand, records kept aside by a restore, "
                "files and pages that were printed or handed over."
            )
        )
        return
    if reach.destroyed:
        yield words.trn(
            "{n} folder of earlier records that a restore had left was destroyed, its keys first.",
            "{n} folders of earlier records that restores had left were destroyed, their keys first.",
            reach.destroyed,
        )
    if reach.left:
        yield words.trn(
            "{n} folder of earlier records that a restore left is still to be destroyed; it is tried again.",
            "{n} folders of earlier records that restores left are still to be destroyed; it is tried again.",
            len(reach.left),
        )
    yield words.tr(
        N_(
            "Not reached by this program: copies of the folder or of backups that somebody made by hand, and files and "
            "pages that were printed or handed over."
        )
    )


def earlier_warning(found: Iterable[EarlierRecords], language: Language | None = None) -> Iterator[str]:
    """Before a deletion: that records which restores left go as a whole, and what that takes besides."""
    words = language or current()
    there = list(found)
    if not there:
        return
    days = words.listed([words.date(one.replaced_on) for one in there if one.replaced_on is not None])
    yield words.trn(
        "Also goes, as a whole: {n} folder of earlier records that a restore left.",
        "Also go, as a whole: {n} folders of earlier records that restores left.",
        len(there),
    )
    if days:
        yield words.tr(
            N_("Replaced on {days}. What was written after the restored backup was made is only in them."),
            days=days,
        )


def erasure_lines(row: ErasureRow, language: Language | None = None) -> Iterator[str]:
    """What became of keys, records and backups, a sentence each; and what nobody can reach from here."""
    words = language or current()
    yield words.tr(N_("The key files were overwritten and deleted, and the file of the records with them."))
    if not row.backups_too:
        yield words.tr(
            N_(
                "Backups, and records that a restore kept aside, were kept: they open with the passwords and the "
                "recovery code of then."
            )
        )
    if row.backups_deleted:
        yield words.trn("{n} backup was deleted.", "{n} backups were deleted.", row.backups_deleted)
    if row.asides_deleted:
        yield words.trn(
            "{n} folder of records that a restore had kept aside was destroyed like these.",
            "{n} folders of records that a restore had kept aside were destroyed like these.",
            row.asides_deleted,
        )
    if row.places_left:
        yield words.trn(
            "{n} place was not there or did not let go what it holds: delete that by hand.",
            "{n} places were not there or did not let go what they hold: delete that by hand.",
            row.places_left,
        )
    yield from beyond_reach(words)


def beyond_reach(words: Language) -> Iterator[str]:
    """What erasing everything never reaches, said before and after it."""
    yield words.tr(
        N_(
            "Not reached by this program: copies of the folder or of backups that somebody made by hand, and files and "
            "pages that were printed or handed over."
        )
    )
    yield words.tr(
        N_(
            "Solid-state disks and sticks may keep earlier blocks for a while, the key files among them. They open "
            "only with a password of then; destroy the medium where that is not enough."
        )
    )
    yield words.tr(
        N_("The paper with the recovery code opens every backup and copy that is left: destroy the paper too.")
    )
