"""Work of a case: jobs, safe-job checks, check-ins."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.check_ins import CheckIn, check_ins
from aftercare.domain.codes import Answer, JobState, SafeJobQuestion
from aftercare.domain.drafts.employment import SafeJobAnswer
from aftercare.domain.rows.employment import Employment, JobRow, SafeJobCheckRow
from aftercare.records.facts import Job, SafeJobCheck
from aftercare.records.people import Case, Staff

_BEGUN = (JobState.WORKING, JobState.ENDED)
_NEAREST_FIRST = (
    JobState.WORKING,
    JobState.OFFERED,
    JobState.INTERVIEW,
    JobState.APPLIED,
    JobState.CONSIDERED,
    JobState.ENDED,
    JobState.REFUSED,
    JobState.WITHDRAWN,
)


def employment(session: Session, case: Case) -> Employment:
    """Where she stands with work, and every job: the one closest to working first."""
    checks = _checks(session, case.id)
    jobs = [
        JobRow(
            id=job.id,
            employer=job.employer,
            role=job.role,
            state=job.state,
            applied_on=job.applied_on,
            since=job.since,
            until=job.until,
            wage=job.wage,
            hours=job.hours,
            words=job.words,
            checks=tuple(checks.get(job.id, ())),
            check_ins=check_ins_of(job.state, job.since, job.until, [check.check_in_day for check in checks[job.id]]),
            version=job.version,
        )
        for job in session.scalars(select(Job).where(Job.case_id == case.id).order_by(Job.id.desc()))
    ]
    latest_first = sorted(jobs, key=lambda job: job.since or job.applied_on or date.min, reverse=True)
    ordered = sorted(latest_first, key=lambda job: _NEAREST_FIRST.index(job.state))
    return Employment(case.employment, case.version, tuple(ordered))


def check_ins_of(state: JobState, since: date | None, until: date | None, done_days: list[int]) -> tuple[CheckIn, ...]:
    """The check-ins not yet made of a job that was begun."""
    if since is None or state not in _BEGUN:
        return ()
    return check_ins(since, done_days, until)


def answers_of(kept: dict[str, Any]) -> tuple[SafeJobAnswer, ...]:
    """What was answered, in the order of the questions; questions that were not touched are left out."""
    return tuple(
        SafeJobAnswer(question, Answer(entry.get("answer", Answer.NOT_KNOWN)), entry.get("words", ""))
        for question in SafeJobQuestion
        if (entry := kept.get(question.value)) is not None
    )


def _checks(session: Session, case_id: UUID) -> dict[UUID, list[SafeJobCheckRow]]:
    found: dict[UUID, list[SafeJobCheckRow]] = defaultdict(list)
    rows = session.execute(
        select(SafeJobCheck, Staff.display_name)
        .outerjoin(Staff, Staff.id == SafeJobCheck.by_staff_id)
        .where(SafeJobCheck.case_id == case_id)
        .order_by(SafeJobCheck.on.desc(), SafeJobCheck.id.desc())
    )
    for check, by in rows:
        found[check.job_id].append(
            SafeJobCheckRow(
                id=check.id,
                job_id=check.job_id,
                on=check.on,
                by=by or "",
                check_in_day=check.check_in_day,
                answers=answers_of(check.answers),
                result=check.result,
                conditions=check.conditions,
                valid_until=check.valid_until,
                version=check.version,
            )
        )
    return found
