"""Whatever is typed: folding is stable, questions never break the index, and what was kept is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.folding import fold, index_text, match_query, search_terms

WRITING = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("abcÅłøßİ'’-\"*() 019王小明สมชายကမ្ពុជាمُحَمَّدकिताबそうだが한국ﷺ"),
    ),
    max_size=24,
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE found USING fts5(text, detail=none, prefix='2 3', tokenize='ascii')")
        yield connection


@settings(max_examples=100)
@given(WRITING)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=100)
@given(WRITING)
def test_no_text_is_a_syntax_error_and_a_text_finds_itself(index: sqlite3.Connection, text: str) -> None:
    index.execute("DELETE FROM found")
    index.execute("INSERT INTO found(text) VALUES (?)", (index_text(text),))
    query = match_query(text)
    if query:
        assert index.execute("SELECT count(*) FROM found WHERE found MATCH ?", (query,)).fetchone() == (1,)
    else:
        assert search_terms(text) == ()


@settings(max_examples=80)
@given(WRITING, WRITING)
def test_each_word_of_a_longer_text_is_found(index: sqlite3.Connection, first: str, second: str) -> None:
    index.execute("DELETE FROM found")
    index.execute("INSERT INTO found(text) VALUES (?)", (index_text(f"{first} {second}"),))
    for typed in (first, second):
        query = match_query(typed)
        if query:
            assert index.execute("SELECT count(*) FROM found WHERE found MATCH ?", (query,)).fetchone() == (1,)
