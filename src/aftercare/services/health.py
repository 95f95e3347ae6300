"""The restricted section on health: who may not see it learns only that it exists."""

from __future__ import annotations

from uuid import UUID

from aftercare.domain.drafts.checks import in_order, required
from aftercare.domain.drafts.health import HealthFactDraft
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.health import Health
from aftercare.queries import health as queries
from aftercare.records.facts import HealthFact
from aftercare.records.people import Case
from aftercare.services.work import Work, needs
from aftercare.services.writing import keep


@needs(Permission.SEE_RECORDS)
def show_health(work: Work, case_id: UUID) -> Health:
    """Needs, medication, allergies, referrals, cover and counselling, for those who may see them."""
    case = work.get(Case, case_id)
    if not work.may(Permission.SEE_HEALTH):
        return Health(may_see=False)
    work.note_read("health", case.survivor_id)
    return Health(
        may_see=True,
        facts=queries.health_facts(work.session, case_id),
        counselling=queries.counselling(work.session, case_id, work.today()),
    )


@needs(Permission.WRITE_RECORDS)
def save_health_fact(work: Work, case_id: UUID, draft: HealthFactDraft) -> UUID:
    work.need(Permission.SEE_HEALTH)
    wrong = [*required(draft, "kind", "words"), *in_order("until", draft.since, draft.until)]
    return keep(work, HealthFact, case_id, draft, wrong).id


@needs(Permission.WRITE_RECORDS)
def remove_health_fact(work: Work, fact_id: UUID, version: int) -> None:
    work.need(Permission.SEE_HEALTH)
    work.remove(work.get_unchanged(HealthFact, fact_id, version))
