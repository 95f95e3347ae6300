"""Notes, their addenda, and the drafts of everything that is being typed."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.domain import codes
from aftercare.domain.secrecy import Secret, secret_of
from aftercare.records.base import Base, OfCase, OfSurvivor, Record, refers_to


class Note(OfCase, Record):
    """What happened. It can be corrected until it locks (24 hours, or as the organisation sets), then by addenda."""

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_case_id_on_at", "case_id", "on", "at"),
        Index("ix_note_case_id_created_at", "case_id", "created_at"),
    )
    search_kind = "note"

    area: Mapped[str | None] = mapped_column(String(40), default=None)
    kind: Mapped[codes.NoteKind] = mapped_column(default=codes.NoteKind.OTHER)
    on: Mapped[date]
    at: Mapped[time | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    present: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str]
    restricted: Mapped[bool] = mapped_column(default=False)
    moved_from_id: Mapped[UUID | None] = mapped_column(refers_to("survivor.id"), index=True, default=None)

    @property
    def secret(self) -> Secret | None:
        return secret_of(self.area) if self.restricted else None

    def search_words(self) -> str:
        return self.words


class Addendum(OfSurvivor, Record):
    """A correction or addition to a locked note, by whom and when; as restricted as the note."""

    __tablename__ = "addendum"
    search_kind = "note"

    note_id: Mapped[UUID] = mapped_column(refers_to("note.id"), index=True)
    words: Mapped[str]
    area: Mapped[str | None] = mapped_column(String(40), default=None)
    restricted: Mapped[bool] = mapped_column(default=False)

    @property
    def secret(self) -> Secret | None:
        return secret_of(self.area) if self.restricted else None

    def search_words(self) -> str:
        return self.words


class Draft(Base):
    """What one person has typed and not saved: offered again to the same person only.

    `form` names the form, `about` what it is about (a record's key or nothing); `content` holds the fields and the
    cursor. It is no `Record`: it has no history, and saving the form deletes it in the same transaction.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("staff_id", "form", "about"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(refers_to("staff.id"))
    form: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(80))
    content: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
