"""What is due to be deleted, and what must not be: the list for whoever carries it out, and legal holds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.drafts.retention import HoldDraft
from aftercare.domain.errors import FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.retention import Kept, Terms, due_kinds
from aftercare.domain.rows.retention import DueRow, HoldRow, Standing
from aftercare.queries import retention as queries
from aftercare.records.people import Survivor
from aftercare.records.retention import LegalHold
from aftercare.services.deciding import change_settings
from aftercare.services.office import OfficeSettings, office_settings
from aftercare.services.work import Work, needs

# --- terms -----------------------------------------------------------------------------------------------------------


@needs(Permission.SET_POLICY)
def choose_terms(work: Work, terms: Terms, may_erase_everything: bool) -> OfficeSettings:
    """Set how many full years after closing each kind is kept, and whether everything may ever be erased."""
    years: dict[str, Any] = {f"keep_{kind.value}_years": terms[kind] for kind in Kept if kind in terms}
    return change_settings(work, replace(office_settings(work), **years, may_erase_everything=may_erase_everything))


@needs(Permission.PURGE_RECORDS)
def list_due(work: Work) -> tuple[DueRow, ...]:
    """Everybody of whose record something is due, the longest waiting first; nothing goes by itself."""
    terms, today = office_settings(work).terms, work.today()
    gone = queries.deleted_kinds(work.session)
    held = {hold.survivor_id for hold in queries.holds(work.session, today) if hold.stands}
    rows = [
        DueRow(key, code, closed, due, key in held)
        for key, code, closed in queries.closed_people(work.session)
        if (due := due_kinds(closed, today, terms, gone.get(key, {})))
    ]
    return tuple(sorted(rows, key=lambda row: (row.since, row.case_code)))


# --- legal hold ------------------------------------------------------------------------------------------------------


@needs(Permission.PURGE_RECORDS)
def list_holds(work: Work) -> tuple[HoldRow, ...]:
    """Every hold, those that stand first."""
    return queries.holds(work.session, work.today())


@needs(Permission.PURGE_RECORDS)
def set_hold(work: Work, survivor_id: UUID, draft: HoldDraft) -> UUID:
    """From now on nothing of this person's record may be deleted; FieldProblem where the days are wrong."""
    work.get(Survivor, survivor_id)
    since = draft.since or work.today()
    if since > work.today():
        raise FieldProblem("since", "in_the_future")
    if draft.until is not None and draft.until < work.today():
        raise FieldProblem("until", "in_the_past")
    hold = LegalHold(
        survivor_id=survivor_id, reason=draft.reason, words=draft.words.strip(), since=since, until=draft.until
    )
    return work.add(hold).id


@needs(Permission.PURGE_RECORDS, confirmed=True)
def lift_hold(work: Work, hold_id: UUID, words: str, version: int | None) -> None:
    """The reason is over: the record follows its terms again."""
    hold = work.get_unchanged(LegalHold, hold_id, version)
    if hold.lifted_on is not None:
        raise NotFound("legal_hold")
    hold.lifted_on, hold.lifted_by, hold.lifted_words = work.today(), work.actor.id, words.strip()


def has_hold(work: Work, survivor_id: UUID) -> bool:
    """Whether any hold on this record stands today."""
    return any(hold.stands for hold in queries.holds(work.session, work.today(), survivor_id))


def anybody_is_held(work: Work) -> bool:
    """Whether a hold stands on anybody's record, in sight or not."""
    with work.sight.of_everyone():
        return any(hold.stands for hold in queries.holds(work.session, work.today()))


@needs(Permission.SEE_RECORDS)
def show_standing(work: Work, survivor_id: UUID) -> Standing:
    """Whether a record is held, and when words of it were deleted: for the head of her page."""
    work.get(Survivor, survivor_id)
    held = next((hold for hold in queries.holds(work.session, work.today(), survivor_id) if hold.stands), None)
    gone = queries.deleted_kinds(work.session, survivor_id).get(survivor_id, {})
    if held is not None and not work.may(Permission.PURGE_RECORDS):
        held = replace(held, words="")  # why is for those who decide; that it is held is for everybody
    return Standing(held, max(gone.values(), default=None))


@needs(Permission.PURGE_RECORDS)
def person_to_purge(work: Work, case_code: str) -> UUID:
    """The person with this code, in sight of whoever asks; NotFound otherwise."""
    found = work.session.scalar(select(Survivor.id).where(Survivor.case_code == case_code.strip().upper()))
    if found is None:
        raise NotFound("survivor")
    return found


__all__ = [
    "anybody_is_held",
    "choose_terms",
    "has_hold",
    "lift_hold",
    "list_due",
    "list_holds",
    "person_to_purge",
    "set_hold",
    "show_standing",
]
