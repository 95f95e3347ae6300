"""A plan as its services show it, for tests."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from aftercare.domain.clock import stopped_at
from aftercare.domain.rows.plan import GoalRow, PlanRow, StepRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.services.desk import Desk
from aftercare.services.plans import (
    open_plan,
)


def plan_of(desk: Desk, head: PersonHead) -> PlanRow:
    return desk.ask(open_plan, head.case_id)


def step_of(desk: Desk, head: PersonHead, key: UUID) -> StepRow:
    step = plan_of(desk, head).step(key)
    assert step is not None
    return step


def a_minute_later(desk: Desk) -> None:
    desk.clock = stopped_at(desk.clock.now() + timedelta(minutes=1))


def goal_of(desk: Desk, head: PersonHead, key: UUID) -> GoalRow:
    goal = plan_of(desk, head).goal(key)
    assert goal is not None
    return goal
