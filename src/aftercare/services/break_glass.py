"""A record that is not among mine, opened in need: by her exact code, with a reason, for a while, and looked at later.

Who is excluded by name finds nothing here either: for them she does not exist.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from aftercare.domain.errors import FieldProblem, NotForYourself, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.access import GlassReviewRow, OpenedGlass
from aftercare.records.access import Exclusion, GlassOpening
from aftercare.records.base import EVERYONE
from aftercare.records.people import Staff, Survivor
from aftercare.services.office import office_settings
from aftercare.services.sight import GLASS_BROKEN
from aftercare.services.work import Work, needs


@needs(Permission.SEE_RECORDS)
def find_beyond(work: Work, case_code: str) -> bool:
    """Whether there is somebody with exactly this code whose record is not among mine but could be opened."""
    survivor_id = _with_code(work, case_code)
    return survivor_id is not None and not _is_in_sight(work, survivor_id)


@needs(Permission.SEE_RECORDS)
def open_glass(work: Work, case_code: str, reason: str) -> OpenedGlass:
    """Open a record that is not among mine; the reason is kept for whoever reviews it, and this cannot be undone.

    NotFound where nobody has this code, or where I am excluded. Nothing is opened where she is among mine anyway.
    """
    survivor_id = _with_code(work, case_code)
    if survivor_id is None:
        raise NotFound("survivor")
    if _is_in_sight(work, survivor_id):
        return glass_over(work, survivor_id)
    if not reason.strip():
        raise FieldProblem("reason", "required")
    until = work.now() + timedelta(minutes=office_settings(work).glass_minutes)
    opening = GlassOpening(
        survivor_id=survivor_id, staff_id=work.actor.id, reason=reason.strip(), opened_at=work.now(), until=until
    )
    with work.sight.of_everyone():
        work.add(opening)
        work.session.flush()
    work.note_deed_for_good(GLASS_BROKEN, "survivor", survivor_id)
    return OpenedGlass(survivor_id, until)


def glass_over(work: Work, survivor_id: UUID) -> OpenedGlass:
    """Until when I see her because I opened her record; without an end where she is among mine."""
    if work.actor.reach is None or not work.sight.needs_glass(work.session, survivor_id):
        return OpenedGlass(survivor_id, None)
    latest = select(func.max(GlassOpening.until)).where(
        GlassOpening.survivor_id == survivor_id, GlassOpening.staff_id == work.actor.id
    )
    return OpenedGlass(survivor_id, work.session.scalar(latest))


def _with_code(work: Work, case_code: str) -> UUID | None:
    """The key of whoever has this code, unless I am excluded from her."""
    mine = select(Exclusion.survivor_id).where(Exclusion.staff_id == work.actor.id)
    wanted = select(Survivor.id).where(Survivor.case_code == case_code.strip().upper(), Survivor.id.not_in(mine))
    return work.session.scalar(wanted, execution_options=EVERYONE)


def _is_in_sight(work: Work, survivor_id: UUID) -> bool:
    return work.session.scalar(select(Survivor.id).where(Survivor.id == survivor_id)) is not None


# --- reviewing ----------------------------------------------------------------------------------------------------


@needs(Permission.REVIEW_ACCESS)
def list_for_review(work: Work, with_reviewed: bool = False) -> tuple[GlassReviewRow, ...]:
    """Who opened records that are not among theirs, the latest first; those nobody has looked at yet, or all."""
    reviewer = aliased(Staff)
    query: Any = (
        select(GlassOpening, Survivor.case_code, Staff.display_name, reviewer.display_name)
        .join(Survivor, Survivor.id == GlassOpening.survivor_id)
        .join(Staff, Staff.id == GlassOpening.staff_id)
        .outerjoin(reviewer, reviewer.id == GlassOpening.reviewed_by)
        .order_by(GlassOpening.opened_at.desc(), GlassOpening.id.desc())
    )
    if not with_reviewed:
        query = query.where(GlassOpening.reviewed_at.is_(None))
    return tuple(
        _review_row(work, opening, code, name, by or "") for opening, code, name, by in work.session.execute(query)
    )


def _review_row(work: Work, opening: GlassOpening, case_code: str, name: str, reviewer: str) -> GlassReviewRow:
    return GlassReviewRow(
        id=opening.id,
        survivor_id=opening.survivor_id,
        case_code=case_code,
        staff_id=opening.staff_id,
        display_name=name,
        reason=opening.reason,
        opened_at=opening.opened_at,
        until=opening.until,
        reviewed_at=opening.reviewed_at,
        reviewed_by=reviewer,
        review_words=opening.review_words,
        may_review=opening.staff_id != work.actor.id and opening.reviewed_at is None,
        version=opening.version,
    )


@needs(Permission.REVIEW_ACCESS)
def mark_reviewed(work: Work, opening_id: UUID, words: str, version: int | None) -> None:
    """Say that this access was looked at, and what came of it; NotForYourself for one's own."""
    opening = work.get_unchanged(GlassOpening, opening_id, version)
    if opening.staff_id == work.actor.id:
        raise NotForYourself
    opening.reviewed_at, opening.reviewed_by = work.now(), work.actor.id
    opening.review_words = words.strip()


def count_for_review(work: Work) -> int:
    """How many accesses nobody has looked at yet; 0 for whoever does not review them."""
    if not work.may(Permission.REVIEW_ACCESS):
        return 0
    waiting = select(func.count(GlassOpening.id)).where(
        GlassOpening.reviewed_at.is_(None), GlassOpening.staff_id != work.actor.id
    )
    return work.session.scalar(waiting) or 0
