"""Whatever somebody hands in as a caseload: people come out of it, or a Problem; never anything else."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.errors import Problem
from aftercare.domain.importing import ImportMapping
from aftercare.exchange.columns import SYNONYMS
from aftercare.exchange.mapping import read_mapping
from aftercare.exchange.people import read_people
from aftercare.exchange.tables import read_table
from aftercare.words.importing import CELL_REASONS, cell_words

pytestmark = pytest.mark.promise(14)

TODAY = date(2026, 11, 23)
HEADERS = sorted({other for others in SYNONYMS.values() for other in others})
CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["f", "12.3.1998", "03/25/1998", "about 1998", "ER", "Tigrinya; en", "=1+1", "0", "-1", "1e9", "٣"]
    ),
    st.dates().map(str),
)


def handed_in(content: bytes) -> None:
    try:
        found = read_people(read_table(content), ImportMapping(), TODAY)
    except Problem:
        return
    for problem in found.problems:
        assert problem.reason in CELL_REASONS
        assert str(problem.row) in cell_words(problem)


@given(st.binary(max_size=2000))
@settings(max_examples=150)
def test_arbitrary_bytes_never_crash(content: bytes) -> None:
    handed_in(content)


@given(st.binary(max_size=400))
@settings(max_examples=80)
def test_arbitrary_bytes_that_claim_to_be_a_workbook_never_crash(tail: bytes) -> None:
    handed_in(b"PK\x03\x04" + tail)


@given(st.lists(st.sampled_from(HEADERS), min_size=1, max_size=8), st.lists(st.lists(CELLS, max_size=9), max_size=6))
@settings(max_examples=150)
def test_any_cells_under_known_headers_are_read_or_told_of(headers: list[str], rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([headers, *rows])
    handed_in(out.getvalue().encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300))
@settings(max_examples=80)
def test_an_arbitrary_mapping_is_read_or_refused(content: bytes) -> None:
    try:
        read_mapping(content)
    except Problem:
        return
