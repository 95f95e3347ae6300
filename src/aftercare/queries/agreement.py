"""Versions of a plan as they were agreed, and what the form for the next one begins with."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.rows.agreement import PlanVersionRow, Signature
from aftercare.domain.versions import PlanContent
from aftercare.records.people import SpokenLanguage, Staff
from aftercare.records.plans import PlanVersion


def plan_versions(session: Session, case_id: UUID) -> tuple[PlanVersionRow, ...]:
    """Every version of a case's plan, the newest first."""
    query = (
        select(PlanVersion, Staff.display_name)
        .join(Staff, Staff.id == PlanVersion.worker_id)
        .where(PlanVersion.case_id == case_id)
        .order_by(PlanVersion.number.desc())
    )
    return tuple(_row(version, worker) for version, worker in session.execute(query))


def _row(version: PlanVersion, worker: str) -> PlanVersionRow:
    return PlanVersionRow(
        id=version.id,
        number=version.number,
        state=version.state,
        agreed_on=version.agreed_on,
        review_on=version.review_on,
        content=PlanContent.from_dict(version.content),
        her_signature=Signature.from_dict(version.her_signature_way, version.her_signature),
        worker_signature=Signature.from_dict(version.worker_signature_way, version.worker_signature),
        worker=worker,
        language=version.language,
        interpreter=version.interpreter,
    )


def spoken_languages(session: Session, survivor_id: UUID) -> tuple[tuple[str, bool], ...]:
    """The languages she speaks and whether an interpreter is needed, the first one first."""
    rows = session.execute(
        select(SpokenLanguage.language, SpokenLanguage.interpreter)
        .where(SpokenLanguage.survivor_id == survivor_id)
        .order_by(SpokenLanguage.position)
    )
    return tuple((row.language, row.interpreter) for row in rows)
