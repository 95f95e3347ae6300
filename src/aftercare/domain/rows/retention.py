"""Rows about terms, legal holds, what a deletion would take, and certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from aftercare.domain.retention import Extent, HoldReason, Kept


@dataclass(frozen=True, slots=True)
class DueRow:
    """Somebody of whose record something is due: which kinds, each since when, and whether a hold stands."""

    survivor_id: UUID
    case_code: str
    closed_on: date
    due: Mapping[Kept, date]
    is_held: bool

    @property
    def since(self) -> date:
        """Since when anything is due."""
        return min(self.due.values())


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold, standing or over."""

    id: UUID
    survivor_id: UUID
    case_code: str
    reason: HoldReason
    words: str
    since: date
    until: date | None
    set_by: str
    lifted_on: date | None
    lifted_by: str
    lifted_words: str
    stands: bool
    version: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody who opens a record should know: that it is held, and that its words were deleted."""

    hold: HoldRow | None = None
    words_gone_on: date | None = None


@dataclass(frozen=True, slots=True)
class PurgeOrder:
    """What is to be deleted of one person."""

    survivor_id: UUID
    extent: Extent
    kinds: frozenset[Kept] = frozenset()
    """Which words go, for a partial deletion."""


@dataclass(frozen=True, slots=True)
class PurgePreview:
    """What a deletion would take: records by table, remembered changes, drafts; what stays; who would stop it."""

    case_code: str
    extent: Extent
    counts: Mapping[str, int]
    changes: int
    drafts: int
    is_held: bool
    is_open: bool
    due: Mapping[Kept, date]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def may_go(self) -> bool:
        return not self.is_held and not self.is_open


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a deletion reached: how many backups went, and the places that wait until they are back."""

    backups_deleted: int = 0
    waiting: tuple[str, ...] = ()
    fresh_backup: int = 0
    """The number of the backup that was made afterwards; 0: none yet."""
    destroyed: int | None = 0
    """How many folders of earlier records, left by restores, went too; None: deleted before they were reached."""
    left: tuple[str, ...] = ()
    """The names of those that could not be destroyed yet."""


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as it is listed and printed; nothing in it says of whom."""

    id: UUID
    number: int
    at: datetime
    extent: Extent
    kinds: tuple[Kept, ...]
    counts: Mapping[str, int]
    done_by: str
    agreed_by: str
    log_seq: int
    fingerprint: str
    reach: Reach = field(default_factory=Reach)
    cleaned_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ErasureRow:
    """What a certificate says of records that are gone altogether; made from what was known just before."""

    organisation: str
    at: datetime
    counts: Mapping[str, int]
    done_by: str
    agreed_by: str
    log_seq: int
    fingerprint: str
    backups_too: bool
    backups_deleted: int = 0
    asides_deleted: int = 0
    """How many folders of earlier records, kept aside by restores, were destroyed too."""
    places_left: int = 0
    """How many places were not there, or did not let go what they hold."""
