"""How far things are: counted, compared, and what comes next."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.domain.codes import GoalState, Level, StepState
from aftercare.domain.progress import (
    Direction,
    LevelsOn,
    StepFact,
    StepsCounted,
    Voices,
    compare_voices,
    count_steps,
    direction,
    due_in,
    is_blocked,
    moved_goal_state,
    next_step,
    standing,
    step_due,
    suggested_goal_state,
)

TODAY = date(2026, 11, 23)


def test_a_dropped_step_does_not_count() -> None:
    counted = count_steps([StepState.DONE, StepState.OPEN, StepState.DROPPED, StepState.BLOCKED])
    assert counted == StepsCounted(1, 3)
    assert counted + StepsCounted(1, 1) == StepsCounted(2, 4)
    assert StepsCounted(0, 0).share == 0.0


def test_a_day_is_seen_from_today() -> None:
    assert due_in(date(2026, 11, 20), TODAY).late_by == 3
    assert due_in(date(2026, 11, 20), TODAY).is_late
    assert due_in(TODAY, TODAY).days == 0
    assert due_in(date(2026, 12, 5), TODAY).days == 12


def test_only_a_step_still_to_be_done_is_due() -> None:
    assert step_due(StepFact("a", StepState.DONE, TODAY), TODAY) is None
    assert step_due(StepFact("a", StepState.OPEN), TODAY) is None
    assert step_due(StepFact("a", StepState.BLOCKED, TODAY), TODAY) == due_in(TODAY, TODAY)


def test_the_next_step_is_the_earliest_that_can_be_done() -> None:
    steps = (
        StepFact("undated", StepState.OPEN),
        StepFact("waits", StepState.OPEN, date(2026, 11, 1), waits_for="later"),
        StepFact("stuck", StepState.BLOCKED, date(2026, 10, 1)),
        StepFact("later", StepState.OPEN, date(2026, 12, 1)),
        StepFact("done", StepState.DONE, date(2026, 1, 1)),
    )
    found = next_step(steps)
    assert found is not None
    assert found.key == "later"
    assert is_blocked(steps[1], steps)
    only_stuck = next_step(steps[2:3])
    assert only_stuck is not None
    assert only_stuck.key == "stuck"
    assert next_step(steps[4:]) is None


def test_a_step_that_waited_for_a_finished_step_is_free() -> None:
    first, second = StepFact("first", StepState.DONE), StepFact("second", StepState.OPEN, waits_for="first")
    assert not is_blocked(second, (first, second))


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [
        (Level.IN_CRISIS, Level.VULNERABLE, Direction.UP),
        (Level.SAFE, Level.VULNERABLE, Direction.DOWN),
        (Level.SAFE, Level.SAFE, Direction.SAME),
        (Level.NOT_ENOUGH_INFORMATION, Level.SAFE, Direction.NOT_COMPARABLE),
        (Level.SAFE, Level.RATHER_NOT_SAY, Direction.NOT_COMPARABLE),
        (None, Level.SAFE, Direction.NOT_COMPARABLE),
    ],
)
def test_a_level_moves_by_full_steps_and_other_answers_do_not_compare(
    then: Level | None, now: Level | None, moved: Direction
) -> None:
    assert direction(then, now) is moved


def test_the_survivors_own_view_may_differ() -> None:
    assert compare_voices(Level.SAFE, Level.VULNERABLE) is Voices.OWN_IS_LOWER
    assert compare_voices(Level.SAFE, Level.EMPOWERED) is Voices.OWN_IS_HIGHER
    assert compare_voices(Level.SAFE, Level.SAFE) is Voices.AGREE
    assert compare_voices(Level.SAFE, Level.RATHER_NOT_SAY) is Voices.NOT_COMPARABLE


def test_standing_follows_each_voice_by_itself() -> None:
    entries = (
        LevelsOn(date(2026, 10, 1), staff=Level.SAFE, own=Level.RATHER_NOT_SAY),
        LevelsOn(date(2026, 1, 1), staff=Level.IN_CRISIS),
        LevelsOn(date(2026, 8, 1), staff=Level.VULNERABLE, own=Level.VULNERABLE),
        LevelsOn(date(2026, 12, 24), staff=Level.EMPOWERED),
    )
    found = standing(entries, date(2026, 9, 1), TODAY)
    assert (found.staff_then, found.staff_now) == (Level.VULNERABLE, Level.SAFE)
    assert (found.own_then, found.own_now) == (Level.VULNERABLE, Level.RATHER_NOT_SAY)
    assert found.staff_direction is Direction.UP
    assert found.own_direction is Direction.NOT_COMPARABLE


def test_what_was_asked_only_once_has_no_then() -> None:
    once = standing([LevelsOn(date(2026, 10, 1), staff=Level.SAFE)], date(2026, 9, 1), TODAY)
    assert (once.staff_then, once.staff_now) == (None, Level.SAFE)
    twice = [LevelsOn(date(2026, 10, 1), staff=Level.SAFE), LevelsOn(date(2026, 11, 1), staff=Level.BUILDING)]
    later = standing(twice, date(2026, 9, 1), TODAY)
    assert (later.staff_then, later.staff_then_on) == (Level.SAFE, date(2026, 10, 1))
    on_the_day = standing(twice, date(2026, 10, 1), TODAY)
    assert (on_the_day.staff_then, on_the_day.staff_then_on) == (Level.SAFE, None)


def test_an_area_never_asked_about_stands_nowhere() -> None:
    found = standing((), date(2026, 9, 1), TODAY)
    assert found.staff_now is None
    assert found.voices is Voices.NOT_COMPARABLE


def test_all_steps_done_suggests_achieved_but_never_makes_it_so() -> None:
    done = [StepState.DONE, StepState.DROPPED]
    assert suggested_goal_state(GoalState.AGREED, done) is GoalState.ACHIEVED
    assert moved_goal_state(GoalState.AGREED, done) is GoalState.IN_PROGRESS
    assert moved_goal_state(GoalState.ACHIEVED, done) is GoalState.ACHIEVED
    assert moved_goal_state(GoalState.SET_ASIDE, done) is GoalState.SET_ASIDE
    assert moved_goal_state(GoalState.AGREED, [StepState.OPEN]) is GoalState.AGREED
    assert moved_goal_state(GoalState.AGREED, []) is GoalState.AGREED
