"""Repeating steps: a subset of the RRULE of iCalendar (RFC 5545), and the day on which the next one is due.

Day 29, 30 or 31 of a month means the last day where a month has fewer: the rule then lists the days from 28 on and
takes the last of them (`BYSETPOS=-1`), which every calendar program understands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from aftercare.domain.errors import FieldProblem

FIELD = "repeat"
_HORIZON = 40  # years; a rule that has no day within them (the 5th of one day) has ended
_WEEKDAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T\d{6}Z?)?")


class Repeat(StrEnum):
    """The choices a form offers."""

    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    EVERY_TWO_WEEKS = "every_two_weeks"
    MONTHLY = "monthly"
    EVERY_THREE_MONTHS = "every_three_months"


@dataclass(frozen=True, slots=True)
class RepeatRule:
    """A rule that was read and found sound."""

    frequency: str
    interval: int = 1
    weekdays: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    position: int | None = None
    count: int | None = None
    until: date | None = None

    @classmethod
    def parse(cls, text: str) -> RepeatRule:
        """Read «FREQ=WEEKLY;INTERVAL=2»; FieldProblem `not_a_repeat_rule` where it is not of the subset."""
        try:
            return cls._parse(text.strip().upper().removeprefix("RRULE:"))
        except ValueError as wrong:
            raise FieldProblem(FIELD, "not_a_repeat_rule", text) from wrong

    @classmethod
    def _parse(cls, text: str) -> RepeatRule:
        pairs = [part.split("=", 1) for part in text.split(";")]
        parts = {key: value for key, value in pairs}  # noqa: C416  (a part without «=» is a ValueError here)
        if len(parts) != len(pairs):
            raise ValueError("a part stands twice")
        frequency = parts.pop("FREQ", "")
        until = parts.pop("UNTIL", None)
        rule = cls(
            frequency=frequency,
            interval=_number(parts.pop("INTERVAL", "1"), 1, 366),
            weekdays=tuple(_weekday(day) for day in parts.pop("BYDAY").split(",")) if "BYDAY" in parts else (),
            month_days=tuple(_month_day(day) for day in parts.pop("BYMONTHDAY").split(","))
            if "BYMONTHDAY" in parts
            else (),
            position=_number(parts.pop("BYSETPOS"), -31, 31) if "BYSETPOS" in parts else None,
            count=_number(parts.pop("COUNT"), 1, 999) if "COUNT" in parts else None,
            until=_until(until) if until is not None else None,
        )
        parts.pop("WKST", None)
        if parts:
            raise ValueError("not of the subset")
        rule._check()
        return rule

    def _check(self) -> None:
        if self.frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
            raise ValueError("unknown frequency")
        if self.count is not None and self.until is not None:
            raise ValueError("count and until exclude each other")
        if self.weekdays and self.frequency not in ("WEEKLY", "MONTHLY"):
            raise ValueError("weekdays belong to weeks and months")
        if self.frequency == "WEEKLY" and not set(self.weekdays) <= _WEEKDAYS:
            raise ValueError("a week has no second Monday")
        if self.month_days and (self.frequency != "MONTHLY" or self.weekdays):
            raise ValueError("days of the month belong to months")
        if self.position is not None and (self.position == 0 or not (self.month_days or self.weekdays)):
            raise ValueError("a position needs a list")

    def __str__(self) -> str:
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(self.weekdays))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(str(day) for day in self.month_days))
        if self.position is not None:
            parts.append(f"BYSETPOS={self.position}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)


@dataclass(frozen=True, slots=True)
class Repetition:
    """The next time: its day, and the rule it carries on (a count has gone down)."""

    due_on: date
    rule: str


def preset_rule(choice: Repeat, due_on: date | None = None) -> str:
    """The rule of a choice; a monthly one keeps the day of `due_on`. Empty for «never»."""
    match choice:
        case Repeat.NEVER:
            return ""
        case Repeat.DAILY:
            return "FREQ=DAILY"
        case Repeat.WEEKLY:
            return "FREQ=WEEKLY"
        case Repeat.EVERY_TWO_WEEKS:
            return "FREQ=WEEKLY;INTERVAL=2"
        case Repeat.MONTHLY | Repeat.EVERY_THREE_MONTHS:
            rule = RepeatRule("MONTHLY", 1 if choice is Repeat.MONTHLY else 3)
            return str(rule if due_on is None else _keep_day(rule, due_on))


def preset_of(text: str) -> Repeat | None:
    """The choice that a rule is; None for a rule of another make."""
    if not text:
        return Repeat.NEVER
    rule = RepeatRule.parse(text)
    monthly_day = rule.position in (None, -1) and (len(rule.month_days) < 2 or rule.month_days[0] == 28)
    if rule.weekdays or rule.count or rule.until or not monthly_day:
        return None
    return {
        ("DAILY", 1): Repeat.DAILY,
        ("WEEKLY", 1): Repeat.WEEKLY,
        ("WEEKLY", 2): Repeat.EVERY_TWO_WEEKS,
        ("MONTHLY", 1): Repeat.MONTHLY,
        ("MONTHLY", 3): Repeat.EVERY_THREE_MONTHS,
    }.get((rule.frequency, rule.interval))


def checked_rule(text: str) -> str:
    """The rule in its plain form; empty stays empty; FieldProblem where it cannot be understood."""
    return str(RepeatRule.parse(text)) if text.strip() else ""


def next_due(rule: str, done_due: date | None, done_on: date) -> Repetition | None:
    """When a repeating step that was due on `done_due` and done on `done_on` is due again; None when it has ended.

    The rhythm follows the day it was due, not the day it was done; what passed in between is not due any more. A step
    without a day keeps its rhythm from the day it was done.
    """
    read = RepeatRule.parse(rule)
    begun = done_due or done_on
    kept = _keep_day(read, begun)
    after = max(begun, done_on)
    passed = 1  # the one that was done
    for day in _occurrences(kept, begun, after.replace(year=after.year + _HORIZON, day=1)):
        if day <= begun:
            continue
        if kept.count is not None and passed >= kept.count:
            return None
        if day > after:
            left = None if kept.count is None else kept.count - passed
            return Repetition(day, str(replace(kept, count=left)))
        passed += 1
    return None


def _occurrences(rule: RepeatRule, begun: date, horizon: date) -> Iterator[date]:
    """The days of a rule without its count, from the day it began."""
    from dateutil.rrule import rrulestr  # 15 ms that the first window need not wait for

    bounded = replace(rule, count=None, until=min(rule.until or horizon, horizon))
    for moment in rrulestr(str(bounded), dtstart=datetime.combine(begun, time.min)):
        yield moment.date()


def _keep_day(rule: RepeatRule, day: date) -> RepeatRule:
    """A monthly or yearly rule that names no day, made to keep the day it began on."""
    if rule.frequency not in ("MONTHLY", "YEARLY") or rule.month_days or rule.weekdays:
        return rule
    months = rule.interval * (12 if rule.frequency == "YEARLY" else 1)
    rule = replace(rule, frequency="MONTHLY", interval=months)
    if day.day <= 28:
        return replace(rule, month_days=(day.day,))
    return replace(rule, month_days=tuple(range(28, day.day + 1)), position=-1)


def _number(text: str, least: int, most: int) -> int:
    value = int(text)
    if not least <= value <= most:
        raise ValueError("out of range")
    return value


def _month_day(text: str) -> int:
    day = _number(text, -31, 31)
    if day == 0:
        raise ValueError("no such day")
    return day


def _weekday(text: str) -> str:
    if _DAY.fullmatch(text) is None:
        raise ValueError("no such weekday")
    return text


def _until(text: str) -> date:
    match = _UNTIL.fullmatch(text)
    if match is None:
        raise ValueError("no such day")
    return date(int(match[1][:4]), int(match[1][4:6]), int(match[1][6:]))
