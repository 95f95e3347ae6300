"""Where a case stands in each area, as the cards of the overview say it in one line; and what happened, as events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from aftercare.domain.codes import (
    EducationKind,
    EmploymentState,
    EnrolmentState,
    Gender,
    JobState,
    PlacementKind,
    RelativeKind,
    Rung,
    SafeJobResult,
)
from aftercare.domain.reunification import Lifter
from aftercare.domain.rhythm import Rhythm
from aftercare.domain.rows.diary import AppointmentRow, AreaDiary, DeadlineRow
from aftercare.domain.rows.education import Education
from aftercare.domain.rows.employment import Employment
from aftercare.domain.rows.family import Family
from aftercare.domain.rows.health import Health
from aftercare.domain.rows.housing import Housing


@dataclass(frozen=True, slots=True)
class HousingStanding:
    """«Shelter room 4 since 3 Aug»."""

    kind: PlacementKind
    name: str
    since: date
    until: date | None
    move_on_by: date | None


@dataclass(frozen=True, slots=True)
class HealthStanding:
    """«Counselling weekly»; `is_hidden` where this person may not see the section."""

    is_hidden: bool
    counselling_sessions: int = 0
    rhythm: Rhythm | None = None


@dataclass(frozen=True, slots=True)
class EducationStanding:
    """«Language course A1, 82 % attended»."""

    kind: EducationKind
    course: str
    language_level: str
    state: EnrolmentState
    percent: int | None


@dataclass(frozen=True, slots=True)
class EmploymentStanding:
    """Where she stands, and the furthest open job with what its latest check said."""

    state: EmploymentState | None
    role: str = ""
    employer: str = ""
    job_state: JobState | None = None
    check_result: SafeJobResult | None = None


@dataclass(frozen=True, slots=True)
class FamilyStanding:
    """«Sister found; 1 call», and the ladder; `rung` is None where no ladder was begun."""

    relative: RelativeKind | None
    contacts: int
    rung: Rung | None
    is_frozen: bool = False
    must_lift: tuple[Lifter, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """One value per main area, None where nothing is known; what is next in the diary and what ends, of all areas."""

    case_id: UUID
    housing: HousingStanding | None
    health: HealthStanding
    education: EducationStanding | None
    employment: EmploymentStanding | None
    family: FamilyStanding | None
    appointments: tuple[AppointmentRow, ...]
    deadlines: tuple[DeadlineRow, ...]

    def next_deadline(self, area: str) -> DeadlineRow | None:
        return next((each for each in self.deadlines if each.area == area), None)


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What has no end yet when a case is about to close: appointments nobody said anything of, and where she stays."""

    appointments: tuple[AppointmentRow, ...]
    housing: Housing


class FactEventKind(StrEnum):
    """What happened."""

    MOVED_IN = "moved_in"
    MOVED_OUT = "moved_out"
    SAFETY_CHECK = "safety_check"
    APPOINTMENT_ATTENDED = "appointment_attended"
    COURSE_BEGUN = "course_begun"
    CERTIFICATE = "certificate"
    JOB_BEGUN = "job_begun"
    JOB_ENDED = "job_ended"
    SAFE_JOB_CHECK = "safe_job_check"
    FAMILY_CONTACT = "family_contact"
    LADDER_MOVE = "ladder_move"
    LADDER_STOP = "ladder_stop"
    LADDER_LIFTED = "ladder_lifted"
    FOLLOW_UP_VISIT = "follow_up_visit"


@dataclass(frozen=True, slots=True)
class FactEvent:
    """One event: what, in which area, when, by whom; `code` and `words` say more.

    `number` counts counselling sessions (from 1), minutes of a contact, or the day of a visit.
    """

    on: date
    area: str | None
    kind: FactEventKind
    record_id: UUID
    code: StrEnum | None = None
    words: str = ""
    number: int | None = None
    by: str = ""
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class AreaFactsShown:
    """Everything one area knows besides goals, in one answer; `facts` is None for areas that have only a diary."""

    survivor_id: UUID
    case_id: UUID
    area: str
    gender: Gender | None
    today: date
    may_write: bool
    may_note: bool
    facts: Housing | Health | Education | Employment | Family | None
    diary: AreaDiary
    interpreter_language: str = ""  # the first for which an interpreter is needed; "" where none is
