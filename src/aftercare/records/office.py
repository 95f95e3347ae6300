"""What the office itself keeps: settings, own areas, printed reports, imports, and the history of every change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.domain import codes
from aftercare.domain.secrecy import Secret
from aftercare.records.base import Base, Concerning, OfCase, Record, refers_to

OFFICE = "office"
"""The setting that holds what the organisation decided for everybody."""

ROTATION_DUE = "rotation_due"
"""The setting that stands while the key of the records should be changed: since when, and what came back."""


class Setting(Base):
    """One setting of the organisation, by name; the value is any JSON."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[dict[str, Any]]


class OwnArea(Record):
    """An area as this organisation uses it: one of its own, or a built-in one relabelled or hidden."""

    __tablename__ = "own_area"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    label: Mapped[str] = mapped_column(String(80), default="")
    colour: Mapped[str] = mapped_column(String(7), default="")
    hidden: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class IssuedReport(OfCase, Record):
    """A page that was printed or saved: its number stands in its footer. The file itself is not kept."""

    __tablename__ = "issued_report"

    number: Mapped[int] = mapped_column(unique=True)
    kind: Mapped[codes.ReportKind]
    profile: Mapped[codes.ReportProfile]
    period_from: Mapped[date | None] = mapped_column(default=None)
    period_until: Mapped[date | None] = mapped_column(default=None)
    areas: Mapped[list[str]] = mapped_column(default_factory=list)
    pages: Mapped[int] = mapped_column(default=0)
    copies: Mapped[int] = mapped_column(default=1)


class Request(Base):
    """One thing that somebody did: the unit of undo. `name` is the service's; nothing personal is in it."""

    __tablename__ = "request"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(60))
    undone_by: Mapped[UUID | None] = mapped_column(default=None)
    undoes: Mapped[UUID | None] = mapped_column(default=None)
    released: Mapped[bool] = mapped_column(default=False)


class Change(Concerning, Base):
    """What one request did to one record: «created», «changed» or «removed».

    `fields` maps field to [before, after] for a change and field to value for a removal; nothing for a creation.
    """

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_kind_object_id", "kind", "object_id"),)

    seq: Mapped[int] = mapped_column(Integer, primary_key=True, init=False)
    request_id: Mapped[UUID] = mapped_column(refers_to("request.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[UUID]
    survivor_id: Mapped[UUID | None] = mapped_column(index=True, default=None)
    action: Mapped[str] = mapped_column(String(8))
    fields: Mapped[dict[str, Any] | None] = mapped_column(default=None)


class SearchEntry(Concerning, Base):
    """The folded words of one record, as the full-text index reads them (vault/search_index.py).

    `secret` is the class of words that not everybody may find.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_object_id", "object_id", unique=True),
        # what a person is found by, without passing her notes: the list is filtered by it row by row
        Index("ix_search_entry_of_people", "survivor_id", sqlite_where=text("kind = 'person'")),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, init=False)
    kind: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[UUID]
    survivor_id: Mapped[UUID] = mapped_column(index=True)
    secret: Mapped[Secret | None] = mapped_column(default=None)
    text: Mapped[str]
