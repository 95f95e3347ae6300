"""An invented case in which every area knows something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from uuid import UUID

from aftercare.domain.codes import (
    Answer,
    AppointmentKind,
    AppointmentState,
    Area,
    DeadlineKind,
    EducationBarrier,
    EducationKind,
    EmploymentState,
    EnrolmentState,
    FamilyContactWay,
    Gender,
    HealthFactKind,
    InterpreterState,
    JobState,
    PlacementKind,
    RelativeKind,
    RentPayer,
    Rung,
    SafeJobQuestion,
    SafeJobResult,
    SafetyCheckPoint,
)
from aftercare.domain.drafts.diary import AppointmentDraft, DeadlineDraft
from aftercare.domain.drafts.education import AttendanceDraft, EnrolmentDraft, MonthDraft
from aftercare.domain.drafts.employment import JobDraft, SafeJobAnswer, SafeJobCheckDraft
from aftercare.domain.drafts.family import FamilyContactDraft, LadderDraft, LadderMoveDraft, RelativeDraft
from aftercare.domain.drafts.health import HealthFactDraft
from aftercare.domain.drafts.housing import PlacementDraft, SafetyCheckDraft
from aftercare.services.appointments import save_appointment
from aftercare.services.deadlines import save_deadline
from aftercare.services.desk import Desk
from aftercare.services.education import save_attendance, save_enrolment
from aftercare.services.employment import change_employment_state, save_job, save_safe_job_check
from aftercare.services.family import move_on_ladder, save_family_contact, save_ladder, save_relative
from aftercare.services.health import save_health_fact
from aftercare.services.housing import save_placement, save_safety_check
from makers import a_survivor

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class FactsCase:
    survivor_id: UUID
    case_id: UUID
    ladder_id: UUID


def a_case_with_facts(desk: Desk) -> FactsCase:
    """Selam: a room since August, counselling, a course, a job with red flags, a sister found."""
    head = a_survivor(desk, "Selam", "Tesfay", birth_date="2002", gender=Gender.FEMALE)
    _housing(desk, head.case_id)
    _health(desk, head.case_id)
    _education(desk, head.case_id)
    _employment(desk, head.case_id)
    deadline = DeadlineDraft(kind=DeadlineKind.REFLECTION_PERIOD, ends_on=date(2026, 12, 23))
    desk.do(save_deadline, head.case_id, deadline)
    lawyer = AppointmentDraft(Area.LEGAL, AppointmentKind.LAWYER, date(2026, 11, 25), time(11), provider="Counsel")
    desk.do(save_appointment, head.case_id, lawyer)
    return FactsCase(head.survivor_id, head.case_id, _family(desk, head.case_id))


def _housing(desk: Desk, case_id: UUID) -> None:
    bed = PlacementDraft(PlacementKind.SHELTER_BED, "Shelter bed 2", since=date(2026, 6, 1))
    earlier = desk.do(save_placement, case_id, bed).value
    room = PlacementDraft(
        PlacementKind.OWN_ROOM_IN_SHELTER,
        "Shelter room 4",
        since=date(2026, 8, 3),
        move_on_by=date(2027, 1, 31),
        rent=Decimal(120),
        currency="EUR",
        rent_payer=RentPayer.SHARED,
        ends_id=earlier,
    )
    here = desk.do(save_placement, case_id, room).value
    safe = tuple((point, Answer.YES) for point in SafetyCheckPoint)
    desk.do(save_safety_check, case_id, SafetyCheckDraft(here, date(2026, 8, 3), safe))


def _health(desk: Desk, case_id: UUID) -> None:
    for fact in (
        HealthFactDraft(HealthFactKind.ALLERGY, "Penicillin"),
        HealthFactDraft(HealthFactKind.MEDICATION, "Iron tablets", "one a day"),
        HealthFactDraft(HealthFactKind.COVER, "Health card", until=date(2026, 12, 5)),
    ):
        desk.do(save_health_fact, case_id, fact)
    for weeks in range(1, 7):
        day = TODAY - timedelta(days=7 * weeks - 3)
        session = AppointmentDraft(
            kind=AppointmentKind.COUNSELLING_SESSION, on=day, at=time(10), state=AppointmentState.ATTENDED
        )
        desk.do(save_appointment, case_id, session)
    dentist = AppointmentDraft(
        kind=AppointmentKind.DENTAL,
        on=date(2026, 12, 1),
        at=time(9, 30),
        provider="Clinic",
        interpreter=InterpreterState.ASKED,
        interpreter_language="ti",
    )
    desk.do(save_appointment, case_id, dentist)
    forgotten = AppointmentDraft(kind=AppointmentKind.GENERAL, on=date(2026, 11, 20), provider="Dr Weiß")
    desk.do(save_appointment, case_id, forgotten)


def _education(desk: Desk, case_id: UUID) -> None:
    course = EnrolmentDraft(
        EducationKind.LANGUAGE_COURSE,
        language_level="A1",
        provider="Adult school",
        state=EnrolmentState.ATTENDING,
        barriers=(EducationBarrier.CHILDCARE,),
    )
    key = desk.do(save_enrolment, case_id, course).value
    desk.do(save_attendance, key, AttendanceDraft((MonthDraft(date(2026, 10, 1), 22, 18),)))
    rights = EnrolmentDraft(EducationKind.RIGHTS_COURSE, "Rights at work", state=EnrolmentState.COMPLETED)
    desk.do(save_enrolment, case_id, rights)


def _employment(desk: Desk, case_id: UUID) -> None:
    desk.do(change_employment_state, case_id, EmploymentState.APPLYING)
    job = JobDraft("Harbour Bakery", "Bakery assistant", JobState.WORKING, since=date(2026, 10, 12))
    key = desk.do(save_job, case_id, job).value
    answers = (
        SafeJobAnswer(SafeJobQuestion.EMPLOYER_IDENTIFIED, Answer.YES),
        SafeJobAnswer(SafeJobQuestion.OWN_ACCOUNT, Answer.NO, "In cash"),
    )
    check = SafeJobCheckDraft(
        key, date(2026, 10, 10), 0, answers, SafeJobResult.GO_WITH_CONDITIONS, "Own account first", date(2027, 4, 8)
    )
    desk.do(save_safe_job_check, case_id, check)
    desk.do(save_job, case_id, JobDraft("Hotel", "Breakfast service", JobState.WITHDRAWN))


def _family(desk: Desk, case_id: UUID) -> UUID:
    sister = desk.do(save_relative, case_id, RelativeDraft("Lia", RelativeKind.SISTER, her_wish="To talk")).value
    call = FamilyContactDraft(sister, date(2026, 11, 22), FamilyContactWay.VIDEO_CALL, 20, "Both laughed")
    desk.do(save_family_contact, case_id, call)
    ladder_id = desk.do(save_ladder, case_id, LadderDraft(sister)).value
    for rung, day in ((Rung.TRACE, date(2026, 9, 1)), (Rung.CONTACT, date(2026, 11, 20))):
        move = LadderMoveDraft(
            rung,
            day,
            consent_on=day,
            safety_answered=True,
            safe_to_proceed=Answer.YES,
            she_is_willing=Answer.YES,
            family_is_willing=Answer.YES,
        )
        desk.do(move_on_ladder, ladder_id, move)
    return ladder_id
