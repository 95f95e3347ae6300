"""Rows of work: where she stands, jobs, their safe-job checks and the check-ins still to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.check_ins import CheckIn
from aftercare.domain.codes import EmploymentState, JobState, SafeJobQuestion, SafeJobResult
from aftercare.domain.drafts.employment import SafeJobAnswer

OVER = (JobState.ENDED, JobState.REFUSED, JobState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class SafeJobCheckRow:
    """A check as it was decided; `answers` are in the order of the questions."""

    id: UUID
    job_id: UUID
    on: date
    by: str
    check_in_day: int
    answers: tuple[SafeJobAnswer, ...]
    result: SafeJobResult
    conditions: str
    valid_until: date | None
    version: int

    def words_to(self, question: SafeJobQuestion) -> str:
        return next((each.words for each in self.answers if each.question is question), "")


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job with its checks, the latest first, and the check-ins not yet made."""

    id: UUID
    employer: str
    role: str
    state: JobState
    applied_on: date | None
    since: date | None
    until: date | None
    wage: str
    hours: str
    words: str
    checks: tuple[SafeJobCheckRow, ...]
    check_ins: tuple[CheckIn, ...]
    version: int

    @property
    def is_over(self) -> bool:
        return self.state in OVER

    @property
    def latest_check(self) -> SafeJobCheckRow | None:
        return self.checks[0] if self.checks else None


@dataclass(frozen=True, slots=True)
class Employment:
    """Where she stands with work; jobs that may still be or are come first."""

    state: EmploymentState | None
    case_version: int
    jobs: tuple[JobRow, ...]

    @property
    def open_jobs(self) -> tuple[JobRow, ...]:
        return tuple(job for job in self.jobs if not job.is_over)

    @property
    def earlier(self) -> tuple[JobRow, ...]:
        return tuple(job for job in self.jobs if job.is_over)
