"""What happened in a case besides notes and facts: progress, agreements, stages; the latest only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from aftercare.domain.rows.overview import Happening, HappeningRow
from aftercare.domain.secrecy import Sees
from aftercare.queries.secrecy import open_to
from aftercare.records.people import Staff, StageChange
from aftercare.records.plans import Assessment, PlanVersion, ProgressEntry


def plan_happenings(session: Session, case_id: UUID, sees: Sees, limit: int) -> Iterator[HappeningRow]:
    """The latest of each kind, up to `limit` of each."""
    yield from _progress(session, case_id, sees, limit)
    yield from _assessments(session, case_id, limit)
    yield from _agreements(session, case_id, limit)
    yield from _stages(session, case_id, limit)


def _latest(kind: Any, case_id: UUID, day: Any, limit: int, *columns: Any) -> Any:
    return (
        select(kind.id, day, Staff.display_name, *columns)
        .outerjoin(Staff, Staff.id == kind.created_by)
        .where(kind.case_id == case_id)
        .order_by(day.desc(), kind.id.desc())
        .limit(limit)
    )


def _progress(session: Session, case_id: UUID, sees: Sees, limit: int) -> Iterator[HappeningRow]:
    entry = ProgressEntry
    query = _latest(
        entry, case_id, entry.on, limit,
        entry.area, entry.narrative, entry.staff_level, entry.own_level, entry.restricted,
    ).where(open_to(ProgressEntry, sees), or_(entry.narrative != "", entry.assessment_id.is_(None)))  # fmt: skip
    for key, on, who, area, words, staff, own, restricted in session.execute(query):
        yield HappeningRow(
            key, Happening.PROGRESS, on, area=area, words=words, who=who or "", restricted=restricted,
            staff_level=staff, own_level=own,
        )  # fmt: skip


def _assessments(session: Session, case_id: UUID, limit: int) -> Iterator[HappeningRow]:
    """One line for an occasion on which several areas were gone through."""
    counted = select(func.count()).where(ProgressEntry.assessment_id == Assessment.id, ProgressEntry.case_id == case_id)
    areas = counted.correlate(Assessment).scalar_subquery()
    for key, on, who, words, number in session.execute(
        _latest(Assessment, case_id, Assessment.on, limit, Assessment.words, areas)
    ):
        yield HappeningRow(key, Happening.ASSESSED, on, words=words, who=who or "", number=number)


def _agreements(session: Session, case_id: UUID, limit: int) -> Iterator[HappeningRow]:
    query = _latest(PlanVersion, case_id, PlanVersion.agreed_on, limit, PlanVersion.number)
    for key, on, who, number in session.execute(query):
        yield HappeningRow(key, Happening.AGREED, on, who=who or "", number=number)


def _stages(session: Session, case_id: UUID, limit: int) -> Iterator[HappeningRow]:
    query = _latest(StageChange, case_id, StageChange.on, limit, StageChange.stage, StageChange.words)
    for key, on, who, stage, words in session.execute(query):
        yield HappeningRow(key, Happening.STAGE, on, words=words, who=who or "", stage=stage)


def month_before(today: date, months: int) -> date:
    """The first day of the month so many months back."""
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
