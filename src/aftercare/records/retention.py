"""What keeps records from being deleted, what was deleted, and what remains of a record that is gone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.domain.retention import Extent, HoldReason
from aftercare.records.base import Base, OfSurvivor, Record, refers_to


class LegalHold(OfSurvivor, Record):
    """Nothing of this person's record may be deleted: why, since when, until when, and who ended it."""

    __tablename__ = "legal_hold"

    reason: Mapped[HoldReason]
    words: Mapped[str] = mapped_column(String(300), default="")
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    lifted_on: Mapped[date | None] = mapped_column(default=None)
    lifted_by: Mapped[UUID | None] = mapped_column(refers_to("staff.id"), default=None)
    lifted_words: Mapped[str] = mapped_column(String(300), default="")


class Purged(OfSurvivor, Record):
    """Which kinds of words were deleted of a person whose counts stay, and when."""

    __tablename__ = "purged"

    kinds: Mapped[list[str]]
    on: Mapped[date]
    certificate: Mapped[int]


class Certificate(Record):
    """That something was deleted, how much, and how far it reached; nothing in it says of whom.

    `counts` maps a table to the records that went or were emptied. `reach` is what became of the backups
    (services/forgetting.py); `cleaned_at` when the file of the records was cleared of remains, `finished_at` when
    nothing was left to be done anywhere.
    """

    __tablename__ = "certificate"

    number: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime]
    extent: Mapped[Extent]
    kinds: Mapped[list[str]]
    counts: Mapped[dict[str, Any]]
    agreed_by: Mapped[UUID | None] = mapped_column(refers_to("staff.id"), default=None)
    log_seq: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    reach: Mapped[dict[str, Any]] = mapped_column(default_factory=dict)
    cleaned_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class Stone(Base):
    """The code of a record that is gone as a whole: it is never given to anybody else."""

    __tablename__ = "stone"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    case_code: Mapped[str] = mapped_column(String(20))
    laid_on: Mapped[date]
