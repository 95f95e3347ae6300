"""Progress: counts that add up, and a next step that can be taken."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.codes import OPEN_GOALS, GoalState, Level, StepState
from aftercare.domain.progress import (
    Direction,
    LevelsOn,
    StepFact,
    count_steps,
    direction,
    is_blocked,
    moved_goal_state,
    next_step,
    standing,
)

STATES = st.sampled_from(StepState)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
STEPS = st.lists(
    st.builds(StepFact, st.sampled_from("abcdef"), STATES, st.none() | DAYS, st.none() | st.sampled_from("abcdef")),
    max_size=6,
    unique_by=lambda step: step.key,
)
ENTRIES = st.lists(
    st.builds(LevelsOn, DAYS, st.none() | st.sampled_from(Level), st.none() | st.sampled_from(Level)),
    max_size=8,
    unique_by=lambda entry: entry.on,
)


@settings(max_examples=80)
@given(st.lists(STATES), st.lists(STATES))
def test_counts_of_parts_add_up(some: list[StepState], others: list[StepState]) -> None:
    assert count_steps(some) + count_steps(others) == count_steps(some + others)
    assert 0 <= count_steps(some).share <= 1


@settings(max_examples=80)
@given(STEPS)
def test_the_next_step_is_still_to_be_done_and_free_where_any_is_free(steps: list[StepFact]) -> None:
    found = next_step(steps)
    waiting = [step for step in steps if step.state in (StepState.OPEN, StepState.BLOCKED)]
    assert (found is None) == (not waiting)
    if found is not None:
        assert found in waiting
        assert not is_blocked(found, steps) or all(is_blocked(step, steps) for step in waiting)


@settings(max_examples=60)
@given(st.sampled_from(GoalState), st.lists(STATES))
def test_no_goal_is_achieved_by_itself(state: GoalState, steps: list[StepState]) -> None:
    moved = moved_goal_state(state, steps)
    assert moved is state or (state in OPEN_GOALS and moved is GoalState.IN_PROGRESS)
    assert moved_goal_state(moved, steps) is moved


@settings(max_examples=80)
@given(ENTRIES, DAYS, DAYS)
def test_now_is_the_last_that_was_said_and_each_voice_is_its_own(
    entries: list[LevelsOn], first: date, last: date
) -> None:
    found = standing(entries, first, last)
    said = [
        entry for entry in sorted(entries, key=lambda entry: entry.on) if entry.on <= last and entry.own is not None
    ]
    assert found.own_now is (said[-1].own if said else None)
    silent = [LevelsOn(entry.on, None, entry.own) for entry in entries]
    assert standing(silent, first, last).own_then is found.own_then


@settings(max_examples=60)
@given(st.none() | st.sampled_from(Level), st.none() | st.sampled_from(Level))
def test_going_there_and_back_are_opposite_directions(then: Level | None, now: Level | None) -> None:
    opposite = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP}
    there = direction(then, now)
    assert direction(now, then) is opposite.get(there, there)
