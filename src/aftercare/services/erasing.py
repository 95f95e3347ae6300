"""Erasing everything: allowed by nobody until the organisation decides it, and never while a record is held.

What is destroyed are the keys; without them no copy of the file opens any more. Backups, and records that a restore
kept aside, carry keys of their own and open with the passwords of then: those that are known are deleted as well where
that is wanted, others must be found by people. No record remains to say so: a certificate on paper stands in, made
from what was known just before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.reports import PaperSize
from aftercare.domain.errors import ErasingNotAllowed, FieldProblem, RecordHeld
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.retention import ErasureRow
from aftercare.i18n import N_, current, tr
from aftercare.records.access import Approval
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.base import EVERYONE, Base
from aftercare.records.people import Staff
from aftercare.services.approvals import need_approval
from aftercare.services.backup_places import places_with_backups
from aftercare.services.office import office_settings
from aftercare.services.report_files import save_file
from aftercare.services.retention import anybody_is_held
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

PHRASE = N_("erase everything")
"""What is typed by whoever means it: in the language of the window, or as it stands here, which scripts do."""


@dataclass(frozen=True, slots=True)
class Erasable:
    """That everything may be erased now: the places where backups lie, and what the certificate will say."""

    places: tuple[Path, ...]
    row: ErasureRow


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of it: how many backups went too, and the places that were not there or kept what they hold."""

    backups: int
    missing: tuple[Path, ...]
    row: ErasureRow


def is_phrase(typed: str) -> bool:
    """Whether these are the words, however they are spaced and capitalised."""
    return " ".join(typed.split()).casefold() in {PHRASE, tr(PHRASE).casefold()}


@needs(Permission.MANAGE_KEYS, confirmed=True)
def may_erase(work: Work, typed: str, backups_too: bool = False) -> Erasable:
    """Whether everything may be erased now.

    ErasingNotAllowed, RecordHeld, FieldProblem where the words were not typed as asked, ApprovalNeeded.
    """
    settings = office_settings(work)
    if not settings.may_erase_everything:
        raise ErasingNotAllowed
    if anybody_is_held(work):
        raise RecordHeld
    if not is_phrase(typed):
        raise FieldProblem("typed", "not_these_words")
    need_approval(work, Approvable.ERASE_EVERYTHING)
    work.session.flush()
    work.is_told = True
    seq = work.audit.append(work.session, work.now(), work.actor.id, "may_erase", "vault")
    mac = work.session.connection().scalar(select(AUDIT_ENTRY.c.mac).where(AUDIT_ENTRY.c.seq == seq)) or b""
    row = ErasureRow(
        organisation=settings.organisation,
        at=work.now(),
        counts=_counts(work),
        done_by=work.actor.name,
        agreed_by=_agreed_by(work),
        log_seq=seq,
        fingerprint=mac.hex()[:16],
        backups_too=backups_too,
    )
    return Erasable(tuple(place.folder for place in places_with_backups(work)), row)


def _counts(work: Work) -> dict[str, int]:
    """Everybody and every record about anybody, by table."""
    connection = work.session.connection()
    tables = [table for table in Base.metadata.sorted_tables if table.name == "survivor" or "survivor_id" in table.c]
    counts = {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
        if table.name not in ("change", "search_entry", "caseload_entry")
    }
    return {name: count for name, count in counts.items() if count}


def _agreed_by(work: Work) -> str:
    """Who was the second person, where two were asked for."""
    mine = (
        select(Staff.display_name)
        .join(Approval, Approval.answered_by == Staff.id)
        .where(
            Approval.action == Approvable.ERASE_EVERYTHING.value,
            Approval.asked_by == work.actor.id,
            Approval.carried_out_at == work.now(),
        )
    )
    return work.session.scalar(mine.limit(1), execution_options=EVERYONE) or ""


def erase_everything(office: OpenOffice, typed: str, *, backups_too: bool) -> Erased:
    """Destroy the keys and the records; the vault is closed.

    With `backups_too` also every backup in a known place, and earlier records that a restore kept aside.
    """
    from aftercare.vault.erasing import erase_vault

    allowed = office.desk.do(may_erase, typed, backups_too).value
    gone = erase_vault(office.vault, allowed.places, backups_too=backups_too)
    row = replace(
        allowed.row, backups_deleted=gone.backups, asides_deleted=gone.kept_aside, places_left=len(gone.missing)
    )
    return Erased(gone.backups, gone.missing, row)


def erasure_certificate(row: ErasureRow, *, language: str = "", paper: PaperSize = "A4") -> bytes:
    """The page that stands in for the records that are gone; of nobody it says anything."""
    from aftercare.reports.certificate import erasure_pages

    return erasure_pages(row, language or current().tag, paper)


def save_erasure_certificate(row: ErasureRow, file: Path) -> None:
    """Write it into the file that was named, for its owner alone; FileNotWritten where the disk refuses."""
    save_file(file, erasure_certificate(row))
