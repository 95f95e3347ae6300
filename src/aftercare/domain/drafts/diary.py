"""Drafts of an appointment and of a deadline, of any area, and of a rule about deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from aftercare.domain.codes import AppointmentKind, AppointmentState, Area, DeadlineKind, InterpreterState


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """An agreed time; `area` is a code of a plan area, or None where it belongs to none."""

    area: str | None = None
    kind: AppointmentKind | None = None
    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    provider: str = ""
    words: str = ""
    state: AppointmentState = AppointmentState.BOOKED
    interpreter: InterpreterState = InterpreterState.NOT_NEEDED
    interpreter_language: str = ""
    accompanied_by: str = ""
    restricted: bool = False
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineDraft:
    area: str | None = Area.LEGAL.value
    kind: DeadlineKind | None = None
    words: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    settled_on: date | None = None
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DeadlineRuleDraft:
    """How long something lasts in a country (ISO 3166-1 alpha-2; empty: everywhere): either days or months."""

    country: str = ""
    kind: DeadlineKind | None = None
    days: int | None = None
    months: int | None = None
    source: str = ""
    valid_from: date | None = None
    at_least: bool = False
