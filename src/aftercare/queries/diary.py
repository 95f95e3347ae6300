"""Appointments and deadlines of one case or of a day, and what ends or falls due soon."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from aftercare.domain.check_ins import check_ins, still_worth_making
from aftercare.domain.codes import AppointmentState, Area, HealthFactKind, JobState, Rung, SafeJobResult, Stage
from aftercare.domain.reunification import LADDER, follow_ups_due
from aftercare.domain.rows.diary import AppointmentRow, AreaDiary, DeadlineRow, EndingKind, EndingRow
from aftercare.domain.secrecy import Secret, Sees, closed_areas, is_open
from aftercare.queries.family import ladder_states
from aftercare.queries.secrecy import in_open_area
from aftercare.records.facts import (
    Appointment,
    Deadline,
    FollowUpVisit,
    HealthFact,
    Job,
    Placement,
    Reunification,
    SafeJobCheck,
)
from aftercare.records.people import Case, CaseWorker, Survivor
from aftercare.records.plans import Plan

_PAST_SHOWN = 50
_AHEAD = (AppointmentState.OFFERED, AppointmentState.BOOKED)


# --- appointments and deadlines -----------------------------------------------------------------------------------


def _appointments() -> Any:
    return select(
        Appointment.id,
        Appointment.survivor_id,
        Appointment.case_id,
        Survivor.case_code,
        Appointment.area,
        Appointment.kind,
        Appointment.on,
        Appointment.at,
        Appointment.minutes,
        Appointment.provider,
        Appointment.words,
        Appointment.state,
        Appointment.interpreter,
        Appointment.interpreter_language,
        Appointment.accompanied_by,
        Appointment.restricted,
        Appointment.version,
    ).join(Survivor, Survivor.id == Appointment.survivor_id)


def _appointment_row(row: Any, sees: Sees) -> AppointmentRow:
    """The row; of a restricted one, others get when it is and what going along needs."""
    hidden = not is_open(row.restricted, row.area, sees)
    return AppointmentRow(
        id=row.id,
        survivor_id=row.survivor_id,
        case_id=row.case_id,
        case_code=row.case_code,
        area=None if hidden else row.area,
        kind=None if hidden else row.kind,
        on=row.on,
        at=row.at,
        minutes=row.minutes,
        provider="" if hidden else row.provider,
        words="" if hidden else row.words,
        state=row.state,
        interpreter=row.interpreter,
        interpreter_language=row.interpreter_language,
        accompanied_by=row.accompanied_by,
        restricted=row.restricted,
        is_hidden=hidden,
        version=row.version,
    )


def _in_order(query: Any) -> Any:
    """By day and hour; those without an hour at the end of their day."""
    return query.order_by(Appointment.on, Appointment.at.is_(None), Appointment.at, Appointment.id)


def appointments_between(
    session: Session, first: date, last: date, sees: Sees, of: Any = None
) -> tuple[AppointmentRow, ...]:
    """Everybody's appointments of these days (or of the cases `of` selects), in order; not the cancelled ones."""
    query = _appointments().where(
        Appointment.on >= first,
        Appointment.on <= last,
        Appointment.state.not_in((AppointmentState.CANCELLED, AppointmentState.DECLINED)),
    )
    if of is not None:
        query = query.where(Appointment.case_id.in_(of))
    return tuple(_appointment_row(row, sees) for row in session.execute(_in_order(query)))


def appointments_ahead(session: Session, case_id: UUID, today: date, sees: Sees) -> tuple[AppointmentRow, ...]:
    """What is booked or offered from today on, in order."""
    query = _appointments().where(
        Appointment.case_id == case_id, Appointment.on >= today, Appointment.state.in_(_AHEAD)
    )
    return tuple(_appointment_row(row, sees) for row in session.execute(_in_order(query)))


def _deadlines() -> Any:
    return select(
        Deadline.id,
        Deadline.survivor_id,
        Deadline.case_id,
        Survivor.case_code,
        Deadline.area,
        Deadline.kind,
        Deadline.words,
        Deadline.starts_on,
        Deadline.ends_on,
        Deadline.settled_on,
        Deadline.version,
    ).join(Survivor, Survivor.id == Deadline.survivor_id)


def open_deadlines(session: Session, case_id: UUID) -> tuple[DeadlineRow, ...]:
    """The deadlines of a case that are not settled, the nearest first."""
    query = _deadlines().where(Deadline.case_id == case_id, Deadline.settled_on.is_(None))
    return tuple(DeadlineRow(*row) for row in session.execute(query.order_by(Deadline.ends_on, Deadline.id)))


