"""Dates that are only partly known, as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.domain.errors import FieldProblem
from aftercare.domain.partial_date import PartialDate, age_from_range, age_on, parse_partial_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("12.3.1998", "1998-03-12"),
        ("12/03/1998", "1998-03-12"),
        ("12-3-1998", "1998-03-12"),
        ("12. 3. 1998", "1998-03-12"),
        ("12 Mar 1998", "1998-03-12"),
        ("12th March 1998", "1998-03-12"),
        ("12. März 1998", "1998-03-12"),
        ("March 12, 1998", "1998-03-12"),
        ("12-Sept-1998", "1998-09-12"),
        ("March 1998", "1998-03"),
        ("mar. 1998", "1998-03"),
        ("03/1998", "1998-03"),
        ("3.1998", "1998-03"),
        ("1998-03", "1998-03"),
        ("1998-03-12", "1998-03-12"),
        ("1998", "1998"),
        ("about 1998", "1998~"),
        ("~1998", "1998~"),
        ("1998~", "1998~"),
        ("circa 1998", "1998~"),
        ("c. 1998", "1998~"),
        ("ca. March 1998", "1998-03~"),
        ("  ABOUT   12.3.1998 ", "1998-03-12~"),
        ("١٢/٣/١٩٩٨", "1998-03-12"),
        ("31.12.2030", "2030-12-31"),
    ],
)
def test_a_date_is_read_as_people_type_it(typed: str, edtf: str) -> None:
    assert parse_partial_date(typed, TODAY, month_names={"märz": 3}).edtf == edtf


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "not_a_date"),
        ("about", "not_a_date"),
        ("soon", "not_a_date"),
        ("12 Foo 1998", "not_a_date"),
        ("Ma 1998", "not_a_date"),
        ("12.3.98", "year_needs_four_digits"),
        ("3.13.1998", "no_such_date"),
        ("31.2.1998", "no_such_date"),
        ("29 Feb 1999", "no_such_date"),
        ("0.3.1998", "no_such_date"),
        ("0012", "year_not_likely"),
        ("12.3.19988", "year_needs_four_digits"),
        ("1498", "year_not_likely"),
    ],
)
def test_what_is_no_date_says_why(typed: str, reason: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        parse_partial_date(typed, TODAY, field="birth_date")
    assert refused.value.reason == reason
    assert refused.value.field == "birth_date"
    assert refused.value.value == typed


def test_a_birth_date_to_come_is_refused_where_that_is_certain() -> None:
    with pytest.raises(FieldProblem) as refused:
        parse_partial_date("24.11.2026", TODAY, latest_allowed=TODAY)
    assert refused.value.reason == "in_the_future"
    assert parse_partial_date("2026", TODAY, latest_allowed=TODAY).year == 2026


def test_edtf_is_read_and_written() -> None:
    assert PartialDate.from_edtf("1998-05~") == PartialDate(1998, 5, about=True)
    assert PartialDate.of(TODAY).edtf == "2026-11-23"
    assert PartialDate(1998).latest == date(1998, 12, 31)
    assert PartialDate(2000, 2).latest == date(2000, 2, 29)
    assert PartialDate(1998, 5, 12).is_exact
    assert not PartialDate(1998, 5, 12, about=True).is_exact


@pytest.mark.parametrize("text", ["98", "1998-13", "1998-02-30", "1998/05", "~1998", "1998-00", "1998-05-00"])
def test_what_is_no_edtf_is_refused(text: str) -> None:
    with pytest.raises(FieldProblem):
        PartialDate.from_edtf(text)


def test_a_day_needs_its_month() -> None:
    with pytest.raises(FieldProblem):
        PartialDate(1998, None, 3)


def test_somebody_who_may_be_a_child_is_treated_as_a_child() -> None:
    assert age_on(PartialDate(2008), TODAY).is_child
    assert not age_on(PartialDate(2008, 11, 23), TODAY).is_child
    assert age_on(PartialDate(2008, 11, 24), TODAY).is_child


def test_an_age_range_grows_older() -> None:
    grown = age_from_range(15, 17, date(2024, 11, 23), TODAY)
    assert (grown.least, grown.most) == (17, 20)
    assert grown.about
