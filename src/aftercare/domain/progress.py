"""How far things are: steps counted, levels then and now, what comes next, what is late. Values only, no words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aftercare.domain.codes import OPEN_GOALS, GoalState, Level, StepState


@dataclass(frozen=True, slots=True)
class StepFact:
    """What progress asks of a step; `waits_for` is the key of another step."""

    key: str
    state: StepState
    due_on: date | None = None
    waits_for: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class StepsCounted:
    """How many steps are done of those that count; a dropped step does not count."""

    done: int
    total: int

    @property
    def share(self) -> float:
        """0 to 1; 0 where there are no steps."""
        return self.done / self.total if self.total else 0.0

    def __add__(self, other: StepsCounted) -> StepsCounted:
        return StepsCounted(self.done + other.done, self.total + other.total)


def count_steps(states: Iterable[StepState]) -> StepsCounted:
    counted = [state for state in states if state is not StepState.DROPPED]
    return StepsCounted(counted.count(StepState.DONE), len(counted))


# --- what is due --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A day seen from today."""

    on: date
    today: date

    @property
    def days(self) -> int:
        """Days from today; below zero where the day has passed."""
        return (self.on - self.today).days

    @property
    def is_late(self) -> bool:
        return self.days < 0

    @property
    def late_by(self) -> int:
        return max(0, -self.days)


def due_in(day: date, today: date) -> Due:
    return Due(day, today)


def step_due(step: StepFact, today: date) -> Due | None:
    """When a step that is still to be done is due; None where it has no day, or is done or dropped."""
    if step.due_on is None or step.state not in (StepState.OPEN, StepState.BLOCKED):
        return None
    return Due(step.due_on, today)


def is_blocked(step: StepFact, steps: Iterable[StepFact]) -> bool:
    """Whether a step cannot be done now: marked so, or waiting for a step that is neither done nor dropped."""
    if step.state is StepState.BLOCKED:
        return True
    return any(other.key == step.waits_for and other.state in (StepState.OPEN, StepState.BLOCKED) for other in steps)


def next_step(steps: Sequence[StepFact]) -> StepFact | None:
    """What to do next: unblocked before blocked, then the earliest due, undated last, else as they stand."""
    waiting = [step for step in steps if step.state in (StepState.OPEN, StepState.BLOCKED)]
    return min(
        waiting,
        key=lambda step: (is_blocked(step, steps), step.due_on is None, step.due_on or date.max),
        default=None,
    )


# --- levels in two voices -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LevelsOn:
    """How an area stood on one day, by staff and by the survivor; None where one of them was not asked."""

    on: date
    staff: Level | None = None
    own: Level | None = None


class Direction(StrEnum):
    """How a level moved; only a full level counts."""

    UP = "up"
    DOWN = "down"
    SAME = "same"
    NOT_COMPARABLE = "not_comparable"


class Voices(StrEnum):
    """How the two views of an area compare; a difference is a question to ask, not an error."""

    AGREE = "agree"
    OWN_IS_LOWER = "own_is_lower"
    OWN_IS_HIGHER = "own_is_higher"
    NOT_COMPARABLE = "not_comparable"


def _step(level: Level | None) -> int | None:
    return None if level is None else level.step


def direction(then: Level | None, now: Level | None) -> Direction:
    before, after = _step(then), _step(now)
    if before is None or after is None:
        return Direction.NOT_COMPARABLE
    if after == before:
        return Direction.SAME
    return Direction.UP if after > before else Direction.DOWN


def compare_voices(staff: Level | None, own: Level | None) -> Voices:
    theirs, hers = _step(staff), _step(own)
    if theirs is None or hers is None:
        return Voices.NOT_COMPARABLE
    if hers == theirs:
        return Voices.AGREE
    return Voices.OWN_IS_LOWER if hers < theirs else Voices.OWN_IS_HIGHER


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """Levels of an area at the beginning of a period and at its end, in both voices."""

    staff_then: Level | None
    staff_now: Level | None
    own_then: Level | None
    own_now: Level | None
    staff_then_on: date | None = None  # only where «then» was said after the first day of the period

    @property
    def staff_direction(self) -> Direction:
        return direction(self.staff_then, self.staff_now)

    @property
    def own_direction(self) -> Direction:
        return direction(self.own_then, self.own_now)

    @property
    def voices(self) -> Voices:
        return compare_voices(self.staff_now, self.own_now)


def standing(entries: Iterable[LevelsOn], since: date, until: date) -> AreaStanding:
    """Then and now of a period, both days included.

    «Then» is the last answer up to the first day or, failing that, the first of several within; «now» is the last up to
    the last day. Each voice is followed by itself. An answer that is no level («rather not say») replaces an older
    level: it is what was said last.
    """
    known = sorted((entry for entry in entries if entry.on <= until), key=lambda entry: entry.on)
    staff = [(entry.on, entry.staff) for entry in known if entry.staff is not None]
    own = [(entry.on, entry.own) for entry in known if entry.own is not None]
    is_late = len(staff) > 1 and staff[0][0] > since
    return AreaStanding(
        *_then_and_now(staff, since), *_then_and_now(own, since), staff_then_on=staff[0][0] if is_late else None
    )


def _then_and_now(said: Sequence[tuple[date, Level]], since: date) -> tuple[Level | None, Level | None]:
    if not said:
        return None, None
    before = [level for on, level in said if on <= since]
    if before:
        return before[-1], said[-1][1]
    return (said[0][1] if len(said) > 1 else None), said[-1][1]


# --- goals and reviews --------------------------------------------------------------------------------------------


def suggested_goal_state(state: GoalState, steps: Iterable[StepState]) -> GoalState:
    """Where a goal stands by its steps: a step done means in progress, all done *suggests* achieved.

    Achieved is only ever a suggestion: people decide, and a goal that was achieved, changed or set aside stays so.
    """
    counted = count_steps(steps)
    if state not in OPEN_GOALS or counted.done == 0:
        return state
    return GoalState.ACHIEVED if counted.done == counted.total else GoalState.IN_PROGRESS


def moved_goal_state(state: GoalState, steps: Iterable[StepState]) -> GoalState:
    """The state a goal takes by itself when its steps change: in progress from the first step done, never further."""
    suggested = suggested_goal_state(state, steps)
    return GoalState.IN_PROGRESS if suggested is GoalState.ACHIEVED is not state else suggested
