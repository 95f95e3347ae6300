"""What other pages are told of a plan, progress in two voices, and the stages of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from aftercare.domain.codes import (
    Area,
    AreaState,
    ClosureReason,
    GoalState,
    Level,
    Stage,
)
from aftercare.domain.drafts.plan import AreaDraft, ClosingDraft, ProgressDraft
from aftercare.domain.errors import CannotClose, DraftProblems, FieldProblem
from aftercare.domain.permissions import Role
from aftercare.domain.progress import StepsCounted, Voices
from aftercare.domain.rows.survivors import PersonHead, Whose
from aftercare.services.desk import Desk
from aftercare.services.plans import (
    close_goal,
    course,
    plan_overview,
    set_area,
)
from aftercare.services.progress import correct_progress, progress_entries, record_progress, remove_progress
from aftercare.services.stages import close_case, move_to_stage, readiness_to_close
from aftercare.services.steps import (
    due_steps,
    tick_step,
)
from aftercare.services.undo import undo
from conftest import NOW
from happened import stages_of
from makers import a_goal, a_step
from plan_rows import a_minute_later

TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


# --- what other pages are told ------------------------------------------------------------------------------------


def test_the_overview_counts_and_names_the_next_step(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head, Area.HOUSING, "A room of my own")
    desk.do(tick_step, a_step(desk, goal, "List what the room must have"))
    a_step(desk, goal, "Safety check", due_on=date(2027, 1, 8))
    a_step(desk, goal, "Confirm move-in date", due_on=TODAY - timedelta(days=3))
    housing = desk.ask(plan_overview, head.case_id).areas[0]
    assert housing.counted == StepsCounted(1, 3)
    assert housing.goal_words == "A room of my own"
    assert housing.next_step is not None
    assert housing.next_step.words == "Confirm move-in date"
    assert housing.next_step.due is not None
    assert housing.next_step.due.late_by == 3


def test_steps_of_goals_left_behind_are_not_counted(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    a_step(desk, goal)
    desk.do(close_goal, goal, None, GoalState.CHANGED)
    housing = desk.ask(plan_overview, head.case_id).areas[0]
    assert (housing.counted, housing.next_step) == (StepsCounted(0, 0), None)


def test_due_steps_are_those_of_my_cases_the_latest_first(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    a_step(desk, goal, "later", due_on=TODAY + timedelta(days=30))
    a_step(desk, goal, "soon", due_on=TOMORROW)
    a_step(desk, goal, "late", due_on=TODAY - timedelta(days=3))
    found = desk.ask(due_steps, TODAY + timedelta(days=7))
    assert [(row.words, row.due.days, row.case_code) for row in found] == [
        ("late", -3, "S-0001"),
        ("soon", 1, "S-0001"),
    ]
    assert desk.ask(due_steps, TODAY + timedelta(days=7), Whose.ALL, 1) == found[:1]


def test_nothing_is_due_in_an_area_that_is_not_wanted_or_a_goal_set_aside(desk: Desk, head: PersonHead) -> None:
    a_step(desk, a_goal(desk, head, Area.FAMILY), due_on=TODAY)
    goal = a_goal(desk, head, Area.HEALTH)
    a_step(desk, goal, due_on=TODAY)
    desk.do(set_area, head.case_id, AreaDraft(Area.FAMILY, AreaState.NOT_WANTED))
    desk.do(close_goal, goal, None, GoalState.SET_ASIDE)
    assert desk.ask(due_steps, TODAY) == ()


# --- progress -----------------------------------------------------------------------------------------------------


def test_two_voices_stand_side_by_side_and_an_answer_that_is_no_level_counts_as_said(
    desk: Desk, head: PersonHead
) -> None:
    first = ProgressDraft(Area.HOUSING, TODAY - timedelta(days=9), "", Level.SAFE, Level.SAFE)
    desk.do(record_progress, head.case_id, first)
    desk.do(record_progress, head.case_id, ProgressDraft(Area.HOUSING, TODAY, "", None, Level.VULNERABLE))
    levels = desk.ask(plan_overview, head.case_id).areas[0].levels
    assert (levels.staff, levels.own, levels.voices) == (Level.SAFE, Level.VULNERABLE, Voices.OWN_IS_LOWER)
    a_minute_later(desk)
    desk.do(record_progress, head.case_id, ProgressDraft(Area.HOUSING, TODAY, "", None, Level.RATHER_NOT_SAY))
    levels = desk.ask(plan_overview, head.case_id).areas[0].levels
    assert (levels.own, levels.voices) == (Level.RATHER_NOT_SAY, Voices.NOT_COMPARABLE)


def test_an_entry_links_steps_is_corrected_and_removed(desk: Desk, head: PersonHead) -> None:
    step = a_step(desk, a_goal(desk, head), "View two rooms")
    draft = ProgressDraft(Area.HOUSING, TODAY, "She liked the second", step_ids=(step,))
    key = desk.do(record_progress, head.case_id, draft).value
    (row,) = desk.ask(progress_entries, head.case_id, Area.HOUSING)
    assert (row.steps, row.by) == (("View two rooms",), "A. Rahman")
    desk.do(correct_progress, replace(draft, narrative="She liked both", id=key, version=row.version))
    (row,) = desk.ask(progress_entries, head.case_id)
    assert row.narrative == "She liked both"
    done = desk.do(remove_progress, key, row.version)
    assert desk.ask(progress_entries, head.case_id) == ()
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert len(desk.ask(progress_entries, head.case_id)) == 1


def test_an_empty_entry_and_one_of_tomorrow_are_refused(desk: Desk, head: PersonHead) -> None:
    with pytest.raises(DraftProblems) as refused:
        desk.do(record_progress, head.case_id, ProgressDraft(Area.HOUSING, TOMORROW))
    assert [each.reason for each in refused.value.problems] == ["in_the_future", "required"]


def test_restricted_entries_are_neither_shown_nor_drawn_for_others(desk: Desk, head: PersonHead) -> None:
    desk.do(record_progress, head.case_id, ProgressDraft(Area.HEALTH, TODAY, "", Level.SAFE, restricted=True))
    assert [series.area for series in desk.ask(course, head.case_id)] == [Area.HEALTH]
    desk.actor = replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))
    assert desk.ask(progress_entries, head.case_id) == ()
    assert desk.ask(course, head.case_id) == ()
    health = desk.ask(plan_overview, head.case_id).areas[1]
    assert health.levels.staff is None


def test_the_course_begins_where_things_stood_before_the_period(desk: Desk, head: PersonHead) -> None:
    for days, level in ((400, Level.IN_CRISIS), (200, Level.VULNERABLE), (10, Level.SAFE)):
        desk.do(record_progress, head.case_id, ProgressDraft(Area.HOUSING, TODAY - timedelta(days=days), "", level))
    (series,) = desk.ask(course, head.case_id, TODAY - timedelta(days=180))
    assert [score.level for score in series.scores] == [1, 2]
    assert not series.own_view


# --- stages -------------------------------------------------------------------------------------------------------


def test_a_case_moves_on_and_says_how_it_came_there(desk: Desk, head: PersonHead) -> None:
    a_minute_later(desk)
    desk.do(move_to_stage, head.case_id, Stage.PLAN, "Ready to plan")
    assert stages_of(desk, head.case_id) == [(Stage.PLAN, "Ready to plan"), (Stage.INTAKE, "")]
    assert desk.do(move_to_stage, head.case_id, Stage.PLAN).undo_id is None


def test_closing_needs_a_reason_and_what_the_checklist_asks(desk: Desk, head: PersonHead) -> None:
    a_step(desk, a_goal(desk, head))
    with pytest.raises(CannotClose):
        desk.do(move_to_stage, head.case_id, Stage.CLOSED)
    with pytest.raises(CannotClose) as refused:
        desk.do(close_case, head.case_id, ClosingDraft(TODAY, ClosureReason.GOALS_MET))
    assert set(refused.value.reasons) == {"goals_open", "steps_open", "plan_not_signed", "follow_ups_not_planned"}
    points = desk.ask(readiness_to_close, head.case_id, ClosingDraft(TODAY, ClosureReason.DIED))
    assert all(point.done or not point.asked for point in points)


def test_a_closed_case_has_its_follow_ups_and_can_be_reopened(desk: Desk, head: PersonHead) -> None:
    a_minute_later(desk)
    desk.do(close_case, head.case_id, ClosingDraft(TODAY, ClosureReason.HER_WISH, "Moves away", plan_follow_ups=True))
    points = desk.ask(readiness_to_close, head.case_id, ClosingDraft(TODAY, ClosureReason.HER_WISH))
    assert all(point.done for point in points if point.obstacle == "follow_ups_not_planned")
    a_minute_later(desk)
    desk.do(move_to_stage, head.case_id, Stage.STABILISING, "Came back")
    moves = [stage for stage, _words in stages_of(desk, head.case_id)]
    assert moves == [Stage.STABILISING, Stage.CLOSED, Stage.INTAKE]


def test_a_case_is_not_closed_before_it_began_or_tomorrow(desk: Desk, head: PersonHead) -> None:
    for day in (TODAY - timedelta(days=1), TOMORROW):
        with pytest.raises(FieldProblem):
            desk.do(close_case, head.case_id, ClosingDraft(day, ClosureReason.HER_WISH))
