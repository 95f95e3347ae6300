"""Family reunification: relatives, contacts, the ladder with consent, her veto and stops, visits after a return."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from aftercare.domain import reunification as rules
from aftercare.domain.check_ins import CHECK_IN_DAYS
from aftercare.domain.codes import Area, AreaState, StopKind
from aftercare.domain.drafts.checks import not_ahead, not_below_zero, required
from aftercare.domain.drafts.family import (
    FamilyContactDraft,
    FollowUpVisitDraft,
    LadderDraft,
    LadderMoveDraft,
    LiftDraft,
    RelativeDraft,
    StopDraft,
)
from aftercare.domain.errors import DraftProblems, FieldProblem, LadderStands, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.family import Family
from aftercare.queries import family as queries
from aftercare.queries.survivors import age_of
from aftercare.records.facts import (
    FamilyContact,
    FollowUpVisit,
    LadderMove,
    LadderStop,
    Relative,
    Reunification,
)
from aftercare.records.people import Case, Survivor
from aftercare.records.plans import Goal, Plan, PlanArea
from aftercare.services.work import Work, about, needs
from aftercare.services.writing import keep

_MOVE_FIELDS = (
    "consent_on",
    "assent_on",
    "guardian",
    "best_interest_on",
    "safety_answered",
    "safe_to_proceed",
    "she_is_willing",
    "family_is_willing",
    "means",
)


@needs(Permission.SEE_RECORDS)
def show_family(work: Work, case_id: UUID) -> Family:
    """Relatives, the contact log and the ladders of a case."""
    case = work.get(Case, case_id)
    work.note_read("family", case.survivor_id)
    relatives = queries.relatives(work.session, case_id)
    return Family(
        relatives=relatives,
        contacts=queries.contacts(work.session, case_id),
        ladders=queries.ladders(work.session, case_id, relatives),
        is_child=_is_child(work, case),
        may_lift_for_safety=work.may(Permission.LIFT_STOPS),
    )


def _is_child(work: Work, case: Case) -> bool:
    """Under eighteen, or perhaps so: where the age is not sure, she has the protection of a child."""
    age = age_of(work.get(Survivor, case.survivor_id), work.today())
    return age is not None and age.least < 18


# --- relatives and contacts ---------------------------------------------------------------------------------------


@needs(Permission.WRITE_RECORDS)
def save_relative(work: Work, case_id: UUID, draft: RelativeDraft) -> UUID:
    return keep(work, Relative, case_id, draft, required(draft, "relation")).id


@needs(Permission.WRITE_RECORDS)
def remove_relative(work: Work, relative_id: UUID, version: int) -> None:
    """Take a relative away with the contacts; not while a ladder leads there."""
    relative = work.get_unchanged(Relative, relative_id, version)
    if work.session.scalar(select(func.count()).where(Reunification.relative_id == relative_id)):
        raise FieldProblem("relative_id", "still_in_use")
    for contact in work.session.scalars(select(FamilyContact).where(FamilyContact.relative_id == relative_id)):
        work.remove(contact)
    work.remove(relative)


@needs(Permission.WRITE_RECORDS)
def save_family_contact(work: Work, case_id: UUID, draft: FamilyContactDraft) -> UUID:
    wrong = [
        *required(draft, "relative_id", "on", "way"),
        *not_ahead(draft, work.today(), "on"),
        *not_below_zero(draft, "minutes"),
    ]
    if draft.relative_id is not None:
        _relative_of(work, case_id, draft.relative_id)
    return keep(work, FamilyContact, case_id, draft, wrong).id


@needs(Permission.WRITE_RECORDS)
def remove_family_contact(work: Work, contact_id: UUID, version: int) -> None:
    work.remove(work.get_unchanged(FamilyContact, contact_id, version))


def _relative_of(work: Work, case_id: UUID, relative_id: UUID) -> Relative:
    relative = work.get(Relative, relative_id)
    if relative.case_id != case_id:
        raise NotFound("relative")
    return relative


# --- the ladder ---------------------------------------------------------------------------------------------------


@needs(Permission.WRITE_RECORDS)
def save_ladder(work: Work, case_id: UUID, draft: LadderDraft) -> UUID:
    """Begin a ladder with her wish, towards a relative or a household, or correct whom it leads to."""
    wrong = []
    if draft.relative_id is not None:
        _relative_of(work, case_id, draft.relative_id)
    elif not draft.household.strip():
        wrong.append(FieldProblem("relative_id", "required"))
    return keep(work, Reunification, case_id, draft, wrong).id


@needs(Permission.WRITE_RECORDS)
def move_on_ladder(work: Work, ladder_id: UUID, draft: LadderMoveDraft) -> UUID:
    """Move to a rung; LadderStands with everything that stands against it."""
    ladder = work.get(Reunification, ladder_id)
    wrong = [
        *required(draft, "on"),
        *not_ahead(draft, work.today(), "on", "consent_on", "assent_on", "best_interest_on"),
    ]
    if wrong or draft.on is None:
        raise DraftProblems(tuple(wrong))
    answers = {name: getattr(draft, name) for name in _MOVE_FIELDS}
    state = rules.moved(_state(work, ladder), rules.Move(draft.rung, draft.on, **answers))
    ladder.rung = state.rung
    move = LadderMove(
        **about(work.get(Case, ladder.case_id)),
        reunification_id=ladder.id,
        rung=draft.rung,
        on=draft.on,
        safety_words=draft.safety_words.strip(),
        words=draft.words.strip(),
        **answers,
    )
    return work.add(move).id


@needs(Permission.WRITE_NOTES)
def record_veto(work: Work, ladder_id: UUID) -> UUID:
    """She said stop: possible at any time, for whoever heard it, without a reason."""
    return _stop(work, ladder_id, StopDraft(StopKind.HER_VETO, work.today()))


@needs(Permission.WRITE_NOTES)
def stop_ladder(work: Work, ladder_id: UUID, draft: StopDraft) -> UUID:
    """Freeze the ladder: a new threat, consent withdrawn, an assessment that advises against it."""
    wrong = [*required(draft, "kind", "on"), *not_ahead(draft, work.today(), "on")]
    if wrong:
        raise DraftProblems(tuple(wrong))
    return _stop(work, ladder_id, draft)


def _stop(work: Work, ladder_id: UUID, draft: StopDraft) -> UUID:
    ladder = work.get(Reunification, ladder_id)
    assert draft.kind is not None
    assert draft.on is not None
    stop = LadderStop(
        **about(work.get(Case, ladder.case_id)),
        reunification_id=ladder.id,
        kind=draft.kind,
        on=draft.on,
        words=draft.words.strip(),
    )
    return work.add(stop).id


@needs(Permission.WRITE_RECORDS)
def lift_stop(work: Work, stop_id: UUID, draft: LiftDraft) -> None:
    """Lift a stop: hers at her own word, one for safety by a manager; LadderStands for anybody else."""
    stop = work.get(LadderStop, stop_id)
    wrong = [*required(draft, "on"), *not_ahead(draft, work.today(), "on")]
    if draft.on is not None and draft.on < stop.on:
        wrong.append(FieldProblem("on", "ends_before_it_begins"))
    if wrong:
        raise DraftProblems(tuple(wrong))
    obstacles = rules.obstacles_to_lift(stop.kind, draft.at_her_word, work.may(Permission.LIFT_STOPS))
    if obstacles:
        raise LadderStands(tuple(obstacle.value for obstacle in obstacles))
    stop.lifted_on = draft.on
    stop.lifted_by = work.actor.id
    stop.lifted_words = draft.words.strip()


def _state(work: Work, ladder: Reunification) -> rules.LadderState:
    return queries.ladder_states(work.session, [ladder])[ladder.id]


# --- after a return -----------------------------------------------------------------------------------------------


@needs(Permission.WRITE_RECORDS)
def save_follow_up_visit(work: Work, ladder_id: UUID, draft: FollowUpVisitDraft) -> bool:
    """Keep a visit; a «no» reopens the plan, which is then True: its review is due today and the area is active again.

    What she wants instead, where she said it, becomes a proposed goal.
    """
    ladder = work.get(Reunification, ladder_id)
    wrong = [*required(draft, "on"), *not_ahead(draft, work.today(), "on")]
    if draft.day not in CHECK_IN_DAYS:
        wrong.append(FieldProblem("day", "out_of_range"))
    if wrong or draft.on is None:
        raise DraftProblems(tuple(wrong))
    answers = rules.FollowUpAnswers(draft.safe, draft.housed, draft.occupied, draft.wants_to_stay)
    case = work.get(Case, ladder.case_id)
    work.add(
        FollowUpVisit(
            **about(case),
            reunification_id=ladder.id,
            day=draft.day,
            on=draft.on,
            safe=draft.safe,
            housed=draft.housed,
            occupied=draft.occupied,
            wants_to_stay=draft.wants_to_stay,
            words=draft.words.strip(),
        )
    )
    if answers.reopens_plan:
        _reopen_plan(work, case, draft.goal_words.strip())
    return answers.reopens_plan


def _reopen_plan(work: Work, case: Case, goal_words: str) -> None:
    plan = work.session.scalar(select(Plan).where(Plan.case_id == case.id)) or work.add(Plan(**about(case)))
    plan.review_on = min(plan.review_on or work.today(), work.today())
    area = work.session.scalar(select(PlanArea).where(PlanArea.plan_id == plan.id, PlanArea.area == Area.FAMILY.value))
    if area is None:
        area = work.add(PlanArea(**about(case), plan_id=plan.id, area=Area.FAMILY.value))
    area.state = AreaState.ACTIVE
    if goal_words:
        work.add(Goal(**about(case), plan_area_id=area.id, words=goal_words))
