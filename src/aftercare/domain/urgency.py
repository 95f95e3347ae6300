"""What Today shows first: what is late, then what is due today, then what comes soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from enum import IntEnum
from typing import TypeVar

SOON_DAYS = 7

Thing = TypeVar("Thing")


class Urgency(IntEnum):
    """In the order in which things are shown."""

    LATE = 0
    TODAY = 1
    SOON = 2
    LATER = 3


@dataclass(frozen=True, slots=True)
class DueThing:
    """Anything with a day: a step, a review, a permit, a check-in; `key` names it, `at` is a time where it has one."""

    key: str
    on: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class UrgencyCounts:
    late: int = 0
    today: int = 0
    soon: int = 0

    @property
    def badge(self) -> int:
        """The number beside «Today»: what is late and what is due today."""
        return self.late + self.today


def urgency(on: date, today: date, soon: int = SOON_DAYS) -> Urgency:
    days = (on - today).days
    if days < 0:
        return Urgency.LATE
    if days == 0:
        return Urgency.TODAY
    return Urgency.SOON if days <= soon else Urgency.LATER


def in_order(
    things: Iterable[Thing],
    today: date,
    seen_as: Callable[[Thing], DueThing],
    soon: int = SOON_DAYS,
) -> tuple[Thing, ...]:
    """What is late, today or soon, the oldest first, timed before untimed; what comes later is left out."""
    seen = [(seen_as(thing), thing) for thing in things]
    near = [(due, thing) for due, thing in seen if urgency(due.on, today, soon) is not Urgency.LATER]
    near.sort(key=lambda pair: (pair[0].on, pair[0].at is None, pair[0].at or time.min, pair[0].key))
    return tuple(thing for _, thing in near)


def counts(days: Iterable[date], today: date, soon: int = SOON_DAYS) -> UrgencyCounts:
    seen = [urgency(day, today, soon) for day in days]
    return UrgencyCounts(seen.count(Urgency.LATE), seen.count(Urgency.TODAY), seen.count(Urgency.SOON))
