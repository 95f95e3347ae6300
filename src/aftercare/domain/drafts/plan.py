"""Drafts of the plan: areas, goals, steps, progress, what two people agree, and the end of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.codes import AreaState, ClosureReason, Level, StepBarrier, StepDoer
from aftercare.domain.rows.agreement import Signature
from aftercare.domain.versions import PlanContent


@dataclass(frozen=True, slots=True)
class AreaDraft:
    """Whether an area is worked on, and her words about it."""

    area: str
    state: AreaState = AreaState.ACTIVE
    words: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal in her words; `area` may be another one than before: then the goal moves."""

    area: str
    words: str
    baseline: str = ""
    aim: str = ""
    target_on: date | None = None
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step of a goal; `repeat` is an RRULE of iCalendar or empty.

    A barrier makes the step blocked, no barrier makes it open; a step that is done or dropped stays so.
    """

    words: str
    doer: StepDoer = StepDoer.STAFF
    staff_id: UUID | None = None
    provider: str = ""
    due_on: date | None = None
    repeat: str = ""
    barrier: StepBarrier | None = None
    barrier_words: str = ""
    waits_for_id: UUID | None = None
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class ProgressDraft:
    """How an area went; at least a narrative or one of the two answers."""

    area: str
    on: date
    narrative: str = ""
    staff_level: Level | None = None
    own_level: Level | None = None
    step_ids: tuple[UUID, ...] = ()
    restricted: bool = False
    id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """What was agreed, as it was shown to both when they signed."""

    content: PlanContent
    agreed_on: date
    review_on: date | None
    her_signature: Signature
    worker_signature: Signature
    language: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class ClosingDraft:
    """The end of a case; with `plan_follow_ups` the visits after 3, 6 and 12 months go into the diary."""

    on: date
    reason: ClosureReason | None = None
    words: str = ""
    plan_follow_ups: bool = False
