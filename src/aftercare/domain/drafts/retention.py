"""A legal hold as it is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftercare.domain.retention import HoldReason


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """Why, since when (empty: today), and until when if that is known."""

    reason: HoldReason
    words: str = ""
    since: date | None = None
    until: date | None = None
