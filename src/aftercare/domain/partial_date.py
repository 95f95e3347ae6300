"""Dates that are only partly known, kept in the notation of EDTF level 1 (ISO 8601-2): 1998, 1998-05, 1998~."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from aftercare.domain.errors import FieldProblem

_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(~)?")


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
            date(self.year, self.month or 1, self.day or 1)
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
