"""Levels of a case as they were said, and the occasions on which several areas were gone through."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftercare.domain.rows.scores import AssessmentRow, ScoreRow
from aftercare.domain.secrecy import Sees
from aftercare.queries.secrecy import open_to
from aftercare.records.people import Staff
from aftercare.records.plans import Assessment, ProgressEntry


def answers_by_area(session: Session, case_id: UUID, sees: Sees) -> dict[str, list[ScoreRow]]:
    """Every entry that holds an answer of either voice, the newest first."""
    entry = ProgressEntry
    query = (
        select(entry.area, entry.id, entry.on, entry.staff_level, entry.own_level, entry.narrative, Staff.display_name)
        .outerjoin(Staff, Staff.id == entry.created_by)
        .where(entry.case_id == case_id, open_to(ProgressEntry, sees))
        .where(entry.staff_level.is_not(None) | entry.own_level.is_not(None))
        .order_by(entry.on.desc(), entry.id.desc())
    )
    found: dict[str, list[ScoreRow]] = defaultdict(list)
    for area, key, on, staff, own, words, by in session.execute(query):
        found[area].append(ScoreRow(key, on, staff, own, words, by or ""))
    return found


def assessments(session: Session, case_id: UUID, limit: int) -> tuple[AssessmentRow, ...]:
    counted = (
        select(func.count())
        .where(ProgressEntry.assessment_id == Assessment.id, ProgressEntry.case_id == case_id)
        .correlate(Assessment)
        .scalar_subquery()
    )
    found = session.execute(
        select(
            Assessment.id,
            Assessment.version,
            Assessment.on,
            Assessment.setting,
            Assessment.words,
            counted,
            func.coalesce(Staff.display_name, ""),
        )
        .outerjoin(Staff, Staff.id == Assessment.created_by)
        .where(Assessment.case_id == case_id)
        .order_by(Assessment.on.desc(), Assessment.id.desc())
        .limit(limit)
    )
    return tuple(AssessmentRow(*row) for row in found)
