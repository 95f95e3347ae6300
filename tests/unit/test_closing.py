"""What may be closed, and what is still to do before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aftercare.domain.closing import (
    CaseFacts,
    Obstacle,
    obstacles_to_achieve_goal,
    obstacles_to_close_area,
    obstacles_to_close_case,
    planned_follow_ups,
    readiness,
)
from aftercare.domain.codes import AppointmentState, ClosureReason, GoalState, PlacementKind, StepState

READY = CaseFacts(
    goals=(GoalState.ACHIEVED, GoalState.SET_ASIDE),
    steps=(StepState.DONE, StepState.DROPPED),
    open_stays=(PlacementKind.OWN_RENTAL,),
    appointments=(AppointmentState.ATTENDED, AppointmentState.CANCELLED),
    plan_is_signed=True,
    follow_ups_planned=True,
    reason=ClosureReason.GOALS_MET,
)


def test_a_case_with_nothing_open_may_close() -> None:
    assert obstacles_to_close_case(READY) == ()
    assert all(point.done and point.asked for point in readiness(READY))


@pytest.mark.parametrize(
    ("facts", "obstacle"),
    [
        (replace(READY, goals=(GoalState.IN_PROGRESS,)), Obstacle.GOALS_OPEN),
        (replace(READY, steps=(StepState.BLOCKED,)), Obstacle.STEPS_OPEN),
        (replace(READY, open_stays=(PlacementKind.SHELTER_BED,)), Obstacle.STAY_WITHOUT_END),
        (replace(READY, appointments=(AppointmentState.BOOKED,)), Obstacle.APPOINTMENTS_OPEN),
        (replace(READY, plan_is_signed=False), Obstacle.PLAN_NOT_SIGNED),
        (replace(READY, follow_ups_planned=False), Obstacle.FOLLOW_UPS_NOT_PLANNED),
        (replace(READY, reason=None), Obstacle.REASON_MISSING),
    ],
)
def test_each_open_end_keeps_a_case_open(facts: CaseFacts, obstacle: Obstacle) -> None:
    assert obstacles_to_close_case(facts) == (obstacle,)


def test_somebody_who_leaves_need_not_sign() -> None:
    leaving = replace(READY, plan_is_signed=False, follow_ups_planned=False, reason=ClosureReason.HER_WISH)
    assert obstacles_to_close_case(leaving) == ()
    assert [point.obstacle for point in readiness(leaving) if not point.asked] == [
        Obstacle.PLAN_NOT_SIGNED,
        Obstacle.FOLLOW_UPS_NOT_PLANNED,
    ]


@pytest.mark.parametrize(
    "reason", [ClosureReason.MOVED_ABROAD, ClosureReason.MOVED_IN_COUNTRY, ClosureReason.REPATRIATED]
)
def test_somebody_who_moved_away_need_not_sign_and_is_asked_after(reason: ClosureReason) -> None:
    gone = replace(READY, plan_is_signed=False, follow_ups_planned=False, reason=reason)
    assert obstacles_to_close_case(gone) == (Obstacle.FOLLOW_UPS_NOT_PLANNED,)


def test_after_a_death_only_what_concerns_others_is_asked() -> None:
    facts = CaseFacts(
        goals=(GoalState.AGREED,),
        steps=(StepState.OPEN,),
        open_stays=(PlacementKind.SHELTER_BED,),
        reason=ClosureReason.DIED,
    )
    assert obstacles_to_close_case(facts) == (Obstacle.STAY_WITHOUT_END,)


def test_an_area_with_open_goals_cannot_be_closed() -> None:
    assert obstacles_to_close_area([GoalState.CHANGED, GoalState.ACHIEVED]) == ()
    assert obstacles_to_close_area([GoalState.PROPOSED]) == (Obstacle.GOALS_OPEN,)


def test_a_goal_with_an_open_step_is_not_achieved_yet() -> None:
    assert obstacles_to_achieve_goal([StepState.DONE, StepState.OPEN]) == (Obstacle.STEPS_OPEN,)
    assert obstacles_to_achieve_goal([StepState.DONE, StepState.DROPPED]) == ()


def test_follow_ups_are_planned_in_whole_months() -> None:
    assert planned_follow_ups(date(2026, 11, 30)) == (date(2027, 2, 28), date(2027, 5, 30), date(2027, 11, 30))
