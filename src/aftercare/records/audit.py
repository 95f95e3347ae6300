"""Who did what, as a chain, and the mark by which records and header know each other. Only the vault writes here.

Plain tables, not records: an entry is never changed, has no history, and is itself the history of the whole.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Uuid

from aftercare.records.base import Base, Moment

AUDIT_ENTRY = Table(
    "audit_entry",
    Base.metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("utc", Moment(), nullable=False),
    Column("actor", Uuid(), nullable=True),
    Column("action", String(60), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("object_id", Uuid(), nullable=True),
    Column("reason", String(400), nullable=False),
    Column("prev", LargeBinary(32), nullable=False),
    Column("mac", LargeBinary(32), nullable=False),
    Index("ix_audit_entry_object_id", "object_id", "seq"),
)
"""No personal data: the actor is a staff id, the object an id with its kind, the reason a code or a neutral word."""

VAULT_MARK = Table(
    "vault_mark",
    Base.metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("commits", Integer, nullable=False),
    Column("header_sequence", Integer, nullable=False),
)
"""One row (id 1): how many transactions wrote here, and the last header that was written while these records stood."""
