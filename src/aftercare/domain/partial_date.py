"""Dates that are only partly known, kept in the notation of EDTF level 1 (ISO 8601-2): 1998, 1998-05, 1998~."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aftercare.domain.errors import FieldProblem

_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~)?")

_ABOUT = re.compile(r"^(?:about|around|approx(?:imately)?\.?|circa|ca?\.?|abt\.?|~|≈)\s*|\s*~$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/. ](\d{1,2}))?(?:[-/. ](\d{1,2}))?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})\s*[-/. ]\s*)?(\d{1,2})\s*[-/. ]\s*(\d+)")
_DAY_MONTH_NAME = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[. -]*)?([^\W\d]+)[., -]+(\d+)")
_MONTH_NAME_DAY = re.compile(r"([^\W\d]+)[. ]+(\d{1,2})(?:st|nd|rd|th)?[, ]+(\d+)")
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_OLDEST = 130  # years before today


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, perhaps with month and day; `about` marks an estimate."""

    year: int
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise FieldProblem("date", "day_without_month")
        try:
            date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)
        except ValueError as impossible:
            raise FieldProblem("date", "no_such_date") from impossible

    @classmethod
    def from_edtf(cls, text: str) -> PartialDate:
        """Read «1998», «1998-05», «1998-05-12», each perhaps with «~»; FieldProblem otherwise."""
        match = _EDTF.fullmatch(text.strip())
        if match is None:
            raise FieldProblem("date", "not_a_date", text)
        year, month, day, about = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, about is not None)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        return cls(day.year, day.month, day.day)

    @property
    def edtf(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + ("~" if self.about else "")

    @property
    def is_exact(self) -> bool:
        return self.day is not None and not self.about

    @property
    def earliest(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Age:
    """Full years, as a range; `about` where the date of birth is partial or estimated."""

    least: int
    most: int
    about: bool

    @property
    def is_child(self) -> bool:
        """Under 18, also where that is only possible: a possible child is treated as a child (Palermo Protocol 3d)."""
        return self.least < 18


def _years_between(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def age_on(born: PartialDate, today: date) -> Age:
    """The age on a day; never below zero."""
    most = max(0, _years_between(born.earliest, today))
    least = max(0, _years_between(born.latest, today))
    return Age(least, most, born.about or least != most)


def age_from_range(least: int, most: int, stated_on: date, today: date) -> Age:
    """The age today of someone who was between `least` and `most` years old on the day it was stated."""
    passed = max(0, _years_between(stated_on, today))
    return Age(least + passed, most + passed + (0 if stated_on == today else 1), True)


def parse_partial_date(
    text: str,
    today: date,
    *,
    latest_allowed: date | None = None,
    month_names: Mapping[str, int] | None = None,
    field: str = "date",
) -> PartialDate:
    """Read a date as people type it: «12.3.1998», «12 Mar 1998», «March 1998», «about 1998», «03/1998», «1998-03-12».

    Numbers are day first, never guessed otherwise; months may be cut short to three letters; `month_names` (lower case)
    adds those of another language. A FieldProblem says why a text is refused; a day after `latest_allowed` is refused
    where even its earliest reading lies after it.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    found, about = _ABOUT.subn("", plain)
    try:
        read = _read(found.strip(), month_names or {})
    except FieldProblem as problem:
        raise FieldProblem(field, problem.reason, text) from problem
    if not today.year - _OLDEST <= read.year <= today.year + _OLDEST:
        raise FieldProblem(field, "year_not_likely", text)
    if latest_allowed is not None and read.earliest > latest_allowed:
        raise FieldProblem(field, "in_the_future", text)
    return PartialDate(read.year, read.month, read.day, about > 0)


def _read(text: str, month_names: Mapping[str, int]) -> PartialDate:
    if match := _YEAR_FIRST.fullmatch(text):
        return _partial(match[1], match[2], match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return _partial(match[3], match[2], match[1])
    if match := _MONTH_NAME_DAY.fullmatch(text):
        return _partial(match[3], _month(match[1], month_names), match[2])
    if match := _DAY_MONTH_NAME.fullmatch(text):
        return _partial(match[3], _month(match[2], month_names), match[1])
    raise FieldProblem("date", "not_a_date")


def _month(name: str, month_names: Mapping[str, int]) -> int:
    word = name.casefold()
    if word in month_names:
        return month_names[word]
    begun = [n for n, month in enumerate(_ENGLISH_MONTHS, 1) if len(word) >= 3 and month.startswith(word)]
    if not begun and word == "sept":
        return 9
    if len(begun) != 1:
        raise FieldProblem("date", "not_a_date")
    return begun[0]


def _partial(year: str, month: str | int | None, day: str | None) -> PartialDate:
    if len(year) != 4:
        raise FieldProblem("date", "year_needs_four_digits")
    return PartialDate(int(year), int(month) if month is not None else None, int(day) if day is not None else None)
