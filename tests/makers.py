"""Makers of invented people: everything has a default, a test names only what it is about."""

from __future__ import annotations

from uuid import UUID

from aftercare.domain.codes import Area
from aftercare.domain.drafts.people import IntakeDraft, NameDraft, PersonDraft
from aftercare.domain.drafts.plan import GoalDraft, StepDraft
from aftercare.domain.rows.survivors import PersonHead
from aftercare.services.desk import Desk
from aftercare.services.plans import add_goal
from aftercare.services.steps import add_step
from aftercare.services.survivors import take_in


def a_survivor(desk: Desk, given: str = "", family: str = "", **person: object) -> PersonHead:
    """Somebody new under the next code, with a name only if one is given."""
    names = (NameDraft(given=given, family=family),) if given or family else ()
    return desk.do(take_in, IntakeDraft(PersonDraft(names=names, **person))).value  # type: ignore[arg-type]


def a_goal(desk: Desk, head: PersonHead, area: str = Area.HOUSING, words: str = "A room of my own") -> UUID:
    """A proposed goal of the person's case."""
    return desk.do(add_goal, head.case_id, GoalDraft(area, words)).value


def a_step(desk: Desk, goal_id: UUID, words: str = "List what the room must have", **step: object) -> UUID:
    """An open step that the worker does, unless said otherwise."""
    return desk.do(add_step, goal_id, StepDraft(words, **step)).value  # type: ignore[arg-type]
