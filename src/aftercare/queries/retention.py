"""Who is due, what is held, and what was deleted, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, aliased

from aftercare.domain.retention import Hold, Kept
from aftercare.domain.rows.retention import CertificateRow, HoldRow, Reach
from aftercare.records.caseload import CaseloadEntry
from aftercare.records.people import Case, Staff, Survivor
from aftercare.records.retention import Certificate, LegalHold, Purged


def closed_people(session: Session) -> Sequence[tuple[UUID, str, date]]:
    """Everybody without an open case, with the day on which the last one was closed."""
    still_open = select(Case.survivor_id).where(Case.closed_on.is_(None))
    query = (
        select(Survivor.id, Survivor.case_code, func.max(Case.closed_on, type_=Case.closed_on.type))
        .join(CaseloadEntry, and_(CaseloadEntry.survivor_id == Survivor.id, CaseloadEntry.is_open.is_(False)))
        .join(Case, Case.survivor_id == Survivor.id)
        .where(Survivor.id.not_in(still_open))
        .group_by(Survivor.id, Survivor.case_code)
    )
    return [(key, code, closed) for key, code, closed in session.execute(query) if closed is not None]


def closed_on(session: Session, survivor_id: UUID) -> date | None:
    """The day on which the last of her cases was closed; None while one is open."""
    days = session.scalars(select(Case.closed_on).where(Case.survivor_id == survivor_id)).all()
    closed = [day for day in days if day is not None]
    return max(closed) if closed and len(closed) == len(days) else None


def deleted_kinds(session: Session, survivor_id: UUID | None = None) -> dict[UUID, dict[Kept, date]]:
    """Which words were deleted when, by person."""
    query = select(Purged.survivor_id, Purged.kinds, Purged.on).order_by(Purged.on)
    if survivor_id is not None:
        query = query.where(Purged.survivor_id == survivor_id)
    gone: dict[UUID, dict[Kept, date]] = {}
    for key, kinds, on in session.execute(query):
        gone.setdefault(key, {}).update(dict.fromkeys(map(Kept, kinds), on))
    return gone


def holds(session: Session, today: date, survivor_id: UUID | None = None) -> tuple[HoldRow, ...]:
    """Every hold there was, those that stand first, the latest before the others."""
    author, lifter = aliased(Staff), aliased(Staff)
    query = (
        select(LegalHold, Survivor.case_code, author.display_name, lifter.display_name)
        .join(Survivor, Survivor.id == LegalHold.survivor_id)
        .outerjoin(author, author.id == LegalHold.created_by)
        .outerjoin(lifter, lifter.id == LegalHold.lifted_by)
        .order_by(LegalHold.since.desc(), LegalHold.created_at.desc())
    )
    if survivor_id is not None:
        query = query.where(LegalHold.survivor_id == survivor_id)
    rows = [_hold(*found, today) for found in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: not row.stands))


def _hold(hold: LegalHold, case_code: str, author: str | None, lifter: str | None, today: date) -> HoldRow:
    return HoldRow(
        id=hold.id,
        survivor_id=hold.survivor_id,
        case_code=case_code,
        reason=hold.reason,
        words=hold.words,
        since=hold.since,
        until=hold.until,
        set_by=author or "",
        lifted_on=hold.lifted_on,
        lifted_by=lifter or "",
        lifted_words=hold.lifted_words,
        stands=Hold(hold.since, hold.until, hold.lifted_on).holds(today),
        version=hold.version,
    )


def certificates(session: Session, certificate_id: UUID | None = None) -> tuple[CertificateRow, ...]:
    """Every certificate (or one), the newest first."""
    author, second = aliased(Staff), aliased(Staff)
    query = (
        select(Certificate, author.display_name, second.display_name)
        .outerjoin(author, author.id == Certificate.created_by)
        .outerjoin(second, second.id == Certificate.agreed_by)
        .order_by(Certificate.number.desc())
    )
    if certificate_id is not None:
        query = query.where(Certificate.id == certificate_id)
    return tuple(_certificate(found, author or "", agreed or "") for found, author, agreed in session.execute(query))


def _certificate(found: Certificate, done_by: str, agreed_by: str) -> CertificateRow:
    return CertificateRow(
        id=found.id,
        number=found.number,
        at=found.at,
        extent=found.extent,
        kinds=tuple(map(Kept, found.kinds)),
        counts=found.counts,
        done_by=done_by,
        agreed_by=agreed_by,
        log_seq=found.log_seq,
        fingerprint=found.fingerprint,
        reach=_reach(found.reach),
        cleaned_at=found.cleaned_at,
        finished_at=found.finished_at,
    )


def _reach(kept: Mapping[str, Any]) -> Reach:
    return Reach(
        backups_deleted=kept.get("deleted", 0),
        waiting=tuple(kept.get("waiting", ())),
        fresh_backup=kept.get("fresh", 0),
        destroyed=kept.get("destroyed", 0) if "earlier" in kept else None,
        left=tuple(kept.get("earlier", ())),
    )
