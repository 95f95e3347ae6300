"""The plan through the desk: areas, goals, steps, and what follows from a tick."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from aftercare.domain.codes import (
    MAIN_AREAS,
    Area,
    AreaState,
    GoalState,
    StepBarrier,
    StepDoer,
    StepState,
)
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.plan import AreaDraft, GoalDraft, StepDraft
from aftercare.domain.errors import CannotClose, ChangedMeanwhile, DraftProblems, FieldProblem, NotAllowed
from aftercare.domain.permissions import Role
from aftercare.domain.progress import StepsCounted
from aftercare.domain.recurrence import Repeat, preset_rule
from aftercare.domain.rows.survivors import PersonHead
from aftercare.services.areas import add_own_area, hide_area, office_areas, remove_own_area, rename_area
from aftercare.services.desk import Desk
from aftercare.services.notes import save_note
from aftercare.services.plans import (
    add_area,
    add_goal,
    close_goal,
    correct_goal,
    move_area,
    move_goal,
    open_plan,
    reopen_goal,
    set_area,
    take_out_area,
)
from aftercare.services.steps import (
    add_step,
    block_step,
    correct_step,
    drop_step,
    free_step,
    move_step,
    tick_step,
    untick_step,
    who_can_do_steps,
)
from aftercare.services.undo import undo
from conftest import NOW
from ledger import Ledger
from makers import a_goal, a_step, a_survivor
from plan_rows import goal_of, plan_of, step_of

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


# --- the plan and its areas ---------------------------------------------------------------------------------------


def test_a_new_case_shows_the_five_main_areas_and_looking_makes_nothing(desk: Desk, head: PersonHead) -> None:
    done = desk.do(open_plan, head.case_id)
    assert [row.area for row in done.value.areas] == list(MAIN_AREAS)
    assert done.value.plan_id is None
    assert done.undo_id is None
    assert [row.area for row in done.value.other_areas] == [Area.LEGAL, Area.SAFETY, Area.MONEY, Area.COMMUNITY]


def test_that_a_plan_was_read_is_in_the_log(desk: Desk, head: PersonHead, ledger: Ledger) -> None:
    desk.ask(open_plan, head.case_id)
    assert ("read", "plan", head.case_id, "") in ledger


def test_the_first_goal_makes_the_plan_and_undo_takes_both_away(desk: Desk, head: PersonHead) -> None:
    done = desk.do(add_goal, head.case_id, GoalDraft(Area.HOUSING, " A room of my own "))
    assert plan_of(desk, head).plan_id is not None
    assert goal_of(desk, head, done.value).words == "A room of my own"
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert plan_of(desk, head).plan_id is None


def test_another_area_is_taken_in_moved_and_taken_out(desk: Desk, head: PersonHead) -> None:
    desk.do(add_area, head.case_id, Area.LEGAL)
    desk.do(move_area, head.case_id, Area.LEGAL, Area.HOUSING)
    assert [row.area for row in plan_of(desk, head).areas] == [Area.LEGAL, *MAIN_AREAS]
    desk.do(take_out_area, head.case_id, Area.LEGAL)
    assert plan_of(desk, head).area(Area.LEGAL) is None


def test_an_area_with_goals_stays_in_the_plan(desk: Desk, head: PersonHead) -> None:
    a_goal(desk, head, Area.HOUSING)
    with pytest.raises(CannotClose):
        desk.do(take_out_area, head.case_id, Area.HOUSING)


def test_an_unknown_area_is_refused(desk: Desk, head: PersonHead) -> None:
    with pytest.raises(FieldProblem):
        desk.do(add_goal, head.case_id, GoalDraft("gardening", "Grow beans"))


def test_not_wanted_keeps_her_words_and_a_new_goal_makes_the_area_active(desk: Desk, head: PersonHead) -> None:
    desk.do(set_area, head.case_id, AreaDraft(Area.FAMILY, AreaState.NOT_WANTED, "Not now, please"))
    row = plan_of(desk, head).area(Area.FAMILY)
    assert row is not None
    assert (row.state, row.words) == (AreaState.NOT_WANTED, "Not now, please")
    a_goal(desk, head, Area.FAMILY)
    row = plan_of(desk, head).area(Area.FAMILY)
    assert row is not None
    assert row.state is AreaState.ACTIVE


def test_an_organisation_adds_renames_and_hides_areas(desk: Desk, head: PersonHead) -> None:
    code = desk.do(add_own_area, "Faith", "#336699").value
    desk.do(rename_area, Area.MONEY, "Purse")
    desk.do(hide_area, Area.EDUCATION)
    plan = plan_of(desk, head)
    assert Area.EDUCATION not in [row.area for row in plan.areas]
    assert {row.area: row.label for row in plan.other_areas}[code] == "Faith"
    assert {row.area: row.label for row in plan.other_areas}[Area.MONEY] == "Purse"
    a_goal(desk, head, code)
    with pytest.raises(FieldProblem, match="area_in_use"):
        desk.do(remove_own_area, code)
    with pytest.raises(FieldProblem, match="taken"):
        desk.do(add_own_area, "faith")


def test_an_own_area_that_only_a_note_names_stays(desk: Desk, head: PersonHead) -> None:
    code = desk.do(add_own_area, "Faith").value
    desk.do(save_note, head.case_id, NoteDraft("Went to the choir", area=code))
    with pytest.raises(FieldProblem, match="area_in_use"):
        desk.do(remove_own_area, code)


def test_an_own_area_that_nobody_used_can_go(desk: Desk) -> None:
    code = desk.do(add_own_area, "Faith").value
    desk.do(remove_own_area, code)
    assert code not in [row.area for row in desk.ask(office_areas)]


# --- goals --------------------------------------------------------------------------------------------------------


def test_a_goal_without_words_is_refused(desk: Desk, head: PersonHead) -> None:
    with pytest.raises(FieldProblem):
        desk.do(add_goal, head.case_id, GoalDraft(Area.HOUSING, "  "))


def test_a_goal_is_corrected_only_as_it_was_shown(desk: Desk, head: PersonHead) -> None:
    key = a_goal(desk, head, Area.HOUSING)
    shown = goal_of(desk, head, key)
    draft = GoalDraft(Area.HOUSING, "Two rooms", "temporary", "safe", date(2027, 1, 31), key, shown.version)
    desk.do(correct_goal, draft)
    goal = goal_of(desk, head, key)
    assert (goal.words, goal.baseline, goal.aim, goal.target_on) == (
        "Two rooms",
        "temporary",
        "safe",
        date(2027, 1, 31),
    )
    with pytest.raises(ChangedMeanwhile):
        desk.do(correct_goal, draft)


def test_a_goal_moves_to_another_area_and_to_another_place(desk: Desk, head: PersonHead) -> None:
    first, second, third = (a_goal(desk, head, Area.HOUSING, words) for words in ("one", "two", "three"))
    desk.do(move_goal, third, first)
    desk.do(move_goal, first, None)
    row = plan_of(desk, head).area(Area.HOUSING)
    assert row is not None
    assert [goal.id for goal in row.goals] == [third, second, first]
    desk.do(correct_goal, GoalDraft(Area.HEALTH, "two", id=second, version=goal_of(desk, head, second).version))
    assert goal_of(desk, head, second).area == Area.HEALTH


def test_a_goal_with_an_open_step_cannot_be_achieved_but_set_aside(desk: Desk, head: PersonHead) -> None:
    key = a_goal(desk, head)
    a_step(desk, key)
    with pytest.raises(CannotClose) as refused:
        desk.do(close_goal, key, None, GoalState.ACHIEVED)
    assert refused.value.reasons == ("steps_open",)
    desk.do(close_goal, key, None, GoalState.SET_ASIDE)
    assert goal_of(desk, head, key).state is GoalState.SET_ASIDE
    desk.do(reopen_goal, key, None)
    assert goal_of(desk, head, key).state is GoalState.PROPOSED


def test_a_goal_is_achieved_when_each_step_is_done_or_dropped(desk: Desk, head: PersonHead) -> None:
    key = a_goal(desk, head)
    first, second = a_step(desk, key), a_step(desk, key)
    desk.do(tick_step, first)
    desk.do(drop_step, second)
    desk.do(close_goal, key, None, GoalState.ACHIEVED)
    assert goal_of(desk, head, key).state is GoalState.ACHIEVED


# --- steps --------------------------------------------------------------------------------------------------------


def test_a_tick_moves_the_goal_on_and_undo_moves_it_back(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    step = a_step(desk, goal)
    done = desk.do(tick_step, step)
    assert goal_of(desk, head, goal).state is GoalState.IN_PROGRESS
    assert step_of(desk, head, step).done_on == TODAY
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert goal_of(desk, head, goal).state is GoalState.PROPOSED
    assert step_of(desk, head, step).state is StepState.OPEN


def test_a_finished_weekly_step_comes_again_a_week_later(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head, Area.HEALTH)
    step = a_step(desk, goal, "Counselling", due_on=TODAY, repeat=preset_rule(Repeat.WEEKLY))
    ticked = desk.do(tick_step, step).value
    assert ticked.next_due_on == TODAY + timedelta(days=7)
    assert ticked.next_id is not None
    following = step_of(desk, head, ticked.next_id)
    assert (following.words, following.times_done, following.state) == ("Counselling", 1, StepState.OPEN)
    assert step_of(desk, head, step).is_followed
    desk.do(untick_step, step)
    assert plan_of(desk, head).step(ticked.next_id) is None
    assert step_of(desk, head, step).state is StepState.OPEN


def test_ticking_twice_makes_one_next_step(desk: Desk, head: PersonHead) -> None:
    step = a_step(desk, a_goal(desk, head), due_on=TODAY, repeat="FREQ=DAILY")
    desk.do(tick_step, step)
    assert desk.do(tick_step, step).undo_id is None
    row = plan_of(desk, head).area(Area.HOUSING)
    assert row is not None
    assert len(row.steps) == 2


def test_a_step_cannot_be_done_tomorrow(desk: Desk, head: PersonHead) -> None:
    step = a_step(desk, a_goal(desk, head))
    with pytest.raises(FieldProblem):
        desk.do(tick_step, step, None, TOMORROW)


def test_a_step_that_waits_for_another_is_free_when_that_one_is_done(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    permit, rent = a_step(desk, goal, "Fetch the permit"), a_step(desk, goal, "Ask for rent support")
    desk.do(block_step, rent, None, StepBarrier.ANOTHER_STEP, "", permit)
    blocked = step_of(desk, head, rent)
    assert (blocked.state, blocked.waits_for) == (StepState.BLOCKED, "Fetch the permit")
    done = desk.do(tick_step, permit)
    assert done.value.freed == (rent,)
    assert step_of(desk, head, rent).state is StepState.OPEN
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert step_of(desk, head, rent).waits_for_id == permit


def test_steps_cannot_wait_for_each_other_in_a_circle(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    one, two, three = (a_step(desk, goal, words) for words in ("one", "two", "three"))
    desk.do(block_step, two, None, StepBarrier.ANOTHER_STEP, "", one)
    desk.do(block_step, three, None, StepBarrier.ANOTHER_STEP, "", two)
    with pytest.raises(DraftProblems) as refused:
        desk.do(block_step, one, None, StepBarrier.ANOTHER_STEP, "", three)
    assert [each.reason for each in refused.value.problems] == ["waits_for_itself"]


def test_a_step_waits_only_for_steps_of_its_own_case(desk: Desk, head: PersonHead) -> None:
    step = a_step(desk, a_goal(desk, head))
    strange = a_step(desk, a_goal(desk, a_survivor(desk)))
    with pytest.raises(DraftProblems):
        desk.do(block_step, step, None, StepBarrier.ANOTHER_STEP, "", strange)


def test_a_barrier_in_words_is_kept_until_it_is_gone(desk: Desk, head: PersonHead) -> None:
    step = a_step(desk, a_goal(desk, head))
    desk.do(block_step, step, None, StepBarrier.NO_PLACE, "Full until May")
    assert step_of(desk, head, step).barrier_words == "Full until May"
    desk.do(free_step, step)
    free = step_of(desk, head, step)
    assert (free.state, free.barrier, free.barrier_words) == (StepState.OPEN, None, "")


def test_everything_wrong_with_a_step_is_told_at_once(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    draft = StepDraft("", StepDoer.PROVIDER, provider="x" * 201, repeat="now and then")
    with pytest.raises(DraftProblems) as refused:
        desk.do(add_step, goal, draft)
    assert [(each.field, each.reason) for each in refused.value.problems] == [
        ("words", "required"),
        ("provider", "too_long"),
        ("repeat", "not_a_repeat_rule"),
    ]


def test_who_does_a_step_is_told_by_name(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    mine = a_step(desk, goal)
    hers = a_step(desk, goal, doer=StepDoer.SURVIVOR)
    theirs = a_step(desk, goal, doer=StepDoer.PROVIDER, provider="Welfare office")
    assert [step_of(desk, head, key).who for key in (mine, hers, theirs)] == ["A. Rahman", "", "Welfare office"]
    assert [each.name for each in desk.ask(who_can_do_steps)] == ["A. Rahman"]


def test_a_step_moves_among_its_siblings_and_to_another_goal(desk: Desk, head: PersonHead) -> None:
    goal, other = a_goal(desk, head), a_goal(desk, head)
    one, two = a_step(desk, goal, "one"), a_step(desk, goal, "two")
    desk.do(move_step, two, one)
    assert [step.words for step in goal_of(desk, head, goal).steps] == ["two", "one"]
    desk.do(move_step, two, None, other)
    assert [step.words for step in goal_of(desk, head, other).steps] == ["two"]


def test_a_dropped_step_no_longer_counts_and_frees_what_waited(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    one, two = a_step(desk, goal), a_step(desk, goal)
    desk.do(block_step, two, None, StepBarrier.ANOTHER_STEP, "", one)
    desk.do(drop_step, one)
    assert goal_of(desk, head, goal).counted == StepsCounted(0, 1)
    assert step_of(desk, head, two).state is StepState.OPEN


def test_a_shelter_worker_ticks_but_does_not_rewrite(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    step = a_step(desk, goal)
    desk.actor = replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))
    desk.do(tick_step, step)
    with pytest.raises(NotAllowed):
        desk.do(correct_step, StepDraft("Other words", id=step))


def test_what_others_rest_on_is_not_undone(desk: Desk, head: PersonHead) -> None:
    made = desk.do(add_goal, head.case_id, GoalDraft(Area.HOUSING, "A room of my own"))
    assert made.undo_id is not None
    a_step(desk, made.value)
    with pytest.raises(ChangedMeanwhile):
        desk.do(undo, made.undo_id)
    assert len(goal_of(desk, head, made.value).steps) == 1
