"""Repeating steps: always later, always in rhythm, read as written."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.recurrence import Repeat, RepeatRule, next_due, preset_rule

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CHOICES = st.sampled_from([choice for choice in Repeat if choice is not Repeat.NEVER])


@settings(max_examples=100)
@given(CHOICES, DAYS, st.integers(-30, 400))
def test_the_next_time_lies_after_both_days(choice: Repeat, due_on: date, late: int) -> None:
    done_on = due_on + timedelta(days=late)
    found = next_due(preset_rule(choice, due_on), due_on, done_on)
    assert found is not None
    assert found.due_on > max(due_on, done_on)
    assert str(RepeatRule.parse(found.rule)) == found.rule


@settings(max_examples=80)
@given(DAYS, st.integers(1, 40))
def test_a_monthly_step_keeps_its_day_or_takes_the_last(begun: date, times: int) -> None:
    rule, day = preset_rule(Repeat.MONTHLY, begun), begun
    for _ in range(times):
        following = next_due(rule, day, day)
        assert following is not None
        assert (following.due_on.year * 12 + following.due_on.month) - (day.year * 12 + day.month) == 1
        rule, day = following.rule, following.due_on
        assert day.day == begun.day or (day + timedelta(days=1)).day == 1


@settings(max_examples=80)
@given(DAYS, st.integers(1, 8), st.integers(1, 12), st.integers(0, 100))
def test_a_counted_rule_ends_after_its_count(begun: date, every: int, count: int, late: int) -> None:
    rule, day, seen = f"FREQ=WEEKLY;INTERVAL={every};COUNT={count}", begun, 1
    while (found := next_due(rule, day, day + timedelta(days=late))) is not None:
        rule, day, seen = found.rule, found.due_on, seen + 1
        assert (day - begun).days % (7 * every) == 0
    assert seen <= count
    assert late or seen == count
