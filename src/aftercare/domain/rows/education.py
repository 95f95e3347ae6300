"""Rows of courses and schools, with attendance per month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import EducationBarrier, EducationKind, EnrolmentState, Isced


def percent(attended: int, held: int) -> int | None:
    """Whole per cent of the sessions held; None where none was held. Below full attendance it never says 100."""
    if held <= 0:
        return None
    return min(99, round(100 * attended / held)) if attended < held else 100


@dataclass(frozen=True, slots=True)
class MonthRow:
    """Sessions of one month; `month` is its first day."""

    id: UUID
    month: date
    held: int
    attended: int
    version: int

    @property
    def percent(self) -> int | None:
        return percent(self.attended, self.held)


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A course, its months in order."""

    id: UUID
    kind: EducationKind
    course: str
    provider: str
    isced: Isced | None
    language_level: str
    state: EnrolmentState
    since: date | None
    until: date | None
    certificate: str
    certificate_on: date | None
    barriers: tuple[EducationBarrier, ...]
    months: tuple[MonthRow, ...]
    version: int

    @property
    def is_going_on(self) -> bool:
        return self.state in (EnrolmentState.ENROLLED, EnrolmentState.ATTENDING, EnrolmentState.PAUSED)

    @property
    def held(self) -> int:
        return sum(month.held for month in self.months)

    @property
    def attended(self) -> int:
        return sum(month.attended for month in self.months)

    @property
    def percent(self) -> int | None:
        return percent(self.attended, self.held)


@dataclass(frozen=True, slots=True)
class Education:
    """All courses of a case: those that go on first, then the latest first."""

    enrolments: tuple[EnrolmentRow, ...]

    @property
    def current(self) -> tuple[EnrolmentRow, ...]:
        return tuple(each for each in self.enrolments if each.is_going_on)

    @property
    def earlier(self) -> tuple[EnrolmentRow, ...]:
        return tuple(each for each in self.enrolments if not each.is_going_on)
