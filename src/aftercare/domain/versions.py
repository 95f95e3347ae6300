"""A plan as it was agreed, frozen: what it holds, what is missing before it can be agreed, and how it is kept as JSON.

A dropped step and a goal that was changed or set aside are no longer part of what is agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from aftercare.domain.codes import AreaState, GoalState, StepDoer, StepState
from aftercare.domain.errors import FieldProblem

FORM = 1
LEFT_BEHIND = (GoalState.CHANGED, GoalState.SET_ASIDE)


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
    """An area; `label` is how the organisation called it then, empty where the words are ours, None where not kept."""

    area: str
    state: AreaState = AreaState.ACTIVE
    words: str = ""
    goals: tuple[GoalContent, ...] = ()
    label: str | None = ""


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
    goals = [goal for area in content.areas for goal in area.goals if goal.state not in LEFT_BEHIND]
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


def area_labels(*contents: PlanContent, now: Mapping[str, str]) -> dict[str, str]:
    """How areas were called when these were agreed, the last one counting most; `now` where that was not kept."""
    then = {area.area: area.label for content in contents for area in content.areas if area.label is not None}
    return {**now, **then}


# --- kept as JSON -------------------------------------------------------------------------------------------------


def iso_day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _area_to_dict(area: AreaContent) -> dict[str, Any]:
    return {
        "area": area.area,
        "state": area.state.value,
        "words": area.words,
        "goals": [_goal_to_dict(goal) for goal in area.goals],
        **({} if area.label is None else {"label": area.label}),
    }


def _goal_to_dict(goal: GoalContent) -> dict[str, Any]:
    return {
        "id": goal.id,
        "words": goal.words,
        "baseline": goal.baseline,
        "aim": goal.aim,
        "target_on": iso_day(goal.target_on),
        "state": goal.state.value,
        "steps": [_step_to_dict(step) for step in goal.steps],
    }


def _step_to_dict(step: StepContent) -> dict[str, Any]:
    return {
        "id": step.id,
        "words": step.words,
        "doer": step.doer.value,
        "who": step.who,
        "due_on": iso_day(step.due_on),
        "state": step.state.value,
        "repeat": step.repeat,
        "follows": step.follows,
    }


def _area_from_dict(kept: Mapping[str, Any]) -> AreaContent:
    goals = tuple(_goal_from_dict(goal) for goal in kept["goals"])
    label = kept.get("label")
    return AreaContent(
        area=str(kept["area"]),
        state=AreaState(kept["state"]),
        words=str(kept["words"]),
        goals=goals,
        label=None if label is None else str(label),
    )


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
