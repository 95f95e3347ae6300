"""Relatives, contacts and ladders of a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.reunification import LadderState, Move, Stop, follow_ups_due
from aftercare.domain.rows.family import FamilyContactRow, LadderRow, RelativeRow, StopRow, VisitRow
from aftercare.records.facts import (
    FamilyContact,
    FollowUpVisit,
    LadderMove,
    LadderStop,
    Relative,
    Reunification,
)
from aftercare.records.people import Staff


def relatives(session: Session, case_id: UUID) -> tuple[RelativeRow, ...]:
    rows: Any = session.execute(
        select(
            Relative.id,
            Relative.name,
            Relative.relation,
            Relative.whereabouts,
            Relative.phone,
            Relative.her_wish,
            Relative.was_recruiter,
            Relative.knows_where_she_is,
            Relative.words,
            Relative.version,
        )
        .where(Relative.case_id == case_id)
        .order_by(Relative.created_at, Relative.name, Relative.id)
    )
    return tuple(RelativeRow(*row) for row in rows)


def contacts(session: Session, case_id: UUID) -> tuple[FamilyContactRow, ...]:
    """The contact log, the latest first."""
    rows = session.execute(
        select(
            FamilyContact.id,
            FamilyContact.relative_id,
            FamilyContact.on,
            FamilyContact.way,
            FamilyContact.minutes,
            FamilyContact.words,
            Staff.display_name,
            FamilyContact.version,
        )
        .outerjoin(Staff, Staff.id == FamilyContact.created_by)
        .where(FamilyContact.case_id == case_id)
        .order_by(FamilyContact.on.desc(), FamilyContact.id.desc())
    )
    return tuple(
        FamilyContactRow(key, relative_id, on, way, minutes, words, by or "", version)
        for key, relative_id, on, way, minutes, words, by, version in rows
    )


def ladders(session: Session, case_id: UUID, known: tuple[RelativeRow, ...]) -> tuple[LadderRow, ...]:
    """The ladders of a case with everything that happened on them; `known` are its relatives."""
    found = session.scalars(
        select(Reunification).where(Reunification.case_id == case_id).order_by(Reunification.id)
    ).all()
    if not found:
        return ()
    states = ladder_states(session, found)
    visits = _visits(session, case_id)
    stops = _stop_rows(session, case_id)
    said = _said(session, case_id)
    by_key = {relative.id: relative for relative in known}
    return tuple(
        LadderRow(
            id=ladder.id,
            relative=by_key.get(ladder.relative_id) if ladder.relative_id else None,
            household=ladder.household,
            state=states[ladder.id],
            stops=tuple(stops[ladder.id]),
            visits=tuple(visits[ladder.id]),
            due=follow_ups_due(states[ladder.id], tuple(visit.day for visit in visits[ladder.id])),
            said=tuple(said[ladder.id]),
            version=ladder.version,
        )
        for ladder in found
    )


def ladder_states(session: Session, found: Iterable[Reunification]) -> dict[UUID, LadderState]:
    """What domain.reunification decides by, for each of these ladders."""
    ladders = list(found)
    keys = [ladder.id for ladder in ladders]
    moves: dict[UUID, list[Move]] = defaultdict(list)
    for move in session.scalars(
        select(LadderMove).where(LadderMove.reunification_id.in_(keys)).order_by(LadderMove.on, LadderMove.id)
    ):
        moves[move.reunification_id].append(
            Move(
                rung=move.rung,
                on=move.on,
                consent_on=move.consent_on,
                assent_on=move.assent_on,
                guardian=move.guardian,
                best_interest_on=move.best_interest_on,
                safety_answered=move.safety_answered,
                safe_to_proceed=move.safe_to_proceed,
                she_is_willing=move.she_is_willing,
                family_is_willing=move.family_is_willing,
                means=move.means,
            )
        )
    stops: dict[UUID, list[Stop]] = defaultdict(list)
    for key, kind, on, lifted_on in session.execute(
        select(LadderStop.reunification_id, LadderStop.kind, LadderStop.on, LadderStop.lifted_on)
        .where(LadderStop.reunification_id.in_(keys))
        .order_by(LadderStop.on, LadderStop.id)
    ):
        stops[key].append(Stop(kind, on, lifted_on))
    return {
        ladder.id: LadderState(ladder.rung, tuple(moves[ladder.id]), tuple(stops[ladder.id]), ladder.is_child)
        for ladder in ladders
    }


def _said(session: Session, case_id: UUID) -> dict[UUID, list[str]]:
    """What was answered about safety and noted at each move, in the order in which `ladder_states` tells them."""
    found: dict[UUID, list[str]] = defaultdict(list)
    for ladder_id, safety, words in session.execute(
        select(LadderMove.reunification_id, LadderMove.safety_words, LadderMove.words)
        .where(LadderMove.case_id == case_id)
        .order_by(LadderMove.on, LadderMove.id)
    ):
        found[ladder_id].append(" · ".join(part for part in (safety, words) if part))
    return found


def _stop_rows(session: Session, case_id: UUID) -> dict[UUID, list[StopRow]]:
    found: dict[UUID, list[StopRow]] = defaultdict(list)
    rows: Any = session.execute(
        select(
            LadderStop.reunification_id,
            LadderStop.id,
            LadderStop.kind,
            LadderStop.on,
            LadderStop.words,
            LadderStop.lifted_on,
            LadderStop.lifted_words,
        )
        .where(LadderStop.case_id == case_id)
        .order_by(LadderStop.on, LadderStop.id)
    )
    for key, *row in rows:
        found[key].append(StopRow(*row))
    return found


def _visits(session: Session, case_id: UUID) -> dict[UUID, list[VisitRow]]:
    found: dict[UUID, list[VisitRow]] = defaultdict(list)
    rows: Any = session.execute(
        select(
            FollowUpVisit.reunification_id,
            FollowUpVisit.id,
            FollowUpVisit.day,
            FollowUpVisit.on,
            FollowUpVisit.safe,
            FollowUpVisit.housed,
            FollowUpVisit.occupied,
            FollowUpVisit.wants_to_stay,
            FollowUpVisit.words,
        )
        .where(FollowUpVisit.case_id == case_id)
        .order_by(FollowUpVisit.on, FollowUpVisit.id)
    )
    for key, *row in rows:
        found[key].append(VisitRow(*row))
    return found
