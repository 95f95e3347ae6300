"""What each area knows besides goals: stays, appointments, health facts, courses, jobs, family, and what ends."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.domain import codes
from aftercare.records.base import OfCase, Record, refers_to


class Placement(OfCase, Record):
    """Where she lives, from one day until another; nights are counted from these. The address is kept only if asked."""

    __tablename__ = "placement"

    kind: Mapped[codes.PlacementKind]
    name: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(300), default="")
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    move_on_by: Mapped[date | None] = mapped_column(default=None)
    rent: Mapped[Decimal | None] = mapped_column(Numeric(12, 2), default=None)
    currency: Mapped[str] = mapped_column(String(3), default="")
    rent_payer: Mapped[codes.RentPayer | None] = mapped_column(default=None)
    support: Mapped[str] = mapped_column(default="")
    exit_reason: Mapped[codes.ExitReason | None] = mapped_column(default=None)
    exit_words: Mapped[str] = mapped_column(default="")


class SafetyCheck(OfCase, Record):
    """A look at a placement: an answer (`codes.Answer`) for each `codes.SafetyCheckPoint`, by whom and when."""

    __tablename__ = "safety_check"

    placement_id: Mapped[UUID] = mapped_column(refers_to("placement.id"), index=True)
    on: Mapped[date]
    by_staff_id: Mapped[UUID] = mapped_column(refers_to("staff.id"))
    answers: Mapped[dict[str, Any]]
    concerns: Mapped[str] = mapped_column(default="")


class Appointment(OfCase, Record):
    """An agreed time with somebody, of any area; health appointments are the health area's."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_on", "on"),)

    area: Mapped[str | None] = mapped_column(String(40), default=None)
    kind: Mapped[codes.AppointmentKind]
    on: Mapped[date]
    at: Mapped[time | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    provider: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[codes.AppointmentState] = mapped_column(default=codes.AppointmentState.BOOKED)
    interpreter: Mapped[codes.InterpreterState] = mapped_column(default=codes.InterpreterState.NOT_NEEDED)
    interpreter_language: Mapped[str] = mapped_column(String(20), default="")
    accompanied_by: Mapped[str] = mapped_column(String(120), default="")
    restricted: Mapped[bool] = mapped_column(default=False)


class HealthFact(OfCase, Record):
    """A need, a medicine, an allergy, a referral or a cover, as short words; restricted by nature."""

    __tablename__ = "health_fact"

    kind: Mapped[codes.HealthFactKind]
    words: Mapped[str] = mapped_column(String(300))
    dose: Mapped[str] = mapped_column(String(120), default="")
    provider: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    who_may_see: Mapped[str] = mapped_column(String(200), default="")


class Enrolment(OfCase, Record):
    """A course or school."""

    __tablename__ = "enrolment"

    kind: Mapped[codes.EducationKind]
    course: Mapped[str] = mapped_column(String(200), default="")
    provider: Mapped[str] = mapped_column(String(200), default="")
    isced: Mapped[codes.Isced | None] = mapped_column(default=None)
    language_level: Mapped[str] = mapped_column(String(2), default="")
    state: Mapped[codes.EnrolmentState] = mapped_column(default=codes.EnrolmentState.ENROLLED)
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    certificate: Mapped[str] = mapped_column(String(200), default="")
    certificate_on: Mapped[date | None] = mapped_column(default=None)
    barriers: Mapped[list[str]] = mapped_column(default_factory=list)


class Attendance(OfCase, Record):
    """Sessions held and attended in one month of an enrolment; `month` is its first day."""

    __tablename__ = "attendance"

    enrolment_id: Mapped[UUID] = mapped_column(refers_to("enrolment.id"), index=True)
    month: Mapped[date]
    held: Mapped[int]
    attended: Mapped[int]


class Job(OfCase, Record):
    """Work that is considered, applied for, done or left."""

    __tablename__ = "job"

    employer: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[codes.JobState] = mapped_column(default=codes.JobState.CONSIDERED)
    applied_on: Mapped[date | None] = mapped_column(default=None)
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    wage: Mapped[str] = mapped_column(String(80), default="")
    hours: Mapped[str] = mapped_column(String(80), default="")
    words: Mapped[str] = mapped_column(default="")


class SafeJobCheck(OfCase, Record):
    """The safe-job check of one job, before it begins (`check_in_day` 0) and at 30, 90 and 180 days.

    `answers` maps each `codes.SafeJobQuestion` to {"answer": codes.Answer, "words": str}.
    """

    __tablename__ = "safe_job_check"

    job_id: Mapped[UUID] = mapped_column(refers_to("job.id"), index=True)
    on: Mapped[date]
    by_staff_id: Mapped[UUID] = mapped_column(refers_to("staff.id"))
    check_in_day: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, Any]]
    result: Mapped[codes.SafeJobResult]
    conditions: Mapped[str] = mapped_column(default="")
    valid_until: Mapped[date | None] = mapped_column(default=None)


