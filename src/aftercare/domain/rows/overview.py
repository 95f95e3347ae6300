"""Rows of a person's overview: how each area stands, the course, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from uuid import UUID

from aftercare.domain.codes import Level, NoteKind, Stage
from aftercare.domain.course import Series
from aftercare.domain.rows.plan import OfficeAreaRow, PlanOverview
from aftercare.domain.rows.standing import CaseStanding, FactEvent


class Happening(StrEnum):
    """What a line of the timeline is about."""

    NOTE = "note"
    PROGRESS = "progress"
    ASSESSED = "assessed"
    AGREED = "agreed"
    STAGE = "stage"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class HappeningRow:
    """One line of the timeline; which of the last fields are filled depends on the kind.

    `is_hidden`: restricted, and the reader learns only that it exists. `is_folded`: a narrative of trauma, shown
    when asked for.
    """

    id: UUID
    kind: Happening
    on: date
    at: time | None = None
    area: str | None = None
    words: str = ""
    who: str = ""
    restricted: bool = False
    is_hidden: bool = False
    is_folded: bool = False
    note_kind: NoteKind | None = None
    minutes: int | None = None
    staff_level: Level | None = None
    own_level: Level | None = None
    number: int | None = None
    stage: Stage | None = None
    fact: FactEvent | None = None


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The whole tab in one answer; the course is of the last twelve months."""

    case_id: UUID
    plan: PlanOverview
    standing: CaseStanding
    areas: tuple[OfficeAreaRow, ...]
    course: tuple[Series, ...]
    course_since: date
    happenings: tuple[HappeningRow, ...]
    today: date
