"""What a salvage tells: to whoever asked for it, and to the log of the new vault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from aftercare.domain.clock import Clock
from aftercare.domain.errors import AuditBroken
from aftercare.vault.audit import AuditEvent
from aftercare.vault.header import Anchor
from aftercare.vault.opened import OpenVault
from aftercare.vault.opening import NOBODY
from aftercare.vault.salvage_references import Mended
from aftercare.vault.salvage_rows import Rows, Table

_MENDED_SILENTLY = ("search_entry", "vault_mark")
"""Nobody's records: the words of the search follow from them, and the count of writes stands in the key file."""


@dataclass(frozen=True, slots=True)
class SalvagedTable:
    """One table that was hurt: rows saved, rows known to be lost, whether there may be more, and what was mended."""

    name: str
    saved: int
    lost: int
    perhaps_more: bool
    emptied: int = 0
    stand_ins: int = 0
    set_aside: int = 0


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Where the new vault is, how many rows it took over, and everything that is not as it was."""

    folder: Path
    rows: int
    tables: tuple[SalvagedTable, ...]
    bad_pages: int
    unclaimed_rows: int
    log_tail_lost: bool
    first_bad_entry: int
    made_administrator: bool

    @property
    def lost(self) -> int:
        """Rows known to be lost."""
        return sum(table.lost for table in self.tables) + self.unclaimed_rows


def told_of(vault: OpenVault, found: Rows, mended: Mended, made: UUID | None, anchor: Anchor, folder: Path) -> Salvaged:
    """Everything that is not as it was, counted; `made` is the account that became administrator."""
    bad_entry = 0
    try:
        last = vault.audit.verify_all(lambda _: None, lambda: False)
        bad_entry = last + 1 if last < anchor.audit_seq else 0
    except AuditBroken as broken:
        bad_entry = broken.seq
    return Salvaged(
        folder=folder,
        rows=sum(len(table.rows) for table in found.tables),
        tables=tuple(_told_of_table(table, mended) for table in found.tables if _is_worth_telling(table, mended)),
        bad_pages=found.bad_pages,
        unclaimed_rows=found.unclaimed,
        log_tail_lost=found.log_is_damaged,
        first_bad_entry=bad_entry,
        made_administrator=made is not None,
    )


def log_salvage(
    vault: OpenVault, salvaged: Salvaged, tries: Sequence[AuditEvent], made: UUID | None, clock: Clock
) -> None:
    """What happened, in the new vault's log: passphrases that failed at the door of the damaged one come first."""
    events = [AuditEvent("vault.salvaged", reason=f"rows={salvaged.rows} lost={salvaged.lost}")]
    if made is not None:
        events.append(AuditEvent("vault.salvager_made_administrator", "staff", made))
    if salvaged.first_bad_entry:
        events.append(AuditEvent("vault.log_found_broken", reason=f"seq={salvaged.first_bad_entry}"))
    actor = None if vault.account_id == NOBODY else vault.account_id
    vault.start_work()
    with vault.engine.begin() as connection:
        vault.audit.append_many(connection, clock.now(), None, tries)
        vault.audit.append_many(connection, clock.now(), actor, events)
    vault.write_anchor(told_of_cut=True)
    vault.write_anchor(told_of_cut=True)
    vault.checkpoint()


def _is_worth_telling(table: Table, mended: Mended) -> bool:
    return table.name not in _MENDED_SILENTLY and bool(
        table.lost
        or not table.is_certain
        or mended.emptied[table.name]
        or mended.stand_ins[table.name]
        or mended.set_aside[table.name]
    )


def _told_of_table(table: Table, mended: Mended) -> SalvagedTable:
    return SalvagedTable(
        name=table.name,
        saved=len(table.rows),
        lost=table.lost,
        perhaps_more=not table.is_certain,
        emptied=mended.emptied[table.name],
        stand_ins=mended.stand_ins[table.name],
        set_aside=mended.set_aside[table.name],
    )
