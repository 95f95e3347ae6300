"""Rows of the plan: its areas, goals and steps as the page shows them, and what other pages need in short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import (
    OPEN_GOALS,
    AreaState,
    GoalState,
    Level,
    Rung,
    StepBarrier,
    StepDoer,
    StepState,
)
from aftercare.domain.progress import Due, StepFact, StepsCounted, Voices, compare_voices, count_steps
from aftercare.domain.versions import AreaContent, GoalContent, PlanContent, StepContent

LEFT_BEHIND = (GoalState.CHANGED, GoalState.SET_ASIDE)
"""Goals whose steps are no longer counted or due."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step. `who` is a name and empty where the survivor does it herself; `waits_for` are the awaited step's words.

    `times_done` counts the finished ones that this step of a repeating chain follows; `is_followed` says that a later
    one of the chain stands in its place.
    """

    id: UUID
    version: int
    goal_id: UUID
    words: str
    doer: StepDoer
    staff_id: UUID | None
    provider: str
    who: str
    due_on: date | None
    state: StepState
    done_on: date | None
    barrier: StepBarrier | None
    barrier_words: str
    waits_for_id: UUID | None
    waits_for: str
    repeat: str
    follows_id: UUID | None
    position: int
    times_done: int = 0
    is_followed: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be done, blocked or not."""
        return self.state in (StepState.OPEN, StepState.BLOCKED)

    def fact(self) -> StepFact:
        waits_for = str(self.waits_for_id) if self.waits_for_id else None
        return StepFact(str(self.id), self.state, self.due_on, waits_for, self.words)

    def content(self) -> StepContent:
        return StepContent(
            id=str(self.id),
            words=self.words,
            doer=self.doer,
            who=self.who,
            due_on=self.due_on,
            state=self.state,
            repeat=self.repeat,
            follows=str(self.follows_id) if self.follows_id else None,
        )


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its steps in order; `agreed_on` is the day of the version in force, if the goal is part of it."""

    id: UUID
    version: int
    area: str
    words: str
    baseline: str
    aim: str
    target_on: date | None
    state: GoalState
    position: int
    agreed_on: date | None
    steps: tuple[StepRow, ...]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_GOALS

    @property
    def counted(self) -> StepsCounted:
        return count_steps(step.state for step in self.steps)

    def content(self) -> GoalContent:
        return GoalContent(
            id=str(self.id),
            words=self.words,
            baseline=self.baseline,
            aim=self.aim,
            target_on=self.target_on,
            state=self.state,
            steps=tuple(step.content() for step in self.steps),
        )


@dataclass(frozen=True, slots=True)
class LevelsRow:
    """The latest answer of each voice about an area, and when it was given; None where nobody was asked."""

    staff: Level | None = None
    staff_on: date | None = None
    own: Level | None = None
    own_on: date | None = None

    @property
    def voices(self) -> Voices:
        return compare_voices(self.staff, self.own)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """An area of a plan; `id` is None as long as the plan has no record. `label` is empty where the words are ours."""

    area: str
    label: str
    colour: str
    id: UUID | None
    version: int | None
    state: AreaState
    words: str
    position: int
    goals: tuple[GoalRow, ...]
    levels: LevelsRow

    @property
    def counted(self) -> StepsCounted:
        kept = (goal for goal in self.goals if goal.state not in LEFT_BEHIND)
        return sum((goal.counted for goal in kept), StepsCounted(0, 0))

    @property
    def steps(self) -> tuple[StepRow, ...]:
        return tuple(step for goal in self.goals for step in goal.steps)

    def content(self) -> AreaContent:
        goals = tuple(goal.content() for goal in self.goals)
        return AreaContent(self.area, self.state, self.words, goals, self.label)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """The version in force in one line; `is_changed` says that the plan has other terms by now."""

    id: UUID
    number: int
    agreed_on: date
    review_on: date | None
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PlanRow:
    """The plan of a case. Before its first goal there is no record of it: then the usual areas stand here, empty."""

    case_id: UUID
    survivor_id: UUID
    plan_id: UUID | None
    review_on: date | None
    areas: tuple[AreaRow, ...]
    in_force: VersionLine | None = None
    other_areas: tuple[OfficeAreaRow, ...] = ()

    def area(self, code: str) -> AreaRow | None:
        return next((row for row in self.areas if row.area == code), None)

    def goal(self, goal_id: UUID) -> GoalRow | None:
        return next((goal for row in self.areas for goal in row.goals if goal.id == goal_id), None)

    def step(self, step_id: UUID) -> StepRow | None:
        return next((step for row in self.areas for step in row.steps if step.id == step_id), None)

    def area_labels(self) -> dict[str, str]:
        """How the organisation calls areas, this plan's and others that are offered; not where the words are ours."""
        offered = {row.area: row.label for row in self.other_areas if row.label}
        return offered | {row.area: row.label for row in self.areas if row.label}

    def content(self) -> PlanContent:
        """What two people would sign now."""
        return PlanContent(tuple(row.content() for row in self.areas))


@dataclass(frozen=True, slots=True)
class OfficeAreaRow:
    """An area as this organisation uses it; `label` and `colour` are empty where they are ours."""

    area: str
    label: str
    colour: str
    hidden: bool
    is_built_in: bool
    position: int
    version: int | None = None


# --- for other pages ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NextStepRow:
    """What is done next in an area, by whom (empty: the survivor herself)."""

    id: UUID
    version: int
    words: str
    doer: StepDoer
    who: str
    due: Due | None
    is_blocked: bool


@dataclass(frozen=True, slots=True)
class AreaOverview:
    """One area in short: a card of the overview, a bar of the caseload."""

    area: str
    label: str
    colour: str
    state: AreaState
    counted: StepsCounted
    open_goals: int
    goal_words: str
    next_step: NextStepRow | None
    levels: LevelsRow
    rung: Rung | None = None


@dataclass(frozen=True, slots=True)
class PlanOverview:
    """A plan in short; `agreed_on` and `version_number` are None where none was agreed yet."""

    case_id: UUID
    review: Due | None
    version_number: int | None
    agreed_on: date | None
    areas: tuple[AreaOverview, ...]

    @property
    def counted(self) -> StepsCounted:
        return sum((area.counted for area in self.areas), StepsCounted(0, 0))


@dataclass(frozen=True, slots=True)
class DueStepRow:
    """A step that is due or late, of any case; `who` is empty where the survivor does it herself."""

    id: UUID
    version: int
    survivor_id: UUID
    case_id: UUID
    case_code: str
    area: str
    label: str
    words: str
    doer: StepDoer
    who: str
    due: Due
    is_blocked: bool


# --- progress and versions ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How an area went on a day, in two voices; `steps` are the words of the linked steps."""

    id: UUID
    version: int
    area: str
    on: date
    narrative: str
    staff_level: Level | None
    own_level: Level | None
    step_ids: tuple[UUID, ...]
    steps: tuple[str, ...]
    restricted: bool
    by: str


@dataclass(frozen=True, slots=True)
class StaffChoice:
    """Someone who can do a step."""

    id: UUID
    name: str
