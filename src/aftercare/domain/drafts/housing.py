"""Drafts of where she lives: a stay, and the look at a place before or while she lives there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from aftercare.domain.codes import Answer, ExitReason, PlacementKind, RentPayer, SafetyCheckPoint


@dataclass(frozen=True, slots=True)
class PlacementDraft:
    """A stay. `ends_id` names an earlier stay that ends on the day this one begins, where that was agreed."""

    kind: PlacementKind | None = None
    name: str = ""
    address: str = ""
    since: date | None = None
    until: date | None = None
    move_on_by: date | None = None
    rent: Decimal | None = None
    currency: str = ""
    rent_payer: RentPayer | None = None
    support: str = ""
    exit_reason: ExitReason | None = None
    exit_words: str = ""
    ends_id: UUID | None = None
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class SafetyCheckDraft:
    """A safety check of one placement; a point without an answer is not known."""

    placement_id: UUID
    on: date | None = None
    answers: tuple[tuple[SafetyCheckPoint, Answer], ...] = ()
    concerns: str = ""
    id: UUID | None = None
    version: int | None = None
