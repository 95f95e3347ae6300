"""Where a case stands in each area, in one value an area; and what happened in all of them, as events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftercare.domain.codes import AppointmentKind, AppointmentState, Area, EnrolmentState, JobState
from aftercare.domain.rows.standing import (
    CaseStanding,
    EducationStanding,
    EmploymentStanding,
    FactEvent,
    FactEventKind,
    FamilyStanding,
    HealthStanding,
    HousingStanding,
)
from aftercare.domain.secrecy import Secret, Sees, closed_areas
from aftercare.queries.diary import appointments_ahead, open_deadlines
from aftercare.queries.education import education
from aftercare.queries.employment import employment
from aftercare.queries.family import ladder_states
from aftercare.queries.health import counselling
from aftercare.queries.secrecy import open_to
from aftercare.records.facts import (
    Appointment,
    Enrolment,
    FamilyContact,
    FollowUpVisit,
    Job,
    LadderMove,
    LadderStop,
    Placement,
    Relative,
    Reunification,
    SafeJobCheck,
    SafetyCheck,
)
from aftercare.records.people import Case, Staff

_K = FactEventKind


# --- where it stands ----------------------------------------------------------------------------------------------


def case_standing(session: Session, case: Case, today: date, sees: Sees) -> CaseStanding:
    deadlines = open_deadlines(session, case.id)
    return CaseStanding(
        case_id=case.id,
        housing=_housing(session, case.id, today),
        health=_health(session, case.id, today, sees),
        education=_education(session, case.id),
        employment=_employment(session, case),
        family=_family(session, case.id),
        appointments=appointments_ahead(session, case.id, today, sees),
        deadlines=tuple(row for row in deadlines if row.area not in closed_areas(sees)),
    )


def _housing(session: Session, case_id: UUID, today: date) -> HousingStanding | None:
    here = session.execute(
        select(Placement.kind, Placement.name, Placement.since, Placement.until, Placement.move_on_by)
        .where(
            Placement.case_id == case_id,
            Placement.since <= today,
            Placement.until.is_(None) | (Placement.until > today),
        )
        .order_by(Placement.since.desc())
        .limit(1)
    ).one_or_none()
    return HousingStanding(*here) if here is not None else None


def _health(session: Session, case_id: UUID, today: date, sees: Sees) -> HealthStanding:
    if Secret.HEALTH not in sees:
        return HealthStanding(is_hidden=True)
    counted = counselling(session, case_id, today)
    if counted is None:
        return HealthStanding(is_hidden=False)
    return HealthStanding(False, counted.attended, counted.rhythm)


def _education(session: Session, case_id: UUID) -> EducationStanding | None:
    """The course that goes on, one attended before one paused; failing that, the last one completed."""
    courses = education(session, case_id).enrolments
    order = (EnrolmentState.ATTENDING, EnrolmentState.ENROLLED, EnrolmentState.PAUSED, EnrolmentState.COMPLETED)
    shown = min(
        (course for course in courses if course.state in order), key=lambda one: order.index(one.state), default=None
    )
    if shown is None:
        return None
    return EducationStanding(shown.kind, shown.course, shown.language_level, shown.state, shown.percent)


def _employment(session: Session, case: Case) -> EmploymentStanding | None:
    known = employment(session, case)
    job = known.open_jobs[0] if known.open_jobs else None
    if job is None:
        return EmploymentStanding(known.state) if known.state is not None else None
    check = job.latest_check
    return EmploymentStanding(known.state, job.role, job.employer, job.state, check.result if check else None)


def _family(session: Session, case_id: UUID) -> FamilyStanding | None:
    """The ladder that was begun last, and whom it leads to; failing that, the relative there was most contact with."""
    counted = func.count(FamilyContact.id)
    relatives = session.execute(
        select(Relative.id, Relative.relation, counted)
        .outerjoin(FamilyContact, FamilyContact.relative_id == Relative.id)
        .where(Relative.case_id == case_id)
        .group_by(Relative.id, Relative.relation)
        .order_by(counted.desc(), Relative.id)
    ).all()
    ladder = session.scalars(
        select(Reunification).where(Reunification.case_id == case_id).order_by(Reunification.id.desc()).limit(1)
    ).one_or_none()
    if ladder is None:
        return FamilyStanding(relatives[0].relation, relatives[0][2], None) if relatives else None
    state = ladder_states(session, [ladder])[ladder.id]
    whom = next((row for row in relatives if row.id == ladder.relative_id), None)
    relation, contacts = (whom.relation, whom[2]) if whom is not None else (None, sum(row[2] for row in relatives))
    return FamilyStanding(relation, contacts, state.rung, state.is_frozen, state.must_lift)


# --- what happened ------------------------------------------------------------------------------------------------


def fact_events(session: Session, case_id: UUID, today: date, sees: Sees, limit: int) -> tuple[FactEvent, ...]:
    """The latest events up to today, the latest first; restricted ones only for those who may see them."""
    found = [
        *_stays(session, case_id, today, limit),
        *_attended(session, case_id, sees, limit),
        *_courses(session, case_id, today, limit),
        *_work(session, case_id, today, limit),
        *_contacts(session, case_id, limit),
        *_ladder(session, case_id, limit),
    ]
    return tuple(sorted(found, key=lambda event: (event.on, event.record_id), reverse=True)[:limit])


def _of(kind: Any, case_id: UUID, day: Any, limit: int, *columns: Any) -> Any:
    """The latest records of a kind, each with who wrote it."""
    return (
        select(kind.id, day, Staff.display_name, *columns)
        .outerjoin(Staff, Staff.id == kind.created_by)
        .where(kind.case_id == case_id, day.is_not(None))
        .order_by(day.desc(), kind.id.desc())
        .limit(limit)
    )


def _stays(session: Session, case_id: UUID, today: date, limit: int) -> Iterator[FactEvent]:
    area = Area.HOUSING.value
    for key, on, by, kind, name in session.execute(
        _of(Placement, case_id, Placement.since, limit, Placement.kind, Placement.name).where(Placement.since <= today)
    ):
        yield FactEvent(on, area, _K.MOVED_IN, key, kind, name, by=by or "")
    for key, on, by, reason, name in session.execute(
        _of(Placement, case_id, Placement.until, limit, Placement.exit_reason, Placement.name).where(
            Placement.until <= today, Placement.exit_reason.is_not(None)
        )
    ):
        yield FactEvent(on, area, _K.MOVED_OUT, key, reason, name, by=by or "")
    for key, on, by, concerns in session.execute(
        _of(SafetyCheck, case_id, SafetyCheck.on, limit, SafetyCheck.concerns)
    ):
        yield FactEvent(on, area, _K.SAFETY_CHECK, key, None, concerns, by=by or "")


def _attended(session: Session, case_id: UUID, sees: Sees, limit: int) -> Iterator[FactEvent]:
    """Appointments that took place; counselling sessions carry their number, counted from the first."""
    query = _of(
        Appointment,
        case_id,
        Appointment.on,
        limit,
        Appointment.area,
        Appointment.kind,
        Appointment.provider,
        Appointment.restricted,
    ).where(Appointment.state == AppointmentState.ATTENDED, open_to(Appointment, sees))
    rows = session.execute(query).all()
    number = None
    if any(row.kind is AppointmentKind.COUNSELLING_SESSION for row in rows):
        number = session.scalar(
            select(func.count(Appointment.id)).where(
                Appointment.case_id == case_id,
                Appointment.kind == AppointmentKind.COUNSELLING_SESSION,
                Appointment.state == AppointmentState.ATTENDED,
            )
        )
    for key, on, by, area, kind, provider, restricted in rows:
        session_number = None
        if kind is AppointmentKind.COUNSELLING_SESSION and number is not None:
            session_number, number = number, number - 1
        yield FactEvent(
            on, area, _K.APPOINTMENT_ATTENDED, key, kind, provider, session_number, by or "", restricted=restricted
        )


def _courses(session: Session, case_id: UUID, today: date, limit: int) -> Iterator[FactEvent]:
    area = Area.EDUCATION.value
    for key, on, by, kind, course in session.execute(
        _of(Enrolment, case_id, Enrolment.since, limit, Enrolment.kind, Enrolment.course).where(
            Enrolment.since <= today
        )
    ):
        yield FactEvent(on, area, _K.COURSE_BEGUN, key, kind, course, by=by or "")
    for key, on, by, kind, certificate in session.execute(
        _of(Enrolment, case_id, Enrolment.certificate_on, limit, Enrolment.kind, Enrolment.certificate)
    ):
        yield FactEvent(on, area, _K.CERTIFICATE, key, kind, certificate, by=by or "")


def _work(session: Session, case_id: UUID, today: date, limit: int) -> Iterator[FactEvent]:
    area = Area.EMPLOYMENT.value
    begun = (JobState.WORKING, JobState.ENDED)
    for what, day in ((_K.JOB_BEGUN, Job.since), (_K.JOB_ENDED, Job.until)):
        for key, on, by, state, role in session.execute(
            _of(Job, case_id, day, limit, Job.state, Job.role).where(Job.state.in_(begun), day <= today)
        ):
            yield FactEvent(on, area, what, key, state, role, by=by or "")
    for key, on, by, result, check_in_day in session.execute(
        _of(SafeJobCheck, case_id, SafeJobCheck.on, limit, SafeJobCheck.result, SafeJobCheck.check_in_day)
    ):
        yield FactEvent(on, area, _K.SAFE_JOB_CHECK, key, result, number=check_in_day or None, by=by or "")


def _contacts(session: Session, case_id: UUID, limit: int) -> Iterator[FactEvent]:
    query = _of(
        FamilyContact, case_id, FamilyContact.on, limit, FamilyContact.way, FamilyContact.words, FamilyContact.minutes
    )
    for key, on, by, way, words, minutes in session.execute(query):
        yield FactEvent(on, Area.FAMILY.value, _K.FAMILY_CONTACT, key, way, words, minutes, by or "")


def _ladder(session: Session, case_id: UUID, limit: int) -> Iterator[FactEvent]:
    area = Area.FAMILY.value
    for key, on, by, rung, words in session.execute(
        _of(LadderMove, case_id, LadderMove.on, limit, LadderMove.rung, LadderMove.words)
    ):
        yield FactEvent(on, area, _K.LADDER_MOVE, key, rung, words, by=by or "")
    for what, day, said in (
        (_K.LADDER_STOP, LadderStop.on, LadderStop.words),
        (_K.LADDER_LIFTED, LadderStop.lifted_on, LadderStop.lifted_words),
    ):
        for key, on, by, kind, words in session.execute(_of(LadderStop, case_id, day, limit, LadderStop.kind, said)):
            yield FactEvent(on, area, what, key, kind, words, by=by or "")
    for key, on, by, words, day_number in session.execute(
        _of(FollowUpVisit, case_id, FollowUpVisit.on, limit, FollowUpVisit.words, FollowUpVisit.day)
    ):
        yield FactEvent(on, area, _K.FOLLOW_UP_VISIT, key, None, words, day_number, by or "")
