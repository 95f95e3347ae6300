"""What each area knows besides goals: stays, appointments, courses, jobs, family, what ends."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from aftercare.domain import codes
from aftercare.domain.codes import Answer, Area
from aftercare.domain.demo.course import Course
from aftercare.domain.demo.office import TrainingStaff
from aftercare.domain.demo.places import PROVIDERS
from aftercare.domain.demo.telling import Teller
from aftercare.domain.safe_job import SAFE_ANSWERS, suggested_result, valid_until

_POINTS = tuple(codes.SafetyCheckPoint)
_COURSES = {
    codes.EducationKind.LANGUAGE_COURSE: ("Language course", codes.Isced.PRIMARY),
    codes.EducationKind.LITERACY: ("Reading and writing", codes.Isced.PRIMARY),
    codes.EducationKind.VOCATIONAL: ("Tailoring, first module", codes.Isced.UPPER_SECONDARY),
    codes.EducationKind.LIFE_SKILLS: ("Life in this country", None),
    codes.EducationKind.RIGHTS_COURSE: ("Rights at work", None),
    codes.EducationKind.SECONDARY: ("Evening school", codes.Isced.LOWER_SECONDARY),
}
_JOBS = (
    ("Harbour Bakery", "Bakery assistant"),
    ("Cafe Morning", "Kitchen help"),
    ("Green Thumb nursery", "Gardener, part-time"),
    ("Laundry co-operative", "Laundry worker"),
    ("Hotel Lindenhof", "Breakfast service"),
    ("Sunrise care home", "Care assistant"),
)
_LEVELS = ("A1", "A2", "B1", "B2")


# --- housing ------------------------------------------------------------------------------------------------------


def tell_stays(teller: Teller, course: Course, worker: TrainingStaff) -> None:
    """From the first bed onwards, one stay after the other without a gap; the last one open while the case is."""
    kinds = [codes.PlacementKind.SHELTER_BED]
    if course.days > 60:
        kinds.append(codes.PlacementKind.OWN_ROOM_IN_SHELTER)
    if course.days > 250 and teller.chance(0.6):
        kinds.append(codes.PlacementKind.TRANSITIONAL_FLAT)
    if course.days > 420:
        kinds.append(
            teller.weighted(
                [
                    (codes.PlacementKind.OWN_RENTAL, 6),
                    (codes.PlacementKind.HOST_FAMILY, 2),
                    (codes.PlacementKind.WITH_FAMILY, 1),
                ]
            )
        )
    cuts = sorted(teller.between(20, max(21, course.days - 20)) for _ in kinds[1:])
    begins = [course.opened_on, *(course.opened_on + timedelta(days=cut) for cut in cuts)]
    for place, (kind, since) in enumerate(zip(kinds, begins, strict=True)):
        until = begins[place + 1] if place + 1 < len(begins) else None
        ends_with_case = until is None and course.is_closed and kind in codes.SHELTER_PLACEMENTS
        _tell_stay(teller, worker, kind, since, course.ends_on if ends_with_case else until)


def _tell_stay(
    teller: Teller, worker: TrainingStaff, kind: codes.PlacementKind, since: date, until: date | None
) -> None:
    in_shelter = kind in codes.SHELTER_PLACEMENTS
    names = {
        codes.PlacementKind.SHELTER_BED: f"Room {teller.between(1, 9)}, bed {teller.one('AB')}",
        codes.PlacementKind.OWN_ROOM_IN_SHELTER: f"Shelter room {teller.between(1, 12)}",
        codes.PlacementKind.TRANSITIONAL_FLAT: f"Flat {teller.between(1, 6)}",
    }
    rent = Decimal(teller.between(28, 65) * 10) if kind is codes.PlacementKind.OWN_RENTAL else None
    placement = teller.of_case(
        "placement",
        since,
        worker.id,
        kind=kind,
        name=names.get(kind, ""),
        since=since,
        until=until,
        move_on_by=teller.after(max(since, teller.today), 20, 150) if in_shelter and until is None else None,
        rent=rent,
        currency="EUR" if rent else "",
        rent_payer=codes.RentPayer.SHARED if rent else codes.RentPayer.ORGANISATION if in_shelter else None,
        exit_reason=codes.ExitReason.MOVED_ON if until else None,
    )
    if teller.chance(0.85):
        answers: dict[str, str] = dict.fromkeys(_POINTS, Answer.YES.value)
        doubtful = teller.chance(0.2)
        if doubtful:
            answers[teller.one(_POINTS[:3])] = teller.one((Answer.NOT_KNOWN.value, Answer.NO.value))
        teller.of_case(
            "safety_check",
            since,
            worker.id,
            placement_id=placement,
            on=since,
            by_staff_id=worker.id,
            answers=answers,
            concerns="Light in the stairwell is out; landlord told." if doubtful else "",
        )


# --- health and appointments --------------------------------------------------------------------------------------


def tell_health(teller: Teller, course: Course, worker: TrainingStaff) -> None:
    facts = [(codes.HealthFactKind.COVER, "Health card, basic cover", "")]
    if teller.chance(0.5):
        facts.append(
            (codes.HealthFactKind.NEED, teller.one(("Glasses", "Dental treatment", "Rest in the afternoon")), "")
        )
    if teller.chance(0.4):
        facts.append(
            (codes.HealthFactKind.MEDICATION, teller.one(("Iron", "For sleep, herbal", "Inhaler")), "once a day")
        )
    if teller.chance(0.2):
        facts.append((codes.HealthFactKind.ALLERGY, teller.one(("Penicillin", "Nuts", "Dust")), ""))
    for kind, words, dose in facts:
        on = min(course.ends_on, teller.after(course.opened_on, 2, 30))
        teller.of_case("health_fact", on, worker.id, kind=kind, words=words, dose=dose, since=on)


def tell_appointments(
    teller: Teller, course: Course, worker: TrainingStaff, areas: list[str], interpreter: str
) -> None:
    """One about every four weeks in the past; a few to come, some of them today."""
    day = course.opened_on + timedelta(days=teller.between(2, 8))
    while day < course.ends_on:
        _tell_appointment(teller, worker, teller.one(areas), teller.working(day), interpreter, course)
        day += timedelta(days=teller.between(14, 44))
    if course.is_closed:
        return
    for _ in range(teller.weighted([(0, 2), (1, 5), (2, 3)])):
        ahead = teller.weighted([(0, 3), (teller.between(1, 6), 5), (teller.between(7, 30), 4)])
        _tell_appointment(teller, worker, teller.one(areas), teller.today + timedelta(days=ahead), interpreter, course)


_KINDS: dict[str, tuple[codes.AppointmentKind, ...]] = {
    Area.HOUSING: (codes.AppointmentKind.HOUSING_VIEWING,),
    Area.HEALTH: (
        codes.AppointmentKind.GENERAL,
        codes.AppointmentKind.DENTAL,
        codes.AppointmentKind.COUNSELLING_SESSION,
        codes.AppointmentKind.COUNSELLING_SESSION,
        codes.AppointmentKind.VACCINATION,
    ),
    Area.EDUCATION: (codes.AppointmentKind.COURSE,),
    Area.EMPLOYMENT: (codes.AppointmentKind.WORK,),
    Area.FAMILY: (codes.AppointmentKind.FAMILY_CONTACT,),
    Area.LEGAL: (codes.AppointmentKind.LAWYER, codes.AppointmentKind.AUTHORITY, codes.AppointmentKind.HEARING),
}


def _tell_appointment(
    teller: Teller, worker: TrainingStaff, area: str, on: date, interpreter: str, course: Course
) -> None:
    kind = teller.one(_KINDS.get(area, (codes.AppointmentKind.OTHER,)))
    past = on < teller.today
    state = codes.AppointmentState.BOOKED
    if past:
        state = teller.weighted(
            [
                (codes.AppointmentState.ATTENDED, 84),
                (codes.AppointmentState.MISSED, 7),
                (codes.AppointmentState.CANCELLED, 6),
                (codes.AppointmentState.DECLINED, 3),
            ]
        )
    wanted = codes.InterpreterState.NOT_NEEDED
    if interpreter:
        wanted = codes.InterpreterState.CONFIRMED
        if not past:
            wanted = teller.one((codes.InterpreterState.CONFIRMED, codes.InterpreterState.ASKED))
    made_on = min(teller.today, max(course.opened_on, on - timedelta(days=10)))
    teller.of_case(
        "appointment",
        made_on,
        worker.id,
        area=area,
        kind=kind,
        on=on,
        at=time(teller.between(8, 16), teller.one((0, 15, 30, 45))),
        minutes=teller.one((30, 45, 60, 90)),
        provider=teller.one(PROVIDERS.get(area, ("Office",))),
        words="Safe entrance arranged" if kind is codes.AppointmentKind.HEARING else "",
        state=state,
        interpreter=wanted,
        interpreter_language=interpreter,
        accompanied_by=worker.display_name if teller.chance(0.6) else "",
        restricted=kind is codes.AppointmentKind.COUNSELLING_SESSION,
    )


# --- education ----------------------------------------------------------------------------------------------------


def tell_courses(teller: Teller, course: Course, worker: TrainingStaff) -> None:
    begin = teller.after(course.opened_on, 25, 90)
    for number in range(teller.between(1, 3)):
        if begin >= course.ends_on:
            return
        kind = codes.EducationKind.LANGUAGE_COURSE if number < 2 else teller.one(tuple(_COURSES)[1:])
        name, isced = _COURSES[kind]
        level = _LEVELS[min(number, 3)] if kind is codes.EducationKind.LANGUAGE_COURSE else ""
        until = begin + timedelta(days=teller.between(80, 140))
        _tell_course(teller, course, worker, kind, f"{name} {level}".strip(), isced, level, begin, until)
        begin = teller.after(until, 10, 60)


def _tell_course(
    teller: Teller,
    course: Course,
    worker: TrainingStaff,
    kind: codes.EducationKind,
    name: str,
    isced: codes.Isced | None,
    level: str,
    since: date,
    until: date,
) -> None:
    over = until < course.ends_on
    state = codes.EnrolmentState.ATTENDING
    if over or course.is_closed:
        state = teller.weighted([(codes.EnrolmentState.COMPLETED, 8), (codes.EnrolmentState.LEFT, 2)])
    elif teller.chance(0.12):
        state = codes.EnrolmentState.PAUSED
    done = state is codes.EnrolmentState.COMPLETED
    enrolment = teller.of_case(
        "enrolment",
        since,
        worker.id,
        kind=kind,
        course=name,
        provider=teller.one(PROVIDERS[Area.EDUCATION]),
        isced=isced,
        language_level=level,
        state=state,
        since=since,
        until=min(until, course.ends_on) if over or course.is_closed else None,
        certificate=f"Certificate {level}".strip() if done else "",
        certificate_on=min(until, course.ends_on) if done else None,
        barriers=[teller.one(tuple(codes.EducationBarrier)).value] if teller.chance(0.3) else [],
    )
    month, share = since.replace(day=1), teller.rng.uniform(0.6, 0.97)
    while month < min(until, course.ends_on):
        held = teller.between(8, 16)
        attended = min(held, round(held * share + teller.rng.uniform(-1.5, 1.5)))
        teller.of_case(
            "attendance",
            min(course.ends_on, month + timedelta(days=30)),
            worker.id,
            enrolment_id=enrolment,
            month=month,
            held=held,
            attended=max(0, attended),
        )
        month = (month + timedelta(days=32)).replace(day=1)


# --- employment ---------------------------------------------------------------------------------------------------


def tell_work(teller: Teller, course: Course, worker: TrainingStaff) -> codes.EmploymentState:
    """Applications and, late in a course, a job that was checked before it began; where she stands with work."""
    if course.days < 150 or not teller.chance(0.75):
        return teller.one((codes.EmploymentState.NOT_YET, codes.EmploymentState.PREPARING))
    since = teller.working(teller.after(course.opened_on, 150, max(151, course.days)))
    if since >= course.ends_on:
        return codes.EmploymentState.APPLYING
    employer, role = teller.one(_JOBS)
    applied = max(course.opened_on, since - timedelta(days=20))
    refused = teller.chance(0.12)
    job = teller.of_case(
        "job",
        applied,
        worker.id,
        employer=employer,
        role=role,
        state=codes.JobState.WITHDRAWN if refused else codes.JobState.WORKING,
        applied_on=applied,
        since=None if refused else since,
        wage="" if refused else f"{teller.between(12, 16)}.{teller.one(('00', '50'))} an hour",
        hours=f"{teller.one((16, 20, 24, 30))} a week",
    )
    _tell_check(teller, worker, job, since - timedelta(days=5), 0, red=refused)
    if refused:
        return codes.EmploymentState.APPLYING
    for day in (30, 90, 180):
        on = since + timedelta(days=day)
        if on < course.ends_on and teller.chance(0.9):
            _tell_check(teller, worker, job, on, day, red=False)
    return teller.one((codes.EmploymentState.EMPLOYED, codes.EmploymentState.TRIAL))


def _tell_check(teller: Teller, worker: TrainingStaff, job: object, on: date, day: int, *, red: bool) -> None:
    answers = dict(SAFE_ANSWERS)
    answers[codes.SafeJobQuestion.RECRUITER_INVOLVED] = Answer.NO
    for question in (codes.SafeJobQuestion.INSURED, codes.SafeJobQuestion.EMPLOYER_VISITED):
        if teller.chance(0.2):
            answers[question] = Answer.NOT_KNOWN
    if red:
        answers[codes.SafeJobQuestion.PAPERS_KEPT_BY_OTHERS] = Answer.YES
        answers[codes.SafeJobQuestion.FEES_CHARGED] = Answer.YES
    result = suggested_result(answers).result
    teller.of_case(
        "safe_job_check",
        on,
        worker.id,
        job_id=job,
        on=on,
        by_staff_id=worker.id,
        check_in_day=day,
        answers={question.value: {"answer": answer.value, "words": ""} for question, answer in answers.items()},
        result=result,
        conditions="Open questions asked again within two weeks."
        if result is codes.SafeJobResult.GO_WITH_CONDITIONS
        else "",
        valid_until=valid_until(on),
    )


# --- what ends ----------------------------------------------------------------------------------------------------


def tell_deadlines(teller: Teller, course: Course, worker: TrainingStaff) -> None:
    """A reflection period early on, later a permit; some end within weeks from today."""
    reflection = course.opened_on + timedelta(days=teller.one((30, 45, 90)))
    teller.of_case(
        "deadline",
        course.opened_on,
        worker.id,
        kind=codes.DeadlineKind.REFLECTION_PERIOD,
        words="Reflection period",
        starts_on=course.opened_on,
        ends_on=reflection,
        settled_on=reflection if reflection < course.ends_on else None,
    )
    if course.days > 100 and not course.is_closed:
        granted = max(course.opened_on, teller.ago(teller.between(30, 180)))
        kind, words = teller.one(
            (
                (codes.DeadlineKind.RESIDENCE_PERMIT, "Residence permit"),
                (codes.DeadlineKind.RESIDENCE_PERMIT, "Residence permit, personal situation"),
                (codes.DeadlineKind.WORK_PERMIT, "Work permit"),
                (codes.DeadlineKind.HEALTH_COVER, "Health cover"),
            )
        )
        ends_on = teller.today + timedelta(
            days=teller.weighted([(teller.between(5, 30), 4), (teller.between(31, 300), 6)])
        )
        teller.of_case(
            "deadline", granted, worker.id, kind=kind, words=words, starts_on=granted, ends_on=ends_on,
            area=Area.HEALTH.value if kind is codes.DeadlineKind.HEALTH_COVER else Area.LEGAL.value,
        )  # fmt: skip
    if course.days > 200 and teller.chance(0.3) and not course.is_closed:
        teller.of_case(
            "deadline",
            teller.ago(60),
            worker.id,
            kind=codes.DeadlineKind.COMPENSATION_CLAIM,
            words="Claim for unpaid wages",
            ends_on=teller.after(teller.today, 3, 120),
        )