def area_diary(session: Session, case_id: UUID, area: str, today: date, sees: Sees) -> AreaDiary:
    """The diary of one area; of an area that is closed to somebody they get nothing."""
    if area in closed_areas(sees):
        return AreaDiary((), (), (), ())
    rows = [
        _appointment_row(row, sees)
        for row in session.execute(
            _in_order(_appointments().where(Appointment.case_id == case_id, Appointment.area == area))
        )
        if is_open(row.restricted, row.area, sees)
    ]
    ahead = tuple(row for row in rows if row.is_ahead and row.on >= today)
    past = [row for row in rows if row not in set(ahead)]
    deadlines = [
        DeadlineRow(*row)
        for row in session.execute(
            _deadlines()
            .where(Deadline.case_id == case_id, Deadline.area == area)
            .order_by(Deadline.ends_on, Deadline.id)
        )
    ]
    return AreaDiary(
        ahead=ahead,
        past=tuple(reversed(past[-_PAST_SHOWN:])),
        deadlines=tuple(row for row in deadlines if row.settled_on is None),
        settled=tuple(reversed([row for row in deadlines if row.settled_on is not None])),
    )


# --- what ends soon -----------------------------------------------------------------------------------------------


def cases_of(actor_id: UUID, today: date) -> Any:
    """The cases that somebody works on now, for the `of` of the lists here."""
    return select(CaseWorker.case_id).where(
        CaseWorker.staff_id == actor_id, or_(CaseWorker.until.is_(None), CaseWorker.until > today)
    )


def _of_open_cases(query: Any, kind: Any, of: Any) -> Any:
    """The query joined to the person's code, for cases that are not closed."""
    joined = query.join(Case, Case.id == kind.case_id).join(Survivor, Survivor.id == kind.survivor_id)
    joined = joined.where(Case.stage != Stage.CLOSED)
    return _of_these(joined, kind, of)


def _of_these(query: Any, kind: Any, of: Any) -> Any:
    """The query for the cases that `of` selects, or for all."""
    return query if of is None else query.where(kind.case_id.in_(of))


def ending_by(session: Session, until: date, today: date, sees: Sees, of: Any = None) -> list[EndingRow]:
    """What ends or falls due by a day (what is overdue too), of all open cases or those that `of` selects; in order."""
    found = [
        *_deadlines_by(session, until, sees, of),
        *_stays_by(session, until, today, of),
        *_reviews_by(session, until, of),
        *_work_by(session, until, today, of),
        *_visits_by(session, until, today, of),
    ]
    if Secret.HEALTH in sees:
        found += _cover_by(session, until, today, of)
    return sorted(found, key=lambda row: (row.on, row.case_code, row.kind))


def _deadlines_by(session: Session, until: date, sees: Sees, of: Any) -> Iterable[EndingRow]:
    query: Any = select(
        Deadline.survivor_id,
        Deadline.case_id,
        Survivor.case_code,
        Deadline.area,
        Deadline.ends_on,
        Deadline.id,
        Deadline.kind,
        Deadline.words,
    ).where(Deadline.settled_on.is_(None), Deadline.ends_on <= until, in_open_area(Deadline, sees))
    for row in session.execute(_of_open_cases(query, Deadline, of)):
        yield EndingRow(EndingKind.DEADLINE, *row)


def _cover_by(session: Session, until: date, today: date, of: Any) -> Iterable[EndingRow]:
    query: Any = select(
        HealthFact.survivor_id,
        HealthFact.case_id,
        Survivor.case_code,
        HealthFact.until,
        HealthFact.id,
        HealthFact.words,
    ).where(HealthFact.kind == HealthFactKind.COVER, HealthFact.until <= until, HealthFact.until >= today)
    for survivor_id, case_id, code, on, key, words in session.execute(_of_open_cases(query, HealthFact, of)):
        yield EndingRow(
            EndingKind.HEALTH_COVER, survivor_id, case_id, code, Area.HEALTH, on, key, HealthFactKind.COVER, words
        )


