"""When a repeating step is due again."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.domain.errors import FieldProblem
from aftercare.domain.recurrence import Repeat, RepeatRule, Repetition, checked_rule, next_due, preset_of, preset_rule


def due(rule: str, done_due: date | None, done_on: date) -> date | None:
    found = next_due(rule, done_due, done_on)
    return None if found is None else found.due_on


def test_the_rhythm_follows_the_day_it_was_due() -> None:
    assert due("FREQ=WEEKLY", date(2026, 11, 20), date(2026, 11, 23)) == date(2026, 11, 27)
    assert due("FREQ=WEEKLY;INTERVAL=2", date(2026, 11, 20), date(2026, 11, 18)) == date(2026, 12, 4)


def test_what_passed_while_a_step_was_late_is_not_due_any_more() -> None:
    assert due("FREQ=WEEKLY", date(2026, 11, 2), date(2026, 11, 23)) == date(2026, 11, 30)
    assert due("FREQ=DAILY", date(2026, 1, 1), date(2026, 11, 23)) == date(2026, 11, 24)


def test_a_step_without_a_day_repeats_from_the_day_it_was_done() -> None:
    assert due("FREQ=MONTHLY", None, date(2026, 11, 23)) == date(2026, 12, 23)


def test_the_31st_is_the_last_day_of_a_shorter_month_and_comes_back() -> None:
    rule, day = preset_rule(Repeat.MONTHLY, date(2027, 1, 31)), date(2027, 1, 31)
    days = []
    for _ in range(4):
        following = next_due(rule, day, day)
        assert following is not None
        rule, day = following.rule, following.due_on
        days.append(day)
    assert days == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31)]


def test_a_yearly_step_of_a_leap_day_falls_on_the_28th_between() -> None:
    assert due("FREQ=YEARLY", date(2028, 2, 29), date(2028, 2, 29)) == date(2029, 2, 28)


def test_weekdays_are_kept() -> None:
    assert due("FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 11, 23), date(2026, 11, 23)) == date(2026, 11, 26)
    assert due("FREQ=MONTHLY;BYDAY=1MO", date(2026, 11, 2), date(2026, 11, 2)) == date(2026, 12, 7)


def test_a_count_goes_down_and_ends() -> None:
    first = next_due("FREQ=WEEKLY;COUNT=3", date(2026, 11, 2), date(2026, 11, 2))
    assert first == Repetition(date(2026, 11, 9), "FREQ=WEEKLY;COUNT=2")
    second = next_due(first.rule, first.due_on, first.due_on)
    assert second == Repetition(date(2026, 11, 16), "FREQ=WEEKLY;COUNT=1")
    assert next_due(second.rule, second.due_on, second.due_on) is None
    assert next_due("FREQ=WEEKLY;COUNT=3", date(2026, 11, 2), date(2026, 12, 24)) is None


def test_an_end_day_is_the_last_possible_day() -> None:
    assert due("FREQ=WEEKLY;UNTIL=20261130", date(2026, 11, 23), date(2026, 11, 23)) == date(2026, 11, 30)
    assert due("FREQ=WEEKLY;UNTIL=20261129T235959Z", date(2026, 11, 23), date(2026, 11, 23)) is None


def test_a_rule_that_never_falls_on_a_day_has_ended() -> None:
    assert due("FREQ=MONTHLY;BYMONTHDAY=30;BYSETPOS=5", date(2026, 11, 23), date(2026, 11, 23)) is None


@pytest.mark.parametrize("choice", list(Repeat))
def test_a_choice_is_known_again_from_its_rule(choice: Repeat) -> None:
    assert preset_of(preset_rule(choice, date(2027, 1, 31))) is choice
    assert preset_of(preset_rule(choice, date(2027, 1, 5))) is choice


def test_a_rule_of_another_make_is_no_choice() -> None:
    assert preset_of("FREQ=WEEKLY;BYDAY=MO") is None
    assert preset_of("FREQ=WEEKLY;COUNT=3") is None
    assert preset_of("FREQ=YEARLY") is None


@pytest.mark.parametrize(
    "rule",
    [
        "weekly",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=2;UNTIL=20261130",
        "FREQ=WEEKLY;UNTIL=20261399",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=2MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=DAILY;BYDAY=MO",
        "INTERVAL=2",
    ],
)
def test_a_rule_that_cannot_be_understood_is_refused(rule: str) -> None:
    with pytest.raises(FieldProblem) as refused:
        checked_rule(rule)
    assert refused.value.reason == "not_a_repeat_rule"


def test_a_rule_is_kept_in_its_plain_form() -> None:
    assert checked_rule(" rrule:freq=weekly;interval=1 ") == "FREQ=WEEKLY"
    assert checked_rule("") == ""
    assert RepeatRule.parse("FREQ=MONTHLY;BYMONTHDAY=-1").month_days == (-1,)
