"""Conflicts of interest: who is excluded from a record by name, whatever their roles, and never sees her anywhere."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from aftercare.domain.errors import FieldProblem, NotAllowed
from aftercare.domain.permissions import Permission, Role
from aftercare.domain.rows.access import ExclusionRow, Exclusions
from aftercare.records.access import Exclusion
from aftercare.records.people import CaseWorker, Staff, Survivor
from aftercare.services.work import Work, needs


@needs(Permission.SEE_RECORDS)
def show_exclusions(work: Work, survivor_id: UUID) -> Exclusions:
    """Who must not see this record; for a manager and for her case worker, others learn nothing."""
    work.get(Survivor, survivor_id)
    if not _may_decide(work, survivor_id):
        return Exclusions(may_change=False)
    author = aliased(Staff)
    found = work.session.execute(
        select(
            Exclusion.id,
            Exclusion.staff_id,
            Staff.display_name,
            Exclusion.since,
            Exclusion.words,
            author.display_name,
            Exclusion.version,
        )
        .join(Staff, Staff.id == Exclusion.staff_id)
        .join(author, author.id == Exclusion.created_by)
        .where(Exclusion.survivor_id == survivor_id)
        .order_by(Staff.display_name)
    )
    rows = tuple(ExclusionRow(*row) for row in found)
    excluded = {row.staff_id for row in rows}
    colleagues = work.session.execute(
        select(Staff.id, Staff.display_name).where(Staff.active).order_by(Staff.display_name)
    )
    return Exclusions(True, rows, tuple((key, name) for key, name in colleagues if key not in excluded))


@needs(Permission.WRITE_RECORDS)
def exclude(work: Work, survivor_id: UUID, staff_id: UUID, words: str = "") -> UUID:
    """From now on this colleague does not see her; who excludes themselves does not either, once this is done."""
    work.get(Survivor, survivor_id)
    _need_to_decide(work, survivor_id)
    work.get(Staff, staff_id)
    there = select(Exclusion.id).where(Exclusion.survivor_id == survivor_id, Exclusion.staff_id == staff_id)
    if work.session.scalar(there) is not None:
        raise FieldProblem("staff_id", "same_as_before")
    exclusion = Exclusion(survivor_id=survivor_id, staff_id=staff_id, since=work.today(), words=words.strip())
    return work.add(exclusion).id


@needs(Permission.WRITE_RECORDS)
def lift_exclusion(work: Work, exclusion_id: UUID, version: int | None) -> None:
    """The conflict of interest is over, or was a mistake."""
    exclusion = work.get_unchanged(Exclusion, exclusion_id, version)
    _need_to_decide(work, exclusion.survivor_id)
    work.remove(exclusion)


def _need_to_decide(work: Work, survivor_id: UUID) -> None:
    if not _may_decide(work, survivor_id):
        raise NotAllowed(Permission.WRITE_RECORDS.value)


def _may_decide(work: Work, survivor_id: UUID) -> bool:
    """A manager, or whoever works on one of her cases and writes her record."""
    if Role.MANAGER in work.actor.roles:
        return True
    lasts = or_(CaseWorker.until.is_(None), CaseWorker.until > work.today())
    mine = select(CaseWorker.id).where(
        CaseWorker.survivor_id == survivor_id, CaseWorker.staff_id == work.actor.id, lasts
    )
    return work.may(Permission.WRITE_RECORDS) and work.session.scalar(mine.limit(1)) is not None
