"""Nights from stays."""

from __future__ import annotations

from datetime import date

from aftercare.domain.stays import (
    Overlap,
    Period,
    Stay,
    gaps,
    nights,
    nights_by_month,
    nights_within,
    overlaps,
)

TODAY = date(2026, 11, 23)


def test_a_night_belongs_to_the_evening_it_begins_on() -> None:
    assert nights([Stay(date(2026, 8, 3), date(2026, 8, 4))], TODAY) == 1
    assert nights([Stay(date(2026, 8, 3), date(2026, 8, 3))], TODAY) == 0


def test_an_open_stay_counts_up_to_this_morning() -> None:
    assert nights([Stay(date(2026, 8, 3))], TODAY) == 112
    assert nights([Stay(date(2026, 12, 1))], TODAY) == 0


def test_a_night_claimed_twice_counts_once_and_is_named() -> None:
    stays = [Stay(date(2026, 8, 1), date(2026, 8, 10), "bed"), Stay(date(2026, 8, 8), date(2026, 8, 12), "flat")]
    assert nights(stays, TODAY) == 11
    assert overlaps(stays, TODAY) == (Overlap(Period(date(2026, 8, 8), date(2026, 8, 10)), "bed", "flat"),)


def test_moving_on_the_same_day_is_no_overlap_and_no_gap() -> None:
    stays = [Stay(date(2026, 8, 1), date(2026, 8, 10)), Stay(date(2026, 8, 10), TODAY)]
    assert overlaps(stays, TODAY) == ()
    assert gaps(stays, TODAY) == ()


def test_months_share_a_stay_at_their_border() -> None:
    counted = nights_by_month([Stay(date(2026, 12, 30), date(2027, 2, 2))], date(2027, 3, 1))
    assert counted == {date(2026, 12, 1): 2, date(2027, 1, 1): 31, date(2027, 2, 1): 1}


def test_nights_within_a_period_count_its_last_evening() -> None:
    stays = [Stay(date(2026, 8, 1))]
    assert nights_within(stays, date(2026, 9, 1), date(2026, 9, 30), TODAY) == 30
    assert nights_within(stays, date(2026, 11, 1), date(2026, 11, 30), TODAY) == 22
    assert nights_within(stays, date(2026, 6, 1), date(2026, 6, 30), TODAY) == 0


def test_nights_without_a_place_are_listed() -> None:
    stays = [Stay(date(2026, 8, 1), date(2026, 8, 3)), Stay(date(2026, 8, 5), date(2026, 8, 9))]
    assert gaps(stays, date(2026, 8, 11)) == (
        Period(date(2026, 8, 3), date(2026, 8, 5)),
        Period(date(2026, 8, 9), date(2026, 8, 11)),
    )
    assert gaps([], TODAY) == ()


def test_a_stay_that_ends_before_it_begins_is_a_slip_and_no_night() -> None:
    slip = Stay(date(2026, 8, 9), date(2026, 8, 1))
    assert nights([slip], TODAY) == 0