def _stays_by(session: Session, until: date, today: date, of: Any) -> Iterable[EndingRow]:
    """Stays with a day to move on by, and stays that end on a day still to come."""
    ends = func.coalesce(Placement.until, Placement.move_on_by)
    query: Any = select(
        Placement.survivor_id,
        Placement.case_id,
        Survivor.case_code,
        Placement.until,
        Placement.move_on_by,
        Placement.id,
        Placement.kind,
        Placement.name,
    ).where(ends <= until, or_(Placement.until.is_(None), Placement.until >= today))
    for survivor_id, case_id, code, ends_on, move_on_by, key, kind, name in session.execute(
        _of_open_cases(query, Placement, of)
    ):
        yield EndingRow(
            EndingKind.STAY, survivor_id, case_id, code, Area.HOUSING, ends_on or move_on_by, key, kind, name
        )


def _reviews_by(session: Session, until: date, of: Any) -> Iterable[EndingRow]:
    plans: Any = select(Plan.survivor_id, Plan.case_id, Survivor.case_code, Plan.review_on, Plan.id)
    for survivor_id, case_id, code, on, key in session.execute(
        _of_open_cases(plans.where(Plan.review_on <= until), Plan, of)
    ):
        yield EndingRow(EndingKind.PLAN_REVIEW, survivor_id, case_id, code, None, on, key)
    risks: Any = (
        select(Case.survivor_id, Case.id, Survivor.case_code, Case.risk_review_on)
        .join(Survivor, Survivor.id == Case.survivor_id)
        .where(Case.risk_review_on <= until, Case.stage != Stage.CLOSED)
    )
    for survivor_id, case_id, code, on in session.execute(risks if of is None else risks.where(Case.id.in_(of))):
        yield EndingRow(EndingKind.RISK_REVIEW, survivor_id, case_id, code, None, on, case_id)


def _work_by(session: Session, until: date, today: date, of: Any) -> Iterable[EndingRow]:
    """Of the jobs she works in: safe-job checks that run out, and check-ins due."""
    query: Any = select(Job.id, Job.survivor_id, Job.case_id, Survivor.case_code, Job.since, Job.until, Job.employer)
    jobs = session.execute(_of_open_cases(query.where(Job.state == JobState.WORKING), Job, of)).all()
    latest: dict[UUID, tuple[date | None, SafeJobResult | None]] = {}
    done: dict[UUID, list[int]] = defaultdict(list)
    checks: Any = (
        select(SafeJobCheck.job_id, SafeJobCheck.check_in_day, SafeJobCheck.valid_until, SafeJobCheck.result)
        .join(Job, Job.id == SafeJobCheck.job_id)
        .where(Job.state == JobState.WORKING)
        .order_by(SafeJobCheck.on, SafeJobCheck.id)
    )
    for job_id, day, valid_until, result in session.execute(_of_these(checks, SafeJobCheck, of)):
        latest[job_id] = (valid_until, result)
        done[job_id].append(day)
    for job in jobs:
        whom = (job.survivor_id, job.case_id, job.case_code, Area.EMPLOYMENT.value)
        valid_until, last_result = latest.get(job.id, (None, None))
        if valid_until is not None and valid_until <= until:
            yield EndingRow(EndingKind.SAFE_JOB_CHECK, *whom, valid_until, job.id, last_result, job.employer)
        visits = check_ins(job.since, done[job.id], job.until) if job.since else ()
        for visit in still_worth_making(visits, today):
            if visit.on <= until:
                yield EndingRow(EndingKind.JOB_CHECK_IN, *whom, visit.on, job.id, None, job.employer, visit.day)


def _visits_by(session: Session, until: date, today: date, of: Any) -> Iterable[EndingRow]:
    """Follow-up visits due after a return."""
    returned = LADDER[LADDER.index(Rung.RETURN) :]
    query: Any = select(Reunification, Survivor.case_code).where(Reunification.rung.in_(returned))
    found = session.execute(_of_open_cases(query, Reunification, of)).all()
    if not found:
        return
    states = ladder_states(session, [ladder for ladder, _ in found])
    made: dict[UUID, list[int]] = defaultdict(list)
    visits: Any = (
        select(FollowUpVisit.reunification_id, FollowUpVisit.day)
        .join(Reunification, Reunification.id == FollowUpVisit.reunification_id)
        .where(Reunification.rung.in_(returned))
    )
    for key, day in session.execute(_of_these(visits, FollowUpVisit, of)):
        made[key].append(day)
    for ladder, code in found:
        for visit in still_worth_making(follow_ups_due(states[ladder.id], tuple(made[ladder.id])), today):
            if visit.on <= until:
                yield EndingRow(
                    EndingKind.FOLLOW_UP_VISIT,
                    ladder.survivor_id,
                    ladder.case_id,
                    code,
                    Area.FAMILY,
                    visit.on,
                    ladder.id,
                    day=visit.day,
                )
