"""Dates as people write them, in several languages and digits; nothing is guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare import i18n
from aftercare.domain.errors import FieldProblem
from aftercare.domain.partial_date import PartialDate
from aftercare.written_dates import read_day, read_partial_date, write_partial_date

TODAY = date(2026, 11, 23)
ENGLISH = i18n.language("en")


@pytest.mark.parametrize(
    ("text", "tag", "meant"),
    [
        ("1998", "en", PartialDate(1998)),
        ("about 1998", "en", PartialDate(1998, about=True)),
        ("~1998", "en", PartialDate(1998, about=True)),
        ("1998~", "en", PartialDate(1998, about=True)),
        ("ca. 1998", "en", PartialDate(1998, about=True)),
        ("about March 1998", "en", PartialDate(1998, 3, about=True)),
        ("03/1998", "en", PartialDate(1998, 3)),
        ("1998-03", "en", PartialDate(1998, 3)),
        ("12 Mar 1998", "en", PartialDate(1998, 3, 12)),
        ("12 sept. 1998", "en", PartialDate(1998, 9, 12)),
        ("March 12, 1998", "en", PartialDate(1998, 3, 12)),
        ("12.3.1998", "en", PartialDate(1998, 3, 12)),
        ("12/03/1998", "en", PartialDate(1998, 3, 12)),
        ("1998-03-12", "en", PartialDate(1998, 3, 12)),
        ("12 août 1998", "fr", PartialDate(1998, 8, 12)),
        ("12 aout 1998", "fr", PartialDate(1998, 8, 12)),
        ("12 de marzo de 1998", "es", PartialDate(1998, 3, 12)),
        ("12 березня 1998", "uk", PartialDate(1998, 3, 12)),
        ("12 مارس 1998", "ar", PartialDate(1998, 3, 12)),
        ("١٢/٣/١٩٩٨", "ar", PartialDate(1998, 3, 12)),
    ],
)
def test_what_people_write_is_understood(text: str, tag: str, meant: PartialDate) -> None:
    assert read_partial_date(text, i18n.language(tag)) == meant


@pytest.mark.parametrize(
    "text", ["", "spring", "98", "12/98", "Ma 1998", "1998 or 1999", "12 Mar", "about", "31/31/1998"]
)
def test_what_tells_no_date_is_a_problem_of_the_field(text: str) -> None:
    with pytest.raises(FieldProblem):
        read_partial_date(text, ENGLISH)


def test_a_day_that_does_not_exist_says_so() -> None:
    with pytest.raises(FieldProblem) as found:
        read_partial_date("30 Feb 1998", ENGLISH)
    assert found.value.reason == "no_such_date"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("today", TODAY),
        ("Tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("+7", date(2026, 11, 30)),
        ("-1", date(2026, 11, 22)),
        ("2 Dec", date(2026, 12, 2)),
        ("15 Jan", date(2027, 1, 15)),
        ("15.1.", date(2027, 1, 15)),
        ("2026-12-02", date(2026, 12, 2)),
    ],
)
def test_days_are_understood_as_said_today(text: str, meant: date) -> None:
    assert read_day(text, TODAY, ENGLISH) == meant


def test_a_month_is_no_day() -> None:
    with pytest.raises(FieldProblem):
        read_day("March 2026", TODAY, ENGLISH)


@pytest.mark.parametrize(
    ("text", "reason"), [("12x", "not_a_day"), ("March 2026", "not_a_day"), ("31 Feb 2026", "no_such_date")]
)
def test_what_is_no_day_says_why_and_does_not_ask_for_part_of_one(text: str, reason: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        read_day(text, TODAY, ENGLISH)
    assert refused.value.reason == reason


PARTIAL_DATES = st.one_of(
    st.builds(PartialDate, st.integers(1900, 2100), about=st.booleans()),
    st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12), about=st.booleans()),
    st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12), st.integers(1, 28), st.booleans()),
)


@given(PARTIAL_DATES, st.sampled_from(["en", "fr", "es", "uk", "pt"]))
@settings(max_examples=150)
def test_what_is_written_out_is_read_back(value: PartialDate, tag: str) -> None:
    language = i18n.language(tag)
    assert read_partial_date(write_partial_date(value, language), language) == value
