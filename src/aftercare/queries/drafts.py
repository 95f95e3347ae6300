"""The drafts of one person; nobody else's are ever looked at."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from aftercare.domain.rows.drafts import DraftRow
from aftercare.records.notes import Draft


def draft_record(session: Session, staff_id: UUID, form: str, about: str) -> Draft | None:
    return session.scalar(select(Draft).where(Draft.staff_id == staff_id, Draft.form == form, Draft.about == about))


def draft_of(session: Session, staff_id: UUID, form: str, about: str) -> DraftRow | None:
    found = draft_record(session, staff_id, form, about)
    return None if found is None else DraftRow(found.form, found.about, found.content, found.saved_at)


def drafts_of(session: Session, staff_id: UUID, leaving_out: Collection[str]) -> tuple[DraftRow, ...]:
    """Everything this person has not finished, the newest first."""
    found = session.execute(
        select(Draft.form, Draft.about, Draft.content, Draft.saved_at)
        .where(Draft.staff_id == staff_id, Draft.form.not_in(leaving_out))
        .order_by(Draft.saved_at.desc())
    )
    return tuple(DraftRow(*row) for row in found)


def forget_draft(session: Session, staff_id: UUID, form: str, about: str) -> None:
    session.execute(delete(Draft).where(Draft.staff_id == staff_id, Draft.form == form, Draft.about == about))
