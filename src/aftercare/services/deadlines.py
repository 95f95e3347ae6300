"""Deadlines: permits, reflection periods, claims; and everything else that ends or falls due soon."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from aftercare.domain.drafts.checks import in_order, required
from aftercare.domain.drafts.diary import DeadlineDraft
from aftercare.domain.errors import FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.diary import EndingRow
from aftercare.domain.rows.survivors import Whose
from aftercare.domain.secrecy import OF_AREA, PERMISSIONS
from aftercare.queries import diary as queries
from aftercare.records.facts import Deadline
from aftercare.services.work import Work, needs
from aftercare.services.writing import keep


@needs(Permission.SEE_RECORDS)
def ending_soon(work: Work, until: date, whose: Whose = Whose.ALL) -> tuple[EndingRow, ...]:
    """What ends or falls due by a day or is overdue, of open cases: deadlines, cover, stays, reviews, check-ins."""
    of = queries.cases_of(work.actor.id, work.today()) if whose is Whose.MINE else None
    return tuple(queries.ending_by(work.session, until, work.today(), work.sees, of))


@needs(Permission.WRITE_RECORDS)
def save_deadline(work: Work, case_id: UUID, draft: DeadlineDraft) -> UUID:
    if draft.id is not None:
        _need_to_see(work, work.get(Deadline, draft.id).area)
    _need_to_see(work, draft.area)
    wrong = [*required(draft, "kind", "ends_on"), *in_order("ends_on", draft.starts_on, draft.ends_on)]
    return keep(work, Deadline, case_id, draft, wrong).id


@needs(Permission.WRITE_RECORDS)
def settle_deadline(work: Work, deadline_id: UUID, on: date, version: int) -> None:
    """What had to be done was done; it is no longer among what ends soon."""
    if on > work.today():
        raise FieldProblem("settled_on", "in_the_future")
    deadline = work.get_unchanged(Deadline, deadline_id, version)
    _need_to_see(work, deadline.area)
    deadline.settled_on = on


@needs(Permission.WRITE_RECORDS)
def remove_deadline(work: Work, deadline_id: UUID, version: int) -> None:
    deadline = work.get_unchanged(Deadline, deadline_id, version)
    _need_to_see(work, deadline.area)
    work.remove(deadline)


def _need_to_see(work: Work, area: str | None) -> None:
    """Deadlines of an area of a class are all of that class, marked or not."""
    secret = OF_AREA.get(area or "")
    if secret is not None:
        work.need(PERMISSIONS[secret])
