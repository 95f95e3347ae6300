"""Courses and schools: enrolments, attendance per month, certificates, barriers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from aftercare.domain.drafts.checks import in_order, required
from aftercare.domain.drafts.education import AttendanceDraft, EnrolmentDraft, MonthDraft
from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.education import Education
from aftercare.queries import education as queries
from aftercare.records.facts import Attendance, Enrolment
from aftercare.records.people import Case
from aftercare.services.work import Work, needs
from aftercare.services.writing import keep

LANGUAGE_LEVELS = ("", "A1", "A2", "B1", "B2", "C1", "C2")
"""The Common European Framework of Reference for Languages."""


@needs(Permission.SEE_RECORDS)
def show_education(work: Work, case_id: UUID) -> Education:
    work.note_read("education", work.get(Case, case_id).survivor_id)
    return queries.education(work.session, case_id)


@needs(Permission.WRITE_RECORDS)
def save_enrolment(work: Work, case_id: UUID, draft: EnrolmentDraft) -> UUID:
    wrong = [*required(draft, "kind"), *in_order("until", draft.since, draft.until)]
    if draft.language_level not in LANGUAGE_LEVELS:
        wrong.append(FieldProblem("language_level", "unknown_code", draft.language_level))
    return keep(work, Enrolment, case_id, draft, wrong).id


@needs(Permission.WRITE_RECORDS)
def remove_enrolment(work: Work, enrolment_id: UUID, version: int) -> None:
    """Take a course away that was written by mistake, with its months."""
    enrolment = work.get_unchanged(Enrolment, enrolment_id, version)
    for month in work.session.scalars(select(Attendance).where(Attendance.enrolment_id == enrolment_id)):
        work.remove(month)
    work.remove(enrolment)


@needs(Permission.WRITE_RECORDS)
def save_attendance(work: Work, enrolment_id: UUID, draft: AttendanceDraft) -> None:
    """Keep the months that the form shows; two entries for one month are refused, beside `months`."""
    enrolment = work.get(Enrolment, enrolment_id)
    wrong = [problem for month in draft.months for problem in _faults(month)]
    kept = {month.id: month for month in _months(work, enrolment_id)}
    gone = set(draft.removed)
    corrected = {month.id for month in draft.months if month.id is not None}
    others = [month.month for key, month in kept.items() if key not in gone | corrected]
    named = [month.month.replace(day=1) for month in draft.months if month.month is not None]
    if len(set(named)) < len(named) or set(named) & set(others):
        wrong.append(FieldProblem("months", "taken"))
    if wrong:
        raise DraftProblems(tuple(wrong))
    for month in draft.months:
        assert month.month is not None
        keep(work, Attendance, enrolment.case_id, month, enrolment_id=enrolment_id, month=month.month.replace(day=1))
    for key in gone & kept.keys():
        work.remove(kept[key])


def _months(work: Work, enrolment_id: UUID) -> list[Attendance]:
    return list(work.session.scalars(select(Attendance).where(Attendance.enrolment_id == enrolment_id)))


def _faults(month: MonthDraft) -> list[FieldProblem]:
    """What is wrong with one month; all told beside `months`."""
    if month.month is None or month.held is None or month.attended is None:
        return [FieldProblem("months", "required")]
    if month.held < 0 or month.attended < 0:
        return [FieldProblem("months", "out_of_range")]
    return [FieldProblem("months", "more_attended_than_held")] if month.attended > month.held else []
