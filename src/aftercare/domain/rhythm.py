"""How often something happens, seen from the days on which it did: weekly, every two weeks, monthly, or no rhythm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import median


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    EVERY_TWO_WEEKS = "every_two_weeks"
    MONTHLY = "monthly"


_LOOKED_AT = 6  # the latest sessions: an earlier pace is no longer true
_WITHIN = ((Rhythm.WEEKLY, 5, 9), (Rhythm.EVERY_TWO_WEEKS, 11, 17), (Rhythm.MONTHLY, 25, 35))


def rhythm_of(days: Iterable[date], today: date) -> Rhythm | None:
    """The usual distance between the latest days; None for fewer than three, or where it has stopped.

    It has stopped when more than twice the usual distance has passed since the last day.
    """
    latest = sorted(set(days))[-_LOOKED_AT:]
    if len(latest) < 3:
        return None
    usual = median((after - before).days for before, after in pairwise(latest))
    if (today - latest[-1]).days > 2 * usual:
        return None
    return next((rhythm for rhythm, least, most in _WITHIN if least <= usual <= most), None)
