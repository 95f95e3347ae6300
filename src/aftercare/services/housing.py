"""Where she lives: moving in, correcting a stay, safety checks, and nights counted from stays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.drafts.checks import in_order, not_ahead, not_below_zero, required
from aftercare.domain.drafts.housing import PlacementDraft, SafetyCheckDraft
from aftercare.domain.errors import FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.housing import Housing, NightsCounted
from aftercare.queries import housing as queries
from aftercare.records.facts import Placement, SafetyCheck
from aftercare.records.people import Case
from aftercare.services.work import Work, needs
from aftercare.services.writing import keep


@needs(Permission.SEE_RECORDS)
def show_housing(work: Work, case_id: UUID) -> Housing:
    """Stays, nights and safety checks of a case."""
    work.note_read("housing", work.get(Case, case_id).survivor_id)
    return queries.housing(work.session, case_id, work.today())


@needs(Permission.SEE_RECORDS)
def nights(work: Work, case_id: UUID, first: date, last: date) -> NightsCounted:
    """Nights whose evening lies between two days, both included; the night to come does not count."""
    return queries.nights_between(work.session, case_id, first, last, work.today())


@needs(Permission.WRITE_RECORDS)
def save_placement(work: Work, case_id: UUID, draft: PlacementDraft) -> UUID:
    """Keep a stay; overlaps are allowed. With `ends_id` the earlier stay ends on the day this one begins."""
    wrong = [
        *required(draft, "kind", "since"),
        *in_order("until", draft.since, draft.until),
        *in_order("move_on_by", draft.since, draft.move_on_by),
        *not_below_zero(draft, "rent"),
    ]
    if draft.currency and not (len(draft.currency) == 3 and draft.currency.isascii() and draft.currency.isalpha()):
        wrong.append(FieldProblem("rent", "not_a_currency", draft.currency))
    if draft.exit_reason is not None and draft.until is None:
        wrong.append(FieldProblem("until", "required"))
    placement = keep(work, Placement, case_id, draft, wrong)
    if draft.ends_id is not None:
        _end_earlier(work, placement, draft.ends_id)
    return placement.id


def _end_earlier(work: Work, placement: Placement, earlier_id: UUID) -> None:
    earlier = work.get(Placement, earlier_id)
    if earlier.case_id != placement.case_id:
        raise NotFound("placement")
    if earlier.since > placement.since:
        raise FieldProblem("since", "stay_before_began_later")
    earlier.until = placement.since


@needs(Permission.WRITE_RECORDS)
def remove_placement(work: Work, placement_id: UUID, version: int) -> None:
    """Take a stay away that was written by mistake, with its safety checks."""
    placement = work.get_unchanged(Placement, placement_id, version)
    for check in work.session.scalars(select(SafetyCheck).where(SafetyCheck.placement_id == placement_id)):
        work.remove(check)
    work.remove(placement)


@needs(Permission.WRITE_RECORDS)
def save_safety_check(work: Work, case_id: UUID, draft: SafetyCheckDraft) -> UUID:
    """Keep a look at a place, signed by whoever writes it first."""
    wrong = [*required(draft, "on"), *not_ahead(draft, work.today(), "on")]
    placement = work.get(Placement, draft.placement_id)
    if placement.case_id != case_id:
        raise NotFound("placement")
    answers = {point.value: answer.value for point, answer in draft.answers}
    signed = {"by_staff_id": work.actor.id} if draft.id is None else {}
    return keep(work, SafetyCheck, case_id, draft, wrong, **{**signed, "answers": answers}).id
