"""Drafts of staff accounts."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from aftercare.domain.permissions import Role


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """Somebody who is to work here: what they type at the entrance, what stands on plans, and their roles."""

    login_name: str
    display_name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class StaffNamesDraft:
    """Other names for an account; `id` and `version` name the record that is corrected."""

    id: UUID
    version: int
    login_name: str
    display_name: str
