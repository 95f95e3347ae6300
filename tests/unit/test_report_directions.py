"""Levels are held against python-bidi, which reorders strings by another implementation of the same algorithm."""

from __future__ import annotations

import unicodedata

import pytest
from bidi import get_display  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.reports import directions
from aftercare.reports.directions import Base

CHARACTERS = "abאבجب12٣ ,.+-#()[]!\u0301\u064e\u2066\u2067\u2068\u2069\u200f\u200e:/%"
REMOVED = ("RLE", "LRE", "RLO", "LRO", "PDF", "BN")


def visual(text: str, base: Base = "auto", whole: list[tuple[int, int]] | None = None) -> str:
    resolved = directions.levels(text, base, whole or [])
    line = directions.line_levels(text, resolved, 0, len(text), directions.base_level(text, base))
    return "".join(text[i] for i in directions.visual_order(line))


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=CHARACTERS, max_size=16), st.sampled_from([("ltr", "L"), ("rtl", "R"), ("auto", None)]))
def test_levels_put_characters_where_python_bidi_puts_them(text: str, bases: tuple[Base, str | None]) -> None:
    assert visual(text, bases[0]) == (get_display(text, base_dir=bases[1]) if text else "")


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abאج1٣ ,(-)!\u202a\u202b\u202c\u202d\u202e", max_size=12))
def test_embeddings_and_overrides_too(text: str) -> None:
    ended = f"{text.rstrip()}a"  # at a line's end python-bidi leaves spaces after an embedding where they are
    shown = "".join(c for c in visual(ended, "ltr") if unicodedata.bidirectional(c) not in REMOVED)
    expected = "".join(c for c in get_display(ended, base_dir="L") if unicodedata.bidirectional(c) not in REMOVED)
    assert shown == expected


@pytest.mark.parametrize("number", ["+44 20 7946 0958", "2026-11-23", "020 7946 0958", "(030) 22 33 44"])
def test_groups_of_a_telephone_number_or_date_stay_in_order_among_arabic(number: str) -> None:
    text = f"هاتف {number} اليوم"
    assert number in visual(text, whole=directions.numbers(text))


@pytest.mark.parametrize("text", ["10-20", "3 4", "1,200.50", "A2-2026-11-23x", "S-0142"])
def test_sums_and_codes_are_not_taken_for_telephone_numbers(text: str) -> None:
    assert directions.numbers(text) == []


def test_a_telephone_number_alone_in_a_cell_of_an_arabic_page_keeps_its_order() -> None:
    assert visual("+44 20 7946 0958", "auto-rtl", directions.numbers("+44 20 7946 0958")) == "+44 20 7946 0958"


def test_an_isolate_keeps_its_words_together() -> None:
    text = "رقم \u2068a-1 (b)\u2069 هنا"
    assert "a-1 (b)" in visual(text)


def test_text_without_letters_starts_where_the_page_does() -> None:
    assert directions.base_level("12:30", "auto") == 0
    assert directions.base_level("12:30", "auto-rtl") == 1
    assert directions.base_level("a 12:30", "auto-rtl") == 0
