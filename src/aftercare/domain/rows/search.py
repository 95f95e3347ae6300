"""What the search finds: people by their code, notes by a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from aftercare.domain.codes import NoteKind, Stage


class FoundBy(StrEnum):
    """By what a person was found; a name itself is not shown."""

    CODE = "code"
    NAME = "name"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class PersonHit:
    """A person, by code; `case_id` is the latest case."""

    survivor_id: UUID
    case_id: UUID
    case_code: str
    stage: Stage
    worker: str
    found_by: FoundBy
    is_mine: bool


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note; the snippet has the person's names covered by the code unless they were asked for."""

    note_id: UUID
    survivor_id: UUID
    case_id: UUID
    case_code: str
    on: date
    area: str | None
    kind: NoteKind
    author: str
    snippet: str
    restricted: bool
