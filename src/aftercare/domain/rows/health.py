"""Rows of the restricted section on health; who may not see it learns only that it exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import HealthFactKind
from aftercare.domain.rhythm import Rhythm


@dataclass(frozen=True, slots=True)
class HealthFactRow:
    id: UUID
    kind: HealthFactKind
    words: str
    dose: str
    provider: str
    since: date | None
    until: date | None
    who_may_see: str
    version: int

    def is_over(self, today: date) -> bool:
        return self.until is not None and self.until < today


@dataclass(frozen=True, slots=True)
class CounsellingRow:
    """Counselling sessions counted from the appointments."""

    attended: int
    missed: int
    last_on: date | None
    next_on: date | None
    rhythm: Rhythm | None


@dataclass(frozen=True, slots=True)
class Health:
    """What is known about health; nothing but `may_see` is filled for others."""

    may_see: bool
    facts: tuple[HealthFactRow, ...] = ()
    counselling: CounsellingRow | None = None
