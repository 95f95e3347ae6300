"""What somebody wants printed: about which case, for whom, over which time, with which chapters, on which paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from aftercare.domain.codes import ReportProfile

PaperSize = Literal["A4", "Letter"]


class WayOut(StrEnum):
    """How a report leaves the program."""

    PRINTED = "printed"
    SAVED = "saved"


class Narratives(StrEnum):
    """Which progress entries are printed in words."""

    CHOSEN = "chosen"
    LAST = "last"  # of each area, within the period
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ProgressOrder:
    """A progress report. No `since`: from intake; no `until`: up to today; no `areas`: all that have something in them.

    Without a `language` it is printed in the office's or, for the survivor, in hers where there are words for it.
    `entries` are the progress entries whose narrative is printed where they are chosen one by one.
    """

    case_id: UUID
    profile: ReportProfile = ReportProfile.INTERNAL
    since: date | None = None
    until: date | None = None
    areas: tuple[str, ...] = ()
    language: str = ""
    entries: frozenset[UUID] = field(default_factory=frozenset)
    narratives: Narratives = Narratives.CHOSEN
    paper: PaperSize = "A4"
    large_print: bool = False


@dataclass(frozen=True, slots=True)
class PlanSheetOrder:
    """The survivor's own page of the plan: always for her, in large print."""

    case_id: UUID
    areas: tuple[str, ...] = ()
    language: str = ""
    paper: PaperSize = "A4"


ReportOrder = ProgressOrder | PlanSheetOrder
