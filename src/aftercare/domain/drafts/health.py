"""The draft of a fact about health: short words, never a diagnosis by staff who are no clinicians."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import HealthFactKind


@dataclass(frozen=True, slots=True)
class HealthFactDraft:
    kind: HealthFactKind | None = None
    words: str = ""
    dose: str = ""
    provider: str = ""
    since: date | None = None
    until: date | None = None
    who_may_see: str = ""
    id: UUID | None = None
    version: int | None = None
