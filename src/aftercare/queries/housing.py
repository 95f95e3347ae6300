"""Where she lives: stays with nights and safety checks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain import stays
from aftercare.domain.codes import SHELTER_PLACEMENTS, Answer, PlacementKind, SafetyCheckPoint
from aftercare.domain.rows.housing import Housing, NightsCounted, OverlapRow, PlacementRow, SafetyCheckRow
from aftercare.domain.stays import Stay
from aftercare.records.facts import Placement, SafetyCheck
from aftercare.records.people import Staff


def housing(session: Session, case_id: UUID, today: date) -> Housing:
    """Everything about where she lives, as seen today."""
    placements = placements_of(session, case_id, today)
    known = [_stay(row) for row in placements]
    return Housing(
        placements=placements,
        current=current_stay(placements, today),
        overlaps=_overlaps(placements, today),
        nights=NightsCounted(
            in_shelter=stays.nights([_stay(row) for row in placements if row.kind in SHELTER_PLACEMENTS], today),
            in_all=stays.nights(known, today),
        ),
        nights_unknown=sum(gap.nights for gap in stays.gaps(known, today)),
        today=today,
    )


def placements_of(session: Session, case_id: UUID, today: date) -> tuple[PlacementRow, ...]:
    """The stays of a case, the latest first."""
    checks = _checks(session, case_id)
    found = session.scalars(
        select(Placement).where(Placement.case_id == case_id).order_by(Placement.since.desc(), Placement.id.desc())
    )
    return tuple(
        PlacementRow(
            id=stay.id,
            kind=stay.kind,
            name=stay.name,
            address=stay.address,
            since=stay.since,
            until=stay.until,
            move_on_by=stay.move_on_by,
            rent=stay.rent,
            currency=stay.currency,
            rent_payer=stay.rent_payer,
            support=stay.support,
            exit_reason=stay.exit_reason,
            exit_words=stay.exit_words,
            nights=stays.nights([Stay(stay.since, stay.until)], today),
            checks=tuple(checks.get(stay.id, ())),
            version=stay.version,
        )
        for stay in found
    )


def current_stay(placements: Iterable[PlacementRow], today: date) -> PlacementRow | None:
    """Where she is tonight: of several, the one that began last."""
    here = [stay for stay in placements if stay.since <= today and (stay.until is None or stay.until > today)]
    return max(here, key=lambda stay: stay.since, default=None)


def _checks(session: Session, case_id: UUID) -> dict[UUID, list[SafetyCheckRow]]:
    found: dict[UUID, list[SafetyCheckRow]] = defaultdict(list)
    rows = session.execute(
        select(SafetyCheck, Staff.display_name)
        .outerjoin(Staff, Staff.id == SafetyCheck.by_staff_id)
        .where(SafetyCheck.case_id == case_id)
        .order_by(SafetyCheck.on.desc(), SafetyCheck.id.desc())
    )
    for check, by in rows:
        answers = tuple((point, Answer(check.answers.get(point, Answer.NOT_KNOWN))) for point in SafetyCheckPoint)
        found[check.placement_id].append(
            SafetyCheckRow(check.id, check.placement_id, check.on, by or "", answers, check.concerns, check.version)
        )
    return found


def _stay(row: PlacementRow) -> Stay:
    return Stay(row.since, row.until, str(row.id))


def _overlaps(placements: tuple[PlacementRow, ...], today: date) -> tuple[OverlapRow, ...]:
    by_key = {str(row.id): row for row in placements}
    return tuple(
        OverlapRow(
            since=overlap.period.since,
            until=overlap.period.until,
            nights=overlap.period.nights,
            first=by_key[overlap.first],
            second=by_key[overlap.second],
        )
        for overlap in stays.overlaps([_stay(row) for row in placements], today)
    )


def nights_between(session: Session, case_id: UUID, first: date, last: date, today: date) -> NightsCounted:
    """Nights whose evening lies between two days, both included, and is not still to come."""
    rows = session.execute(select(Placement.kind, Placement.since, Placement.until).where(Placement.case_id == case_id))
    known: list[tuple[PlacementKind, Stay]] = [(kind, Stay(since, until)) for kind, since, until in rows]
    sheltered = [stay for kind, stay in known if kind in SHELTER_PLACEMENTS]
    return NightsCounted(
        in_shelter=stays.nights_within(sheltered, first, last, today),
        in_all=stays.nights_within([stay for _, stay in known], first, last, today),
    )
