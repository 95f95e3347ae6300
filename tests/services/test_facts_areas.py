"""Health, education, work, appointments, deadlines, and the one-line standing of each area."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID

import pytest

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
    HealthFactKind,
    InterpreterState,
    JobState,
    PlacementKind,
    RelativeKind,
    Rung,
    SafeJobQuestion,
    SafeJobResult,
)
from aftercare.domain.drafts.diary import AppointmentDraft, DeadlineDraft
from aftercare.domain.drafts.education import AttendanceDraft, EnrolmentDraft, MonthDraft
from aftercare.domain.drafts.employment import JobDraft, SafeJobAnswer, SafeJobCheckDraft
from aftercare.domain.drafts.family import FamilyContactDraft, LadderDraft, RelativeDraft
from aftercare.domain.drafts.health import HealthFactDraft
from aftercare.domain.drafts.housing import PlacementDraft
from aftercare.domain.errors import DraftProblems, NotAllowed
from aftercare.domain.permissions import Role
from aftercare.domain.rhythm import Rhythm
from aftercare.domain.rows.diary import EndingKind
from aftercare.domain.rows.standing import (
    EducationStanding,
    EmploymentStanding,
    FactEventKind,
    FamilyStanding,
    HealthStanding,
    HousingStanding,
)
from aftercare.services.appointments import (
    change_appointment_state,
    remove_appointment,
    save_appointment,
    show_diary,
)
from aftercare.services.deadlines import save_deadline
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.education import remove_enrolment, save_attendance, save_enrolment, show_education
from aftercare.services.employment import (
    change_employment_state,
    remove_job,
    save_job,
    save_safe_job_check,
    show_employment,
)
from aftercare.services.family import record_veto, save_family_contact, save_ladder, save_relative
from aftercare.services.health import remove_health_fact, save_health_fact, show_health
from aftercare.services.housing import save_placement
from aftercare.services.office import OfficeSettings
from aftercare.services.overview import open_overview
from aftercare.services.today import today_view
from aftercare.services.undo import undo
from happened import facts_of
from makers import a_colleague, a_survivor

TODAY = date(2026, 11, 23)


@pytest.fixture
def case_id(desk: Desk) -> UUID:
    return a_survivor(desk).case_id


def as_shelter_worker(desk: Desk) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))


def counselling_on(desk: Desk, case_id: UUID, day: date, state: AppointmentState = AppointmentState.ATTENDED) -> UUID:
    draft = AppointmentDraft(kind=AppointmentKind.COUNSELLING_SESSION, on=day, at=time(10), state=state)
    return desk.do(save_appointment, case_id, draft).value


# --- health -------------------------------------------------------------------------------------------------------


def test_allergies_stand_first_and_nobody_without_the_right_sees_more_than_that_the_section_exists(
    desk: Desk, case_id: UUID
) -> None:
    need = desk.do(save_health_fact, case_id, HealthFactDraft(HealthFactKind.NEED, "Glasses")).value
    desk.do(save_health_fact, case_id, HealthFactDraft(HealthFactKind.ALLERGY, "Penicillin"))
    assert [fact.words for fact in desk.ask(show_health, case_id).facts] == ["Penicillin", "Glasses"]
    as_shelter_worker(desk)
    hidden = desk.ask(show_health, case_id)
    assert (hidden.may_see, hidden.facts, hidden.counselling) == (False, (), None)
    with pytest.raises(NotAllowed):
        desk.do(remove_health_fact, need, 1)


def test_a_health_fact_needs_words_and_a_kind(desk: Desk, case_id: UUID) -> None:
    with pytest.raises(DraftProblems) as caught:
        desk.do(save_health_fact, case_id, HealthFactDraft(words=" "))
    assert {problem.field for problem in caught.value.problems} == {"kind", "words"}


def test_counselling_is_counted_from_the_sessions_attended(desk: Desk, case_id: UUID) -> None:
    for weeks in (1, 2, 3, 4):
        counselling_on(desk, case_id, TODAY - timedelta(weeks=weeks))
    counselling_on(desk, case_id, TODAY - timedelta(weeks=5), AppointmentState.MISSED)
    counselling_on(desk, case_id, TODAY + timedelta(days=3), AppointmentState.BOOKED)
    counted = desk.ask(show_health, case_id).counselling
    assert counted is not None
    assert (counted.attended, counted.missed, counted.rhythm) == (4, 1, Rhythm.WEEKLY)
    assert counted.next_on == TODAY + timedelta(days=3)


# --- appointments -------------------------------------------------------------------------------------------------


def test_a_health_appointment_is_restricted_and_shows_others_only_when_it_is(desk: Desk, case_id: UUID) -> None:
    draft = AppointmentDraft(
        kind=AppointmentKind.DENTAL,
        on=TODAY,
        at=time(10, 30),
        provider="Clinic",
        interpreter=InterpreterState.ASKED,
        interpreter_language="ti",
    )
    key = desk.do(save_appointment, case_id, draft).value
    (row,) = desk.ask(today_view).appointments
    assert (row.area, row.restricted, row.is_hidden, row.provider) == (Area.HEALTH, True, False, "Clinic")
    as_shelter_worker(desk)
    (row,) = desk.ask(today_view).appointments
    assert (row.is_hidden, row.kind, row.area, row.provider) == (True, None, None, "")
    assert (row.at, row.interpreter, row.interpreter_language) == (time(10, 30), InterpreterState.ASKED, "ti")
    assert desk.ask(show_diary, case_id, Area.HEALTH.value).ahead == ()
    desk.do(change_appointment_state, key, AppointmentState.ATTENDED, 1)
    with pytest.raises(NotAllowed):
        desk.do(remove_appointment, key, 2)


def test_a_day_is_in_order_without_what_was_cancelled_and_mine_only(desk: Desk, case_id: UUID) -> None:
    for at, state in ((time(15), AppointmentState.BOOKED), (None, AppointmentState.BOOKED),
                      (time(9), AppointmentState.OFFERED), (time(8), AppointmentState.CANCELLED)):  # fmt: skip
        desk.do(save_appointment, case_id, AppointmentDraft(kind=AppointmentKind.LAWYER, on=TODAY, at=at, state=state))
    assert [row.at for row in desk.ask(today_view).appointments] == [time(9), time(15), None]
    desk.actor = a_colleague(desk)
    a_survivor(desk)
    assert desk.ask(today_view).appointments == ()


@pytest.mark.parametrize("state", [AppointmentState.ATTENDED, AppointmentState.MISSED])
def test_nobody_was_at_an_appointment_that_is_still_to_come(desk: Desk, case_id: UUID, state: AppointmentState) -> None:
    tomorrow = AppointmentDraft(Area.LEGAL, AppointmentKind.LAWYER, TODAY + timedelta(days=1), state=state)
    with pytest.raises(DraftProblems) as refused:
        desk.do(save_appointment, case_id, tomorrow)
    assert [(each.field, each.reason) for each in refused.value.problems] == [("state", "still_to_come")]
    booked = desk.do(save_appointment, case_id, replace(tomorrow, state=AppointmentState.BOOKED)).value
    with pytest.raises(DraftProblems):
        desk.do(change_appointment_state, booked, state, 1)
    today = desk.do(save_appointment, case_id, replace(tomorrow, on=TODAY, state=AppointmentState.BOOKED)).value
    desk.do(change_appointment_state, today, state, 1)


def test_a_deadline_is_not_settled_before_it_began(desk: Desk, case_id: UUID) -> None:
    period = DeadlineDraft(
        kind=DeadlineKind.REFLECTION_PERIOD,
        starts_on=date(2026, 11, 1),
        ends_on=date(2026, 12, 1),
        settled_on=date(2025, 1, 1),
    )
    with pytest.raises(DraftProblems) as refused:
        desk.do(save_deadline, case_id, period)
    assert [(each.field, each.reason) for each in refused.value.problems] == [("settled_on", "ends_before_it_begins")]


def test_the_diary_of_an_area_parts_what_is_ahead_from_what_was(desk: Desk, case_id: UUID) -> None:
    for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=4)):
        desk.do(save_appointment, case_id, AppointmentDraft(Area.LEGAL, AppointmentKind.LAWYER, day))
    deadline = DeadlineDraft(kind=DeadlineKind.APPEAL, ends_on=TODAY + timedelta(days=9))
    key = desk.do(save_deadline, case_id, deadline).value
    diary = desk.ask(show_diary, case_id, Area.LEGAL.value)
    assert [row.on for row in diary.ahead] == [TODAY, TODAY + timedelta(days=4)]
    assert [row.on for row in diary.past] == [TODAY - timedelta(days=1)]
    assert [row.id for row in diary.deadlines] == [key]
    settled = replace(deadline, id=key, version=1, settled_on=TODAY)
    with pytest.raises(DraftProblems) as caught:
        desk.do(save_deadline, case_id, replace(settled, settled_on=TODAY + timedelta(days=1)))
    assert [(problem.field, problem.reason) for problem in caught.value.problems] == [("settled_on", "in_the_future")]
    desk.do(save_deadline, case_id, settled)
    diary = desk.ask(show_diary, case_id, Area.LEGAL.value)
    assert (diary.deadlines, [row.id for row in diary.settled]) == ((), [key])


# --- education ----------------------------------------------------------------------------------------------------


def test_attendance_is_counted_by_month_and_in_all(desk: Desk, case_id: UUID) -> None:
    course = EnrolmentDraft(
        EducationKind.LANGUAGE_COURSE,
        "German A1",
        language_level="A1",
        state=EnrolmentState.ATTENDING,
        barriers=(EducationBarrier.CHILDCARE,),
    )
    key = desk.do(save_enrolment, case_id, course).value
    months = (MonthDraft(date(2026, 10, 5), 12, 11), MonthDraft(date(2026, 11, 1), 10, 7))
    desk.do(save_attendance, key, AttendanceDraft(months))
    (row,) = desk.ask(show_education, case_id).current
    assert [(month.month, month.percent) for month in row.months] == [(date(2026, 10, 1), 92), (date(2026, 11, 1), 70)]
    assert (row.held, row.attended, row.percent) == (22, 18, 82)
    assert row.barriers == (EducationBarrier.CHILDCARE,)
    october, november = row.months
    changed = AttendanceDraft((MonthDraft(date(2026, 11, 1), 10, 8, november.id, november.version),), (october.id,))
    done = desk.do(save_attendance, key, changed)
    (row,) = desk.ask(show_education, case_id).current
    assert (row.held, row.attended) == (10, 8)
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert desk.ask(show_education, case_id).current[0].held == 22


@pytest.mark.parametrize(
    ("month", "reason"),
    [
        (MonthDraft(date(2026, 11, 1), 4, 5), "more_attended_than_held"),
        (MonthDraft(None, 4, 4), "required"),
        (MonthDraft(date(2026, 11, 1), -1, 0), "out_of_range"),
        (MonthDraft(date(2026, 10, 9), 4, 4), "taken"),
    ],
)
def test_months_that_cannot_be_are_refused(desk: Desk, case_id: UUID, month: MonthDraft, reason: str) -> None:
    key = desk.do(save_enrolment, case_id, EnrolmentDraft(EducationKind.LITERACY)).value
    desk.do(save_attendance, key, AttendanceDraft((MonthDraft(date(2026, 10, 1), 8, 8),)))
    with pytest.raises(DraftProblems) as caught:
        desk.do(save_attendance, key, AttendanceDraft((month,)))
    assert [(problem.field, problem.reason) for problem in caught.value.problems] == [("months", reason)]


def test_a_course_goes_with_its_months_and_comes_back_with_them(desk: Desk, case_id: UUID) -> None:
    key = desk.do(save_enrolment, case_id, EnrolmentDraft(EducationKind.LITERACY)).value
    desk.do(save_attendance, key, AttendanceDraft((MonthDraft(date(2026, 10, 1), 8, 8),)))
    done = desk.do(remove_enrolment, key, 1)
    assert desk.ask(show_education, case_id).enrolments == ()
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert desk.ask(show_education, case_id).enrolments[0].percent == 100


# --- work ---------------------------------------------------------------------------------------------------------


def test_a_check_is_decided_by_a_person_and_check_ins_follow_the_beginning(desk: Desk, case_id: UUID) -> None:
    job = desk.do(save_job, case_id, JobDraft("Bakery", "Baker", JobState.WORKING, since=date(2026, 10, 1))).value
    answers = (
        SafeJobAnswer(SafeJobQuestion.FEES_CHARGED, Answer.NO),
        SafeJobAnswer(SafeJobQuestion.WAY_OUT, Answer.YES, "Her cousin picks her up"),
    )
    with pytest.raises(DraftProblems) as caught:
        desk.do(save_safe_job_check, case_id, SafeJobCheckDraft(job, TODAY, 0, answers))
    assert [problem.field for problem in caught.value.problems] == ["result"]
    decided = SafeJobCheckDraft(job, TODAY, 30, answers, SafeJobResult.GO_WITH_CONDITIONS, "Visit first", TODAY)
    desk.do(save_safe_job_check, case_id, decided)
    (row,) = desk.ask(show_employment, case_id).open_jobs
    assert row.latest_check is not None
    assert row.latest_check.by == "A. Rahman"
    assert row.latest_check.words_to(SafeJobQuestion.WAY_OUT) == "Her cousin picks her up"
    assert [visit.day for visit in row.check_ins] == [90, 180]
    done = desk.do(remove_job, job, 1)
    assert desk.ask(show_employment, case_id).jobs == ()
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert len(desk.ask(show_employment, case_id).jobs[0].checks) == 1


@pytest.mark.parametrize("result", [SafeJobResult.GO, SafeJobResult.GO_WITH_CONDITIONS])
def test_nobody_goes_ahead_against_a_red_flag_without_saying_how(
    desk: Desk, case_id: UUID, result: SafeJobResult
) -> None:
    job = desk.do(save_job, case_id, JobDraft("Harbour Bakery", "Baker’s help")).value
    answers = (SafeJobAnswer(SafeJobQuestion.FEES_CHARGED, Answer.YES),)
    with pytest.raises(DraftProblems) as caught:
        desk.do(save_safe_job_check, case_id, SafeJobCheckDraft(job, TODAY, 0, answers, result))
    assert [problem.field for problem in caught.value.problems] == ["conditions"]
    desk.do(save_safe_job_check, case_id, SafeJobCheckDraft(job, TODAY, 0, answers, SafeJobResult.STOP))
    desk.do(
        save_safe_job_check, case_id, SafeJobCheckDraft(job, TODAY, 0, answers, result, "The fee is paid back first")
    )


def test_a_job_is_known_by_employer_or_role(desk: Desk, case_id: UUID) -> None:
    with pytest.raises(DraftProblems):
        desk.do(save_job, case_id, JobDraft(wage="12 an hour"))
    desk.do(save_job, case_id, JobDraft(role="Florist"))
    desk.do(change_employment_state, case_id, EmploymentState.APPLYING)
    work = desk.ask(show_employment, case_id)
    assert (work.state, [job.role for job in work.open_jobs]) == (EmploymentState.APPLYING, ["Florist"])


# --- what ends, where it stands, what happened --------------------------------------------------------------------


def test_what_ends_soon_is_gathered_from_every_area_in_order(desk: Desk, case_id: UUID) -> None:
    desk.do(save_deadline, case_id, DeadlineDraft(kind=DeadlineKind.REFLECTION_PERIOD, ends_on=date(2026, 12, 20)))
    desk.do(save_deadline, case_id, DeadlineDraft(kind=DeadlineKind.APPEAL, ends_on=date(2027, 6, 1)))
    cover = HealthFactDraft(HealthFactKind.COVER, "Health card", until=date(2026, 12, 1))
    desk.do(save_health_fact, case_id, cover)
    stay = PlacementDraft(PlacementKind.SHELTER_BED, "Room 4", since=date(2026, 8, 3), move_on_by=date(2026, 12, 10))
    desk.do(save_placement, case_id, stay)
    job = desk.do(save_job, case_id, JobDraft("Bakery", state=JobState.WORKING, since=date(2026, 10, 20))).value
    desk.do(
        save_safe_job_check,
        case_id,
        SafeJobCheckDraft(job, date(2026, 10, 19), result=SafeJobResult.GO, valid_until=date(2026, 12, 5)),
    )
    assert [(row.kind, row.on) for row in desk.ask(today_view).endings] == [
        (EndingKind.JOB_CHECK_IN, date(2026, 11, 19)),
        (EndingKind.HEALTH_COVER, date(2026, 12, 1)),
        (EndingKind.SAFE_JOB_CHECK, date(2026, 12, 5)),
        (EndingKind.STAY, date(2026, 12, 10)),
        (EndingKind.DEADLINE, date(2026, 12, 20)),
    ]
    as_shelter_worker(desk)
    assert EndingKind.HEALTH_COVER not in {row.kind for row in desk.ask(today_view).endings}


def test_the_standing_of_each_area_is_one_value(desk: Desk, case_id: UUID) -> None:
    blank = desk.ask(open_overview, case_id).standing
    assert (blank.housing, blank.education, blank.employment, blank.family) == (None, None, None, None)
    assert blank.health == HealthStanding(is_hidden=False)
    desk.do(save_placement, case_id, PlacementDraft(PlacementKind.SHELTER_BED, "Room 4", since=date(2026, 8, 3)))
    course = EnrolmentDraft(EducationKind.LANGUAGE_COURSE, language_level="A1", state=EnrolmentState.ATTENDING)
    key = desk.do(save_enrolment, case_id, course).value
    desk.do(save_attendance, key, AttendanceDraft((MonthDraft(date(2026, 11, 1), 22, 18),)))
    sister = desk.do(save_relative, case_id, RelativeDraft("Lia", RelativeKind.SISTER)).value

    call = FamilyContactDraft(sister, TODAY, FamilyContactWay.CALL, 20)
    desk.do(save_family_contact, case_id, call)
    desk.do(save_ladder, case_id, LadderDraft(sister))
    desk.do(save_job, case_id, JobDraft("Bakery", "Baker", JobState.APPLIED))
    standing = desk.ask(open_overview, case_id).standing
    assert standing.housing == HousingStanding(PlacementKind.SHELTER_BED, "Room 4", date(2026, 8, 3), None, None)
    assert standing.education == EducationStanding(
        EducationKind.LANGUAGE_COURSE, "", "A1", EnrolmentState.ATTENDING, 82
    )
    assert standing.family == FamilyStanding(RelativeKind.SISTER, 1, Rung.WISH)
    assert standing.employment == EmploymentStanding(None, "Baker", "Bakery", JobState.APPLIED)


def test_the_timeline_tells_what_happened_the_latest_first_and_numbers_counselling(desk: Desk, case_id: UUID) -> None:
    desk.do(save_placement, case_id, PlacementDraft(PlacementKind.SHELTER_BED, "Room 4", since=date(2026, 8, 3)))
    counselling_on(desk, case_id, date(2026, 11, 5))
    counselling_on(desk, case_id, date(2026, 11, 12))
    ladder = desk.do(save_ladder, case_id, LadderDraft(household="Aunt in town")).value
    desk.do(record_veto, ladder)
    events = facts_of(desk, case_id)
    assert [(event.kind, event.on, event.number) for event in events] == [
        (FactEventKind.LADDER_STOP, TODAY, None),
        (FactEventKind.APPOINTMENT_ATTENDED, date(2026, 11, 12), 2),
        (FactEventKind.APPOINTMENT_ATTENDED, date(2026, 11, 5), 1),
        (FactEventKind.MOVED_IN, date(2026, 8, 3), None),
    ]
    assert [event.number for event in facts_of(desk, case_id, 3)] == [None, 2]  # and that the case was opened
    assert events[1].by == "A. Rahman"
    as_shelter_worker(desk)
    assert not any(event.restricted for event in facts_of(desk, case_id))
    assert desk.ask(open_overview, case_id).standing.health == HealthStanding(is_hidden=True)


def test_of_check_ins_that_were_missed_only_the_last_is_still_due(desk: Desk, case_id: UUID) -> None:
    desk.do(save_job, case_id, JobDraft("Bakery", state=JobState.WORKING, since=date(2026, 7, 1)))
    desk.do(change_settings, OfficeSettings(soon_days=69))
    due = desk.ask(today_view).endings
    assert [(row.kind, row.day, row.on) for row in due] == [
        (EndingKind.JOB_CHECK_IN, 90, date(2026, 9, 29)),
        (EndingKind.JOB_CHECK_IN, 180, date(2026, 12, 28)),
    ]
