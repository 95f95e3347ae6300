"""Visits that follow a beginning at fixed distances: 30, 90 and 180 days after work begins or after a return."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CHECK_IN_DAYS = (30, 90, 180)


@dataclass(frozen=True, slots=True, order=True)
class CheckIn:
    """A visit still to be made."""

    on: date
    day: int


def still_worth_making(visits: Sequence[CheckIn], today: date) -> tuple[CheckIn, ...]:
    """The visits ahead and, of those whose day has passed, the last: it makes up for the ones missed before."""
    missed = [visit for visit in visits if visit.on < today]
    return (*missed[-1:], *(visit for visit in visits if visit.on >= today))


def check_ins(begun_on: date, done_days: Collection[int] = (), ended_on: date | None = None) -> tuple[CheckIn, ...]:
    """The visits not yet made; none is due after the end (a job that was left)."""
    planned = (CheckIn(begun_on + timedelta(days=day), day) for day in CHECK_IN_DAYS if day not in done_days)
    return tuple(visit for visit in planned if ended_on is None or visit.on <= ended_on)
