"""The people who work here, as the administration shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from aftercare.domain.permissions import Role


class StaffState(StrEnum):
    """How an account stands: what the administrator can do next follows from it."""

    WORKING = "working"  # signs in with a passphrase of their own
    WAITING = "waiting"  # has a one-time code that was not used yet
    CODE_EXPIRED = "code_expired"  # needs another code
    DISABLED = "disabled"
    REMOVED = "removed"  # disabled, and the keys were changed after it


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One account; `code_expires` only while it waits, `last_login` None for somebody who never signed in."""

    staff_id: UUID
    login_name: str
    display_name: str
    roles: frozenset[Role]
    state: StaffState
    version: int
    code_expires: datetime | None = None
    last_login: datetime | None = None

    @property
    def is_active(self) -> bool:
        return self.state not in (StaffState.DISABLED, StaffState.REMOVED)


@dataclass(frozen=True, slots=True)
class CodeIssued:
    """A one-time code to be handed over: shown once, kept nowhere. `expires` in UTC."""

    staff_id: UUID
    login_name: str
    display_name: str
    expires: datetime
    groups: tuple[str, ...] = field(repr=False)

    @property
    def text(self) -> str:
        return "-".join(self.groups)
