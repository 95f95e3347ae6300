"""Where a case stands in each area and what happened there, for the overview, reports and charts."""

from __future__ import annotations

from uuid import UUID

from aftercare.domain.permissions import Permission
from aftercare.domain.rows.standing import CaseStanding, FactEvent
from aftercare.queries import standing as queries
from aftercare.records.people import Case
from aftercare.services.work import Work, needs


@needs(Permission.SEE_RECORDS)
def area_standing(work: Work, case_id: UUID) -> CaseStanding:
    """One value per main area, as the overview's cards say it; no words."""
    case = work.get(Case, case_id)
    work.note_read("overview", case.survivor_id)
    return queries.case_standing(work.session, case, work.today(), work.may(Permission.SEE_RESTRICTED))


@needs(Permission.SEE_RECORDS)
def timeline_facts(work: Work, case_id: UUID, limit: int = 50) -> tuple[FactEvent, ...]:
    """The latest events of all areas besides notes and plan: moves, appointments kept, contacts, the ladder."""
    return queries.fact_events(work.session, case_id, work.today(), work.may(Permission.SEE_RESTRICTED), limit)
