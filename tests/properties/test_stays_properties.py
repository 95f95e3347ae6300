"""Nights counted by rule are the nights counted one by one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.stays import Stay, gaps, nights, nights_by_month, nights_within, overlaps

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 120).map(lambda n: FIRST + timedelta(days=n))
STAYS = st.lists(st.builds(Stay, DAYS, st.none() | DAYS, st.text("abc", min_size=3, max_size=3)), max_size=6)


def evenings(stay: Stay, up_to: date) -> set[date]:
    until = up_to if stay.until is None else min(stay.until, up_to)
    return {stay.since + timedelta(days=n) for n in range((until - stay.since).days)}


def all_evenings(stays: list[Stay], up_to: date) -> set[date]:
    return set().union(*(evenings(stay, up_to) for stay in stays))


@settings(max_examples=100)
@given(STAYS, DAYS)
def test_nights_are_the_different_evenings(stays: list[Stay], up_to: date) -> None:
    assert nights(stays, up_to) == len(all_evenings(stays, up_to))


@settings(max_examples=100)
@given(STAYS, DAYS)
def test_the_nights_of_the_months_sum_to_all_nights(stays: list[Stay], up_to: date) -> None:
    counted = nights_by_month(stays, up_to)
    assert sum(counted.values()) == nights(stays, up_to)
    for month, count in counted.items():
        assert count == sum(1 for evening in all_evenings(stays, up_to) if evening.replace(day=1) == month)


@settings(max_examples=100)
@given(STAYS, DAYS, DAYS, DAYS)
def test_nights_of_a_period_are_its_evenings(stays: list[Stay], first: date, last: date, up_to: date) -> None:
    inside = {evening for evening in all_evenings(stays, up_to) if first <= evening <= last}
    assert nights_within(stays, first, last, up_to) == len(inside)


@settings(max_examples=80)
@given(STAYS, DAYS)
def test_gaps_and_nights_fill_the_time_since_the_first_stay(stays: list[Stay], up_to: date) -> None:
    spent = all_evenings(stays, up_to)
    if not spent:
        assert gaps(stays, up_to) == ()
        return
    assert nights(stays, up_to) + sum(gap.nights for gap in gaps(stays, up_to)) == (up_to - min(spent)).days


@settings(max_examples=80)
@given(STAYS, DAYS)
def test_overlaps_are_exactly_the_evenings_two_stays_share(stays: list[Stay], up_to: date) -> None:
    shared = sum(
        len(evenings(one, up_to) & evenings(other, up_to))
        for position, one in enumerate(stays)
        for other in stays[position + 1 :]
    )
    assert sum(found.period.nights for found in overlaps(stays, up_to)) == shared
