"""Dates partly known: what is written is read again, and ages are never wrong."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.errors import FieldProblem
from aftercare.domain.partial_date import PartialDate, age_from_range, age_on, parse_partial_date

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1930, 1, 1), date(2026, 11, 23))


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(DAYS)
    known = draw(st.integers(1, 3))
    return PartialDate(
        day.year, day.month if known > 1 else None, day.day if known > 2 else None, about=draw(st.booleans())
    )


def spellings(day: PartialDate) -> list[str]:
    about = "about " if day.about else ""
    if day.month is None:
        return [f"{about}{day.year}", day.edtf]
    month = calendar.month_name[day.month]
    if day.day is None:
        return [
            f"{about}{month} {day.year}",
            f"{about}{day.month}/{day.year}",
            f"{about}{month[:3]} {day.year}",
            day.edtf,
        ]
    return [
        f"{about}{day.day} {month} {day.year}",
        f"{about}{day.day}.{day.month}.{day.year}",
        f"{about}{day.day:02d}/{day.month:02d}/{day.year}",
        f"{about}{month[:3]} {day.day}, {day.year}",
        day.edtf,
    ]


@settings(max_examples=100)
@given(partial_dates())
def test_every_spelling_of_a_date_is_read_as_that_date(day: PartialDate) -> None:
    for spelling in spellings(day):
        assert parse_partial_date(spelling, TODAY) == day
    assert PartialDate.from_edtf(day.edtf) == day


@settings(max_examples=100)
@given(st.text(st.sampled_from("0123456789 ./-~,aeMarchbout"), max_size=16))
def test_any_text_is_a_date_or_a_plain_refusal(text: str) -> None:
    reason = ""
    try:
        read = parse_partial_date(text, TODAY)
    except FieldProblem as refused:
        reason = refused.reason
    else:
        assert parse_partial_date(read.edtf, TODAY) == read
    assert reason in {"", "not_a_date", "no_such_date", "year_needs_four_digits", "year_not_likely"}


@settings(max_examples=100)
@given(partial_dates(), st.integers(0, 40_000), st.data())
def test_an_age_spans_every_possible_birthday(born: PartialDate, later: int, data: st.DataObject) -> None:
    today = date(1930, 1, 1) + timedelta(days=later)
    age = age_on(born, today)
    exact = data.draw(st.dates(born.earliest, born.latest))
    true_age = age_on(PartialDate.of(exact), today)
    assert 0 <= age.least <= true_age.least == true_age.most <= age.most
    assert age.about or born.is_exact or age.least == age.most


@settings(max_examples=80)
@given(partial_dates(), DAYS, st.integers(0, 3000))
def test_nobody_grows_younger(born: PartialDate, day: date, passed: int) -> None:
    earlier, later = age_on(born, day), age_on(born, day + timedelta(days=passed))
    assert earlier.least <= later.least
    assert earlier.most <= later.most


@settings(max_examples=80)
@given(DAYS, DAYS, st.integers(0, 3000))
def test_an_age_range_holds_the_true_age_later_on(born: date, stated: date, passed: int) -> None:
    if born > stated:
        born, stated = stated, born
    true_then = age_on(PartialDate.of(born), stated).least
    today = stated + timedelta(days=passed)
    found = age_from_range(true_then, true_then, stated, today)
    assert found.least <= age_on(PartialDate.of(born), today).least <= found.most
