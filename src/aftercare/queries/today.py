"""Cases at a glance: how they stand, and what others wrote about mine. Never more rows than the page shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import case as sql_case
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftercare.domain.codes import GoalState, Stage, StepState
from aftercare.domain.progress import StepsCounted
from aftercare.domain.rows.plan import LEFT_BEHIND
from aftercare.domain.rows.today import AreaShare, CaseloadRow, NewsRow
from aftercare.domain.secrecy import Sees, is_open
from aftercare.queries.diary import cases_of
from aftercare.records.notes import Note
from aftercare.records.people import Case, Staff, Survivor
from aftercare.records.plans import Goal, Plan, PlanArea, Step

_LATEST_DAY = date(9999, 12, 31)


def works_on_a_case(session: Session, actor_id: UUID, today: date) -> bool:
    """Whether any open case is this person's own."""
    mine = select(Case.id).where(Case.id.in_(cases_of(actor_id, today)), Case.stage != Stage.CLOSED).limit(1)
    return session.scalar(mine) is not None


def caseload(session: Session, limit: int, of: Any = None) -> tuple[tuple[CaseloadRow, ...], int]:
    """Open cases (those that `of` selects), those with the next review first, and how many there are."""
    wanted = [Case.stage != Stage.CLOSED] if of is None else [Case.id.in_(of), Case.stage != Stage.CLOSED]
    total = session.scalar(select(func.count()).select_from(Case).where(*wanted)) or 0
    last_note = select(func.max(Note.on)).where(Note.case_id == Case.id).correlate(Case).scalar_subquery()
    found = session.execute(
        select(
            Survivor.id,
            Case.id.label("case_id"),
            Survivor.number,
            Survivor.case_code,
            Case.stage,
            last_note.label("last_note_on"),
            Plan.review_on,
        )
        .join(Survivor, Survivor.id == Case.survivor_id)
        .outerjoin(Plan, Plan.case_id == Case.id)
        .where(*wanted)
        .order_by(func.coalesce(Plan.review_on, _LATEST_DAY), Survivor.number)
        .limit(limit)
    ).all()
    shares = area_shares(session, [row.case_id for row in found])
    return tuple(CaseloadRow(*row, shares.get(row.case_id, {})) for row in found), total


def area_shares(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, dict[str, AreaShare]]:
    """Steps done of those that count, by case and area; steps of goals that were left behind do not count."""
    counts = tuple(state for state in GoalState if state not in LEFT_BEHIND)
    kept = Step.state != StepState.DROPPED
    found = session.execute(
        select(
            PlanArea.case_id,
            PlanArea.area,
            PlanArea.state,
            func.coalesce(func.sum(sql_case((Step.state == StepState.DONE, 1), else_=0)), 0),
            func.count(Step.id),
        )
        .outerjoin(Goal, (Goal.plan_area_id == PlanArea.id) & Goal.state.in_(counts))
        .outerjoin(Step, (Step.goal_id == Goal.id) & kept)
        .where(PlanArea.case_id.in_(case_ids))
        .group_by(PlanArea.case_id, PlanArea.area, PlanArea.state)
    )
    shares: dict[UUID, dict[str, AreaShare]] = defaultdict(dict)
    for case_id, area, state, done, total in found:
        shares[case_id][area] = AreaShare(state, StepsCounted(int(done), total))
    return shares


def news(
    session: Session, actor_id: UUID, today: date, since: datetime, *, sees: Sees, limit: int
) -> tuple[NewsRow, ...]:
    """Notes of others about my cases, written since, the latest first."""
    found = session.execute(
        select(Note, Survivor.case_code, Staff.display_name)
        .join(Survivor, Survivor.id == Note.survivor_id)
        .join(Staff, Staff.id == Note.created_by, isouter=True)
        .where(Note.created_at > since, Note.created_by != actor_id, Note.case_id.in_(cases_of(actor_id, today)))
        .order_by(Note.created_at.desc())
        .limit(limit)
    )
    return tuple(_news_row(note, code, author or "", sees) for note, code, author in found)


def _news_row(note: Note, case_code: str, author: str, sees: Sees) -> NewsRow:
    hidden = not is_open(note.restricted, note.area, sees)
    return NewsRow(
        note_id=note.id,
        survivor_id=note.survivor_id,
        case_code=case_code,
        area=None if hidden else note.area,
        kind=None if hidden else note.kind,
        words="" if hidden else note.words,
        author=author,
        written_at=note.created_at,
        is_hidden=hidden,
    )
