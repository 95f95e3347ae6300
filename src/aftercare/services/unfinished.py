"""What somebody began and did not save: whom it is about, and in which area of the plan its form opens again.

A draft says whom it is about by the key it begins with: of a person, of a case, or of the record that was corrected.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import null, select

from aftercare.domain.codes import Area
from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.today import UnfinishedRow
from aftercare.records import facts, notes, plans
from aftercare.records.people import Case, Survivor
from aftercare.records.retention import LegalHold
from aftercare.services.drafts import my_drafts
from aftercare.services.work import Work

_AREAS = {
    "placement": Area.HOUSING, "safety_check": Area.HOUSING,
    "health_fact": Area.HEALTH,
    "enrolment": Area.EDUCATION, "attendance": Area.EDUCATION,
    "job": Area.EMPLOYMENT, "safe_job_check": Area.EMPLOYMENT,
    "relative": Area.FAMILY, "family_contact": Area.FAMILY, "ladder": Area.FAMILY, "ladder_move": Area.FAMILY,
    "ladder_stop": Area.FAMILY, "lift_stop": Area.FAMILY, "follow_up_visit": Area.FAMILY,
}  # fmt: skip
_RECORDS: dict[str, tuple[Any, ...]] = {
    "placement": (facts.Placement,),
    "safety_check": (facts.SafetyCheck, facts.Placement),
    "health_fact": (facts.HealthFact,),
    "appointment": (facts.Appointment,),
    "deadline": (facts.Deadline,),
    "enrolment": (facts.Enrolment,),
    "attendance": (facts.Enrolment,),
    "job": (facts.Job,),
    "safe_job_check": (facts.SafeJobCheck, facts.Job),
    "relative": (facts.Relative,),
    "family_contact": (facts.FamilyContact,),
    "ladder": (facts.Reunification,),
    "ladder_move": (facts.Reunification,),
    "ladder_stop": (facts.Reunification,),
    "lift_stop": (facts.LadderStop,),
    "follow_up_visit": (facts.Reunification,),
    "goal": (plans.Goal,),
    "new_step": (plans.Goal,),
    "step": (plans.Step,),
    "progress": (plans.ProgressEntry,),
    "note": (notes.Note,),
    "addendum": (notes.Note,),
    "move_note": (notes.Note,),
    "lift_hold": (LegalHold,),
}
_KEY = 36  # characters of a record's key as a draft writes it


def unfinished(work: Work) -> tuple[UnfinishedRow, ...]:
    """My drafts, the newest first; one whose record is gone, or out of sight, is about nobody."""
    drafts = [(draft, _key(draft)) for draft in my_drafts(work)]
    known = _cases(work, {key for _, key in drafts if key is not None}) if drafts else {}
    missing = [(draft, key) for draft, key in drafts if key is not None and key not in known]
    known |= _of_records(work, missing)
    return tuple(_row(draft, known.get(key) if key is not None else None) for draft, key in drafts)


_Found = tuple[UUID, UUID | None, str, str | None]


def _row(draft: DraftRow, found: _Found | None) -> UnfinishedRow:
    if found is None:
        return UnfinishedRow(draft, None, "")
    survivor_id, case_id, code, area = found
    named = draft.about[_KEY:].strip(" /") if draft.form not in _AREAS else ""
    return UnfinishedRow(draft, survivor_id, code, case_id, _AREAS.get(draft.form) or area or named)


def _key(draft: DraftRow) -> UUID | None:
    try:
        return UUID(draft.about[:_KEY])
    except ValueError:
        return None


def _cases(work: Work, keys: set[UUID]) -> dict[UUID, _Found]:
    """By the key of a case, and of a person: then it is her latest."""
    if not keys:
        return {}
    asked = (
        select(Survivor.id, Case.id, Survivor.case_code)
        .join(Case, Case.survivor_id == Survivor.id)
        .where(Case.id.in_(keys) | Case.survivor_id.in_(keys))
        .order_by(Case.number)
    )
    found: dict[UUID, _Found] = {}
    for survivor_id, case_id, code in work.session.execute(asked):
        found[survivor_id] = found[case_id] = (survivor_id, case_id, code, None)
    return {key: each for key, each in found.items() if key in keys}


def _of_records(work: Work, drafts: Iterable[tuple[DraftRow, UUID]]) -> dict[UUID, _Found]:
    """By the keys of records that were being corrected or added to."""
    wanted: dict[Any, set[UUID]] = {}
    for draft, key in drafts:
        for kind in _RECORDS.get(draft.form, ()):
            wanted.setdefault(kind, set()).add(key)
    found: dict[UUID, _Found] = {}
    for kind, keys in wanted.items():
        for record_id, *person in work.session.execute(_about_whom(kind).where(kind.id.in_(keys))):
            found[record_id] = (person[0], person[1], person[2], person[3])
    return found


def _about_whom(kind: Any) -> Any:
    """Whose a record is, and the area it knows: its own, or that of its goal; a hold is of no case, while it stands."""
    if kind is LegalHold:
        held = select(kind.id, kind.survivor_id, null(), Survivor.case_code, null())
        return held.join(Survivor, Survivor.id == kind.survivor_id).where(kind.lifted_on.is_(None))
    asked: Any = select(kind.id, kind.survivor_id, kind.case_id, Survivor.case_code)
    asked = asked.join(Survivor, Survivor.id == kind.survivor_id)
    if kind is plans.Step:
        return asked.add_columns(plans.PlanArea.area).join(plans.Goal, plans.Goal.id == kind.goal_id).join(
            plans.PlanArea, plans.PlanArea.id == plans.Goal.plan_area_id
        )  # fmt: skip
    if kind is plans.Goal:
        return asked.add_columns(plans.PlanArea.area).join(plans.PlanArea, plans.PlanArea.id == kind.plan_area_id)
    return asked.add_columns(kind.area if hasattr(kind, "area") else null())
