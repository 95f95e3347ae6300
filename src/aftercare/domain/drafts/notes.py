"""Drafts of notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from aftercare.domain.codes import NoteKind


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """What happened; `on` None means today. `id` and `version` name the note that is corrected."""

    words: str
    area: str | None = None
    kind: NoteKind = NoteKind.OTHER
    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    present: str = ""
    restricted: bool = False
    id: UUID | None = None
    version: int | None = None
