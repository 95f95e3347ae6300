"""Appointments of every area: agreed, kept or missed, with an interpreter where one is needed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from aftercare.domain.codes import HEALTH_APPOINTMENTS, AppointmentState, Area
from aftercare.domain.drafts.checks import not_below_zero, required
from aftercare.domain.drafts.diary import AppointmentDraft
from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.diary import AreaDiary
from aftercare.domain.secrecy import PERMISSIONS, secret_of
from aftercare.queries import diary as queries
from aftercare.records.facts import Appointment
from aftercare.records.people import Case
from aftercare.services.work import Work, needs
from aftercare.services.writing import keep

_OVER = (AppointmentState.ATTENDED, AppointmentState.MISSED)


@needs(Permission.SEE_RECORDS)
def show_diary(work: Work, case_id: UUID, area: str) -> AreaDiary:
    """Appointments and deadlines of one area of a case."""
    work.note_read("diary", work.get(Case, case_id).survivor_id)
    return queries.area_diary(work.session, case_id, area, work.today(), work.sees)


@needs(Permission.WRITE_RECORDS)
def save_appointment(work: Work, case_id: UUID, draft: AppointmentDraft) -> UUID:
    """Keep an appointment; those about health belong to that area unless another is named, and are restricted."""
    wrong = [
        *required(draft, "kind", "on"),
        *not_below_zero(draft, "minutes"),
        *_too_early(work, draft.on, draft.state),
    ]
    is_health = draft.kind in HEALTH_APPOINTMENTS or draft.area == Area.HEALTH
    area = draft.area or (Area.HEALTH.value if is_health else None)
    if draft.id is not None:
        _need_to_see(work, work.get(Appointment, draft.id))
    if is_health or draft.restricted:
        work.need(PERMISSIONS[secret_of(area)])
    return keep(work, Appointment, case_id, draft, wrong, area=area, restricted=draft.restricted or is_health).id


@needs(Permission.WRITE_NOTES)
def change_appointment_state(work: Work, appointment_id: UUID, state: AppointmentState, version: int) -> None:
    """Say how an appointment went; whoever went along may, without seeing what it was about."""
    appointment = work.get_unchanged(Appointment, appointment_id, version)
    if wrong := _too_early(work, appointment.on, state):
        raise DraftProblems(tuple(wrong))
    appointment.state = state


@needs(Permission.WRITE_RECORDS)
def remove_appointment(work: Work, appointment_id: UUID, version: int) -> None:
    """Take an appointment away that was written by mistake; one that is off is cancelled instead."""
    appointment = work.get_unchanged(Appointment, appointment_id, version)
    _need_to_see(work, appointment)
    work.remove(appointment)


def _too_early(work: Work, on: date | None, state: AppointmentState) -> list[FieldProblem]:
    """What is still to come was neither kept nor missed."""
    if on is None or on <= work.today() or state not in _OVER:
        return []
    return [FieldProblem("state", "still_to_come")]


def _need_to_see(work: Work, appointment: Appointment) -> None:
    if appointment.restricted:
        work.need(PERMISSIONS[secret_of(appointment.area)])
