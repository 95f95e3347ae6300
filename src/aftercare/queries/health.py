"""The restricted section on health: facts, and counselling counted from appointments."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import case as sql_case
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.codes import AppointmentKind, AppointmentState, HealthFactKind
from aftercare.domain.rhythm import rhythm_of
from aftercare.domain.rows.health import CounsellingRow, HealthFactRow
from aftercare.records.facts import Appointment, HealthFact

_ORDER = (
    HealthFactKind.ALLERGY,
    HealthFactKind.MEDICATION,
    HealthFactKind.NEED,
    HealthFactKind.REFERRAL,
    HealthFactKind.COVER,
)


def health_facts(session: Session, case_id: UUID) -> tuple[HealthFactRow, ...]:
    """Allergies first, because they must not be missed; then what is taken, needed, referred and covered."""
    order = sql_case({kind.value: place for place, kind in enumerate(_ORDER)}, value=HealthFact.kind)
    rows = session.execute(
        select(
            HealthFact.id,
            HealthFact.kind,
            HealthFact.words,
            HealthFact.dose,
            HealthFact.provider,
            HealthFact.since,
            HealthFact.until,
            HealthFact.who_may_see,
            HealthFact.version,
        )
        .where(HealthFact.case_id == case_id)
        .order_by(order, HealthFact.created_at, HealthFact.id)
    )
    return tuple(HealthFactRow(*row) for row in rows)


def counselling(session: Session, case_id: UUID, today: date) -> CounsellingRow | None:
    """Counselling sessions of a case; None where none was ever booked."""
    rows = session.execute(
        select(Appointment.on, Appointment.state)
        .where(Appointment.case_id == case_id, Appointment.kind == AppointmentKind.COUNSELLING_SESSION)
        .order_by(Appointment.on)
    ).all()
    if not rows:
        return None
    attended = [on for on, state in rows if state is AppointmentState.ATTENDED]
    ahead = [on for on, state in rows if state is AppointmentState.BOOKED and on >= today]
    return CounsellingRow(
        attended=len(attended),
        missed=sum(state is AppointmentState.MISSED for _, state in rows),
        last_on=attended[-1] if attended else None,
        next_on=ahead[0] if ahead else None,
        rhythm=rhythm_of(attended, today),
    )
