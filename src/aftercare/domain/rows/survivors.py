"""Rows of the list of survivors and the head of a person's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from aftercare.domain.codes import Gender, RiskLevel, Stage
from aftercare.domain.partial_date import Age


@dataclass(frozen=True, slots=True)
class SurvivorRow:
    """One line of the list: the case shown is the latest. No name: that is asked for, and logged."""

    survivor_id: UUID
    case_id: UUID
    number: int
    case_code: str
    stage: Stage
    risk: RiskLevel | None
    age: Age | None
    gender: Gender | None
    languages: tuple[str, ...]
    worker: str
    opened_on: date
    last_note_on: date | None
    review_on: date | None


class SurvivorOrder(StrEnum):
    """By what the list is sorted."""

    CODE = "code"
    STAGE = "stage"
    RISK = "risk"
    OPENED = "opened"
    REVIEW = "review"
    LAST_NOTE = "last_note"


class Whose(StrEnum):
    """Whose cases the list shows."""

    MINE = "mine"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SurvivorFilter:
    """What the list shows and in which order; no stage named means every stage but closed ones."""

    text: str = ""
    stages: frozenset[Stage] = frozenset()
    risks: frozenset[RiskLevel] = frozenset()
    whose: Whose = Whose.ALL
    order: SurvivorOrder = SurvivorOrder.CODE
    descending: bool = False


@dataclass(frozen=True, slots=True)
class SurvivorPage:
    """One page of the list: `total` of the filter, and whether more rows follow the last one here.

    The total is None where a word matches so many that counting them takes longer than the page: asked for apart.
    """

    rows: tuple[SurvivorRow, ...]
    total: int | None
    has_more: bool


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A spoken language by BCP 47 tag."""

    tag: str
    interpreter: bool


@dataclass(frozen=True, slots=True)
class AlertRow:
    id: UUID
    words: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of a person, for choosing between several."""

    case_id: UUID
    number: int
    stage: Stage
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class PersonHead:
    """What stands at the top of every page about a person."""

    survivor_id: UUID
    case_id: UUID
    number: int
    case_code: str
    stage: Stage
    risk: RiskLevel | None
    risk_reason: str
    risk_review_on: date | None
    gender: Gender | None
    age: Age | None
    languages: tuple[LanguageRow, ...]
    contact_ways: tuple[str, ...]
    contact_from: time | None
    contact_until: time | None
    never_leave_message: bool
    contact_words: str
    worker: str
    alerts: tuple[AlertRow, ...]
    cases: tuple[CaseRow, ...]
    open_until: datetime | None = None
    """Until when the reader sees her, who is not among theirs; None: without an end."""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What the search before create compares: everything known of one person, ready to be likened."""

    survivor_id: UUID
    case_code: str
    names: tuple[str, ...]
    birth_date: str | None
    phones: tuple[str, ...]
    id_numbers: tuple[str, ...]
