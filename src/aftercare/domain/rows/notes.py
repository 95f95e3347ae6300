"""Rows of notes, as lists, the timeline and one opened note show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from aftercare.domain.codes import NoteKind


@dataclass(frozen=True, slots=True)
class AddendumRow:
    """What was added to a locked note; without words where it is restricted and not open to the reader."""

    id: UUID
    words: str
    author: str
    written_at: datetime
    restricted: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note. `is_hidden`: it is restricted and not open to the reader, who learns only that it exists.

    `may_correct` until it locks at `locks_at`; after that, addenda. `moved_from` is the code of the person whose note
    it was by mistake.
    """

    id: UUID
    survivor_id: UUID
    case_id: UUID
    version: int
    area: str | None
    kind: NoteKind | None
    on: date
    at: time | None
    minutes: int | None
    present: str
    words: str
    restricted: bool
    is_hidden: bool
    author: str
    written_at: datetime
    locks_at: datetime
    may_correct: bool
    may_move: bool
    moved_from: str
    addenda: tuple[AddendumRow, ...]

    @property
    def place(self) -> NotePlace:
        return NotePlace(self.on, self.at, self.id)


@dataclass(frozen=True, slots=True)
class NotePlace:
    """Where a note stands in its list, for asking for what follows it."""

    on: date
    at: time | None
    id: UUID


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """What a list of notes shows; empty means everything. `text` is looked for as the search does."""

    area: str | None = None
    kind: NoteKind | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        return self.area is None and self.kind is None and not self.text.strip()


@dataclass(frozen=True, slots=True)
class NotePage:
    """One page of notes, newest first; `total` of the filter is counted for the first page only (else 0)."""

    rows: tuple[NoteRow, ...]
    total: int
    has_more: bool
