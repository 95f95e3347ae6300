"""The plans of cases, whole: areas, goals, steps and levels, in a fixed number of questions for any number of cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session

from aftercare.domain.codes import MAIN_AREAS, Area, AreaState, PlanVersionState, StepDoer, StepState
from aftercare.domain.differences import differences
from aftercare.domain.rows.plan import (
    AreaRow,
    GoalRow,
    LevelsRow,
    OfficeAreaRow,
    PlanRow,
    StaffChoice,
    StepRow,
    VersionLine,
)
from aftercare.domain.secrecy import Sees
from aftercare.domain.versions import PlanContent
from aftercare.queries.secrecy import open_to
from aftercare.records.office import OwnArea
from aftercare.records.people import Case, Staff
from aftercare.records.plans import Goal, Plan, PlanArea, PlanVersion, ProgressEntry, Step

NO_LEVELS = LevelsRow()


# --- the areas of the organisation --------------------------------------------------------------------------------


def office_areas(session: Session) -> tuple[OfficeAreaRow, ...]:
    """The areas that every vault knows, as they are used here, then the organisation's own."""
    kept = {row.code: row for row in session.scalars(select(OwnArea).order_by(OwnArea.position, OwnArea.id))}
    built_in = [_office_area(area.value, place, kept.get(area.value)) for place, area in enumerate(Area)]
    own = [
        _office_area(code, len(built_in) + place, row)
        for place, (code, row) in enumerate(kept.items())
        if code not in set(Area)
    ]
    return (*built_in, *own)


def _office_area(code: str, position: int, kept: OwnArea | None) -> OfficeAreaRow:
    is_built_in = code in set(Area)
    if kept is None:
        return OfficeAreaRow(code, "", "", False, is_built_in, position)
    return OfficeAreaRow(code, kept.label, kept.colour, kept.hidden, is_built_in, position, kept.version)


def usual_areas(offered: Iterable[OfficeAreaRow]) -> tuple[OfficeAreaRow, ...]:
    """The areas that a new plan begins with: the five main ones, unless the organisation hides one."""
    return tuple(row for row in offered if row.area in MAIN_AREAS and not row.hidden)


# --- plans --------------------------------------------------------------------------------------------------------


def plan_row(session: Session, case_id: UUID, sees: Sees) -> PlanRow | None:
    """The plan of a case with its version in force; None where there is no such case."""
    found = plan_rows(session, (case_id,), sees).get(case_id)
    if found is None:
        return None
    shown = {row.area for row in found.areas}
    offered = tuple(row for row in office_areas(session) if row.area not in shown and not row.hidden)
    return _with_version(replace(found, other_areas=offered), latest_version(session, found.plan_id))


def plan_rows(session: Session, case_ids: Collection[UUID], sees: Sees) -> dict[UUID, PlanRow]:
    """The plans of these cases, without their versions; a case without a plan has the usual areas, empty."""
    offered = {row.area: row for row in office_areas(session)}
    areas = _areas(session, case_ids)
    goals = _goals(session, case_ids)
    levels = levels_of(session, case_ids, sees)
    cases = session.execute(
        select(Case.id, Case.survivor_id, Plan.id.label("plan_id"), Plan.review_on)
        .outerjoin(Plan, Plan.case_id == Case.id)
        .where(Case.id.in_(case_ids))
    )
    found = {}
    for case in cases:
        told = levels.get(case.id, {})
        if case.plan_id is None:
            rows = [_usual_area(row, told.get(row.area, NO_LEVELS)) for row in usual_areas(offered.values())]
        else:
            rows = [_area(row, offered, goals, told) for row in areas.get(case.plan_id, ())]
        found[case.id] = PlanRow(case.id, case.survivor_id, case.plan_id, case.review_on, tuple(rows))
    return found


