"""Rows about who may see what and whom: accounts and teams, exclusions, opened glass, approvals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from aftercare.domain.permissions import Permission, Reach, Role


@dataclass(frozen=True, slots=True)
class AccessRow:
    """What one colleague may do and whom they see: by their roles, and as decided for them."""

    staff_id: UUID
    display_name: str
    roles: frozenset[Role]
    active: bool
    reach: Reach | None
    """In effect; None: nobody's records."""
    own_reach: Reach | None
    """As decided for this person; None: as the roles say."""
    given: frozenset[Permission]
    withheld: frozenset[Permission]
    """As decided for this person; what the policy of a computer keeps from them is not among it."""
    permissions: frozenset[Permission]
    """In effect, here."""
    teams: tuple[UUID, ...]
    version: int


@dataclass(frozen=True, slots=True)
class TeamRow:
    id: UUID
    name: str
    members: int
    version: int


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """A colleague who does not see this person."""

    id: UUID
    staff_id: UUID
    display_name: str
    since: date
    words: str
    excluded_by: str
    version: int


@dataclass(frozen=True, slots=True)
class Exclusions:
    """Who must not see this record, and who could be added. `may_change` False: not for this reader at all."""

    may_change: bool
    rows: tuple[ExclusionRow, ...] = ()
    colleagues: tuple[tuple[UUID, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedGlass:
    """A record that is open for a while though it is not among mine; `until` None: it is among mine."""

    survivor_id: UUID
    until: datetime | None


@dataclass(frozen=True, slots=True)
class GlassReviewRow:
    """One access beyond somebody's own records, for whoever reviews it."""

    id: UUID
    survivor_id: UUID
    case_code: str
    staff_id: UUID
    display_name: str
    reason: str
    opened_at: datetime
    until: datetime
    reviewed_at: datetime | None
    reviewed_by: str
    review_words: str
    may_review: bool
    """False for one's own."""
    version: int


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """Something that somebody wants to do and somebody else has to agree to."""

    id: UUID
    action: str
    wanted: UUID | None
    words: str
    asked_by: str
    asked_at: datetime
    until: datetime
    answered_by: str
    answered_at: datetime | None
    agreed: bool
    carried_out_at: datetime | None
    may_answer: bool
    """False for what one asked oneself, and for what is answered or over."""
    version: int
    about: str = ""
    """Whose account, or which record by its code; empty where the action says it all."""


@dataclass(frozen=True, slots=True)
class AccessNewsRow:
    """Somebody was let in or may see or do something else: who did it (empty: the vault itself), and whose it is.

    `reason` holds codes: roles, permissions, how far somebody sees.
    """

    seq: int
    at: datetime
    by: str
    action: str
    whose: str
    reason: str
