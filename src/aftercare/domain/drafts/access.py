"""What is decided for one colleague besides their roles, and who is of a team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aftercare.domain.permissions import Permission, Reach


@dataclass(frozen=True, slots=True)
class AccessDraft:
    """`reach` None: as the roles say. Only what is adjustable may be given or withheld."""

    reach: Reach | None = None
    given: frozenset[Permission] = frozenset()
    withheld: frozenset[Permission] = frozenset()
    teams: frozenset[UUID] = frozenset()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """`id` None: a new team."""

    name: str
    members: frozenset[UUID] = frozenset()
    id: UUID | None = None
    version: int | None = None