def _areas(session: Session, case_ids: Collection[UUID]) -> dict[UUID, list[Row[*tuple[Any, ...]]]]:
    found: dict[UUID, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
    query = (
        select(
            PlanArea.id,
            PlanArea.version,
            PlanArea.plan_id,
            PlanArea.area,
            PlanArea.state,
            PlanArea.words,
            PlanArea.position,
        )
        .where(PlanArea.case_id.in_(case_ids))
        .order_by(PlanArea.position, PlanArea.id)
    )
    for row in session.execute(query):
        found[row.plan_id].append(row)
    return found


def _usual_area(row: OfficeAreaRow, levels: LevelsRow) -> AreaRow:
    return AreaRow(row.area, row.label, row.colour, None, None, AreaState.ACTIVE, "", row.position, (), levels)


def _area(
    row: Row[Any],
    offered: Mapping[str, OfficeAreaRow],
    goals: Mapping[UUID, list[GoalRow]],
    levels: Mapping[str, LevelsRow],
) -> AreaRow:
    office = offered.get(row.area)
    return AreaRow(
        area=row.area,
        label=office.label if office else "",
        colour=office.colour if office else "",
        id=row.id,
        version=row.version,
        state=row.state,
        words=row.words,
        position=row.position,
        goals=tuple(replace(goal, area=row.area) for goal in goals.get(row.id, ())),
        levels=levels.get(row.area, NO_LEVELS),
    )


def _goals(session: Session, case_ids: Collection[UUID]) -> dict[UUID, list[GoalRow]]:
    """The goals by their area, still without the area's code."""
    steps = _steps(session, case_ids)
    found: dict[UUID, list[GoalRow]] = defaultdict(list)
    query = (
        select(
            Goal.id,
            Goal.version,
            Goal.plan_area_id,
            Goal.words,
            Goal.baseline,
            Goal.aim,
            Goal.target_on,
            Goal.state,
            Goal.position,
        )
        .where(Goal.case_id.in_(case_ids))
        .order_by(Goal.position, Goal.id)
    )
    for row in session.execute(query):
        found[row.plan_area_id].append(
            GoalRow(
                id=row.id,
                version=row.version,
                area="",
                words=row.words,
                baseline=row.baseline,
                aim=row.aim,
                target_on=row.target_on,
                state=row.state,
                position=row.position,
                agreed_on=None,
                steps=_in_chains(steps.get(row.id, [])),
            )
        )
    return found


def _steps(session: Session, case_ids: Collection[UUID]) -> dict[UUID, list[StepRow]]:
    query = (
        select(
            Step.id,
            Step.version,
            Step.goal_id,
            Step.words,
            Step.doer,
            Step.staff_id,
            Step.provider,
            Staff.display_name,
            Step.due_on,
            Step.state,
            Step.done_on,
            Step.barrier,
            Step.barrier_words,
            Step.waits_for_id,
            Step.repeat,
            Step.follows_id,
            Step.position,
        )
        .outerjoin(Staff, Staff.id == Step.staff_id)
        .where(Step.case_id.in_(case_ids))
        .order_by(Step.position, Step.id)
    )
    rows = session.execute(query).all()
    words = {row.id: row.words for row in rows}
    found: dict[UUID, list[StepRow]] = defaultdict(list)
    for row in rows:
        found[row.goal_id].append(
            StepRow(
                id=row.id,
                version=row.version,
                goal_id=row.goal_id,
                words=row.words,
                doer=row.doer,
                staff_id=row.staff_id,
                provider=row.provider,
                who=who_does(row.doer, row.provider, row.display_name),
                due_on=row.due_on,
                state=row.state,
                done_on=row.done_on,
                barrier=row.barrier,
                barrier_words=row.barrier_words,
                waits_for_id=row.waits_for_id,
                waits_for=words.get(row.waits_for_id, ""),
                repeat=row.repeat,
                follows_id=row.follows_id,
                position=row.position,
            )
        )
    return found


def who_does(doer: StepDoer, provider: str, staff: str | None) -> str:
    """The name of whoever does a step; empty for the survivor."""
    if doer is StepDoer.PROVIDER:
        return provider
    return (staff or "") if doer is StepDoer.STAFF else ""


def _in_chains(steps: list[StepRow]) -> tuple[StepRow, ...]:
    """The steps of a goal, each told how often it was done before and whether a later one stands in its place."""
    known = {step.id: step for step in steps}
    followed = {step.follows_id for step in steps if step.follows_id and step.state is not StepState.DROPPED}
    shown = []
    for step in steps:
        times, before = 0, step.follows_id
        while before in known and times < len(steps):
            times, before = times + 1, known[before].follows_id
        is_followed = step.id in followed
        shown.append(replace(step, times_done=times, is_followed=is_followed) if times or is_followed else step)
    return tuple(shown)


# --- levels -------------------------------------------------------------------------------------------------------


def levels_of(
    session: Session, case_ids: Collection[UUID], sees: Sees, until: date | None = None
) -> dict[UUID, dict[str, LevelsRow]]:
    """The latest answer of each voice by case and area; an answer that is no level replaces an older level too."""
    query = (
        select(
            ProgressEntry.case_id,
            ProgressEntry.area,
            ProgressEntry.on,
            ProgressEntry.staff_level,
            ProgressEntry.own_level,
        )
        .where(ProgressEntry.case_id.in_(case_ids), open_to(ProgressEntry, sees))
        .where(or_(ProgressEntry.staff_level.is_not(None), ProgressEntry.own_level.is_not(None)))
        .order_by(ProgressEntry.on, ProgressEntry.id)
    )
    if until is not None:
        query = query.where(ProgressEntry.on <= until)
    found: dict[UUID, dict[str, LevelsRow]] = defaultdict(dict)
    for row in session.execute(query):
        known = found[row.case_id].get(row.area, NO_LEVELS)
        if row.staff_level is not None:
            known = replace(known, staff=row.staff_level, staff_on=row.on)
        if row.own_level is not None:
            known = replace(known, own=row.own_level, own_on=row.on)
        found[row.case_id][row.area] = known
    return found


# --- the version in force -----------------------------------------------------------------------------------------


def latest_version(session: Session, plan_id: UUID | None) -> PlanVersion | None:
    if plan_id is None:
        return None
    return session.scalar(
        select(PlanVersion)
        .where(PlanVersion.plan_id == plan_id, PlanVersion.state == PlanVersionState.AGREED)
        .order_by(PlanVersion.number.desc())
        .limit(1)
    )


def _with_version(plan: PlanRow, version: PlanVersion | None) -> PlanRow:
    if version is None:
        return plan
    content = PlanContent.from_dict(version.content)
    agreed = {goal.id for area in content.areas for goal in area.goals}
    line = VersionLine(
        id=version.id,
        number=version.number,
        agreed_on=version.agreed_on,
        review_on=version.review_on,
        is_changed=bool(differences(content, plan.content())),
    )
    areas = tuple(
        replace(
            area,
            goals=tuple(
                replace(goal, agreed_on=version.agreed_on) if str(goal.id) in agreed else goal for goal in area.goals
            ),
        )
        for area in plan.areas
    )
    return replace(plan, areas=areas, in_force=line)


# --- choices ------------------------------------------------------------------------------------------------------


def staff_choices(session: Session) -> tuple[StaffChoice, ...]:
    """Everybody who works here now, by name."""
    rows = session.execute(
        select(Staff.id, Staff.display_name).where(Staff.active.is_(True)).order_by(Staff.display_name)
    )
    return tuple(StaffChoice(row.id, row.display_name) for row in rows)


def next_place(session: Session, kind: type[Goal] | type[Step] | type[PlanArea], of: ColumnElement[bool]) -> int:
    """The position behind the last one of its siblings."""
    last = session.scalar(select(func.max(kind.position)).where(and_(of)))
    return 0 if last is None else last + 1
