"""What a report asks of the vault: the case, its plan with steps, levels over time, versions, and the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.codes import AreaState, Gender, GoalState, Stage
from aftercare.domain.rows.reports import (
    AgreedPlan,
    EntryRow,
    IssuedRow,
    ReportGoal,
    ReportStep,
    Signed,
    Strokes,
)
from aftercare.domain.secrecy import Sees
from aftercare.queries.secrecy import open_to
from aftercare.records.office import IssuedReport, OwnArea
from aftercare.records.people import Case, CaseWorker, SpokenLanguage, Staff, Survivor
from aftercare.records.plans import Goal, Plan, PlanArea, PlanVersion, ProgressEntry, Step

_LEFT_BEHIND = (GoalState.CHANGED, GoalState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class CaseHead:
    survivor_id: UUID
    case_id: UUID
    case_code: str
    gender: Gender | None
    opened_on: date
    closed_on: date | None
    review_on: date | None
    employment: str | None


@dataclass(frozen=True, slots=True)
class PlannedArea:
    """An area of the plan with its goals; steps as they stand today."""

    area: str
    state: AreaState
    goals: tuple[ReportGoal, ...]


def case_head(session: Session, case_id: UUID) -> CaseHead | None:
    row = session.execute(
        select(
            Survivor.id,
            Case.id,
            Survivor.case_code,
            Survivor.gender,
            Case.opened_on,
            Case.closed_on,
            Plan.review_on,
            Case.employment,
        )
        .join(Survivor, Survivor.id == Case.survivor_id)
        .outerjoin(Plan, Plan.case_id == Case.id)
        .where(Case.id == case_id)
    ).first()
    return None if row is None else CaseHead(*row)


def case_of_code(session: Session, case_code: str) -> UUID | None:
    """The latest case of the person with this code."""
    return session.scalar(
        select(Case.id)
        .join(Survivor, Survivor.id == Case.survivor_id)
        .where(Survivor.case_code == case_code)
        .order_by(Case.number.desc())
        .limit(1)
    )


def caseload(session: Session, staff_id: UUID | None, today: date) -> tuple[UUID, ...]:
    """Open cases by code, those of one member of staff or all."""
    wanted = (
        select(Case.id)
        .join(Survivor, Survivor.id == Case.survivor_id)
        .where(Case.stage != Stage.CLOSED)
        .order_by(Survivor.number, Case.number)
    )
    if staff_id is not None:
        mine = select(CaseWorker.case_id).where(
            CaseWorker.staff_id == staff_id, (CaseWorker.until.is_(None)) | (CaseWorker.until >= today)
        )
        wanted = wanted.where(Case.id.in_(mine))
    return tuple(session.scalars(wanted))


def planned_areas(session: Session, case_id: UUID, without: Collection[str]) -> tuple[PlannedArea, ...]:
    """The plan as it stands, area by area in their order, without the areas named."""
    areas = session.execute(
        select(PlanArea.id, PlanArea.area, PlanArea.state)
        .where(PlanArea.case_id == case_id, PlanArea.area.not_in(without))
        .order_by(PlanArea.position, PlanArea.created_at)
    ).all()
    goals = session.execute(
        select(Goal.id, Goal.plan_area_id, Goal.words, Goal.state, Goal.target_on)
        .where(Goal.case_id == case_id, Goal.state.not_in(_LEFT_BEHIND))
        .order_by(Goal.position, Goal.created_at)
    ).all()
    steps = _steps(session, case_id)
    by_area: dict[UUID, list[ReportGoal]] = defaultdict(list)
    for goal in goals:
        by_area[goal.plan_area_id].append(
            ReportGoal(goal.words, goal.state, goal.target_on, tuple(steps.get(goal.id, ())))
        )
    return tuple(PlannedArea(area.area, area.state, tuple(by_area[area.id])) for area in areas)


def _steps(session: Session, case_id: UUID) -> dict[UUID, list[ReportStep]]:
    rows = session.execute(
        select(
            Step.id,
            Step.goal_id,
            Step.words,
            Step.doer,
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
        )
        .outerjoin(Staff, Staff.id == Step.staff_id)
        .where(Step.case_id == case_id)
        .order_by(Step.position, Step.created_at, Step.id)
    ).all()
    words = {row.id: row.words for row in rows if row.state in ("open", "blocked")}
    found: dict[UUID, list[ReportStep]] = defaultdict(list)
    for row in rows:
        found[row.goal_id].append(
            ReportStep(
                id=row.id,
                words=row.words,
                doer=row.doer,
                who=row.provider if row.doer == "provider" else row.display_name or "",
                due_on=row.due_on,
                state=row.state,
                done_on=row.done_on,
                barrier=row.barrier,
                barrier_words=row.barrier_words,
                waits_for=words.get(row.waits_for_id, ""),
                repeats=bool(row.repeat),
                follows=row.follows_id,
            )
        )
    return found


def entries(session: Session, case_id: UUID, until: date, sees: Sees) -> tuple[EntryRow, ...]:
    """Progress entries up to a day, the earliest first; restricted ones only where they are open."""
    wanted = (
        select(
            ProgressEntry.id,
            ProgressEntry.area,
            ProgressEntry.on,
            ProgressEntry.narrative,
            ProgressEntry.restricted,
            ProgressEntry.staff_level,
            ProgressEntry.own_level,
        )
        .where(ProgressEntry.case_id == case_id, ProgressEntry.on <= until)
        .order_by(ProgressEntry.on, ProgressEntry.created_at)
    )
    wanted = wanted.where(open_to(ProgressEntry, sees))
    return tuple(EntryRow(*row) for row in session.execute(wanted))


def agreed_plan(session: Session, case_id: UUID, until: date) -> tuple[AgreedPlan, date | None] | None:
    """The version in force on a day, and its review date."""
    row = session.execute(
        select(
            PlanVersion.number,
            PlanVersion.agreed_on,
            PlanVersion.review_on,
            PlanVersion.her_signature_way,
            PlanVersion.her_signature,
            PlanVersion.worker_signature_way,
            PlanVersion.worker_signature,
            Staff.display_name,
        )
        .outerjoin(Staff, Staff.id == PlanVersion.worker_id)
        .where(PlanVersion.case_id == case_id, PlanVersion.agreed_on <= until)
        .order_by(PlanVersion.number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    hers = Signed(row.her_signature_way, strokes_of(row.her_signature))
    workers = Signed(row.worker_signature_way, strokes_of(row.worker_signature))
    return AgreedPlan(row.number, row.agreed_on, hers, workers, row.display_name or ""), row.review_on


def strokes_of(kept: dict[str, Any] | None) -> Strokes:
    """The strokes of a drawn signature."""
    return tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in (kept or {}).get("strokes", ()))


def languages_of(session: Session, survivor_id: UUID) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(SpokenLanguage.language)
            .where(SpokenLanguage.survivor_id == survivor_id)
            .order_by(SpokenLanguage.position)
        )
    )


def own_area_names(session: Session) -> dict[str, str]:
    """What the organisation calls its areas, by code; those it relabelled or added."""
    return {code: name for code, name in session.execute(select(OwnArea.code, OwnArea.label)) if name}


def issued(session: Session, limit: int) -> tuple[IssuedRow, ...]:
    """The reports that left last."""
    rows = session.execute(
        select(
            IssuedReport.id,
            IssuedReport.number,
            Survivor.case_code,
            IssuedReport.kind,
            IssuedReport.profile,
            IssuedReport.created_at,
            Staff.display_name,
            IssuedReport.pages,
            IssuedReport.copies,
        )
        .join(Survivor, Survivor.id == IssuedReport.survivor_id)
        .outerjoin(Staff, Staff.id == IssuedReport.created_by)
        .order_by(IssuedReport.number.desc())
        .limit(limit)
    )
    return tuple(IssuedRow(r[0], r[1], r[2], r[3], r[4], r[5], r[6] or "", r[7], r[8]) for r in rows)
