"""Drafts of relatives, contacts with them, and moves, stops and visits on the reunification ladder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import Answer, FamilyContactWay, RelativeKind, Rung, StopKind


@dataclass(frozen=True, slots=True)
class RelativeDraft:
    name: str = ""
    relation: RelativeKind | None = None
    whereabouts: str = ""
    phone: str = ""
    her_wish: str = ""
    was_recruiter: Answer = Answer.NOT_KNOWN
    knows_where_she_is: Answer = Answer.NOT_KNOWN
    words: str = ""
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FamilyContactDraft:
    relative_id: UUID | None = None
    on: date | None = None
    way: FamilyContactWay | None = None
    minutes: int | None = None
    words: str = ""
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class LadderDraft:
    """A ladder towards one relative or a household."""

    relative_id: UUID | None = None
    household: str = ""
    is_child: bool = False
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class LadderMoveDraft:
    """A move to a rung with what makes it right; domain.reunification says what is still missing."""

    rung: Rung
    on: date | None = None
    consent_on: date | None = None
    assent_on: date | None = None
    guardian: str = ""
    best_interest_on: date | None = None
    safety_answered: bool = False
    safety_words: str = ""
    safe_to_proceed: Answer = Answer.NOT_KNOWN
    she_is_willing: Answer = Answer.NOT_KNOWN
    family_is_willing: Answer = Answer.NOT_KNOWN
    means: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class StopDraft:
    """A stop of another kind than her veto, which needs no form."""

    kind: StopKind | None = None
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class LiftDraft:
    """Lifting a stop; `at_her_word` says that she herself asked for it."""

    on: date | None = None
    at_her_word: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpVisitDraft:
    """A visit after the return. `goal_words` is what she wants now, where an answer is «no»."""

    day: int
    on: date | None = None
    safe: Answer = Answer.NOT_KNOWN
    housed: Answer = Answer.NOT_KNOWN
    occupied: Answer = Answer.NOT_KNOWN
    wants_to_stay: Answer = Answer.NOT_KNOWN
    words: str = ""
    goal_words: str = ""
