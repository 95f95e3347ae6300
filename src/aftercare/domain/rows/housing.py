"""Rows of where she lives: stays with their nights, safety checks, and stays that claim the same nights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from aftercare.domain.codes import Answer, ExitReason, PlacementKind, RentPayer, SafetyCheckPoint


@dataclass(frozen=True, slots=True)
class SafetyCheckRow:
    """A look at a place; `answers` holds every point, «not known» where it was not answered."""

    id: UUID
    placement_id: UUID
    on: date
    by: str
    answers: tuple[tuple[SafetyCheckPoint, Answer], ...]
    concerns: str
    version: int

    @property
    def unsafe(self) -> tuple[SafetyCheckPoint, ...]:
        return tuple(point for point, answer in self.answers if answer is Answer.NO)

    @property
    def open_points(self) -> tuple[SafetyCheckPoint, ...]:
        return tuple(point for point, answer in self.answers if answer is Answer.NOT_KNOWN)

    @property
    def has_concerns(self) -> bool:
        return bool(self.unsafe or self.concerns)


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """One stay; `nights` up to the morning of today."""

    id: UUID
    kind: PlacementKind
    name: str
    address: str
    since: date
    until: date | None
    move_on_by: date | None
    rent: Decimal | None
    currency: str
    rent_payer: RentPayer | None
    support: str
    exit_reason: ExitReason | None
    exit_words: str
    nights: int
    checks: tuple[SafetyCheckRow, ...]
    version: int

    @property
    def latest_check(self) -> SafetyCheckRow | None:
        return self.checks[0] if self.checks else None


@dataclass(frozen=True, slots=True)
class OverlapRow:
    """Nights that two stays both claim: said, not refused, and counted once."""

    since: date
    until: date
    nights: int
    first: PlacementRow
    second: PlacementRow


@dataclass(frozen=True, slots=True)
class NightsCounted:
    """Nights of a period: under our roof (shelter bed, own room, transitional flat), and in any known place."""

    in_shelter: int
    in_all: int


@dataclass(frozen=True, slots=True)
class Housing:
    """All stays of a case, the latest first."""

    placements: tuple[PlacementRow, ...]
    current: PlacementRow | None
    overlaps: tuple[OverlapRow, ...]
    nights: NightsCounted
    nights_unknown: int
    today: date

    @property
    def earlier(self) -> tuple[PlacementRow, ...]:
        """Stays that began and are not the current one."""
        return tuple(stay for stay in self.placements if stay is not self.current and stay.since <= self.today)

    @property
    def planned(self) -> tuple[PlacementRow, ...]:
        return tuple(stay for stay in self.placements if stay.since > self.today)
