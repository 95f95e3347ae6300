"""What Today shows first."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.urgency import DueThing, Urgency, counts, in_order, urgency

TODAY = date(2026, 11, 23)
DAYS = st.integers(-20, 20).map(lambda n: TODAY + timedelta(days=n))


def test_late_comes_before_today_and_today_before_soon() -> None:
    late, now, soon, later = (
        DueThing("late", date(2026, 11, 20)),
        DueThing("now", TODAY),
        DueThing("soon", date(2026, 11, 30)),
        DueThing("later", date(2026, 12, 1)),
    )
    assert in_order([later, soon, now, late], TODAY, lambda thing: thing) == (late, now, soon)


def test_a_time_of_the_day_comes_before_the_day_itself() -> None:
    whole_day, afternoon, morning = (
        DueThing("a", TODAY),
        DueThing("b", TODAY, time(14, 0)),
        DueThing("c", TODAY, time(10, 30)),
    )
    assert in_order([whole_day, afternoon, morning], TODAY, lambda thing: thing) == (morning, afternoon, whole_day)


def test_the_badge_counts_what_is_late_and_due_today() -> None:
    found = counts([date(2026, 11, 20), TODAY, TODAY, date(2026, 11, 25), date(2027, 1, 1)], TODAY)
    assert (found.late, found.today, found.soon, found.badge) == (1, 2, 1, 3)


@settings(max_examples=60)
@given(st.lists(DAYS))
def test_nothing_near_is_lost_and_urgency_never_falls(days: list[date]) -> None:
    things = [DueThing(str(place), day) for place, day in enumerate(days)]
    shown = in_order(things, TODAY, lambda thing: thing)
    seen = [urgency(thing.on, TODAY) for thing in shown]
    assert seen == sorted(seen)
    assert set(things) - set(shown) == {thing for thing in things if urgency(thing.on, TODAY) is Urgency.LATER}
    found = counts(days, TODAY)
    assert found.late + found.today + found.soon == len(shown)
