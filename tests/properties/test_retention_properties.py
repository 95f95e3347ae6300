"""Terms never end too early, grow with the years, and a hold holds until somebody or its last day ends it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aftercare.domain.retention import DEFAULT_TERMS, WORDS, Hold, Kept, due_kinds, due_on, emptied, years_after

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
YEARS = st.integers(0, 100)
TERMS = st.fixed_dictionaries(dict.fromkeys(Kept, YEARS))


@given(DAYS, YEARS)
def test_a_term_lasts_full_years_and_not_a_day_less(day: date, years: int) -> None:
    end = years_after(day, years)
    assert end.year == day.year + years
    assert (end.month, end.day) >= (day.month, day.day)
    assert end - day <= timedelta(days=366 * years)


@given(DAYS, DAYS, TERMS)
def test_who_was_closed_later_is_due_no_earlier(one: date, other: date, terms: dict[Kept, int]) -> None:
    earlier, later = sorted((one, other))
    for kind in Kept:
        assert due_on(kind, earlier, terms) <= due_on(kind, later, terms)


@given(DAYS, DAYS, TERMS)
def test_with_the_whole_record_every_part_of_it_is_due(closed: date, today: date, terms: dict[Kept, int]) -> None:
    due = due_kinds(closed, today, terms, {})
    assert all(closed <= since <= today for since in due.values())
    if Kept.WHOLE in due:
        assert set(due) == set(Kept)


@given(DAYS, TERMS)
def test_an_open_case_is_never_due(today: date, terms: dict[Kept, int]) -> None:
    assert due_kinds(None, today, terms, {}) == {}


@given(DAYS, DAYS, TERMS, st.sets(st.sampled_from(sorted(WORDS))), st.integers(0, 400))
def test_what_was_deleted_since_the_closing_is_not_due_again(
    closed: date, today: date, terms: dict[Kept, int], kinds: set[Kept], after: int
) -> None:
    gone = dict.fromkeys(kinds, closed + timedelta(days=after))
    due = due_kinds(closed, today, terms, gone)
    assert not kinds & set(due)
    assert set(due) | kinds >= set(due_kinds(closed, today, terms, {}))
    reopened = closed + timedelta(days=after + 1)
    assert due_kinds(reopened, today, terms, gone) == due_kinds(reopened, today, terms, {})


@given(DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_hold_holds_until_it_is_lifted_or_its_last_day_is_over(
    since: date, until: date | None, lifted: date | None, today: date
) -> None:
    holds = Hold(since, until, lifted).holds(today)
    assert holds is (lifted is None and (until is None or until >= today))
    if holds and (until is None or until > today):
        assert Hold(since, until, lifted).holds(today + timedelta(days=1))


@given(
    st.text(min_size=1) | st.lists(st.text(min_size=1), min_size=1) | st.dictionaries(st.text(), st.text(min_size=1))
)
def test_nothing_of_a_value_is_left_when_its_words_go(value: object) -> None:
    assert emptied("note", "words", value) in ("", [], None)


@given(DAYS)
def test_of_a_day_of_birth_the_year_is_left(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}~"):
        assert emptied("survivor", "birth_date", text) == f"{day:%Y}"


def test_parts_are_not_kept_longer_than_the_whole_by_default() -> None:
    assert max(DEFAULT_TERMS.values()) == DEFAULT_TERMS[Kept.WHOLE]
