"""The plan of a case: looked at whole or in short, its areas, and its goals in the survivor's words.

The first change makes the plan, with the areas that every plan begins with; looking at it makes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.closing import Obstacle, obstacles_to_achieve_goal
from aftercare.domain.codes import OPEN_GOALS, AreaState, GoalState, StepState
from aftercare.domain.course import Series
from aftercare.domain.drafts.plan import AreaDraft, GoalDraft
from aftercare.domain.errors import CannotClose, FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.progress import moved_goal_state
from aftercare.domain.rows.plan import PlanOverview, PlanRow
from aftercare.domain.versions import PlanContent
from aftercare.queries import plan as queries
from aftercare.queries import plan_overview as overviews
from aftercare.records.people import Case
from aftercare.records.plans import Goal, Plan, PlanArea, Step
from aftercare.services.work import Work, about, needs

ENDS = (GoalState.ACHIEVED, GoalState.CHANGED, GoalState.SET_ASIDE)
Placed = TypeVar("Placed", PlanArea, Goal, Step)


# --- looking ------------------------------------------------------------------------------------------------------


@needs(Permission.SEE_RECORDS)
def open_plan(work: Work, case_id: UUID) -> PlanRow:
    """The whole plan of a case; that it was read is logged."""
    found = queries.plan_row(work.session, case_id, work.sees)
    if found is None:
        raise NotFound("survivor_case")
    work.note_read("plan", case_id)
    return found


@needs(Permission.SEE_RECORDS)
def plan_overview(work: Work, case_id: UUID) -> PlanOverview:
    """The plan of one case in short, area by area; that it was read is logged."""
    found = plan_overviews(work, (case_id,))
    if case_id not in found:
        raise NotFound("survivor_case")
    work.note_read("plan", case_id)
    return found[case_id]


def plan_overviews(work: Work, case_ids: Sequence[UUID]) -> dict[UUID, PlanOverview]:
    """The plans of several cases in short, for services that list cases (they log what they show)."""
    return overviews.plan_overviews(work.session, case_ids, work.today(), work.sees)


@needs(Permission.SEE_RECORDS)
def course(work: Work, case_id: UUID, since: date | None = None) -> tuple[Series, ...]:
    """The levels of every area over time in both voices, counted from 0 as the chart draws them."""
    work.note_read("course", case_id)
    return overviews.course(work.session, case_id, since, work.sees)


# --- areas --------------------------------------------------------------------------------------------------------


def plan_of(work: Work, case_id: UUID) -> Plan:
    """The plan of a case, made now with its usual areas where there is none."""
    plan = work.session.scalar(select(Plan).where(Plan.case_id == case_id))
    if plan is not None:
        return plan
    case = work.get(Case, case_id)
    plan = work.add(Plan(**about(case)))
    for place, row in enumerate(queries.usual_areas(queries.office_areas(work.session))):
        work.add(PlanArea(**about(case), plan_id=plan.id, area=row.area, position=place))
    work.session.flush()
    return plan


def _area_of(work: Work, case_id: UUID, area: str) -> PlanArea:
    """The record of an area; it is put into the plan where it is not part of it yet."""
    plan = plan_of(work, case_id)
    found = work.session.scalar(select(PlanArea).where(PlanArea.plan_id == plan.id, PlanArea.area == area))
    if found is not None:
        return found
    if all(row.area != area for row in queries.office_areas(work.session)):
        raise FieldProblem("area", "unknown_code", area)
    place = queries.next_place(work.session, PlanArea, PlanArea.plan_id == plan.id)
    return work.add(PlanArea(survivor_id=plan.survivor_id, case_id=case_id, plan_id=plan.id, area=area, position=place))


@needs(Permission.WRITE_RECORDS)
def add_area(work: Work, case_id: UUID, area: str) -> None:
    """Take another area into the plan."""
    _area_of(work, case_id, area)


@needs(Permission.WRITE_RECORDS)
def set_area(work: Work, case_id: UUID, draft: AreaDraft) -> None:
    """Work on an area now, later, or not at all, and why in her words; her «not wanted» needs no closed goals."""
    area = _area_of(work, case_id, draft.area)
    if draft.version is not None:
        work.get_unchanged(PlanArea, area.id, draft.version)
    area.state, area.words = draft.state, draft.words.strip()


@needs(Permission.WRITE_RECORDS)
def take_out_area(work: Work, case_id: UUID, area: str) -> None:
    """Take an area without goals out of the plan; one with goals is set to «later» or «not wanted» instead."""
    found = _area_of(work, case_id, area)
    if work.session.scalar(select(Goal.id).where(Goal.plan_area_id == found.id).limit(1)) is not None:
        raise CannotClose("plan_area", (Obstacle.GOALS_OPEN,))
    work.remove(found)


@needs(Permission.WRITE_RECORDS)
def move_area(work: Work, case_id: UUID, area: str, before: str | None) -> None:
    """Put an area before another one of the plan; None: at the end."""
    moved = _area_of(work, case_id, area)
    siblings = work.session.scalars(
        select(PlanArea).where(PlanArea.plan_id == moved.plan_id).order_by(PlanArea.position, PlanArea.id)
    ).all()
    put_before(siblings, moved, next((each.id for each in siblings if each.area == before), None))


def put_before(siblings: Sequence[Placed], moved: Placed, before: UUID | None) -> None:
    """Number the siblings anew with `moved` before the named one, or last; one that keeps its place is untouched."""
    order = [each for each in siblings if each is not moved]
    place = next((at for at, each in enumerate(order) if each.id == before), len(order))
    order.insert(place, moved)
    for position, each in enumerate(order):
        if each.position != position:
            each.position = position


# --- goals --------------------------------------------------------------------------------------------------------


@needs(Permission.WRITE_RECORDS)
def add_goal(work: Work, case_id: UUID, draft: GoalDraft) -> UUID:
    """A new goal, proposed until it is agreed; gives its key."""
    _check_words(draft)
    area = _area_of(work, case_id, draft.area)
    goal = work.add(
        Goal(
            survivor_id=area.survivor_id,
            case_id=case_id,
            plan_area_id=area.id,
            words=draft.words.strip(),
            baseline=draft.baseline.strip(),
            aim=draft.aim.strip(),
            target_on=draft.target_on,
            position=queries.next_place(work.session, Goal, Goal.plan_area_id == area.id),
        )
    )
    if area.state is not AreaState.ACTIVE:
        area.state = AreaState.ACTIVE
    return goal.id


@needs(Permission.WRITE_RECORDS)
def correct_goal(work: Work, draft: GoalDraft) -> None:
    """Reword a goal, move its date or move it to another area; ChangedMeanwhile where somebody saved it since."""
    _check_words(draft)
    goal = work.get_unchanged(Goal, draft.id, draft.version)
    area = _area_of(work, goal.case_id, draft.area)
    if goal.plan_area_id != area.id:
        goal.position = queries.next_place(work.session, Goal, Goal.plan_area_id == area.id)
        goal.plan_area_id = area.id
    goal.words = draft.words.strip()
    goal.baseline, goal.aim = draft.baseline.strip(), draft.aim.strip()
    goal.target_on = draft.target_on


def _check_words(draft: GoalDraft) -> None:
    if not draft.words.strip():
        raise FieldProblem("words", "required")


@needs(Permission.WRITE_RECORDS)
def close_goal(work: Work, goal_id: UUID, version: int | None, end: GoalState) -> None:
    """A goal was achieved, changed or set aside; CannotClose where it is to be achieved and steps are open."""
    if end not in ENDS:
        raise FieldProblem("state", "unknown_code", end.value)
    goal = work.get_unchanged(Goal, goal_id, version)
    obstacles = obstacles_to_achieve_goal(_step_states(work, goal)) if end is GoalState.ACHIEVED else ()
    if obstacles:
        raise CannotClose("goal", obstacles)
    goal.state = end


@needs(Permission.WRITE_RECORDS)
def reopen_goal(work: Work, goal_id: UUID, version: int | None) -> None:
    """Work on a goal again: in progress where a step is done, else agreed or proposed as the version in force says."""
    goal = work.get_unchanged(Goal, goal_id, version)
    if goal.state in OPEN_GOALS:
        return
    state = GoalState.AGREED if _is_agreed(work, goal) else GoalState.PROPOSED
    goal.state = moved_goal_state(state, _step_states(work, goal))


def _step_states(work: Work, goal: Goal) -> Sequence[StepState]:
    return work.session.scalars(select(Step.state).where(Step.goal_id == goal.id)).all()


def _is_agreed(work: Work, goal: Goal) -> bool:
    area = work.get(PlanArea, goal.plan_area_id)
    version = queries.latest_version(work.session, area.plan_id)
    if version is None:
        return False
    content = PlanContent.from_dict(version.content)
    return any(each.id == str(goal.id) for agreed in content.areas for each in agreed.goals)


@needs(Permission.WRITE_RECORDS)
def move_goal(work: Work, goal_id: UUID, before: UUID | None) -> None:
    """Put a goal before another one of its area; None: at the end."""
    moved = work.get(Goal, goal_id)
    siblings = work.session.scalars(
        select(Goal).where(Goal.plan_area_id == moved.plan_area_id).order_by(Goal.position, Goal.id)
    ).all()
    put_before(siblings, moved, before)
