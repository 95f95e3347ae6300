"""The log of the vault as tests read it: what was written since the test began."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, overload
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.records.audit import AUDIT_ENTRY
from aftercare.vault.opened import OpenVault

Line = tuple[str, str, UUID | None, str]


class Ledger(Sequence[Line]):
    """The log since the test began (or `clear`): (action, kind, object, reason) of each entry."""

    def __init__(self, vault: OpenVault) -> None:
        self._vault = vault
        self._after = 0
        self.clear()

    def clear(self) -> None:
        with Session(self._vault.engine) as session:
            self._after = max(session.scalars(select(AUDIT_ENTRY.c.seq)), default=0)

    def _lines(self) -> list[Line]:
        entry = AUDIT_ENTRY.c
        wanted = select(entry.action, entry.kind, entry.object_id, entry.reason).where(entry.seq > self._after)
        with Session(self._vault.engine) as session:
            return [tuple(row) for row in session.execute(wanted.order_by(entry.seq))]

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: Any) -> Any:
        return self._lines()[at]

    def __len__(self) -> int:
        return len(self._lines())

    def __eq__(self, other: object) -> bool:
        return self._lines() == list(other) if isinstance(other, Sequence) else False

    __hash__ = None  # type: ignore[assignment]
