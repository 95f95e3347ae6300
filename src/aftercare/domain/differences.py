"""What differs between two versions of a plan that were agreed.

What is agreed are the *terms*: areas, goals, where from and where to, steps, who and until when. A step that is ticked
off, or a repeating step that comes round again, is progress and no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aftercare.domain.codes import StepState
from aftercare.domain.versions import LEFT_BEHIND, AreaContent, GoalContent, PlanContent, StepContent, iso_day


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


_GOAL_TERMS: tuple[tuple[DifferenceKind, Callable[[_GoalTerms], str]], ...] = (
    (DifferenceKind.GOAL_MOVED, lambda terms: terms.area),
    (DifferenceKind.GOAL_WORDS, lambda terms: terms.goal.words),
    (DifferenceKind.GOAL_BASELINE, lambda terms: terms.goal.baseline),
    (DifferenceKind.GOAL_AIM, lambda terms: terms.goal.aim),
    (DifferenceKind.GOAL_TARGET, lambda terms: iso_day(terms.goal.target_on)),
)
_STEP_TERMS: tuple[tuple[DifferenceKind, Callable[[_StepTerms], str]], ...] = (
    (DifferenceKind.STEP_MOVED, lambda terms: terms.goal_id),
    (DifferenceKind.STEP_WORDS, lambda terms: terms.step.words),
    (DifferenceKind.STEP_WHO, lambda terms: terms.step.who or terms.step.doer.value),
    # the day of a repeating step moves by itself
    (DifferenceKind.STEP_DUE, lambda terms: "" if terms.step.repeat else iso_day(terms.step.due_on)),
    (DifferenceKind.STEP_REPEAT, lambda terms: _rhythm(terms.step.repeat)),
)


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
        if goal.state not in LEFT_BEHIND
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


def _rhythm(repeat: str) -> str:
    """A rule without its count, which goes down by itself."""
    return ";".join(part for part in repeat.split(";") if not part.startswith("COUNT="))
