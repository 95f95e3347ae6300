"""Drafts of a course and of the sessions attended in it, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import EducationBarrier, EducationKind, EnrolmentState, Isced


@dataclass(frozen=True, slots=True)
class EnrolmentDraft:
    kind: EducationKind | None = None
    course: str = ""
    provider: str = ""
    isced: Isced | None = None
    language_level: str = ""
    state: EnrolmentState = EnrolmentState.ENROLLED
    since: date | None = None
    until: date | None = None
    certificate: str = ""
    certificate_on: date | None = None
    barriers: tuple[EducationBarrier, ...] = ()
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class MonthDraft:
    """One month of a course: any day of it names it."""

    month: date | None
    held: int | None
    attended: int | None
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AttendanceDraft:
    """What the form shows now, and which months were taken out of it; a month somebody else added meanwhile stays."""

    months: tuple[MonthDraft, ...] = ()
    removed: tuple[UUID, ...] = ()
