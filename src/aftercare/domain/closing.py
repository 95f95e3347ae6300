"""What may be closed: a goal, an area, a plan, a case; and what is still to do before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aftercare.domain.codes import (
    OPEN_GOALS,
    AppointmentState,
    ClosureReason,
    GoalState,
    PlacementKind,
    StepState,
)

FOLLOW_UP_MONTHS = (3, 6, 12)
LASTING_HOMES = frozenset(
    {
        PlacementKind.OWN_RENTAL,
        PlacementKind.WITH_FAMILY,
        PlacementKind.FOSTER_OR_KINSHIP,
        PlacementKind.REPATRIATED,
        PlacementKind.UNKNOWN_WHEREABOUTS,
    }
)


class Obstacle(StrEnum):
    """What is still open."""

    STEPS_OPEN = "steps_open"
    GOALS_OPEN = "goals_open"
    STAY_WITHOUT_END = "stay_without_end"
    APPOINTMENTS_OPEN = "appointments_open"
    PLAN_NOT_SIGNED = "plan_not_signed"
    REASON_MISSING = "closure_reason_missing"
    FOLLOW_UPS_NOT_PLANNED = "follow_ups_not_planned"


_WAIVED: dict[ClosureReason, frozenset[Obstacle]] = {
    ClosureReason.DIED: frozenset(
        {Obstacle.STEPS_OPEN, Obstacle.GOALS_OPEN, Obstacle.PLAN_NOT_SIGNED, Obstacle.FOLLOW_UPS_NOT_PLANNED}
    ),
    # she may leave at any time, and whoever is gone cannot sign
    ClosureReason.HER_WISH: frozenset({Obstacle.PLAN_NOT_SIGNED, Obstacle.FOLLOW_UPS_NOT_PLANNED}),
    ClosureReason.LOST_CONTACT: frozenset({Obstacle.PLAN_NOT_SIGNED, Obstacle.FOLLOW_UPS_NOT_PLANNED}),
    ClosureReason.NOT_ELIGIBLE: frozenset({Obstacle.PLAN_NOT_SIGNED, Obstacle.FOLLOW_UPS_NOT_PLANNED}),
    ClosureReason.REPATRIATED: frozenset({Obstacle.PLAN_NOT_SIGNED}),
    ClosureReason.MOVED_IN_COUNTRY: frozenset({Obstacle.PLAN_NOT_SIGNED}),
    ClosureReason.MOVED_ABROAD: frozenset({Obstacle.PLAN_NOT_SIGNED}),
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What closing a case asks of it."""

    goals: tuple[GoalState, ...] = ()
    steps: tuple[StepState, ...] = ()
    open_stays: tuple[PlacementKind, ...] = ()
    appointments: tuple[AppointmentState, ...] = ()
    plan_is_signed: bool = False
    follow_ups_planned: bool = False
    reason: ClosureReason | None = None


@dataclass(frozen=True, slots=True)
class ReadinessPoint:
    """A line of the checklist; `asked` is False where the reason for closing makes it needless."""

    obstacle: Obstacle
    done: bool
    asked: bool = True


def obstacles_to_achieve_goal(steps: Iterable[StepState]) -> tuple[Obstacle, ...]:
    """A goal is achieved when no step is open any more; setting it aside needs nothing."""
    return (Obstacle.STEPS_OPEN,) if _any_open(steps) else ()


def obstacles_to_close_area(goals: Iterable[GoalState]) -> tuple[Obstacle, ...]:
    """An area, and likewise a plan, is closed when each goal was achieved, changed or set aside."""
    return (Obstacle.GOALS_OPEN,) if any(goal in OPEN_GOALS for goal in goals) else ()


def readiness(facts: CaseFacts) -> tuple[ReadinessPoint, ...]:
    """The checklist before a case is closed, in the order in which it is worked through."""
    waived = _WAIVED.get(facts.reason, frozenset()) if facts.reason is not None else frozenset()
    return tuple(
        ReadinessPoint(obstacle, done, obstacle not in waived)
        for obstacle, done in (
            (Obstacle.GOALS_OPEN, not any(goal in OPEN_GOALS for goal in facts.goals)),
            (Obstacle.STEPS_OPEN, not _any_open(facts.steps)),
            (Obstacle.PLAN_NOT_SIGNED, facts.plan_is_signed),
            (Obstacle.APPOINTMENTS_OPEN, not any(_is_ahead(state) for state in facts.appointments)),
            (Obstacle.STAY_WITHOUT_END, all(kind in LASTING_HOMES for kind in facts.open_stays)),
            (Obstacle.FOLLOW_UPS_NOT_PLANNED, facts.follow_ups_planned),
            (Obstacle.REASON_MISSING, facts.reason is not None),
        )
    )


def obstacles_to_close_case(facts: CaseFacts) -> tuple[Obstacle, ...]:
    """What is asked and not done; the codes of CannotClose."""
    return tuple(point.obstacle for point in readiness(facts) if point.asked and not point.done)


def planned_follow_ups(closed_on: date) -> tuple[date, ...]:
    """The days 3, 6 and 12 months after closing; the last day of a shorter month."""
    from dateutil.relativedelta import relativedelta  # 10 ms that the first window need not wait for

    return tuple(closed_on + relativedelta(months=months) for months in FOLLOW_UP_MONTHS)


def _any_open(steps: Iterable[StepState]) -> bool:
    return any(step in (StepState.OPEN, StepState.BLOCKED) for step in steps)


def _is_ahead(state: AppointmentState) -> bool:
    return state in (AppointmentState.OFFERED, AppointmentState.BOOKED)
