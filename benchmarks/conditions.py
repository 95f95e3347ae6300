"""What every row is given: how many people, how thorough, and the folder where vaults and results are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from aftercare.domain.clock import stopped_at

OUT = Path(__file__).resolve().parent / "out"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOCK = stopped_at(NOW)
PASSPHRASE = "orchard lantern violet harbour"
LOGIN = "rahman"


@dataclass(frozen=True, slots=True)
class Conditions:
    """`quick` takes fewer turns; `huge` allows vaults of ten times as many people; `as_kept` takes a
    vault that was made before something changed that decides what is in it."""

    people: int = 10_000
    quick: bool = False
    huge: bool = False
    as_kept: bool = False
    folder: Path = OUT

    def turns(self, thorough: int) -> int:
        """How often to repeat what a thorough run repeats so often."""
        return max(2, thorough // 5) if self.quick else thorough
