"""The plan: areas, goals in the survivor's words, steps, progress in two voices, and the versions that were agreed."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Index, String, UniqueConstraint, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from aftercare.domain import codes
from aftercare.domain.errors import Bug
from aftercare.records.base import OfCase, Record, refers_to


class Plan(OfCase, Record):
    """The one plan of a case: the working copy; what was agreed stands in its versions."""

    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("case_id"),)

    review_on: Mapped[date | None] = mapped_column(default=None)


class PlanArea(OfCase, Record):
    """An area of a plan; `area` is a code of `codes.Area` or of the organisation's own."""

    __tablename__ = "plan_area"
    __table_args__ = (UniqueConstraint("plan_id", "area"),)

    plan_id: Mapped[UUID] = mapped_column(refers_to("plan.id"))
    area: Mapped[str] = mapped_column(String(40))
    state: Mapped[codes.AreaState] = mapped_column(default=codes.AreaState.ACTIVE)
    words: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class Goal(OfCase, Record):
    """What she wants, in her own words; from where (`baseline`) to where (`aim`), until when."""

    __tablename__ = "goal"

    plan_area_id: Mapped[UUID] = mapped_column(refers_to("plan_area.id"), index=True)
    words: Mapped[str]
    baseline: Mapped[str] = mapped_column(default="")
    aim: Mapped[str] = mapped_column(default="")
    target_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[codes.GoalState] = mapped_column(default=codes.GoalState.PROPOSED)
    position: Mapped[int] = mapped_column(default=0)


class Step(OfCase, Record):
    """What is done next, by whom, until when.

    `repeat` is an RRULE of iCalendar (RFC 5545) without DTSTART; a finished repeating step is followed by a new one
    that names it in `follows_id`.
    """

    __tablename__ = "step"
    __table_args__ = (
        Index("ix_step_state_due_on", "state", "due_on"),
        Index("ix_step_staff_id_state_due_on", "staff_id", "state", "due_on"),
        Index("ix_step_case_id_state_due_on", "case_id", "state", "due_on"),
    )

    goal_id: Mapped[UUID] = mapped_column(refers_to("goal.id"), index=True)
    words: Mapped[str]
    doer: Mapped[codes.StepDoer] = mapped_column(default=codes.StepDoer.STAFF)
    staff_id: Mapped[UUID | None] = mapped_column(refers_to("staff.id"), default=None)
    provider: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[codes.StepState] = mapped_column(default=codes.StepState.OPEN)
    done_on: Mapped[date | None] = mapped_column(default=None)
    barrier: Mapped[codes.StepBarrier | None] = mapped_column(default=None)
    barrier_words: Mapped[str] = mapped_column(default="")
    waits_for_id: Mapped[UUID | None] = mapped_column(refers_to("step.id"), index=True, default=None)
    repeat: Mapped[str] = mapped_column(String(200), default="")
    follows_id: Mapped[UUID | None] = mapped_column(refers_to("step.id"), index=True, default=None)
    position: Mapped[int] = mapped_column(default=0)


class Assessment(OfCase, Record):
    """One occasion on which levels were set over several areas, with the built-in scale or a loaded instrument."""

    __tablename__ = "assessment"

    on: Mapped[date]
    instrument: Mapped[str] = mapped_column(String(80), default="five_step_scale")
    setting: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(default="")


class ProgressEntry(OfCase, Record):
    """How an area goes on one day, in two voices; levels of the built-in scale or an answer that is no level."""

    __tablename__ = "progress_entry"
    __table_args__ = (Index("ix_progress_entry_case_id_area_on", "case_id", "area", "on"),)

    area: Mapped[str] = mapped_column(String(40))
    on: Mapped[date]
    narrative: Mapped[str] = mapped_column(default="")
    staff_level: Mapped[codes.Level | None] = mapped_column(default=None)
    own_level: Mapped[codes.Level | None] = mapped_column(default=None)
    step_ids: Mapped[list[str]] = mapped_column(default_factory=list)
    assessment_id: Mapped[UUID | None] = mapped_column(refers_to("assessment.id"), index=True, default=None)
    restricted: Mapped[bool] = mapped_column(default=False)


class PlanVersion(OfCase, Record):
    """A plan as it was agreed: `content` is `domain.versions.PlanContent`, frozen; only `state` may change later.

    A drawn signature is a list of strokes, each a list of [x, y] between 0 and 1.
    """

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[UUID] = mapped_column(refers_to("plan.id"), index=True)
    number: Mapped[int]
    state: Mapped[codes.PlanVersionState] = mapped_column(default=codes.PlanVersionState.AGREED)
    agreed_on: Mapped[date]
    review_on: Mapped[date | None] = mapped_column(default=None)
    content: Mapped[dict[str, Any]]
    her_signature_way: Mapped[codes.SignatureWay]
    her_signature: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    worker_signature_way: Mapped[codes.SignatureWay]
    worker_signature: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    worker_id: Mapped[UUID] = mapped_column(refers_to("staff.id"))
    language: Mapped[str] = mapped_column(String(20), default="")
    interpreter: Mapped[str] = mapped_column(String(120), default="")


@event.listens_for(PlanVersion, "before_update")
def _keep_what_was_agreed(_mapper: Mapper[PlanVersion], _connection: Connection, version: PlanVersion) -> None:
    """Refuse to write a version that was changed: what two people signed stays, only its state moves on."""
    changed = {each.key for each in inspect(version).attrs if each.history.has_changes()}
    if changed - {"state", "version"}:
        raise Bug("a version of a plan was changed after it was agreed")
