"""A plan as it was agreed, frozen, and what differs between two versions.

What is agreed are the *terms*: areas, goals, where from and where to, steps, who and until when. A step that is ticked
off, or a repeating step that comes round again, is progress and no difference. A dropped step and a goal that was
changed or set aside are no longer part of what is agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from aftercare.domain.codes import AreaState, GoalState, StepDoer, StepState
from aftercare.domain.errors import FieldProblem

FORM = 1
_LEFT_BEHIND = (GoalState.CHANGED, GoalState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class StepContent:
    """A step; `follows` is the id of the finished one that this repeats."""

    id: str
    words: str
    doer: StepDoer = StepDoer.STAFF
    who: str = ""
    due_on: date | None = None
    state: StepState = StepState.OPEN
    repeat: str = ""
    follows: str | None = None


@dataclass(frozen=True, slots=True)
class GoalContent:
    id: str
    words: str
    baseline: str = ""
    aim: str = ""
    target_on: date | None = None
    state: GoalState = GoalState.AGREED
    steps: tuple[StepContent, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaContent:
    area: str
    state: AreaState = AreaState.ACTIVE
    words: str = ""
    goals: tuple[GoalContent, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanContent:
    """Everything that two people sign."""

    areas: tuple[AreaContent, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain lists, dictionaries and strings for a JSON column."""
        return {"form": FORM, "areas": [_area_to_dict(area) for area in self.areas]}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> PlanContent:
        """Read what `to_dict` wrote; FieldProblem where it is something else."""
        try:
            if kept["form"] != FORM:
                raise ValueError("unknown form")
            return cls(tuple(_area_from_dict(area) for area in kept["areas"]))
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise FieldProblem("content", "not_a_plan") from wrong


class Missing(StrEnum):
    """What a plan still needs before it can be agreed."""

    NO_GOAL = "plan_has_no_goal"
    GOAL_WITHOUT_WORDS = "goal_without_words"
    NO_REVIEW_DAY = "no_review_day"
    REVIEW_BEFORE_AGREEMENT = "review_before_agreement"


def missing_to_agree(content: PlanContent, agreed_on: date, review_on: date | None) -> tuple[Missing, ...]:
    """What stands against agreeing a version; the codes of PlanCannotBeAgreed."""
    goals = [goal for area in content.areas for goal in area.goals if goal.state not in _LEFT_BEHIND]
    found: list[Missing] = []
    if not goals:
        found.append(Missing.NO_GOAL)
    if any(not goal.words.strip() for goal in goals):
        found.append(Missing.GOAL_WITHOUT_WORDS)
    if review_on is None:
        found.append(Missing.NO_REVIEW_DAY)
    elif review_on <= agreed_on:
        found.append(Missing.REVIEW_BEFORE_AGREEMENT)
    return tuple(found)


# --- differences --------------------------------------------------------------------------------------------------


class DifferenceKind(StrEnum):
    AREA_ADDED = "area_added"
    AREA_REMOVED = "area_removed"
    AREA_STATE = "area_state"
    AREA_WORDS = "area_words"
    GOAL_ADDED = "goal_added"
    GOAL_REMOVED = "goal_removed"
    GOAL_MOVED = "goal_moved"
    GOAL_WORDS = "goal_words"
    GOAL_BASELINE = "goal_baseline"
    GOAL_AIM = "goal_aim"
    GOAL_TARGET = "goal_target"
    STEP_ADDED = "step_added"
    STEP_REMOVED = "step_removed"
    STEP_MOVED = "step_moved"
    STEP_WORDS = "step_words"
    STEP_WHO = "step_who"
    STEP_DUE = "step_due"
    STEP_REPEAT = "step_repeat"


@dataclass(frozen=True, slots=True)
class Difference:
    """One term that is not as it was; `before` and `after` are words, ISO days or codes, empty where there was none.

    `words` are those of the goal or step now (or as it was, if it is gone).
    """

    kind: DifferenceKind
    area: str
    goal_id: str | None = None
    step_id: str | None = None
    words: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _GoalTerms:
    area: str
    goal: GoalContent


@dataclass(frozen=True, slots=True)
class _StepTerms:
    area: str
    goal_id: str
    step: StepContent


def differences(old: PlanContent, new: PlanContent) -> tuple[Difference, ...]:
    """What was agreed differently, area by area, goal by goal, step by step; progress is left out."""
    return (
        *_area_differences({area.area: area for area in old.areas}, {area.area: area for area in new.areas}),
        *_goal_differences(_goals(old), _goals(new)),
        *_step_differences(old, new),
    )


def _area_differences(old: Mapping[str, AreaContent], new: Mapping[str, AreaContent]) -> Iterator[Difference]:
    for name, area in new.items():
        if name not in old:
            yield Difference(DifferenceKind.AREA_ADDED, name, after=area.state.value)
            continue
        was = old[name]
        if was.state is not area.state:
            yield Difference(DifferenceKind.AREA_STATE, name, before=was.state.value, after=area.state.value)
        if was.words != area.words:
            yield Difference(DifferenceKind.AREA_WORDS, name, before=was.words, after=area.words)
    for name, was in old.items():
        if name not in new:
            yield Difference(DifferenceKind.AREA_REMOVED, name, before=was.state.value)


