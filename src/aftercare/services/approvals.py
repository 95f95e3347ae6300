"""Two persons for what the organisation put under two: one asks, another agrees in time, the first carries it out once.

A service says `need_approval(work, Approvable.PURGE, survivor_id)`; without an answer that raises ApprovalNeeded, which
carries what `ask_approval` wants. The same words are asked and answered: a digest of the action and of what it is
done to.
"""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from aftercare.domain.approving import BY_ITSELF, Approvable
from aftercare.domain.errors import ApprovalNeeded, NotForYourself, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.access import ApprovalRow
from aftercare.records.access import Approval
from aftercare.records.base import EVERYONE
from aftercare.records.people import Staff, Survivor
from aftercare.services.actors import actor_of
from aftercare.services.office import office_settings
from aftercare.services.work import Work, needs

_SHOWN = 100


def digest(action: Approvable, *about: object) -> str:
    """The same for the same action done to the same things."""
    return hashlib.sha256(json.dumps([action.value, *map(str, about)]).encode()).hexdigest()


def need_approval(work: Work, action: Approvable, *about: object, carries_out: bool = True) -> None:
    """ApprovalNeeded unless the organisation leaves this to one person, or somebody else has agreed to it in time.

    `about` is what it is done to (keys, codes); an approval is for exactly that.
    An approval is used up by the request that it lets through, unless that one only looks whether it may be
    (`carries_out` False).
    """
    asked_for = office_settings(work).two_persons_for
    always = action in BY_ITSELF
    if action not in asked_for and not (always and asked_for and has_second(work)):
        return
    _need_answer(work, action, about, carries_out)


def need_approval_to_give(work: Work, staff_id: UUID | None, given: frozenset[Permission], *about: object) -> None:
    """ApprovalNeeded before somebody comes in, or may do what they could not.

    For whoever could then agree as a second person whenever anything is under two: else one person makes the other.
    Not where nobody could be asked.
    """
    asked_for = office_settings(work).two_persons_for
    if Approvable.GIVE_ACCESS not in asked_for and not (asked_for and Permission.APPROVE in given):
        return
    if has_second(work, besides=staff_id):
        what = (*about, *sorted(given))
        _need_answer(work, Approvable.GIVE_ACCESS, (staff_id, *what) if staff_id else what, carries_out=True)


def need_approval_to_shut_out(work: Work, staff_id: UUID, held: frozenset[Permission], *about: object) -> None:
    """ApprovalNeeded before somebody who may agree to things is shut out, or may agree no longer.

    Else one person ends up without a second one, and asks for none any more. Not where nobody else could be asked.
    """
    asked_for = office_settings(work).two_persons_for
    if asked_for and Permission.APPROVE in held and has_second(work, besides=staff_id):
        _need_answer(work, Approvable.TAKE_SECOND, (staff_id, *about), carries_out=True)


def _need_answer(work: Work, action: Approvable, about: tuple[object, ...], carries_out: bool) -> None:
    """ApprovalNeeded unless somebody agreed to exactly this in time."""
    key = digest(action, *about)
    wanted = next((part for part in about if isinstance(part, UUID)), None)
    mine = select(Approval).where(
        Approval.about == key,
        # what the second person read was this too
        Approval.action == action,
        Approval.wanted == wanted,
        Approval.asked_by == work.actor.id,
        Approval.asked_at <= work.now(),  # a clock that is set back brings no old approval to life
        Approval.until > work.now(),
        Approval.carried_out_at.is_(None),
    )
    asked = work.session.scalars(mine.order_by(Approval.asked_at.desc())).all()
    agreed = next((approval for approval in asked if approval.agreed), None)
    if agreed is None:
        raise ApprovalNeeded(action.value, key, str(wanted or ""), waits=any(one.answered_at is None for one in asked))
    if not carries_out:
        return
    agreed.carried_out_at = work.now()
    work.released = True  # an undo would give it back
    work.log("approval_used", "approval", agreed.id)


def has_second(work: Work, besides: UUID | None = None) -> bool:
    """Whether anybody else could agree: an office whose second person has left must be able to go on.

    `besides`: who cannot be asked, because it is about them.
    """
    not_asked = {work.actor.id, besides or work.actor.id}
    others = work.session.scalars(select(Staff).where(Staff.active, Staff.id.not_in(not_asked)))
    return any(Permission.APPROVE in actor_of(staff).permissions for staff in others)


