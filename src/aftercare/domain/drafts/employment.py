"""Drafts of a job and of the safe-job check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import Answer, JobState, SafeJobQuestion, SafeJobResult


@dataclass(frozen=True, slots=True)
class JobDraft:
    employer: str = ""
    role: str = ""
    state: JobState = JobState.CONSIDERED
    applied_on: date | None = None
    since: date | None = None
    until: date | None = None
    wage: str = ""
    hours: str = ""
    words: str = ""
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SafeJobAnswer:
    """One question of the check, with a note where there is something to say."""

    question: SafeJobQuestion
    answer: Answer = Answer.NOT_KNOWN
    words: str = ""


@dataclass(frozen=True, slots=True)
class SafeJobCheckDraft:
    """The check of one job: `check_in_day` 0 before it begins, else 30, 90 or 180. A person decides the result."""

    job_id: UUID
    on: date | None = None
    check_in_day: int = 0
    answers: tuple[SafeJobAnswer, ...] = ()
    result: SafeJobResult | None = None
    conditions: str = ""
    valid_until: date | None = None
    id: UUID | None = None
    version: int | None = None