_GOAL_TERMS: tuple[tuple[DifferenceKind, Callable[[_GoalTerms], str]], ...] = (
    (DifferenceKind.GOAL_MOVED, lambda terms: terms.area),
    (DifferenceKind.GOAL_WORDS, lambda terms: terms.goal.words),
    (DifferenceKind.GOAL_BASELINE, lambda terms: terms.goal.baseline),
    (DifferenceKind.GOAL_AIM, lambda terms: terms.goal.aim),
    (DifferenceKind.GOAL_TARGET, lambda terms: _day(terms.goal.target_on)),
)
_STEP_TERMS: tuple[tuple[DifferenceKind, Callable[[_StepTerms], str]], ...] = (
    (DifferenceKind.STEP_MOVED, lambda terms: terms.goal_id),
    (DifferenceKind.STEP_WORDS, lambda terms: terms.step.words),
    (DifferenceKind.STEP_WHO, lambda terms: terms.step.who or terms.step.doer.value),
    # the day of a repeating step moves by itself
    (DifferenceKind.STEP_DUE, lambda terms: "" if terms.step.repeat else _day(terms.step.due_on)),
    (DifferenceKind.STEP_REPEAT, lambda terms: _rhythm(terms.step.repeat)),
)


def _goal_differences(old: Mapping[str, _GoalTerms], new: Mapping[str, _GoalTerms]) -> Iterator[Difference]:
    for key, terms in new.items():
        if key not in old:
            yield Difference(DifferenceKind.GOAL_ADDED, terms.area, key, words=terms.goal.words, after=terms.goal.words)
            continue
        for kind, term in _GOAL_TERMS:
            before, after = term(old[key]), term(terms)
            if before != after:
                yield Difference(kind, terms.area, key, words=terms.goal.words, before=before, after=after)
    for key, terms in old.items():
        if key not in new:
            words = terms.goal.words
            yield Difference(DifferenceKind.GOAL_REMOVED, terms.area, key, words=words, before=words)


def _step_differences(old: PlanContent, new: PlanContent) -> Iterator[Difference]:
    """Steps of goals that both versions have; those of an added or removed goal came and went with it."""
    old_goals, new_goals = _goals(old), _goals(new)
    was, now = _steps(old), _steps(new)
    for key, terms in now.items():
        if key not in was:
            if terms.goal_id in old_goals:
                words = terms.step.words
                yield Difference(DifferenceKind.STEP_ADDED, terms.area, terms.goal_id, key, words, after=words)
            continue
        for kind, term in _STEP_TERMS:
            before, after = term(was[key]), term(terms)
            if before != after:
                yield Difference(kind, terms.area, terms.goal_id, key, terms.step.words, before, after)
    for key, terms in was.items():
        if key not in now and terms.goal_id in new_goals:
            words = terms.step.words
            yield Difference(DifferenceKind.STEP_REMOVED, terms.area, terms.goal_id, key, words, before=words)


def _goals(content: PlanContent) -> dict[str, _GoalTerms]:
    return {
        goal.id: _GoalTerms(area.area, goal)
        for area in content.areas
        for goal in area.goals
        if goal.state not in _LEFT_BEHIND
    }


def _steps(content: PlanContent) -> dict[str, _StepTerms]:
    """The steps that are agreed on; a chain of repeats is one step, by the id of its first and as its latest stands."""
    found: dict[str, _StepTerms] = {}
    for terms in _goals(content).values():
        follows = {step.id: step.follows for step in terms.goal.steps}
        for step in terms.goal.steps:
            first = _first_of_chain(step.id, follows)
            if step.state is StepState.DROPPED:
                found.pop(first, None)
            else:
                found[first] = _StepTerms(terms.area, terms.goal.id, step)
    return found


def _first_of_chain(key: str, follows: Mapping[str, str | None]) -> str:
    seen = {key}
    while (before := follows.get(key)) is not None and before not in seen:
        key = before
        seen.add(key)
    return key


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _rhythm(repeat: str) -> str:
    """A rule without its count, which goes down by itself."""
    return ";".join(part for part in repeat.split(";") if not part.startswith("COUNT="))


# --- kept as JSON -------------------------------------------------------------------------------------------------


def _area_to_dict(area: AreaContent) -> dict[str, Any]:
    return {
        "area": area.area,
        "state": area.state.value,
        "words": area.words,
        "goals": [_goal_to_dict(goal) for goal in area.goals],
    }


def _goal_to_dict(goal: GoalContent) -> dict[str, Any]:
    return {
        "id": goal.id,
        "words": goal.words,
        "baseline": goal.baseline,
        "aim": goal.aim,
        "target_on": _day(goal.target_on),
        "state": goal.state.value,
        "steps": [_step_to_dict(step) for step in goal.steps],
    }


def _step_to_dict(step: StepContent) -> dict[str, Any]:
    return {
        "id": step.id,
        "words": step.words,
        "doer": step.doer.value,
        "who": step.who,
        "due_on": _day(step.due_on),
        "state": step.state.value,
        "repeat": step.repeat,
        "follows": step.follows,
    }


def _area_from_dict(kept: Mapping[str, Any]) -> AreaContent:
    goals = tuple(_goal_from_dict(goal) for goal in kept["goals"])
    return AreaContent(str(kept["area"]), AreaState(kept["state"]), str(kept["words"]), goals)


def _goal_from_dict(kept: Mapping[str, Any]) -> GoalContent:
    return GoalContent(
        id=str(kept["id"]),
        words=str(kept["words"]),
        baseline=str(kept["baseline"]),
        aim=str(kept["aim"]),
        target_on=_read_day(kept["target_on"]),
        state=GoalState(kept["state"]),
        steps=tuple(_step_from_dict(step) for step in kept["steps"]),
    )


def _step_from_dict(kept: Mapping[str, Any]) -> StepContent:
    follows = kept["follows"]
    return StepContent(
        id=str(kept["id"]),
        words=str(kept["words"]),
        doer=StepDoer(kept["doer"]),
        who=str(kept["who"]),
        due_on=_read_day(kept["due_on"]),
        state=StepState(kept["state"]),
        repeat=str(kept["repeat"]),
        follows=None if follows is None else str(follows),
    )


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
