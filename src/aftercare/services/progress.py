"""Progress: how an area goes, in two voices, with the steps it is about."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.drafts.plan import ProgressDraft
from aftercare.domain.errors import DraftProblems, FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.plan import ProgressRow
from aftercare.domain.secrecy import is_open
from aftercare.queries import plan as plans
from aftercare.queries import plan_overview as queries
from aftercare.records.people import Case
from aftercare.records.plans import ProgressEntry, Step
from aftercare.services.work import Work, about, needs


@needs(Permission.SEE_RECORDS)
def progress_entries(
    work: Work, case_id: UUID, area: str | None = None, since: date | None = None
) -> tuple[ProgressRow, ...]:
    """Entries of a case, of one area or all, the newest first; restricted ones only for those who may see them."""
    work.note_read("progress", case_id)
    return queries.progress_rows(work.session, case_id, area, work.sees, since)


@needs(Permission.WRITE_RECORDS)
def record_progress(work: Work, case_id: UUID, draft: ProgressDraft) -> UUID:
    """Keep how an area went on a day; gives its key."""
    _check(work, case_id, draft)
    case = work.get(Case, case_id)
    entry = work.add(ProgressEntry(**about(case), area=draft.area, on=draft.on))
    _write(entry, draft)
    return entry.id


@needs(Permission.WRITE_RECORDS)
def correct_progress(work: Work, draft: ProgressDraft) -> None:
    """Correct an entry; ChangedMeanwhile where somebody saved it since it was opened."""
    entry = _open(work, draft.id, draft.version)
    _check(work, entry.case_id, draft)
    _write(entry, draft)


@needs(Permission.WRITE_RECORDS)
def remove_progress(work: Work, entry_id: UUID, version: int | None = None) -> None:
    """Take an entry away; undo brings it back."""
    work.remove(_open(work, entry_id, version))


def _open(work: Work, entry_id: UUID | None, version: int | None) -> ProgressEntry:
    entry = work.get_unchanged(ProgressEntry, entry_id, version)
    if not is_open(entry.restricted, entry.area, work.sees):
        raise NotFound("progress_entry")
    return entry


def _check(work: Work, case_id: UUID, draft: ProgressDraft) -> None:
    """Raise DraftProblems with every field that cannot be kept."""
    wrong: list[FieldProblem] = []
    if draft.on > work.today():
        wrong.append(FieldProblem("on", "in_the_future"))
    if all(row.area != draft.area for row in plans.office_areas(work.session)):
        wrong.append(FieldProblem("area", "unknown_code", draft.area))
    if not draft.narrative.strip() and draft.staff_level is None and draft.own_level is None:
        wrong.append(FieldProblem("narrative", "required"))
    known = set(work.session.scalars(select(Step.id).where(Step.case_id == case_id)))
    if not set(draft.step_ids) <= known:
        wrong.append(FieldProblem("step_ids", "unknown_code"))
    if wrong:
        raise DraftProblems(tuple(wrong))


def _write(entry: ProgressEntry, draft: ProgressDraft) -> None:
    entry.area, entry.on = draft.area, draft.on
    entry.narrative = draft.narrative.strip()
    entry.staff_level, entry.own_level = draft.staff_level, draft.own_level
    entry.step_ids = [str(key) for key in draft.step_ids]
    entry.restricted = draft.restricted
