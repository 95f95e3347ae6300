"""Versions of a plan: kept as they were, compared fairly both ways."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.codes import Area, AreaState, GoalState, StepDoer, StepState
from aftercare.domain.differences import DifferenceKind, differences
from aftercare.domain.versions import AreaContent, GoalContent, PlanContent, StepContent

WORDS = st.text("ab ü", max_size=4)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1))
REVERSED = {
    DifferenceKind.AREA_ADDED: DifferenceKind.AREA_REMOVED,
    DifferenceKind.AREA_REMOVED: DifferenceKind.AREA_ADDED,
    DifferenceKind.GOAL_ADDED: DifferenceKind.GOAL_REMOVED,
    DifferenceKind.GOAL_REMOVED: DifferenceKind.GOAL_ADDED,
    DifferenceKind.STEP_ADDED: DifferenceKind.STEP_REMOVED,
    DifferenceKind.STEP_REMOVED: DifferenceKind.STEP_ADDED,
}


@st.composite
def plans(draw: st.DrawFn) -> PlanContent:
    """A plan whose goals and steps have ids of a small pool, each used once."""
    goal_ids = draw(st.lists(st.sampled_from("ABCD"), unique=True))
    step_ids = draw(st.lists(st.sampled_from("stuvwx"), unique=True))
    areas = draw(st.lists(st.sampled_from(list(Area)[:3]), unique=True, min_size=1))
    steps: dict[str, list[StepContent]] = {key: [] for key in goal_ids}
    if goal_ids:
        for key in step_ids:
            step = StepContent(
                key,
                draw(WORDS),
                draw(st.sampled_from(StepDoer)),
                draw(WORDS),
                draw(DAYS),
                draw(st.sampled_from(StepState)),
                draw(st.sampled_from(["", "FREQ=WEEKLY"])),
                draw(st.none() | st.sampled_from("stuvwx")),
            )
            steps[draw(st.sampled_from(goal_ids))].append(step)
    goals: dict[str, list[GoalContent]] = {area: [] for area in areas}
    for key in goal_ids:
        goal = GoalContent(
            key, draw(WORDS), draw(WORDS), draw(WORDS), draw(DAYS), draw(st.sampled_from(GoalState)), tuple(steps[key])
        )
        goals[draw(st.sampled_from(areas))].append(goal)
    return PlanContent(
        tuple(
            AreaContent(
                area, draw(st.sampled_from(AreaState)), draw(WORDS), tuple(goals[area]), draw(st.none() | WORDS)
            )
            for area in areas
        )
    )


@settings(max_examples=60)
@given(plans())
def test_a_plan_does_not_differ_from_itself_nor_from_what_was_kept_of_it(plan: PlanContent) -> None:
    kept = PlanContent.from_dict(json.loads(json.dumps(plan.to_dict())))
    assert kept == plan
    assert differences(plan, kept) == ()


@settings(max_examples=80)
@given(plans(), plans())
def test_differences_read_backwards_are_the_same_differences(old: PlanContent, new: PlanContent) -> None:
    forward = Counter(found.kind for found in differences(old, new))
    backward = Counter(REVERSED.get(found.kind, found.kind) for found in differences(new, old))
    assert forward == backward


@settings(max_examples=80)
@given(plans(), plans())
def test_a_changed_term_has_two_different_values(old: PlanContent, new: PlanContent) -> None:
    for found in differences(old, new):
        assert found.before != found.after or found.kind in REVERSED
