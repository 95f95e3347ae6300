"""Times of day and amounts as people write them."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest

from aftercare import i18n
from aftercare.domain.errors import FieldProblem
from aftercare.written_numbers import read_amount
from aftercare.written_times import read_time


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("09.05", time(9, 5)),
        ("0930", time(9, 30)),
        ("14h15", time(14, 15)),
        ("2:15 pm", time(14, 15)),
        ("12 am", time(0)),
        ("12:10 p.m.", time(12, 10)),
        ("٩:٣٠", time(9, 30)),
    ],
)
def test_times_are_understood(typed: str, meant: time) -> None:
    assert read_time(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "9:75", "soon", "", "13:00:00", "-1"])
def test_what_is_no_time_is_told(typed: str) -> None:
    with pytest.raises(FieldProblem) as caught:
        read_time(typed)
    assert caught.value.reason == "not_a_time"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("480", "480"),
        ("480.5", "480.5"),
        ("480,50", "480.50"),
        ("1,250.50", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,250", "1250"),
        ("٤٨٠", "480"),
    ],
)
def test_amounts_are_understood(typed: str, meant: str) -> None:
    assert read_amount(typed) == Decimal(meant)


def test_a_point_before_three_digits_goes_by_the_language() -> None:
    i18n.use("de")
    try:
        assert read_amount("1.250") == Decimal(1250)
    finally:
        i18n.use("en")


@pytest.mark.parametrize("typed", ["a lot", "12 x", "--"])
def test_what_is_no_amount_is_told(typed: str) -> None:
    with pytest.raises(FieldProblem) as caught:
        read_amount(typed)
    assert caught.value.reason == "not_a_number"


@pytest.mark.parametrize(("amount", "shown"), [("250", "250"), ("250.5", "250.50"), ("1250.00", "1,250")])
def test_an_amount_is_shown_whole_or_with_both_digits_of_its_cents(amount: str, shown: str) -> None:
    assert i18n.language("en").amount(Decimal(amount)) == shown
