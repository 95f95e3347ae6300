"""Makers of invented people: everything has a default, a test names only what it is about."""

from __future__ import annotations

from aftercare.domain.drafts.people import IntakeDraft, NameDraft, PersonDraft
from aftercare.domain.rows.survivors import PersonHead
from aftercare.services.desk import Desk
from aftercare.services.survivors import take_in


def a_survivor(desk: Desk, given: str = "", family: str = "", **person: object) -> PersonHead:
    """Somebody new under the next code, with a name only if one is given."""
    names = (NameDraft(given=given, family=family),) if given or family else ()
    return desk.do(take_in, IntakeDraft(PersonDraft(names=names, **person))).value  # type: ignore[arg-type]
