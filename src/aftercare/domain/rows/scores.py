"""Rows of the scores: what each voice said about each area, over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import Level
from aftercare.domain.course import Series
from aftercare.domain.progress import AreaStanding
from aftercare.domain.rows.overview import HappeningRow
from aftercare.domain.rows.plan import OfficeAreaRow


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """What was said about an area on one day; None where that voice was not asked."""

    entry_id: UUID
    on: date
    staff: Level | None
    own: Level | None
    words: str
    by: str


@dataclass(frozen=True, slots=True)
class AreaScores:
    """One area: where it stood at first and stands now in both voices, and every answer, the newest first."""

    area: OfficeAreaRow
    standing: AreaStanding
    answers: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One occasion on which several areas were gone through together."""

    id: UUID
    version: int
    on: date
    setting: str
    words: str
    areas: int
    by: str


@dataclass(frozen=True, slots=True)
class ScoresView:
    """The whole tab; `due_on` is when the next assessment is asked for by the schedule of the scale."""

    case_id: UUID
    areas: tuple[AreaScores, ...]
    course: tuple[Series, ...]
    events: tuple[HappeningRow, ...]
    assessments: tuple[AssessmentRow, ...]
    opened_on: date
    due_on: date | None
    today: date
