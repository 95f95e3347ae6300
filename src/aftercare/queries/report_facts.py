"""What each area knows besides goals, as a report tells it: counted within a period, never in somebody's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftercare.domain.codes import (
    HEALTH_APPOINTMENTS,
    SHELTER_PLACEMENTS,
    AppointmentKind,
    AppointmentState,
    Area,
    EmploymentState,
    EnrolmentState,
    JobState,
    Rung,
    Stage,
)
from aftercare.domain.rows.report_facts import (
    AreaFact,
    Ending,
    JobHeld,
    Learning,
    Living,
    Meetings,
    Met,
    OnLadder,
    Working,
)
from aftercare.domain.rows.reports import Happening, HappeningKind
from aftercare.domain.secrecy import Sees
from aftercare.domain.stays import Stay, nights_within
from aftercare.queries.secrecy import open_to
from aftercare.records.facts import (
    Appointment,
    Attendance,
    Deadline,
    Enrolment,
    FamilyContact,
    Job,
    LadderMove,
    LadderStop,
    Placement,
    Relative,
    Reunification,
    SafeJobCheck,
)
from aftercare.records.people import StageChange
from aftercare.records.plans import PlanVersion

_OF_AREA = {
    AppointmentKind.HOUSING_VIEWING: Area.HOUSING,
    AppointmentKind.COURSE: Area.EDUCATION,
    AppointmentKind.WORK: Area.EMPLOYMENT,
    AppointmentKind.FAMILY_CONTACT: Area.FAMILY,
    AppointmentKind.HEARING: Area.LEGAL,
    AppointmentKind.LAWYER: Area.LEGAL,
    AppointmentKind.AUTHORITY: Area.LEGAL,
    **dict.fromkeys(HEALTH_APPOINTMENTS, Area.HEALTH),
}
_GOING = (JobState.OFFERED, JobState.WORKING)


@dataclass(frozen=True, slots=True)
class Asked:
    """The case and the days of a report, and which restricted facts belong in it."""

    case_id: UUID
    since: date
    until: date
    today: date
    sees: Sees


@dataclass(frozen=True, slots=True)
class Known:
    """Facts by area, and what stands under the chart."""

    facts: dict[str, list[AreaFact]]
    happenings: tuple[Happening, ...]


def known(session: Session, asked: Asked, employment: EmploymentState | None, without: Collection[str]) -> Known:
    """Everything that the areas of a case know at the end of the period."""
    stays = session.execute(
        select(Placement.kind, Placement.since, Placement.until, Placement.move_on_by)
        .where(Placement.case_id == asked.case_id, Placement.since <= asked.until)
        .order_by(Placement.since, Placement.created_at)
    ).all()
    courses, jobs = _courses(session, asked), _jobs(session, asked)
    facts: dict[str, list[AreaFact]] = {
        Area.HOUSING: _living(stays, asked),
        Area.EDUCATION: [course for course, _ in courses],
        Area.EMPLOYMENT: [*([Working(employment)] if employment else []), *jobs],
        Area.FAMILY: _ladders(session, asked),
        Area.LEGAL: _endings(session, asked),
    }
    for area, meetings in _meetings(session, asked).items():
        facts.setdefault(area, []).append(meetings)
    facts = {area: told for area, told in facts.items() if told and area not in without}
    happenings = [
        *(Happening(row.since, HappeningKind.MOVED, place=row.kind) for row in stays),
        *_agreements_and_stages(session, asked),
    ]
    if Area.EMPLOYMENT not in without:
        began = (job.since for job in jobs if job.state is JobState.WORKING)
        happenings += [Happening(day, HappeningKind.WORK_BEGAN) for day in began if day and day <= asked.until]
    if Area.EDUCATION not in without:
        happenings += [Happening(day, HappeningKind.COURSE_ENDED) for _, day in courses if day and day <= asked.until]
    return Known(facts, tuple(sorted(happenings, key=lambda one: one.on)))


def _by_key(session: Session, wanted: Any) -> dict[Any, Any]:
    """Pairs as a dictionary; where a key comes twice, the last one stands."""
    return {key: value for key, value in session.execute(wanted)}  # noqa: C416  (rows are no plain pairs to a type)


def _living(stays: Any, asked: Asked) -> list[AreaFact]:
    here = [row for row in stays if row.until is None or row.until > asked.until]
    sheltered = [Stay(row.since, row.until) for row in stays if row.kind in SHELTER_PLACEMENTS]
    nights = nights_within(sheltered, asked.since, asked.until, asked.today)
    if not here and not nights:
        return []
    last = here[-1] if here else None
    if last is None:
        return [Living(None, None, nights)]
    return [Living(last.kind, last.since, nights, last.move_on_by)]


def _courses(session: Session, asked: Asked) -> list[tuple[Learning, date | None]]:
    """Courses that ran within the period, each with the day it was completed."""
    rows = session.execute(
        select(
            Enrolment.id,
            Enrolment.kind,
            Enrolment.course,
            Enrolment.provider,
            Enrolment.language_level,
            Enrolment.state,
            Enrolment.since,
            Enrolment.until,
            Enrolment.certificate,
        )
        .where(Enrolment.case_id == asked.case_id)
        .order_by(Enrolment.since, Enrolment.created_at)
    ).all()
    counted: dict[UUID, tuple[int, int]] = {
        key: (int(held), int(attended))
        for key, held, attended in session.execute(
            select(Attendance.enrolment_id, func.sum(Attendance.held), func.sum(Attendance.attended))
            .where(
                Attendance.case_id == asked.case_id,
                Attendance.month >= asked.since.replace(day=1),
                Attendance.month <= asked.until,
            )
            .group_by(Attendance.enrolment_id)
        )
    }
    courses = []
    for row in rows:
        ended_before = row.until is not None and row.until < asked.since
        not_begun = row.since is not None and row.since > asked.until
        if ended_before or not_begun:
            continue
        held, attended = counted.get(row.id, (0, 0))
        learning = Learning(
            row.kind, row.course, row.provider, row.language_level, row.state, held, attended, bool(row.certificate)
        )
        courses.append((learning, row.until if row.state is EnrolmentState.COMPLETED else None))
    return courses


def _jobs(session: Session, asked: Asked) -> list[JobHeld]:
    rows = session.execute(
        select(Job.id, Job.state, Job.role, Job.employer, Job.since)
        .where(Job.case_id == asked.case_id, Job.state.in_(_GOING))
        .order_by(Job.since, Job.created_at)
    ).all()
    checks = _by_key(
        session,
        select(SafeJobCheck.job_id, SafeJobCheck.result)
        .where(SafeJobCheck.case_id == asked.case_id, SafeJobCheck.on <= asked.until)
        .order_by(SafeJobCheck.on),
    )
    return [
        JobHeld(row.state, row.role, row.employer, row.since, checks.get(row.id))
        for row in rows
        if row.since is None or row.since <= asked.until
    ]


def _ladders(session: Session, asked: Asked) -> list[AreaFact]:
    """Each ladder as it stood: the rung of its last move, and the stop that stands."""
    rows = session.execute(
        select(Reunification.id, Reunification.relative_id, Relative.relation)
        .outerjoin(Relative, Relative.id == Reunification.relative_id)
        .where(Reunification.case_id == asked.case_id)
        .order_by(Reunification.created_at)
    ).all()
    if not rows:
        return []
    rungs = _by_key(
        session,
        select(LadderMove.reunification_id, LadderMove.rung)
        .where(LadderMove.case_id == asked.case_id, LadderMove.on <= asked.until)
        .order_by(LadderMove.on, LadderMove.created_at),
    )
    stops = _by_key(
        session,
        select(LadderStop.reunification_id, LadderStop.kind)
        .where(
            LadderStop.case_id == asked.case_id,
            LadderStop.on <= asked.until,
            (LadderStop.lifted_on.is_(None)) | (LadderStop.lifted_on > asked.until),
        )
        .order_by(LadderStop.on),
    )
    contacts: dict[UUID, int] = _by_key(
        session,
        select(FamilyContact.relative_id, func.count())
        .where(FamilyContact.case_id == asked.case_id, FamilyContact.on.between(asked.since, asked.until))
        .group_by(FamilyContact.relative_id),
    )
    return [
        OnLadder(row.relation, rungs.get(row.id, Rung.WISH), stops.get(row.id), contacts.get(row.relative_id, 0))
        for row in rows
    ]


def _endings(session: Session, asked: Asked) -> list[AreaFact]:
    rows = session.execute(
        select(Deadline.kind, Deadline.ends_on, Deadline.settled_on)
        .where(
            Deadline.case_id == asked.case_id,
            Deadline.ends_on >= asked.since,
            (Deadline.starts_on.is_(None)) | (Deadline.starts_on <= asked.until),
        )
        .order_by(Deadline.ends_on)
    )
    return [
        Ending(kind, ends_on, settled_on is not None and settled_on <= asked.until)
        for kind, ends_on, settled_on in rows
    ]


def _meetings(session: Session, asked: Asked) -> dict[str, Meetings]:
    wanted = select(Appointment.area, Appointment.kind, Appointment.on, Appointment.state).where(
        Appointment.case_id == asked.case_id, Appointment.on >= asked.since
    )
    wanted = wanted.where(open_to(Appointment, asked.sees))
    attended: dict[str, Counter[AppointmentKind]] = {}
    missed: Counter[str] = Counter()
    following: dict[str, tuple[date, AppointmentKind]] = {}
    for area, kind, on, state in session.execute(wanted.order_by(Appointment.on)):
        belongs = area or _OF_AREA.get(kind)
        if belongs is None:
            continue
        if on > asked.until:
            if state is AppointmentState.BOOKED:
                following.setdefault(belongs, (on, kind))
        elif state is AppointmentState.ATTENDED:
            attended.setdefault(belongs, Counter())[kind] += 1
        elif state is AppointmentState.MISSED:
            missed[belongs] += 1
    told = {}
    for area in {*attended, *missed, *following}:
        met = tuple(Met(kind, times) for kind, times in attended.get(area, Counter()).most_common())
        ahead = following.get(area)
        told[area] = Meetings(met, missed[area], ahead and ahead[1], ahead and ahead[0])
    return told


def _agreements_and_stages(session: Session, asked: Asked) -> list[Happening]:
    agreed = session.scalars(
        select(PlanVersion.agreed_on).where(
            PlanVersion.case_id == asked.case_id, PlanVersion.agreed_on <= asked.until, PlanVersion.number == 1
        )
    )
    stages = session.execute(
        select(StageChange.on, StageChange.stage).where(
            StageChange.case_id == asked.case_id,
            StageChange.on <= asked.until,
            StageChange.stage.in_((Stage.REINTEGRATION, Stage.FOLLOW_UP)),
        )
    )
    return [
        *(Happening(day, HappeningKind.PLAN_AGREED) for day in agreed),
        *(Happening(day, HappeningKind.STAGE, stage=stage) for day, stage in stages),
    ]
