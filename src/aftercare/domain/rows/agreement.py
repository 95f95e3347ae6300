"""Rows of what was agreed: versions of a plan, their signatures, and what is about to be agreed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from aftercare.domain.codes import PlanVersionState, SignatureWay
from aftercare.domain.differences import Difference
from aftercare.domain.versions import PlanContent

Stroke = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """How somebody agreed; `strokes` are points between 0 and 1, and empty where nothing was drawn."""

    way: SignatureWay
    strokes: tuple[Stroke, ...] = ()

    def to_dict(self) -> dict[str, Any] | None:
        return {"strokes": [[list(point) for point in stroke] for stroke in self.strokes]} if self.strokes else None

    @classmethod
    def from_dict(cls, way: SignatureWay, kept: dict[str, Any] | None) -> Signature:
        strokes = (kept or {}).get("strokes", [])
        return cls(way, tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in strokes))


@dataclass(frozen=True, slots=True)
class PlanVersionRow:
    """A version as it was agreed; its content never changes."""

    id: UUID
    number: int
    state: PlanVersionState
    agreed_on: date
    review_on: date | None
    content: PlanContent
    her_signature: Signature
    worker_signature: Signature
    worker: str
    language: str
    interpreter: str


@dataclass(frozen=True, slots=True)
class AgreementPreview:
    """What is about to be agreed: the next number, the terms, and what differs from the version in force.

    `missing` are codes of `domain.versions.Missing`; `labels` are how the organisation calls and called areas.
    """

    number: int
    content: PlanContent
    changes: tuple[Difference, ...]
    last_agreed_on: date | None
    review_on: date
    missing: tuple[str, ...]
    languages: tuple[str, ...]
    needs_interpreter: bool
    labels: dict[str, str]
