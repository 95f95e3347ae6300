"""A plan as it was agreed, and what differs between two versions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aftercare.domain.codes import Area, AreaState, GoalState, StepDoer, StepState
from aftercare.domain.differences import DifferenceKind, differences
from aftercare.domain.errors import FieldProblem
from aftercare.domain.versions import (
    AreaContent,
    GoalContent,
    Missing,
    PlanContent,
    StepContent,
    area_labels,
    missing_to_agree,
)

TODAY = date(2026, 11, 23)
VIEW = StepContent("view", "View two rooms", StepDoer.STAFF, "L. Osei", date(2026, 11, 19))
WEEKLY = StepContent("call-1", "Call the provider", due_on=date(2026, 11, 20), repeat="FREQ=WEEKLY;COUNT=4")
ROOM = GoalContent("room", "A room of my own", "temporary", "safe", date(2027, 1, 31), steps=(VIEW, WEEKLY))


def plan(*goals: GoalContent, area: str = Area.HOUSING, state: AreaState = AreaState.ACTIVE) -> PlanContent:
    return PlanContent((AreaContent(area, state, "", goals),))


def kinds(old: PlanContent, new: PlanContent) -> list[DifferenceKind]:
    return [found.kind for found in differences(old, new)]


def with_steps(*steps: StepContent) -> PlanContent:
    return plan(replace(ROOM, steps=steps))


def test_ticking_a_step_is_progress_and_no_difference() -> None:
    assert differences(plan(ROOM), with_steps(replace(VIEW, state=StepState.DONE), WEEKLY)) == ()


def test_a_goal_in_progress_or_achieved_is_the_same_goal() -> None:
    assert differences(plan(ROOM), plan(replace(ROOM, state=GoalState.ACHIEVED))) == ()


def test_a_repeating_step_that_comes_round_again_is_no_difference() -> None:
    done = replace(WEEKLY, state=StepState.DONE)
    again = StepContent(
        "call-2", WEEKLY.words, due_on=date(2026, 11, 27), repeat="FREQ=WEEKLY;COUNT=3", follows="call-1"
    )
    assert differences(plan(ROOM), with_steps(VIEW, done, again)) == ()


def test_another_rhythm_is_a_difference() -> None:
    rare = replace(WEEKLY, repeat="FREQ=MONTHLY")
    assert kinds(plan(ROOM), with_steps(VIEW, rare)) == [DifferenceKind.STEP_REPEAT]


def test_a_dropped_step_and_a_goal_set_aside_are_no_longer_agreed() -> None:
    assert kinds(plan(ROOM), with_steps(replace(VIEW, state=StepState.DROPPED), WEEKLY)) == [
        DifferenceKind.STEP_REMOVED
    ]
    assert kinds(plan(ROOM), plan(replace(ROOM, state=GoalState.SET_ASIDE))) == [DifferenceKind.GOAL_REMOVED]


def test_each_changed_term_is_named_with_before_and_after() -> None:
    changed = replace(ROOM, words="My own flat", target_on=date(2027, 3, 1))
    found = differences(plan(ROOM), plan(changed))
    assert [(one.kind, one.before, one.after) for one in found] == [
        (DifferenceKind.GOAL_WORDS, "A room of my own", "My own flat"),
        (DifferenceKind.GOAL_TARGET, "2027-01-31", "2027-03-01"),
    ]
    assert {one.goal_id for one in found} == {"room"}


def test_who_and_when_of_a_step_are_terms() -> None:
    later = replace(VIEW, doer=StepDoer.SURVIVOR, who="", due_on=None)
    found = differences(plan(ROOM), with_steps(later, WEEKLY))
    assert [(one.kind, one.before, one.after) for one in found] == [
        (DifferenceKind.STEP_WHO, "L. Osei", "survivor"),
        (DifferenceKind.STEP_DUE, "2026-11-19", ""),
    ]


def test_a_new_goal_brings_its_steps_without_listing_each() -> None:
    other = GoalContent("neighbours", "Know two neighbours", steps=(StepContent("tea", "Invite for tea"),))
    assert kinds(plan(ROOM), plan(ROOM, other)) == [DifferenceKind.GOAL_ADDED]
    assert kinds(plan(ROOM, other), plan(ROOM)) == [DifferenceKind.GOAL_REMOVED]


def test_a_step_moved_to_another_goal_is_one_difference() -> None:
    other = GoalContent("other", "Another goal")
    moved = plan(replace(ROOM, steps=(WEEKLY,)), replace(other, steps=(VIEW,)))
    assert kinds(plan(ROOM, other), moved) == [DifferenceKind.STEP_MOVED]


def test_areas_come_change_and_go() -> None:
    assert kinds(PlanContent(), plan()) == [DifferenceKind.AREA_ADDED]
    assert kinds(plan(), PlanContent()) == [DifferenceKind.AREA_REMOVED]
    assert kinds(plan(), plan(state=AreaState.NOT_WANTED)) == [DifferenceKind.AREA_STATE]


def test_the_order_of_goals_is_no_term() -> None:
    other = GoalContent("other", "Another goal")
    assert differences(plan(ROOM, other), plan(other, ROOM)) == ()


def test_a_version_keeps_how_its_areas_were_called() -> None:
    old = PlanContent(
        (AreaContent("own_1", label="Faith"), AreaContent(Area.MONEY, label="Purse"), AreaContent("own_2"))
    )
    kept = PlanContent.from_dict(old.to_dict())
    assert kept == old
    now = {"own_1": "Belief", "own_3": "Music"}
    assert area_labels(kept, now=now) == {"own_1": "Faith", Area.MONEY: "Purse", "own_2": "", "own_3": "Music"}


def test_a_version_that_kept_no_names_shows_those_of_now() -> None:
    kept = plan(ROOM, area="own_1").to_dict()
    del kept["areas"][0]["label"]
    content = PlanContent.from_dict(kept)
    assert content.to_dict() == kept
    assert area_labels(content, now={"own_1": "Faith"}) == {"own_1": "Faith"}


def test_another_name_of_an_area_is_no_difference() -> None:
    called = (PlanContent((AreaContent("own_1", label=label),)) for label in ("Faith", "Belief"))
    assert differences(*called) == ()


def test_a_plan_needs_a_goal_in_words_and_a_review_to_be_agreed() -> None:
    assert missing_to_agree(plan(ROOM), TODAY, date(2026, 12, 2)) == ()
    assert missing_to_agree(PlanContent(), TODAY, None) == (Missing.NO_GOAL, Missing.NO_REVIEW_DAY)
    assert missing_to_agree(plan(replace(ROOM, words=" ")), TODAY, TODAY) == (
        Missing.GOAL_WITHOUT_WORDS,
        Missing.REVIEW_BEFORE_AGREEMENT,
    )


@pytest.mark.parametrize(
    "kept", [{}, {"form": 2, "areas": []}, {"form": 1}, {"form": 1, "areas": [{}]}, {"form": 1, "areas": ["x"]}]
)
def test_what_is_no_plan_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(FieldProblem):
        PlanContent.from_dict(kept)
