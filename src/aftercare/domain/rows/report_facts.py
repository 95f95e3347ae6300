"""What a report knows of an area: where she lives, whom she met, what she learns, where she works, what ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftercare.domain.codes import (
    AppointmentKind,
    DeadlineKind,
    EducationKind,
    EmploymentState,
    EnrolmentState,
    JobState,
    PlacementKind,
    RelativeKind,
    Rung,
    SafeJobResult,
    StopKind,
)


@dataclass(frozen=True, slots=True)
class Living:
    """Where she lives at the end of the period; `nights` are those in the shelter within it."""

    kind: PlacementKind | None
    since: date | None
    nights: int
    move_on_by: date | None = None


@dataclass(frozen=True, slots=True)
class Met:
    """So many appointments of one kind were attended."""

    kind: AppointmentKind
    times: int


@dataclass(frozen=True, slots=True)
class Meetings:
    """Appointments of an area within the period, and the next one that is booked."""

    attended: tuple[Met, ...]
    missed: int
    next_kind: AppointmentKind | None = None
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Learning:
    """A course or school; sessions `held` and `attended` within the period."""

    kind: EducationKind
    course: str
    provider: str
    language_level: str
    state: EnrolmentState
    held: int
    attended: int
    certificate: bool


@dataclass(frozen=True, slots=True)
class Working:
    """How work stands."""

    state: EmploymentState


@dataclass(frozen=True, slots=True)
class JobHeld:
    """A job, and what the last safe-job check said."""

    state: JobState
    role: str
    employer: str
    since: date | None
    check: SafeJobResult | None


@dataclass(frozen=True, slots=True)
class OnLadder:
    """Where she stands on the reunification ladder, what stops it, and contacts within the period."""

    relation: RelativeKind | None
    rung: Rung
    stop: StopKind | None
    contacts: int


@dataclass(frozen=True, slots=True)
class Ending:
    """Something that ends or must happen by a day."""

    kind: DeadlineKind
    ends_on: date
    settled: bool


AreaFact = Living | Meetings | Learning | Working | JobHeld | OnLadder | Ending
