"""What stands on a report, as frozen values: collected in the vault, laid out anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from aftercare.domain.codes import (
    AreaState,
    Gender,
    GoalState,
    Level,
    PlacementKind,
    ReportKind,
    ReportProfile,
    SignatureWay,
    Stage,
    StepBarrier,
    StepDoer,
    StepState,
)
from aftercare.domain.drafts.reports import PaperSize
from aftercare.domain.progress import AreaStanding, StepsCounted
from aftercare.domain.rows.report_facts import AreaFact

Strokes = tuple[tuple[tuple[float, float], ...], ...]


# --- the plan ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReportStep:
    """A step, or a chain of repeats as one; `who` is a name or empty, `waits_for` the words of another step."""

    id: UUID
    words: str
    doer: StepDoer
    who: str
    due_on: date | None
    state: StepState
    done_on: date | None
    barrier: StepBarrier | None = None
    barrier_words: str = ""
    waits_for: str = ""
    repeats: bool = False
    times_done: int = 0
    follows: UUID | None = None


@dataclass(frozen=True, slots=True)
class ReportGoal:
    words: str
    state: GoalState
    target_on: date | None
    steps: tuple[ReportStep, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A narrative that can be printed or left out; levels as on that day."""

    id: UUID
    area: str
    on: date
    narrative: str
    restricted: bool
    staff_level: Level | None = None
    own_level: Level | None = None


@dataclass(frozen=True, slots=True)
class ReportArea:
    """A chapter; `name` only for an area of the organisation's own. `counted` are steps at the end of the period."""

    area: str
    name: str
    state: AreaState
    standing: AreaStanding
    counted: StepsCounted
    goals: tuple[ReportGoal, ...] = ()
    facts: tuple[AreaFact, ...] = ()
    entries: tuple[EntryRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    way: SignatureWay
    strokes: Strokes = ()


@dataclass(frozen=True, slots=True)
class AgreedPlan:
    """The plan version that was in force at the end of the period."""

    number: int
    agreed_on: date
    hers: Signed
    workers: Signed
    worker: str


# --- the course ----------------------------------------------------------------------------------------------------


class HappeningKind(StrEnum):
    STAGE = "stage"
    MOVED = "moved"
    PLAN_AGREED = "plan_agreed"
    WORK_BEGAN = "work_began"
    COURSE_ENDED = "course_ended"


@dataclass(frozen=True, slots=True)
class Happening:
    """An event under the chart; `stage` or `place` says which."""

    on: date
    kind: HappeningKind
    stage: Stage | None = None
    place: PlacementKind | None = None


@dataclass(frozen=True, slots=True)
class LevelPoint:
    area: str
    on: date
    staff: Level | None
    own: Level | None


# --- the whole -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Issue:
    """To whom a report belongs in the register; never printed."""

    survivor_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class ProgressContent:
    """A progress report. `number` is None until one is given out: then it is a preview.

    `recipient` are the lines of a release (who, purpose, until when): empty for the profiles of today.
    """

    issue: Issue
    number: int | None
    profile: ReportProfile
    language: str
    paper: PaperSize
    large_print: bool
    case_code: str
    gender: Gender | None
    opened_on: date
    since: date
    until: date
    printed_on: date
    prepared_by: str
    plan: AgreedPlan | None
    review_on: date | None
    areas: tuple[ReportArea, ...]
    left_out: tuple[str, ...]
    levels: tuple[LevelPoint, ...]
    happenings: tuple[Happening, ...]
    next_steps: tuple[ReportStep, ...]
    recipient: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanSheetContent:
    """The survivor's page: no code, no name of the house. `telling_words` would betray where she lives or why."""

    issue: Issue
    number: int | None
    language: str
    paper: PaperSize
    printed_on: date
    plan: AgreedPlan | None
    review_on: date | None
    areas: tuple[ReportArea, ...]
    telling_words: tuple[str, ...] = ()


ReportContent = ProgressContent | PlanSheetContent


@dataclass(frozen=True, slots=True)
class Printed:
    """Finished pages. `unprintable` are characters that no font of ours has; they are printed as boxes."""

    pdf: bytes
    number: str
    pages: int
    unprintable: str


# --- the page "Reports" --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AreaChoice:
    area: str
    name: str


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language of a page; `hers` if she speaks it, `has_words` if the labels are translated."""

    tag: str
    hers: bool
    has_words: bool


@dataclass(frozen=True, slots=True)
class ReportChoices:
    """What can be chosen for a report about one case."""

    case_id: UUID
    survivor_id: UUID
    case_code: str
    opened_on: date
    areas: tuple[AreaChoice, ...]
    entries: tuple[EntryRow, ...]
    languages: tuple[LanguageChoice, ...]
    office_language: str
    her_language: str


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A line of the register of reports."""

    id: UUID
    number: int
    case_code: str
    kind: ReportKind
    profile: ReportProfile
    at: datetime
    by: str
    pages: int
    copies: int
