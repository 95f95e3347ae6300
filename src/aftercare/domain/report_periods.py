"""The periods that are offered for a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ReportPeriod(StrEnum):
    """A period by name, up to today; «own dates» is whatever was typed."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    SINCE_INTAKE = "since_intake"
    OWN_DATES = "own_dates"


_MONTHS = {ReportPeriod.MONTH: 1, ReportPeriod.QUARTER: 3, ReportPeriod.HALF_YEAR: 6}


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day, both included; no first day is the day of intake."""

    since: date | None
    until: date


def days_of(period: ReportPeriod, today: date) -> Days:
    """The days of a named period: this month, this and the two months before, or five; calendar months."""
    months = _MONTHS.get(period)
    if months is None:
        return Days(None, today)
    month = today.year * 12 + today.month - months
    return Days(date(month // 12, month % 12 + 1, 1), today)
