"""What stands on paper that opens the records: when every password is lost, or for the first time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from aftercare.domain.drafts.reports import PaperSize


@dataclass(frozen=True, slots=True)
class KitSheet:
    """The sheet of one person: `part` 0 is a whole code, 1 and 2 are parts for two people."""

    part: int
    groups: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class KitContent:
    """The sheets, in the language and on the paper of whoever prints them."""

    sheets: tuple[KitSheet, ...]
    language: str = "en"
    paper: PaperSize = "A4"


@dataclass(frozen=True, slots=True)
class SlipContent:
    """A one-time code on paper; `until` in the time of the place."""

    groups: tuple[str, ...] = field(repr=False)
    until: datetime
    language: str = "en"
    paper: PaperSize = "A4"
