"""Where a case stands: moved from stage to stage, closed when it is ready, reopened.

A case is closed, never the person.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.closing import (
    CaseFacts,
    Obstacle,
    ReadinessPoint,
    obstacles_to_close_case,
    planned_follow_ups,
    readiness,
)
from aftercare.domain.codes import (
    OPEN_GOALS,
    AppointmentKind,
    AppointmentState,
    ClosureReason,
    PlanVersionState,
    Stage,
)
from aftercare.domain.drafts.plan import ClosingDraft
from aftercare.domain.errors import CannotClose, FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.standing import LeftOpen
from aftercare.queries import diary, housing
from aftercare.records.facts import Appointment, Placement
from aftercare.records.people import Case, StageChange
from aftercare.records.plans import Goal, PlanVersion, Step
from aftercare.services.work import Work, about, needs

_FOLLOW_UP_LEEWAY = 31  # days by which a planned follow-up may lie off its day


@needs(Permission.WRITE_RECORDS)
def move_to_stage(work: Work, case_id: UUID, stage: Stage, words: str = "") -> None:
    """Move a case to another stage, forward or back; a closed one is reopened by that.

    Closing has its own rules and its own request, `close_case`: asked for here, it is refused for want of a reason.
    """
    case = work.get(Case, case_id)
    if stage is Stage.CLOSED:
        raise CannotClose("survivor_case", (Obstacle.REASON_MISSING,))
    if case.stage is stage:
        return
    case.closed_on, case.closure_reason, case.closure_words = None, None, ""
    _move(work, case, stage, work.today(), words)


def _move(work: Work, case: Case, stage: Stage, on: date, words: str) -> None:
    case.stage = stage
    work.add(StageChange(**about(case), stage=stage, on=on, words=words.strip()))


# --- closing ------------------------------------------------------------------------------------------------------


@needs(Permission.SEE_RECORDS)
def readiness_to_close(work: Work, case_id: UUID, draft: ClosingDraft) -> tuple[ReadinessPoint, ...]:
    """The checklist before a case is closed, as it stands with this draft."""
    return readiness(_facts(work, work.get(Case, case_id), draft))


@needs(Permission.SEE_RECORDS)
def show_left_open(work: Work, case_id: UUID, on: date) -> LeftOpen:
    """What the checklist means by appointments and stays: of every area, also of those that the plan does not show.

    `on` is the day of closing: the visits planned after it stay in the diary.
    """
    case = work.get(Case, case_id)
    work.note_read("diary", case.survivor_id)
    after = {each.id for each in _follow_ups(_appointments(work, case), on)}
    open_ones = diary.appointments_ahead(work.session, case_id, date.min, work.sees)
    return LeftOpen(
        appointments=tuple(row for row in open_ones if row.id not in after),
        housing=housing.housing(work.session, case_id, work.today()),
    )


@needs(Permission.WRITE_RECORDS)
def close_case(work: Work, case_id: UUID, draft: ClosingDraft) -> None:
    """Close a case: CannotClose says what is still to do; follow-ups go into the diary where that is wanted."""
    case = work.get(Case, case_id)
    if case.stage is Stage.CLOSED:
        return
    if draft.on > work.today():
        raise FieldProblem("on", "in_the_future")
    if draft.on < case.opened_on:
        raise FieldProblem("on", "ends_before_it_begins")
    obstacles = obstacles_to_close_case(_facts(work, case, draft))
    if obstacles:
        raise CannotClose("survivor_case", obstacles)
    if draft.plan_follow_ups:
        _plan_follow_ups(work, case, draft.on)
    case.closed_on, case.closure_reason, case.closure_words = draft.on, draft.reason, draft.words.strip()
    _move(work, case, Stage.CLOSED, draft.on, draft.words)


def _plan_follow_ups(work: Work, case: Case, closed_on: date) -> None:
    planned = [each.on for each in _follow_ups(_appointments(work, case), closed_on)]
    for day in planned_follow_ups(closed_on):
        if not any(_is_near(day, other) for other in planned):
            work.add(Appointment(**about(case), kind=AppointmentKind.REVIEW, on=day))


def _is_near(day: date, other: date) -> bool:
    return abs((day - other).days) <= _FOLLOW_UP_LEEWAY


def _appointments(work: Work, case: Case) -> list[Appointment]:
    ahead = (AppointmentState.OFFERED, AppointmentState.BOOKED)
    return list(
        work.session.scalars(select(Appointment).where(Appointment.case_id == case.id, Appointment.state.in_(ahead)))
    )


def _follow_ups(appointments: list[Appointment], closed_on: date) -> list[Appointment]:
    """Of the appointments ahead, those that are the visits after closing."""
    days = planned_follow_ups(closed_on)
    return [
        each
        for each in appointments
        if each.kind is AppointmentKind.REVIEW and any(_is_near(day, each.on) for day in days)
    ]


def _facts(work: Work, case: Case, draft: ClosingDraft) -> CaseFacts:
    """What the rules of closing ask; steps count as long as their goal is open."""
    appointments = _appointments(work, case)
    follow_ups = _follow_ups(appointments, draft.on)
    is_planned = all(any(_is_near(day, each.on) for each in follow_ups) for day in planned_follow_ups(draft.on))
    goals = work.session.scalars(select(Goal.state).where(Goal.case_id == case.id))
    steps = work.session.scalars(
        select(Step.state)
        .join(Goal, Goal.id == Step.goal_id)
        .where(Step.case_id == case.id, Goal.state.in_(OPEN_GOALS))
    )
    stays = work.session.scalars(select(Placement.kind).where(Placement.case_id == case.id, Placement.until.is_(None)))
    signed = select(PlanVersion.id).where(PlanVersion.case_id == case.id, PlanVersion.state == PlanVersionState.AGREED)
    return CaseFacts(
        goals=tuple(goals),
        steps=tuple(steps),
        open_stays=tuple(stays),
        appointments=tuple(each.state for each in appointments if each not in follow_ups),
        plan_is_signed=work.session.scalar(signed.limit(1)) is not None,
        follow_ups_planned=draft.plan_follow_ups or is_planned,
        reason=ClosureReason(draft.reason) if draft.reason else None,
    )
