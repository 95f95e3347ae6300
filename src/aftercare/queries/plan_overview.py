"""Plans in short, for other pages: overviews of cases, steps that are due, and the course of levels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, select, union
from sqlalchemy.orm import Session, aliased

from aftercare.domain.codes import (
    OPEN_GOALS,
    Area,
    AreaState,
    PlanVersionState,
    Rung,
    Stage,
    StepState,
)
from aftercare.domain.course import Score, Series
from aftercare.domain.progress import Due, due_in, is_blocked, next_step
from aftercare.domain.rows.plan import (
    AreaOverview,
    AreaRow,
    DueStepRow,
    NextStepRow,
    PlanOverview,
    PlanRow,
    ProgressRow,
)
from aftercare.domain.rows.survivors import Whose
from aftercare.domain.secrecy import Sees
from aftercare.queries.plan import office_areas, plan_rows, who_does
from aftercare.queries.secrecy import open_to
from aftercare.records.facts import Reunification
from aftercare.records.people import Case, CaseWorker, Staff, Survivor
from aftercare.records.plans import Goal, PlanArea, PlanVersion, ProgressEntry, Step


def plan_overviews(session: Session, case_ids: Collection[UUID], today: date, sees: Sees) -> dict[UUID, PlanOverview]:
    """The plans of these cases in short, by case."""
    plans = plan_rows(session, case_ids, sees)
    rungs = _rungs(session, case_ids)
    agreed = _agreed(session, case_ids)
    return {key: _overview(plan, rungs.get(key), agreed.get(key), today) for key, plan in plans.items()}


def _overview(plan: PlanRow, rung: Rung | None, agreed: tuple[int, date] | None, today: date) -> PlanOverview:
    return PlanOverview(
        case_id=plan.case_id,
        review=due_in(plan.review_on, today) if plan.review_on else None,
        version_number=agreed[0] if agreed else None,
        agreed_on=agreed[1] if agreed else None,
        areas=tuple(_area_overview(area, rung, today) for area in plan.areas),
    )


def _area_overview(area: AreaRow, rung: Rung | None, today: date) -> AreaOverview:
    is_wanted = area.state is not AreaState.NOT_WANTED
    goals = [goal for goal in area.goals if goal.is_open]
    return AreaOverview(
        area=area.area,
        label=area.label,
        colour=area.colour,
        state=area.state,
        counted=area.counted,
        open_goals=len(goals),
        goal_words=goals[0].words if goals else "",
        next_step=_next_step(area, today) if is_wanted else None,
        levels=area.levels,
        rung=rung if area.area == Area.FAMILY else None,
    )


def _next_step(area: AreaRow, today: date) -> NextStepRow | None:
    steps = {str(step.id): step for goal in area.goals if goal.is_open for step in goal.steps}
    facts = [step.fact() for step in steps.values()]
    found = next_step(facts)
    if found is None:
        return None
    step = steps[found.key]
    due = due_in(step.due_on, today) if step.due_on else None
    return NextStepRow(step.id, step.version, step.words, step.doer, step.who, due, is_blocked(found, facts))


def _rungs(session: Session, case_ids: Collection[UUID]) -> dict[UUID, Rung]:
    """How far up the ladder each case is, on the ladder that is furthest."""
    order = list(Rung)
    found: dict[UUID, Rung] = {}
    query = select(Reunification.case_id, Reunification.rung).where(Reunification.case_id.in_(case_ids))
    for case_id, rung in session.execute(query):
        found[case_id] = max(found.get(case_id, rung), rung, key=order.index)
    return found


def _agreed(session: Session, case_ids: Collection[UUID]) -> dict[UUID, tuple[int, date]]:
    query = (
        select(PlanVersion.case_id, PlanVersion.number, PlanVersion.agreed_on)
        .where(PlanVersion.case_id.in_(case_ids), PlanVersion.state == PlanVersionState.AGREED)
        .order_by(PlanVersion.number)
    )
    return {case_id: (number, agreed_on) for case_id, number, agreed_on in session.execute(query)}


def due_steps(
    session: Session, until: date, today: date, actor_id: UUID, whose: Whose, limit: int = 0
) -> tuple[DueStepRow, ...]:
    """Steps due by a day or late, earliest first: mine are those that I do and those of my cases.

    A step counts while its case and its goal are open and the area is wanted.
    """
    awaited = aliased(Step)
    query = (
        select(
            Step.id,
            Step.version,
            Step.survivor_id,
            Step.case_id,
            Survivor.case_code,
            PlanArea.area,
            Step.words,
            Step.doer,
            Step.provider,
            Staff.display_name,
            Step.due_on,
            Step.state,
            awaited.state.label("awaited"),
        )
        .join(Goal, Goal.id == Step.goal_id)
        .join(PlanArea, PlanArea.id == Goal.plan_area_id)
        .join(Case, Case.id == Step.case_id)
        .join(Survivor, Survivor.id == Step.survivor_id)
        .outerjoin(Staff, Staff.id == Step.staff_id)
        .outerjoin(awaited, awaited.id == Step.waits_for_id)
        .where(
            Goal.state.in_(OPEN_GOALS),
            PlanArea.state != AreaState.NOT_WANTED,
            Case.stage != Stage.CLOSED,
        )
        .order_by(Step.due_on, Survivor.number, Step.position)
    )
    if whose is Whose.MINE:
        query = query.where(Step.id.in_(_my_due_steps(actor_id, until)))
    else:
        query = query.where(*_due(until))
    labels = {row.area: row.label for row in office_areas(session)}
    waiting = (StepState.OPEN, StepState.BLOCKED)
    return tuple(
        DueStepRow(
            id=row.id,
            version=row.version,
            survivor_id=row.survivor_id,
            case_id=row.case_id,
            case_code=row.case_code,
            area=row.area,
            label=labels.get(row.area, ""),
            words=row.words,
            doer=row.doer,
            who=who_does(row.doer, row.provider, row.display_name),
            due=Due(row.due_on, today),
            is_blocked=row.state is StepState.BLOCKED or row.awaited in waiting,
        )
        for row in session.execute(query.limit(limit) if limit else query)
    )


def _due(until: date) -> tuple[Any, Any]:
    return Step.state.in_((StepState.OPEN, StepState.BLOCKED)), Step.due_on <= until


def _my_due_steps(actor_id: UUID, until: date) -> CompoundSelect[Any]:
    """Steps that I do, and those of my cases: two ways in, each along its own index (an «or» would read all)."""
    mine = select(CaseWorker.case_id).where(CaseWorker.staff_id == actor_id, CaseWorker.until.is_(None))
    return union(
        select(Step.id).where(Step.staff_id == actor_id, *_due(until)),
        select(Step.id).where(Step.case_id.in_(mine), *_due(until)),
    )


# --- progress -----------------------------------------------------------------------------------------------------


def course(session: Session, case_id: UUID, since: date | None, sees: Sees) -> tuple[Series, ...]:
    """Levels over time, two series an area (staff, then her own view), in the order of the areas.

    The last answer before `since` is part of it: a line begins where things stood.
    """
    query = (
        select(ProgressEntry.area, ProgressEntry.on, ProgressEntry.staff_level, ProgressEntry.own_level)
        .where(ProgressEntry.case_id == case_id, open_to(ProgressEntry, sees))
        .order_by(ProgressEntry.on, ProgressEntry.id)
    )
    scores: dict[tuple[str, bool], dict[date, Score]] = defaultdict(dict)
    for row in session.execute(query):
        for own_view, level in ((False, row.staff_level), (True, row.own_level)):
            if level is not None:
                step = level.step
                scores[row.area, own_view][row.on] = Score(row.on, None if step is None else step - 1)
    order = [row.area for row in office_areas(session)]
    found = []
    for area, own_view in sorted(scores, key=lambda key: (order.index(key[0]) if key[0] in order else 99, key[1])):
        kept = _since(list(scores[area, own_view].values()), since)
        if kept:
            found.append(Series(area, kept, own_view))
    return tuple(found)


def _since(scores: list[Score], since: date | None) -> tuple[Score, ...]:
    if since is None:
        return tuple(scores)
    before = [score for score in scores if score.on < since]
    return tuple(before[-1:] + [score for score in scores if score.on >= since])


def progress_rows(
    session: Session, case_id: UUID, area: str | None, sees: Sees, since: date | None = None
) -> tuple[ProgressRow, ...]:
    """Entries of a case, of one area or all, the newest first."""
    query = (
        select(ProgressEntry, Staff.display_name)
        .join(Staff, Staff.id == ProgressEntry.created_by)
        .where(ProgressEntry.case_id == case_id, open_to(ProgressEntry, sees))
        .order_by(ProgressEntry.on.desc(), ProgressEntry.id.desc())
    )
    if area is not None:
        query = query.where(ProgressEntry.area == area)
    if since is not None:
        query = query.where(ProgressEntry.on >= since)
    words = {
        str(key): text for key, text in session.execute(select(Step.id, Step.words).where(Step.case_id == case_id))
    }
    return tuple(
        ProgressRow(
            id=entry.id,
            version=entry.version,
            area=entry.area,
            on=entry.on,
            narrative=entry.narrative,
            staff_level=entry.staff_level,
            own_level=entry.own_level,
            step_ids=tuple(UUID(key) for key in entry.step_ids),
            steps=tuple(words[key] for key in entry.step_ids if key in words),
            restricted=entry.restricted,
            by=by,
        )
        for entry, by in session.execute(query)
    )
