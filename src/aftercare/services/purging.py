"""Deleting: of one person all words while the counts stay, or everything but a stone; what nobody can take back.

Written past the history and the undo on purpose (services/purging_deeds.py), in one transaction with the certificate
and its line in the log: a crash leaves all of it or nothing. Search follows by its triggers. What is left of the words
in free pages, the log of the file and backups is cleared afterwards (services/forgetting.py), as the certificate
remembers until it is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.approving import Approvable
from aftercare.domain.errors import CaseStillOpen, RecordHeld
from aftercare.domain.permissions import Permission
from aftercare.domain.retention import WORDS, Extent, Kept, due_kinds
from aftercare.domain.rows.retention import PurgeOrder, PurgePreview
from aftercare.queries import retention as queries
from aftercare.records.access import Approval
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.retention import Certificate
from aftercare.services.approvals import need_approval
from aftercare.services.history import trail_of
from aftercare.services.office import next_number, office_settings
from aftercare.services.purging_deeds import delete_whole, empty_words, forget_around
from aftercare.services.purging_scope import Person, changes_of, counts_of, drafts_of, person_known
from aftercare.services.retention import has_hold
from aftercare.services.work import Work, needs


@needs(Permission.PURGE_RECORDS)
def show_purge(work: Work, order: PurgeOrder) -> PurgePreview:
    """What the order would take, and what stands against it; nothing is changed."""
    person = person_known(work, order.survivor_id)
    closed = queries.closed_on(work.session, person.id)
    gone = queries.deleted_kinds(work.session, person.id).get(person.id, {})
    return PurgePreview(
        case_code=person.survivor.case_code,
        extent=order.extent,
        counts=counts_of(work, person, order),
        changes=len(changes_of(work, person)),
        drafts=len(list(drafts_of(work, person))),
        is_held=has_hold(work, person.id),
        is_open=closed is None,
        due=due_kinds(closed, work.today(), office_settings(work).terms, gone),
    )


@needs(Permission.PURGE_RECORDS, confirmed=True)
def purge(work: Work, order: PurgeOrder, earlier: tuple[str, ...] = ()) -> UUID:
    """Delete what the order says, and give back the key of the certificate; this is never undone.

    `earlier` are the names of folders with records that restores kept aside: the certificate remembers them until they
    are destroyed (services/forgetting.py). RecordHeld, CaseStillOpen, ApprovalNeeded: then nothing is deleted.
    """
    person = person_known(work, order.survivor_id)
    if has_hold(work, person.id):
        raise RecordHeld
    if queries.closed_on(work.session, person.id) is None:
        raise CaseStillOpen
    need_approval(work, Approvable.PURGE, person.id, order.extent.value, *sorted(_kinds(order)))
    work.session.flush()
    order = PurgeOrder(person.id, order.extent, _kinds(order))
    counts = counts_of(work, person, order)
    certificate = _certify(work, person, order, counts, earlier)
    work.session.flush()
    forget_around(work, person)
    if order.extent is Extent.WHOLE:
        delete_whole(work, person)
    else:
        empty_words(work, person, order, certificate.number)
    _tell(work, person, counts)
    return certificate.id


def _kinds(order: PurgeOrder) -> frozenset[Kept]:
    if order.extent is Extent.WHOLE:
        return frozenset({Kept.WHOLE})
    return (order.kinds or WORDS) & WORDS


def _certify(
    work: Work, person: Person, order: PurgeOrder, counts: dict[str, int], earlier: tuple[str, ...]
) -> Certificate:
    number = next_number(work, "certificate")
    said = f"certificate={number} extent={order.extent.value}"
    seq = work.audit.append(work.session, work.now(), work.actor.id, "purged", "survivor", person.id, said)
    mac = work.session.connection().scalar(select(AUDIT_ENTRY.c.mac).where(AUDIT_ENTRY.c.seq == seq)) or b""
    mine = select(Approval.answered_by).where(
        Approval.action == Approvable.PURGE.value,
        Approval.wanted == person.id,
        Approval.asked_by == work.actor.id,
        Approval.carried_out_at == work.now(),
    )
    return work.add(
        Certificate(
            number=number,
            at=work.now(),
            extent=order.extent,
            kinds=sorted(order.kinds),
            counts=counts,
            agreed_by=work.session.scalar(mine.limit(1)),
            log_seq=seq,
            reach={"earlier": list(earlier)},
            fingerprint=mac.hex()[:16],
        )
    )


def _tell(work: Work, person: Person, counts: Mapping[str, int]) -> None:
    """Pages ask again; the request stands in the log and cannot be undone."""
    trail = trail_of(work.session)
    trail.kinds |= {"survivor", *counts}
    trail.survivor_ids.add(person.id)
    trail.touched.append(("removed", "survivor", person.id))
    work.released = work.is_told = True


__all__ = ["purge", "show_purge"]
