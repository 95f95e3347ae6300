"""Deadlines: permits, reflection periods, claims; what had to be done for them is settled on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from uuid import UUID

from aftercare import assets
from aftercare.domain.codes import DeadlineKind
from aftercare.domain.deadlines import DeadlineRule, rules_from_json, rules_in_use, suggested_end
from aftercare.domain.drafts.checks import in_order, required
from aftercare.domain.drafts.diary import DeadlineDraft
from aftercare.domain.errors import FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.secrecy import OF_AREA, PERMISSIONS
from aftercare.records.facts import Deadline
from aftercare.services.office import OfficeSettings
from aftercare.services.work import Work, needs
from aftercare.services.writing import keep


@lru_cache(maxsize=1)
def _supplied() -> tuple[DeadlineRule, ...]:
    return rules_from_json(assets.read_text("rules", "deadlines.json"))


def deadline_rules(settings: OfficeSettings) -> tuple[DeadlineRule, ...]:
    """The organisation's own rules and those that come with the program, as they hold together."""
    return rules_in_use(settings.deadline_rules, _supplied())


def suggest_end(settings: OfficeSettings, kind: DeadlineKind, starts_on: date) -> tuple[date, DeadlineRule] | None:
    """The last day by the rules of the organisation's country, else by those that hold everywhere; often None.

    It asks no record: a suggestion, which whoever writes the deadline takes or leaves.
    """
    return suggested_end(deadline_rules(settings), settings.country, kind, starts_on)


@needs(Permission.WRITE_RECORDS)
def save_deadline(work: Work, case_id: UUID, draft: DeadlineDraft) -> UUID:
    if draft.id is not None:
        _need_to_see(work, work.get(Deadline, draft.id).area)
    _need_to_see(work, draft.area)
    wrong = [
        *required(draft, "kind", "ends_on"),
        *in_order("ends_on", draft.starts_on, draft.ends_on),
        *in_order("settled_on", draft.starts_on, draft.settled_on),
    ]
    if draft.settled_on is not None and draft.settled_on > work.today():
        wrong.append(FieldProblem("settled_on", "in_the_future"))
    return keep(work, Deadline, case_id, draft, wrong).id


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
