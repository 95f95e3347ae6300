"""Where she lives: moving in, nights from stays, safety checks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from aftercare.domain.codes import Answer, ExitReason, PlacementKind, RentPayer, SafetyCheckPoint
from aftercare.domain.drafts.housing import PlacementDraft, SafetyCheckDraft
from aftercare.domain.errors import ChangedMeanwhile, DraftProblems, FieldProblem, NotFound
from aftercare.domain.rows.housing import NightsCounted
from aftercare.services.desk import Desk
from aftercare.services.housing import nights, remove_placement, save_placement, save_safety_check, show_housing
from aftercare.services.undo import undo
from makers import a_survivor

BED = PlacementDraft(PlacementKind.SHELTER_BED, "Room 2", since=date(2026, 8, 1))
ROOM = PlacementDraft(PlacementKind.OWN_ROOM_IN_SHELTER, "Room 4", since=date(2026, 8, 3))


def lives(desk: Desk, case_id: UUID, draft: PlacementDraft) -> UUID:
    return desk.do(save_placement, case_id, draft).value


def test_nights_are_counted_from_the_stay_up_to_this_morning(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    lives(desk, case_id, ROOM)
    housing = desk.ask(show_housing, case_id)
    assert housing.current is not None
    assert (housing.current.name, housing.current.nights) == ("Room 4", 112)
    assert desk.ask(nights, case_id, date(2026, 11, 1), date(2026, 11, 30)) == NightsCounted(22, 22)


def test_moving_in_ends_the_earlier_stay_on_that_day_and_one_undo_takes_both_back(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    earlier = lives(desk, case_id, BED)
    done = desk.do(
        save_placement, case_id, PlacementDraft(PlacementKind.HOST_FAMILY, since=date(2026, 9, 1), ends_id=earlier)
    )
    housing = desk.ask(show_housing, case_id)
    assert [(stay.kind, stay.until) for stay in housing.placements] == [
        (PlacementKind.HOST_FAMILY, None),
        (PlacementKind.SHELTER_BED, date(2026, 9, 1)),
    ]
    assert housing.nights == NightsCounted(in_shelter=31, in_all=114)
    assert housing.overlaps == ()
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    (left,) = desk.ask(show_housing, case_id).placements
    assert left.until is None


def test_moving_in_before_the_earlier_stay_began_is_told_beside_the_day(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    earlier = lives(desk, case_id, ROOM)
    with pytest.raises(FieldProblem) as caught:
        desk.do(save_placement, case_id, PlacementDraft(PlacementKind.HOTEL, since=date(2026, 7, 1), ends_id=earlier))
    assert (caught.value.field, caught.value.reason) == ("since", "stay_before_began_later")
    assert len(desk.ask(show_housing, case_id).placements) == 1


def test_overlapping_stays_are_kept_and_explained_and_each_night_counts_once(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    lives(desk, case_id, PlacementDraft(PlacementKind.SHELTER_BED, since=date(2026, 8, 1), until=date(2026, 8, 6)))
    lives(desk, case_id, ROOM)
    housing = desk.ask(show_housing, case_id)
    (overlap,) = housing.overlaps
    assert (overlap.since, overlap.until, overlap.nights) == (date(2026, 8, 3), date(2026, 8, 6), 3)
    assert housing.nights.in_all == 114


def test_a_planned_stay_is_not_where_she_lives_now(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    lives(desk, case_id, PlacementDraft(PlacementKind.OWN_RENTAL, since=date(2027, 1, 31)))
    housing = desk.ask(show_housing, case_id)
    assert housing.current is None
    assert [stay.kind for stay in housing.planned] == [PlacementKind.OWN_RENTAL]
    assert housing.nights == NightsCounted(0, 0)


def test_what_cannot_be_is_told_beside_each_field(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    with pytest.raises(DraftProblems) as caught:
        desk.do(
            save_placement,
            case_id,
            PlacementDraft(
                None, "x" * 121, since=date(2026, 8, 3), until=date(2026, 8, 1), rent=Decimal(-1), currency="E1"
            ),
        )
    assert {(problem.field, problem.reason) for problem in caught.value.problems} == {
        ("kind", "required"),
        ("until", "ends_before_it_begins"),
        ("rent", "out_of_range"),
        ("rent", "not_a_currency"),
        ("name", "too_long"),
    }


def test_why_it_ended_is_not_kept_without_the_day(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    left = PlacementDraft(PlacementKind.HOTEL, since=date(2026, 8, 3), exit_reason=ExitReason.MOVED_ON)
    with pytest.raises(DraftProblems) as caught:
        desk.do(save_placement, case_id, left)
    assert [(problem.field, problem.reason) for problem in caught.value.problems] == [("until", "required")]


def test_a_stay_keeps_its_rent_and_its_end_with_the_reason(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    key = lives(desk, case_id, ROOM)
    corrected = PlacementDraft(
        PlacementKind.OWN_ROOM_IN_SHELTER,
        "Room 4 ",
        since=date(2026, 8, 3),
        until=date(2026, 11, 20),
        rent=Decimal("120.50"),
        currency="EUR",
        rent_payer=RentPayer.SHARED,
        exit_reason=ExitReason.MOVED_ON,
        id=key,
        version=1,
    )
    lives(desk, case_id, corrected)
    (stay,) = desk.ask(show_housing, case_id).placements
    assert (stay.name, stay.rent, stay.rent_payer, stay.exit_reason, stay.version) == (
        "Room 4",
        Decimal("120.50"),
        RentPayer.SHARED,
        ExitReason.MOVED_ON,
        2,
    )
    with pytest.raises(ChangedMeanwhile):
        lives(desk, case_id, corrected)
    with pytest.raises(NotFound):
        lives(desk, a_survivor(desk).case_id, PlacementDraft(PlacementKind.HOTEL, since=date(2026, 8, 1), id=key))


def test_a_safety_check_holds_every_point_and_who_looked(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    stay = lives(desk, case_id, ROOM)
    answers = ((SafetyCheckPoint.DOOR, Answer.YES), (SafetyCheckPoint.STREET, Answer.NO))
    desk.do(save_safety_check, case_id, SafetyCheckDraft(stay, date(2026, 8, 3), answers, "No light in the street"))
    housing = desk.ask(show_housing, case_id)
    assert housing.current is not None
    check = housing.current.latest_check
    assert check is not None
    assert check.by == "A. Rahman"
    assert check.unsafe == (SafetyCheckPoint.STREET,)
    assert len(check.open_points) == 3
    assert check.has_concerns
    with pytest.raises(DraftProblems):
        desk.do(save_safety_check, case_id, SafetyCheckDraft(stay, date(2026, 12, 1)))


def test_a_stay_written_by_mistake_goes_with_its_checks_and_can_come_back(desk: Desk) -> None:
    case_id = a_survivor(desk).case_id
    stay = lives(desk, case_id, ROOM)
    desk.do(save_safety_check, case_id, SafetyCheckDraft(stay, date(2026, 8, 3)))
    removed = desk.do(remove_placement, stay, 1)
    assert desk.ask(show_housing, case_id).placements == ()
    assert removed.undo_id is not None
    desk.do(undo, removed.undo_id)
    (back,) = desk.ask(show_housing, case_id).placements
    assert len(back.checks) == 1
