"""What became of damaged records: counts by kind, never a word about a person."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SalvagedKind:
    """One kind of record that is not as it was.

    `perhaps_more`: nothing is left that tells how many there were. `emptied` references led to something lost;
    `stand_ins` were made for lost records that others rest on; `set_aside` could not be kept without what is lost.
    """

    kind: str
    saved: int
    lost: int
    perhaps_more: bool
    emptied: int
    stand_ins: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class SalvageReport:
    """Where the saved records are, and what is not among them.

    `made_administrator`: no administrator could be read, so whoever saved them became one.
    """

    folder: Path
    rows: int
    lost: int
    kinds: tuple[SalvagedKind, ...]
    bad_pages: int
    unclaimed_rows: int
    newest_changes_lost: bool
    first_bad_entry: int
    made_administrator: bool
