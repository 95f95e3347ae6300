"""How long what is kept: terms per kind of record, legal hold, and which words go while the counts stay.

Nothing is ever deleted by itself: these rules say what is due, and a person carries it out (services/purging.py). A
term runs in full years from the day on which the last of a person's cases was closed; while one is open nothing is due.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kept(StrEnum):
    """Kinds of record that have a term of their own; the whole record goes last."""

    CONTACT = "contact"
    IDENTITY = "identity"
    NARRATIVE = "narrative"
    HEALTH = "health"
    PRINTS = "prints"
    WHOLE = "whole"


WORDS = frozenset(Kept) - {Kept.WHOLE}
"""Everything that goes while the counts stay."""


class Extent(StrEnum):
    """How far a deletion went."""

    PARTIAL = "partial"
    WHOLE = "whole"


class HoldReason(StrEnum):
    """Why nothing of a person's record may be deleted for now."""

    COURT = "court"
    INVESTIGATION = "investigation"
    COMPLAINT = "complaint"
    COMPENSATION = "compensation"
    AUDIT = "audit"
    HER_WISH = "her_wish"
    OTHER = "other"


Terms = Mapping[Kept, int]
"""Full years after the last case was closed, by kind."""

DEFAULT_TERMS: Terms = {
    Kept.CONTACT: 1,
    Kept.IDENTITY: 1,
    Kept.NARRATIVE: 3,
    Kept.HEALTH: 3,
    Kept.PRINTS: 3,
    Kept.WHOLE: 7,
}


def years_after(day: date, years: int) -> date:
    """The same day so many years later; after 29 February, where there is none, 1 March: never a day too early."""
    try:
        return day.replace(year=min(day.year + years, date.max.year))
    except ValueError:
        return date(day.year + years, 3, 1)


def due_on(kind: Kept, closed_on: date, terms: Terms) -> date:
    """The day from which this kind is due; no part is kept longer than the whole."""
    return years_after(closed_on, min(terms[kind], terms[Kept.WHOLE]))


def due_kinds(closed_on: date | None, today: date, terms: Terms, gone: Mapping[Kept, date]) -> dict[Kept, date]:
    """What of a person's record is due, each with the day since which; nothing of somebody whose case is open.

    `gone` says on which day a kind was deleted last: it is not due again unless a case was closed after that.
    """
    if closed_on is None:
        return {}
    due = {kind: due_on(kind, closed_on, terms) for kind in Kept}
    return {
        kind: since for kind, since in due.items() if since <= today and not (kind in gone and gone[kind] >= closed_on)
    }


@dataclass(frozen=True, slots=True)
class Hold:
    """From when until when a record is held; `until` is its last day, `lifted_on` when somebody ended it."""

    since: date
    until: date | None = None
    lifted_on: date | None = None

    def holds(self, today: date) -> bool:
        """Whether nothing may be deleted today: a hold holds from the moment it is set, also before its first day."""
        return self.lifted_on is None and (self.until is None or today <= self.until)


# --- which words are of which kind ---------------------------------------------------------------------------------

ROWS: dict[Kept, tuple[str, ...]] = {
    Kept.CONTACT: ("survivor_name",),
    Kept.IDENTITY: (),
    Kept.NARRATIVE: ("alert",),
    Kept.HEALTH: (),
    Kept.PRINTS: ("issued_report",),
    Kept.WHOLE: (),
}
"""Tables of which a person's rows go altogether: nothing is counted by them."""

FIELDS: dict[Kept, dict[str, tuple[str, ...]]] = {
    Kept.CONTACT: {
        "survivor": (
            "contact_ways",
            "contact_phone",
            "contact_email",
            "contact_from",
            "contact_until",
            "contact_words",
            "name_to_use",
            "may_sign",
        ),
        "dependant": ("name",),
        "relative": ("name", "whereabouts", "phone"),
        "placement": ("name", "address"),
        "reunification": ("household",),
    },
    Kept.IDENTITY: {
        "survivor": ("birth_date",),
        "dependant": ("birth_date",),
        "identity_number": ("number", "valid_until", "whereabouts"),
    },
    Kept.NARRATIVE: {
        "addendum": ("words",),
        "appointment": ("provider", "words", "accompanied_by"),
        "assessment": ("setting", "words"),
        "deadline": ("words",),
        "dependant": ("words",),
        "enrolment": ("course", "provider", "certificate"),
        "exclusion": ("words",),
        "family_contact": ("words",),
        "follow_up_visit": ("words",),
        "glass_opening": ("reason", "review_words"),
        "goal": ("words", "baseline", "aim"),
        "job": ("employer", "role", "wage", "hours", "words"),
        "ladder_move": ("guardian", "safety_words", "means", "words"),
        "ladder_stop": ("words", "lifted_words"),
        "legal_hold": ("words", "lifted_words"),
        "note": ("present", "words"),
        "placement": ("support", "exit_words"),
        "plan_area": ("words",),
        "plan_version": ("content", "her_signature", "worker_signature", "interpreter"),
        "progress_entry": ("narrative",),
        "relative": ("her_wish", "words"),
        "safe_job_check": ("answers", "conditions"),
        "safety_check": ("concerns",),
        "spoken_language": ("words",),
        "stage_change": ("words",),
        "step": ("words", "provider", "barrier_words"),
        "survivor": ("gender_words", "vulnerability_words", "told_already"),
        "survivor_case": ("referral_words", "risk_reason", "closure_words"),
    },
    Kept.HEALTH: {
        "survivor": ("special_needs_words",),
        "health_fact": ("words", "dose", "provider", "who_may_see"),
    },
    Kept.PRINTS: {},
    Kept.WHOLE: {},
}
"""Fields that are emptied, by kind and table: words, numbers and names. Days, codes, minutes and levels stay."""

STAY: dict[str, tuple[str, ...]] = {
    "appointment": ("interpreter_language",),
    "assessment": ("instrument",),
    "enrolment": ("language_level", "barriers"),
    "identity_number": ("country",),
    "placement": ("currency",),
    "plan_version": ("language",),
    "progress_entry": ("step_ids",),
    "purged": ("kinds",),
    "safety_check": ("answers",),
    "spoken_language": ("language",),
    "step": ("repeat",),
    "survivor": ("case_code", "citizenships", "special_needs", "vulnerabilities"),
}
"""Texts and lists that are codes or keys, whatever their type; «area» is one everywhere. A test names what is left."""


def emptied(table: str, field: str, value: Any) -> Any:
    """What stays of a value when its words go: a year of a day of birth, answers without remarks, else nothing."""
    if value is None:
        return None
    if field == "birth_date":
        return str(value)[:4]
    if (table, field) == ("safe_job_check", "answers"):
        return {
            question: {"answer": said["answer"], "words": ""}
            for question, said in value.items()
            if isinstance(said, dict) and "answer" in said
        }
    if (table, field) == ("plan_version", "content"):
        return {"form": value.get("form"), "areas": []}
    if isinstance(value, str):
        return ""
    return [] if isinstance(value, list) else None
