"""Makers of invented people: everything has a default, a test names only what it is about."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from aftercare.domain.codes import Area
from aftercare.domain.drafts.people import IntakeDraft, NameDraft, PersonDraft
from aftercare.domain.drafts.plan import GoalDraft, StepDraft
from aftercare.domain.permissions import Role
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.people import Staff
from aftercare.services.desk import Desk
from aftercare.services.plans import add_goal
from aftercare.services.steps import add_step
from aftercare.services.survivors import take_in
from aftercare.services.work import Actor

COLLEAGUE = UUID("01930000-0000-7000-8000-000000000002")


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


def a_colleague(desk: Desk, role: Role = Role.CASE_WORKER) -> Actor:
    """L. Osei with this role, for `desk.actor`; works here from now on."""
    now = desk.clock.now()
    with Session(desk.engine) as session, session.begin():
        if session.get(Staff, COLLEAGUE) is None:
            session.add(
                Staff(
                    id=COLLEAGUE,
                    created_at=now,
                    created_by=COLLEAGUE,
                    login_name="osei",
                    display_name="L. Osei",
                    roles=[role.value],
                )
            )
    return replace(desk.actor, id=COLLEAGUE, name="L. Osei", roles=frozenset({role}))
