"""Rows of the diary: appointments, deadlines, and what ends or falls due soon; by code, without names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from aftercare.domain.codes import (
    AppointmentKind,
    AppointmentState,
    DeadlineKind,
    HealthFactKind,
    InterpreterState,
    PlacementKind,
    SafeJobResult,
)


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment. `is_hidden`: restricted, and this person may see only when it is and who goes along."""

    id: UUID
    survivor_id: UUID
    case_id: UUID
    case_code: str
    area: str | None
    kind: AppointmentKind | None
    on: date
    at: time | None
    minutes: int | None
    provider: str
    words: str
    state: AppointmentState
    interpreter: InterpreterState
    interpreter_language: str
    accompanied_by: str
    restricted: bool
    is_hidden: bool
    version: int

    @property
    def is_ahead(self) -> bool:
        """Agreed or offered, and nobody has said yet how it went."""
        return self.state in (AppointmentState.OFFERED, AppointmentState.BOOKED)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    id: UUID
    survivor_id: UUID
    case_id: UUID
    case_code: str
    area: str | None
    kind: DeadlineKind
    words: str
    starts_on: date | None
    ends_on: date
    settled_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class AreaDiary:
    """Appointments ahead (in order) and past (the latest first), and deadlines not settled, of one area."""

    ahead: tuple[AppointmentRow, ...]
    past: tuple[AppointmentRow, ...]
    deadlines: tuple[DeadlineRow, ...]
    settled: tuple[DeadlineRow, ...]


class EndingKind(StrEnum):
    """What ends or falls due."""

    DEADLINE = "deadline"
    HEALTH_COVER = "health_cover"
    STAY = "stay"
    PLAN_REVIEW = "plan_review"
    RISK_REVIEW = "risk_review"
    SAFE_JOB_CHECK = "safe_job_check"
    JOB_CHECK_IN = "job_check_in"
    FOLLOW_UP_VISIT = "follow_up_visit"


@dataclass(frozen=True, slots=True)
class EndingRow:
    """Something that ends by `on`; `code` and `words` say more, `day` counts check-ins (30, 90, 180)."""

    kind: EndingKind
    survivor_id: UUID
    case_id: UUID
    case_code: str
    area: str | None
    on: date
    record_id: UUID
    code: DeadlineKind | HealthFactKind | PlacementKind | SafeJobResult | None = None
    words: str = ""
    day: int | None = None
