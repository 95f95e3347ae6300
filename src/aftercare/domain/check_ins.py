"""Visits that follow a beginning at fixed distances: 30, 90 and 180 days after work begins or after a return."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

CHECK_IN_DAYS = (30, 90, 180)


@dataclass(frozen=True, slots=True, order=True)
class CheckIn:
    """A visit still to be made."""

    on: date
    day: int


def check_ins(begun_on: date, done_days: Collection[int] = (), ended_on: date | None = None) -> tuple[CheckIn, ...]:
    """The visits not yet made; none is due after the end (a job that was left)."""
    planned = (CheckIn(begun_on + timedelta(days=day), day) for day in CHECK_IN_DAYS if day not in done_days)
    return tuple(visit for visit in planned if ended_on is None or visit.on <= ended_on)