@needs(Permission.WORK_HERE)
def ask_approval(work: Work, needed: ApprovalNeeded, words: str = "") -> UUID:
    """Ask for the approval that was missing; a second asking for the same thing takes the place of the first."""
    for earlier in work.session.scalars(
        select(Approval).where(
            Approval.about == needed.about, Approval.asked_by == work.actor.id, Approval.answered_at.is_(None)
        )
    ):
        work.remove(earlier)
    approval = Approval(
        action=Approvable(needed.action),
        about=needed.about,
        wanted=UUID(needed.wanted) if needed.wanted else None,
        asked_by=work.actor.id,
        asked_at=work.now(),
        until=work.now() + timedelta(hours=office_settings(work).approval_hours),
        words=words.strip(),
    )
    return work.add(approval).id


@needs(Permission.APPROVE)
def list_approvals(work: Work) -> tuple[ApprovalRow, ...]:
    """What colleagues asked for and nobody has answered in time yet, the oldest first.

    Nothing about a record from which I am excluded: not even that there is something to decide.
    """
    barred = work.sight.barred(work.session)
    waiting = (
        Approval.answered_at.is_(None),
        Approval.until > work.now(),
        or_(Approval.wanted.is_(None), Approval.wanted.not_in(barred)),
    )
    return _rows(work, _columns().where(*waiting).order_by(Approval.asked_at))


def count_to_answer(work: Work) -> int:
    """How many colleagues wait for an answer that I may give; 0 for whoever agrees to nothing."""
    return sum(row.may_answer for row in list_approvals(work)) if work.may(Permission.APPROVE) else 0


@needs(Permission.WORK_HERE)
def my_approvals(work: Work) -> tuple[ApprovalRow, ...]:
    """What I asked for, the latest first."""
    return _rows(work, _columns().where(Approval.asked_by == work.actor.id).order_by(Approval.asked_at.desc()))


@needs(Permission.APPROVE, confirmed=True)
def answer_approval(work: Work, approval_id: UUID, agreed: bool, version: int | None) -> None:
    """Agree or refuse; NotFound for what is over, or about a record from which one is excluded.

    NotForYourself for what one asked oneself, and for what one would be given.
    """
    approval = work.get_unchanged(Approval, approval_id, version)
    if approval.wanted in work.sight.barred(work.session):
        raise NotFound("approval")
    if not _may_answer(work, approval):
        raise NotForYourself
    if approval.answered_at is not None or approval.until <= work.now():
        raise NotFound("approval")
    approval.agreed, approval.answered_by, approval.answered_at = agreed, work.actor.id, work.now()


def _may_answer(work: Work, approval: Approval) -> bool:
    """Neither who asks decides, nor who would be let in or see more: there are others (`need_approval_to_give`)."""
    given = approval.wanted if approval.action == Approvable.GIVE_ACCESS else None
    return work.actor.id not in (approval.asked_by, given)


def _columns() -> Any:
    answerer = aliased(Staff)
    return (
        select(Approval, Staff.display_name, answerer.display_name)
        .join(Staff, Staff.id == Approval.asked_by)
        .outerjoin(answerer, answerer.id == Approval.answered_by)
        .limit(_SHOWN)
    )


def _rows(work: Work, query: Any) -> tuple[ApprovalRow, ...]:
    return tuple(
        _row(work, approval, asked, answered or "") for approval, asked, answered in work.session.execute(query)
    )


def _row(work: Work, approval: Approval, asked_by: str, answered_by: str) -> ApprovalRow:
    is_open = approval.answered_at is None and approval.until > work.now()
    return ApprovalRow(
        id=approval.id,
        action=approval.action,
        wanted=approval.wanted,
        words=approval.words,
        asked_by=asked_by,
        asked_at=approval.asked_at,
        until=approval.until,
        answered_by=answered_by,
        answered_at=approval.answered_at,
        agreed=approval.agreed,
        carried_out_at=approval.carried_out_at,
        may_answer=is_open and _may_answer(work, approval) and work.may(Permission.APPROVE),
        version=approval.version,
        about=_about(work, approval),
    )


def _about(work: Work, approval: Approval) -> str:
    """What the second person must know to answer: a colleague by name, a record by its code alone."""
    if approval.wanted is None:
        return ""
    named = {
        Approvable.REMOVE_STAFF: select(Staff.display_name).where(Staff.id == approval.wanted),
        Approvable.TAKE_SECOND: select(Staff.display_name).where(Staff.id == approval.wanted),
        Approvable.GIVE_ACCESS: select(Staff.display_name).where(Staff.id == approval.wanted),
        Approvable.PURGE: select(Survivor.case_code).where(Survivor.id == approval.wanted),
    }.get(Approvable(approval.action))
    return (work.session.scalar(named, execution_options=EVERYONE) or "") if named is not None else ""
