"""Courses and schools of a case with their months."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.codes import EducationBarrier
from aftercare.domain.rows.education import Education, EnrolmentRow, MonthRow
from aftercare.records.facts import Attendance, Enrolment


def education(session: Session, case_id: UUID) -> Education:
    """Every course: those that go on first, then the latest first."""
    months: dict[UUID, list[MonthRow]] = defaultdict(list)
    rows: Any = session.execute(
        select(
            Attendance.enrolment_id,
            Attendance.id,
            Attendance.month,
            Attendance.held,
            Attendance.attended,
            Attendance.version,
        )
        .where(Attendance.case_id == case_id)
        .order_by(Attendance.month)
    )
    for enrolment_id, *row in rows:
        months[enrolment_id].append(MonthRow(*row))
    courses = [
        EnrolmentRow(
            id=course.id,
            kind=course.kind,
            course=course.course,
            provider=course.provider,
            isced=course.isced,
            language_level=course.language_level,
            state=course.state,
            since=course.since,
            until=course.until,
            certificate=course.certificate,
            certificate_on=course.certificate_on,
            barriers=tuple(EducationBarrier(code) for code in course.barriers if code in set(EducationBarrier)),
            months=tuple(months.get(course.id, ())),
            version=course.version,
        )
        for course in session.scalars(select(Enrolment).where(Enrolment.case_id == case_id).order_by(Enrolment.id))
    ]
    latest_first = sorted(courses, key=lambda row: row.since or date.min, reverse=True)
    return Education(tuple(sorted(latest_first, key=lambda row: not row.is_going_on)))
