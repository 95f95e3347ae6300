"""Rows of Today: what is due, who comes, what ends, how cases stand, and what others wrote about mine."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from aftercare.domain.codes import AreaState, NoteKind, Stage
from aftercare.domain.progress import StepsCounted
from aftercare.domain.rows.diary import AppointmentRow, EndingRow
from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.plan import DueStepRow
from aftercare.domain.rows.survivors import Whose
from aftercare.domain.urgency import UrgencyCounts


@dataclass(frozen=True, slots=True)
class AreaShare:
    """Steps done in one area of a case, and whether it is worked on."""

    state: AreaState
    counted: StepsCounted


@dataclass(frozen=True, slots=True)
class CaseloadRow:
    """An open case; `areas` by code."""

    survivor_id: UUID
    case_id: UUID
    number: int
    case_code: str
    stage: Stage
    last_note_on: date | None
    review_on: date | None
    areas: dict[str, AreaShare] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewsRow:
    """A note that somebody else wrote about one of my cases; without words where it is not open to me."""

    note_id: UUID
    survivor_id: UUID
    case_code: str
    area: str | None
    kind: NoteKind | None
    words: str
    author: str
    written_at: datetime
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class UnfinishedRow:
    """A form that I began and did not save; whose it is where it is about a person, and the area it belongs to."""

    draft: DraftRow
    survivor_id: UUID | None
    case_code: str
    case_id: UUID | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class TodayView:
    """Everything on the page, about my cases or, where none is mine, about all; the counts are of all there are."""

    today: date
    now: datetime
    whose: Whose
    steps: tuple[DueStepRow, ...]
    counts: UrgencyCounts
    appointments: tuple[AppointmentRow, ...]
    endings: tuple[EndingRow, ...]
    soon_days: int
    caseload: tuple[CaseloadRow, ...]
    caseload_total: int
    news: tuple[NewsRow, ...]
    unfinished: tuple[UnfinishedRow, ...]
    accesses_to_review: int = 0
    access_news: int = 0
    approvals_waiting: int = 0
