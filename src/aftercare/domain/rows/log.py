"""Rows of the log and of the history of a record, as their pages and files show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class LogGroup(StrEnum):
    """What a line of the log is about, to filter by."""

    LOOKED = "looked"
    CHANGED = "changed"
    LEFT = "left"  # printed, saved as a file, exported
    SIGNED_IN = "signed_in"
    KEYS = "keys"  # accounts, codes, backups, restores, whatever the vault itself says
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines are wanted; days are those of the office's clock, both included."""

    group: LogGroup | None = None
    actor_id: UUID | None = None
    survivor_id: UUID | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line: `at` in UTC, `actor` empty for the vault itself.

    `about` is the code of the person, or the name of the colleague whose account it is.
    """

    seq: int
    at: datetime
    actor: str
    action: str
    kind: str
    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """Lines, newest first; `total` is counted for the first page only (0 for the others)."""

    rows: tuple[LogRow, ...]
    total: int
    more: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody whose lines can be asked for."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looked at a person: how often, when first and last, and whether anything of her left the program."""

    staff_id: UUID
    name: str
    looks: int
    first_at: datetime
    last_at: datetime
    left: int


@dataclass(frozen=True, slots=True)
class LogExported:
    """A file of the log: its lines, and what vouches for it."""

    lines: int
    last_seq: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which changes of a person's records are wanted: of one kind of record, by one colleague."""

    kind: str = ""
    actor_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class HistoryChoices:
    """What the history of a person can be filtered by: kinds of record that were changed, and who changed them."""

    kinds: tuple[str, ...]
    colleagues: tuple[Colleague, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, changed once. Values are as the history keeps them (JSON); keys of people are names.

    `change_seq` with `field` is what `restore_value` wants; `restorable` is false where a rule keeps the field from
    being set by itself, and where it has that value now.
    """

    change_seq: int
    at: datetime
    actor: str
    kind: str
    object_id: UUID
    action: str
    field: str
    before: Any
    after: Any
    restorable: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Changes of a person's records, newest first; `before_seq` asks for those that follow."""

    changes: tuple[FieldChange, ...]
    before_seq: int | None