class Relative(OfCase, Record):
    """Someone of her family, what she wishes, and what is known about safety."""

    __tablename__ = "relative"

    name: Mapped[str] = mapped_column(String(200), default="")
    relation: Mapped[codes.RelativeKind]
    whereabouts: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    her_wish: Mapped[str] = mapped_column(default="")
    was_recruiter: Mapped[codes.Answer] = mapped_column(default=codes.Answer.NOT_KNOWN)
    knows_where_she_is: Mapped[codes.Answer] = mapped_column(default=codes.Answer.NOT_KNOWN)
    words: Mapped[str] = mapped_column(default="")


class FamilyContact(OfCase, Record):
    """A line of the contact log."""

    __tablename__ = "family_contact"

    relative_id: Mapped[UUID] = mapped_column(refers_to("relative.id"), index=True)
    on: Mapped[date]
    way: Mapped[codes.FamilyContactWay]
    minutes: Mapped[int | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")


class Reunification(OfCase, Record):
    """The ladder towards one relative or household; its rung follows from the moves."""

    __tablename__ = "reunification"

    relative_id: Mapped[UUID | None] = mapped_column(refers_to("relative.id"), index=True, default=None)
    household: Mapped[str] = mapped_column(String(200), default="")
    rung: Mapped[codes.Rung] = mapped_column(default=codes.Rung.WISH)
    is_child: Mapped[bool] = mapped_column(default=False)


class LadderMove(OfCase, Record):
    """One move on the ladder, with what made it right: consent, safety, willingness, means, best interest."""

    __tablename__ = "ladder_move"

    reunification_id: Mapped[UUID] = mapped_column(refers_to("reunification.id"), index=True)
    rung: Mapped[codes.Rung]
    on: Mapped[date]
    consent_on: Mapped[date | None] = mapped_column(default=None)
    guardian: Mapped[str] = mapped_column(String(200), default="")
    assent_on: Mapped[date | None] = mapped_column(default=None)
    best_interest_on: Mapped[date | None] = mapped_column(default=None)
    safety_answered: Mapped[bool] = mapped_column(default=False)
    safety_words: Mapped[str] = mapped_column(default="")
    safe_to_proceed: Mapped[codes.Answer] = mapped_column(default=codes.Answer.NOT_KNOWN)
    she_is_willing: Mapped[codes.Answer] = mapped_column(default=codes.Answer.NOT_KNOWN)
    family_is_willing: Mapped[codes.Answer] = mapped_column(default=codes.Answer.NOT_KNOWN)
    means: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")


class LadderStop(OfCase, Record):
    """What froze the ladder, since when, who must lift it, and when it was lifted."""

    __tablename__ = "ladder_stop"

    reunification_id: Mapped[UUID] = mapped_column(refers_to("reunification.id"), index=True)
    kind: Mapped[codes.StopKind]
    on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
    lifted_on: Mapped[date | None] = mapped_column(default=None)
    lifted_by: Mapped[UUID | None] = mapped_column(refers_to("staff.id"), default=None)
    lifted_words: Mapped[str] = mapped_column(default="")


class FollowUpVisit(OfCase, Record):
    """A visit 30, 90 or 180 days after return; a «no» reopens the plan."""

    __tablename__ = "follow_up_visit"

    reunification_id: Mapped[UUID] = mapped_column(refers_to("reunification.id"), index=True)
    day: Mapped[int]
    on: Mapped[date]
    safe: Mapped[codes.Answer]
    housed: Mapped[codes.Answer]
    occupied: Mapped[codes.Answer]
    wants_to_stay: Mapped[codes.Answer]
    words: Mapped[str] = mapped_column(default="")


class Deadline(OfCase, Record):
    """Something that ends or must happen by a day: a permit, a reflection period, a claim."""

    __tablename__ = "deadline"
    __table_args__ = (Index("ix_deadline_ends_on", "ends_on"),)

    area: Mapped[str | None] = mapped_column(String(40), default=codes.Area.LEGAL.value)
    kind: Mapped[codes.DeadlineKind]
    words: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None] = mapped_column(default=None)
    ends_on: Mapped[date]
    settled_on: Mapped[date | None] = mapped_column(default=None)
