"""Drafts of an assessment: several areas at once, in two voices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftercare.domain.codes import Level


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What was said about one area; None where that voice was not asked."""

    area: str
    staff: Level | None = None
    own: Level | None = None
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return self.staff is None and self.own is None and not self.words.strip()


@dataclass(frozen=True, slots=True)
class AssessmentDraft:
    """All areas of one occasion; those without an answer leave no trace."""

    answers: tuple[AnswerDraft, ...]
    on: date | None = None
    setting: str = ""
    words: str = ""
