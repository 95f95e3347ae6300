"""Nights counted from stays: a night belongs to its evening, and counts once however many stays claim it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Stay:
    """Somewhere from one day until another; the night of `until` is spent elsewhere. Open where `until` is empty."""

    since: date
    until: date | None = None
    key: str = ""

    def end(self, up_to: date) -> date:
        """The first evening that is not (or not yet) spent there, seen on the morning of `up_to`."""
        return up_to if self.until is None else min(self.until, up_to)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Nights from the evening of `since` up to the morning of `until`."""

    since: date
    until: date

    @property
    def nights(self) -> int:
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True, order=True)
class Overlap:
    """Nights that two stays both claim, by their keys."""

    period: Period
    first: str
    second: str


def periods(stays: Iterable[Stay], up_to: date) -> tuple[Period, ...]:
    """The stays as periods without overlap, in order; touching ones become one, empty and backward ones vanish."""
    merged: list[Period] = []
    for stay in sorted(stays, key=lambda stay: stay.since):
        end = stay.end(up_to)
        if end <= stay.since:
            continue
        if merged and stay.since <= merged[-1].until:
            merged[-1] = Period(merged[-1].since, max(merged[-1].until, end))
        else:
            merged.append(Period(stay.since, end))
    return tuple(merged)


def nights(stays: Iterable[Stay], up_to: date) -> int:
    """Nights spent before the morning of `up_to`."""
    return sum(period.nights for period in periods(stays, up_to))


def nights_within(stays: Iterable[Stay], first: date, last: date, up_to: date) -> int:
    """Nights spent before the morning of `up_to` whose evening lies between two days, both included."""
    return sum(
        (period.until - max(period.since, first)).days
        for period in periods(stays, min(last + ONE_DAY, up_to))
        if period.until > first
    )


def nights_by_month(stays: Iterable[Stay], up_to: date) -> dict[date, int]:
    """Nights of each month, by its first day; the months sum to `nights`."""
    counted: dict[date, int] = {}
    for period in periods(stays, up_to):
        begins = period.since
        while begins < period.until:
            month = begins.replace(day=1)
            ends = min(period.until, _next_month(month))
            counted[month] = counted.get(month, 0) + (ends - begins).days
            begins = ends
    return counted


def _next_month(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def gaps(stays: Iterable[Stay], up_to: date) -> tuple[Period, ...]:
    """Nights between the first stay and `up_to` for which no place is known."""
    known = periods(stays, up_to)
    between = [Period(before.until, after.since) for before, after in pairwise(known)]
    if known and known[-1].until < up_to:
        between.append(Period(known[-1].until, up_to))
    return tuple(between)


def overlaps(stays: Sequence[Stay], up_to: date) -> tuple[Overlap, ...]:
    """Every two stays that claim the same nights."""
    ordered = sorted(stays, key=lambda stay: (stay.since, stay.key))
    found: list[Overlap] = []
    for position, first in enumerate(ordered):
        for second in ordered[position + 1 :]:
            if second.since >= first.end(up_to):
                break
            end = min(first.end(up_to), second.end(up_to))
            if end > second.since:
                found.append(Overlap(Period(second.since, end), first.key, second.key))
    return tuple(found)
