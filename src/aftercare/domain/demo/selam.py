"""The person of the pictures: 24, Tigrinya, wants a room of her own with a door that locks; her sister was found."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

from aftercare.domain import codes
from aftercare.domain.codes import Answer, Area, AreaState, GoalState, Level, NoteKind, Rung, Stage, StepState
from aftercare.domain.demo.course import Course, Look
from aftercare.domain.demo.goals import GoalIdea, goal
from aftercare.domain.demo.notes import Circle, tell_notes
from aftercare.domain.demo.phrases import pronouns
from aftercare.domain.demo.plan import ToldGoal, ToldPlan, ToldStep, write_plan
from aftercare.domain.demo.telling import Teller, Told

_NAMES = {1: Level.IN_CRISIS, 2: Level.VULNERABLE, 3: Level.SAFE, 4: Level.BUILDING, 5: Level.EMPOWERED}
_LOOKS_AGO = (350, 265, 175, 84, 14)  # days
_LEVELS: dict[str, tuple[str, str]] = {  # staff and herself at those looks; - not asked, ? not enough known, x not said
    Area.HOUSING: ("12333", "22332"),
    Area.HEALTH: ("11234", "22334"),
    Area.EDUCATION: ("?1122", "-1233"),
    Area.EMPLOYMENT: ("???11", "--xxx"),
    Area.FAMILY: ("11223", "22223"),
    Area.LEGAL: ("12223", "-1223"),
}
# «done on» and «due on» in days from today; the steps of each goal in order
_PLAN: tuple[tuple[str, GoalIdea, int, tuple[tuple[int | None, int], ...]], ...] = (
    (
        Area.HOUSING,
        goal("A room of my own with a door that locks", "temporary", "safe",
             "she: List what the room must have", "we: View two rooms with housing provider",
             "we: Confirm move-in date", "we: Safety check of door, street and neighbours",
             "Welfare office: Rent support application"),
        69, ((-11, -11), (-4, -4), (None, -3), (None, 46), (None, 53)),
    ),
    (
        Area.HOUSING,
        goal("Know two neighbours before I move", "knows nobody there", "two people to ask",
             "she: Go to the neighbourhood house", "we: Introduce the contact person"),
        90, ((None, 30), (None, 60)),
    ),
    (
        Area.HEALTH,
        goal("Sleep through the night", "two nights of seven", "five nights of seven",
             "Counselling centre Meadow: First counselling session", "she: Keep the sleep diary",
             "we: Lamp for the room", "Northgate clinic: General check", "Northgate clinic: Vaccinations",
             "Dental clinic Bridge St: Dental check", "*Counselling centre Meadow: Counselling, weekly"),
        60, ((-52, -52), (-40, -38), (-60, -60), (-75, -70), (-30, -33), (None, 8), (None, 3)),
    ),
    (
        Area.EDUCATION,
        goal("Speak for myself at the office", "interpreter for everything", "simple talks alone",
             "she: Language course A1", "she: Enrol in A2", "we: Collect attendance letter",
             "she: Make one phone call alone each week"),
        120, ((-10, -12), (None, 22), (None, 0), (None, 40)),
    ),
    (
        Area.EMPLOYMENT,
        goal("I want to bake", "no work", "a safe job in a bakery",
             "she: Visit the bakery training", "we: Safe-job check before the trial", "Harbour Bakery: Trial week"),
        150, ((None, 25), (None, 35), (None, 80)),
    ),
    (
        Area.FAMILY,
        goal("Know that my sister is safe", "no news", "regular contact",
             "Tracing service: Search", "she: Decide how to make contact", "she: First video call",
             "she: Second video call with sister", "we: Talk about it the day after",
             "we: Safety questions answered", "she: Decide whether to go further"),
        100, ((-40, -45), (-20, -21), (-1, -1), (None, 1), (None, 2), (None, 20), (None, 60)),
    ),
    (
        Area.LEGAL,
        goal("A paper that says I may stay", "reflection period", "residence permit",
             "Legal aid centre: Counsel appointed", "we: Reflection period confirmed in writing",
             "she: Permit application"),
        40, ((-90, -92), (-7, -8), (None, 20)),
    ),
)  # fmt: skip


def tell(teller: Teller, circle: Circle, number: int) -> tuple[Told, ...]:
    """Her whole story, ending today as the pictures show it."""
    worker = circle.worker
    opened_on = teller.ago(356)
    begun = {
        Stage.INTAKE: opened_on,
        Stage.STABILISING: opened_on + timedelta(days=9),
        Stage.PLAN: opened_on + timedelta(days=70),
    }
    course = Course(opened_on, Stage.PLAN, begun, teller.today)
    _tell_who(teller, circle, number, opened_on)
    _tell_case(teller, circle, course)
    plan = ToldPlan(dict.fromkeys(_LEVELS, AreaState.ACTIVE))
    _tell_looks(teller, circle, plan)
    for area, idea, target, days in _PLAN:
        plan.goals.append(_told_goal(teller, circle, area, idea, target, days))
    plan.version_days = [teller.ago(286), teller.ago(150), teller.ago(14)]
    write_plan(teller, course, plan, worker, teller.ago(290))
    plan_record = next(told for told in teller.told if told.kind == "plan")
    plan_record.values["review_on"] = teller.today + timedelta(days=9)
    _tell_stays(teller, circle, opened_on)
    _tell_area_facts(teller, circle)
    words = dict(pronouns(codes.Gender.FEMALE)) | {"relative": "her sister", "relative_cap": "The sister"}
    earlier = Course(opened_on, Stage.PLAN, begun, teller.ago(17))
    tell_notes(teller, earlier, ToldPlan({}), circle, words, list(_LEVELS))
    _tell_last_notes(teller, circle)
    return tuple(teller.told)


def _tell_who(teller: Teller, circle: Circle, number: int, on: date) -> None:
    teller.survivor_id, teller.case_id = teller.key(on), teller.key(on)
    by = circle.worker.id
    born = teller.today - timedelta(days=24 * 365 + 130)
    teller.tell(
        "survivor", on, by,
        id=teller.survivor_id, number=number, case_code=f"S-{number:04d}", birth_date=born.isoformat(),
        gender=codes.Gender.FEMALE, citizenships=["ER"], contact_ways=["call"], contact_phone="+49 555 0142 142",
        contact_from=time(9), contact_until=time(12), never_leave_message=True, name_to_use="Ms T.",
        contact_words="Say that it is the library calling.", special_needs=["prayer"],
        vulnerabilities=["irregular_status"], told_already=["recruitment"],
    )  # fmt: skip
    for place, (kind, given, family, script) in enumerate(
        (
            (codes.NameKind.LEGAL, "Selam", "Tesfay", "Latn"),
            (codes.NameKind.LOCAL_SCRIPT, "ሰላም", "ተስፋይ", "Ethi"),
            (codes.NameKind.PREFERRED, "Sel", "", "Latn"),
        )
    ):
        teller.of_person(
            "survivor_name", on, by, kind=kind, given=given, family=family, language="ti", script=script, position=place
        )
    teller.of_person("spoken_language", on, by, language="ti", interpreter=True, reads=True, position=0)
    teller.of_person("spoken_language", on, by, language="en", words="some", position=1)
    teller.of_person(
        "identity_number", on, by, kind=codes.IdentityKind.ASYLUM_CARD, number="AK4471820", country="DE",
        whereabouts="in the office safe",
    )  # fmt: skip


def _tell_case(teller: Teller, circle: Circle, course: Course) -> None:
    on, by = course.opened_on, circle.worker.id
    teller.tell(
        "survivor_case", on, by,
        id=teller.case_id, survivor_id=teller.survivor_id, number=1, stage=Stage.PLAN, opened_on=on,
        referral_source=codes.ReferralSource.HOTLINE, referred_on=on - timedelta(days=1), risk=codes.RiskLevel.MEDIUM,
        risk_reason="Former employer looked for her in summer; nothing since.",
        risk_review_on=teller.today + timedelta(days=12), employment=codes.EmploymentState.PREPARING,
    )  # fmt: skip
    teller.of_case("case_worker", on, by, staff_id=by, leads=True, since=on)
    for stage, begun in course.begun.items():
        teller.of_case("stage_change", begun, by, stage=stage, on=begun)


def _level(sign: str) -> Level | None:
    if sign.isdigit():
        return _NAMES[int(sign)]
    return {"?": Level.NOT_ENOUGH_INFORMATION, "x": Level.RATHER_NOT_SAY}.get(sign)


_TOLD_WITH_LEVELS = {
    (Area.HOUSING, 4): "Lives in the shelter since August; viewed two rooms, one chosen.",
    (Area.HEALTH, 4): "Six counselling sessions; sleeping five nights of seven, by her own count.",
    (Area.EDUCATION, 4): "Language course A1, 82 % of sessions attended. Reads short texts alone.",
    (Area.EMPLOYMENT, 4): "Talked about baking for the first time; nothing begun yet.",
    (Area.FAMILY, 4): "Sister found and well. One call so far; she sets the pace.",
    (Area.LEGAL, 4): "Counsel appointed, reflection period confirmed in writing.",
    (Area.HOUSING, 3): "Moved to room 4, which is quieter.",
    (Area.HEALTH, 2): "Counselling began; nights still short.",
}


def _tell_looks(teller: Teller, circle: Circle, plan: ToldPlan) -> None:
    by = circle.worker.id
    for place, ago in enumerate(_LOOKS_AGO):
        day = teller.ago(ago)
        assessment = teller.of_case("assessment", day, by, on=day, setting="shelter")
        for area, (staff, own) in _LEVELS.items():
            look = Look(day, _level(staff[place]), _level(own[place]), "same")
            plan.looks.setdefault(area, []).append(look)
            teller.of_case(
                "progress_entry", day, by, area=area, on=day, staff_level=look.staff, own_level=look.own,
                narrative=_TOLD_WITH_LEVELS.get((Area(area), place), ""), assessment_id=assessment,
            )  # fmt: skip


def _told_goal(
    teller: Teller, circle: Circle, area: str, idea: GoalIdea, target: int, days: tuple[tuple[int | None, int], ...]
) -> ToldGoal:
    made_on = teller.ago(14) if area == Area.HOUSING else teller.ago(100)
    steps = []
    for step, (done, due) in zip(idea.steps, days, strict=True):
        staff = circle.others[0] if step.words.startswith("View") else circle.worker
        who = {"staff": staff.display_name, "provider": step.provider}.get(step.doer.value, "")
        done_on = None if done is None else teller.today + timedelta(days=done)
        state = StepState.OPEN if done is None else StepState.DONE
        if step.words == "Rent support application":
            state = StepState.BLOCKED
        told = ToldStep(
            teller.key(made_on),
            step,
            who,
            teller.today + timedelta(days=due),
            state,
            done_on,
            "FREQ=WEEKLY;BYDAY=TH" if step.weekly else "",
            staff_id=staff.id,
            waits_for_words="waits for the permit" if state is StepState.BLOCKED else "",
        )
        steps.append(told)
    done = any(step.state is StepState.DONE for step in steps)
    target_on = teller.today + timedelta(days=target)
    stands = GoalState.IN_PROGRESS if done else GoalState.AGREED
    return ToldGoal(teller.key(made_on), area, idea, made_on, target_on, stands, steps)


def _tell_stays(teller: Teller, circle: Circle, opened_on: date) -> None:
    by = circle.worker.id
    days = [opened_on, teller.ago(330), teller.ago(240), teller.ago(112)]
    kinds = (
        (codes.PlacementKind.SHELTER_BED, "Room 2, bed B"),
        (codes.PlacementKind.HOSPITAL, ""),
        (codes.PlacementKind.SHELTER_BED, "Room 6, bed A"),
        (codes.PlacementKind.OWN_ROOM_IN_SHELTER, "Shelter room 4"),
    )
    for place, ((kind, name), since) in enumerate(zip(kinds, days, strict=True)):
        until = days[place + 1] if place < 3 else None
        placement = teller.of_case(
            "placement", since, by, kind=kind, name=name, since=since, until=until,
            move_on_by=None if until else teller.today + timedelta(days=69),
            rent=None if until else Decimal(0), currency="EUR", rent_payer=codes.RentPayer.ORGANISATION,
            exit_reason=codes.ExitReason.MOVED_ON if until else None,
        )  # fmt: skip
    answers = dict.fromkeys(codes.SafetyCheckPoint, Answer.YES.value)  # yes is the safe answer to each
    teller.of_case(
        "safety_check", days[-1], by, placement_id=placement, on=days[-1], by_staff_id=by,
        answers={point.value: answer for point, answer in answers.items()},
    )  # fmt: skip


def _tell_area_facts(teller: Teller, circle: Circle) -> None:
    by = circle.worker.id
    _tell_course(teller, by_circle=circle)
    teller.of_case(
        "health_fact", teller.ago(300), by, kind=codes.HealthFactKind.COVER, words="Health card, basic cover"
    )
    teller.of_case("health_fact", teller.ago(280), by, kind=codes.HealthFactKind.NEED, words="Dental check")
    for week in range(6):
        on = teller.ago(11 + 7 * (5 - week))
        teller.of_case(
            "appointment", on, by, area=Area.HEALTH.value, kind=codes.AppointmentKind.COUNSELLING_SESSION, on=on,
            at=time(15), minutes=50, provider="Counselling centre Meadow", state=codes.AppointmentState.ATTENDED,
            interpreter=codes.InterpreterState.CONFIRMED, interpreter_language="ti", restricted=True,
        )  # fmt: skip
    for kind, days, at, area, provider in (
        (codes.AppointmentKind.DENTAL, 8, time(10, 30), Area.HEALTH, "Dental clinic Bridge St"),
        (codes.AppointmentKind.FAMILY_CONTACT, 1, time(17), Area.FAMILY, "Quiet room"),
        (codes.AppointmentKind.LAWYER, 0, time(14), Area.LEGAL, "Legal aid centre"),
    ):
        teller.of_case(
            "appointment", teller.ago(6), by, area=area.value, kind=kind, on=teller.today + timedelta(days=days), at=at,
            minutes=45, provider=provider, interpreter=codes.InterpreterState.CONFIRMED, interpreter_language="ti",
            accompanied_by=circle.worker.display_name,
        )  # fmt: skip
    hearing = teller.ago(165)
    teller.of_case(
        "appointment", hearing, by, area=Area.LEGAL.value, kind=codes.AppointmentKind.HEARING, on=hearing, at=time(9),
        minutes=90, provider="District court", words="Heard with a screen", state=codes.AppointmentState.ATTENDED,
        interpreter=codes.InterpreterState.CONFIRMED, interpreter_language="ti",
    )  # fmt: skip
    teller.of_case(
        "deadline", teller.ago(7), by, kind=codes.DeadlineKind.REFLECTION_PERIOD, words="Reflection period",
        starts_on=teller.ago(60), ends_on=teller.today + timedelta(days=30),
    )  # fmt: skip
    _tell_sister(teller, circle)


def _tell_course(teller: Teller, by_circle: Circle) -> None:
    """A1 with 41 of 50 sessions attended: 82 %."""
    by, since = by_circle.worker.id, teller.ago(150)
    enrolment = teller.of_case(
        "enrolment", since, by, kind=codes.EducationKind.LANGUAGE_COURSE, course="Language course A1",
        provider="City language school", isced=codes.Isced.PRIMARY, language_level="A1",
        state=codes.EnrolmentState.ATTENDING, since=since,
    )  # fmt: skip
    month = since.replace(day=1)
    for held, attended in ((8, 5), (12, 10), (10, 9), (12, 10), (8, 7)):
        teller.of_case("attendance", month, by, enrolment_id=enrolment, month=month, held=held, attended=attended)
        month = (month + timedelta(days=32)).replace(day=1)


def _tell_sister(teller: Teller, circle: Circle) -> None:
    by = circle.worker.id
    sister = teller.of_case(
        "relative", teller.ago(200), by, name="Letebrhan", relation=codes.RelativeKind.SISTER,
        whereabouts="Addis Ababa", her_wish="Know that she is safe, and talk",
        was_recruiter=Answer.NO, knows_where_she_is=Answer.NO,
    )  # fmt: skip
    ladder = teller.of_case(
        "reunification", teller.ago(200), by, relative_id=sister, household="Sister, Addis Ababa", rung=Rung.CONTACT
    )
    for rung, ago in ((Rung.TRACE, 120), (Rung.CONTACT, 20)):
        teller.of_case(
            "ladder_move", teller.ago(ago), by, reunification_id=ladder, rung=rung, on=teller.ago(ago),
            consent_on=teller.ago(ago + 1), safety_answered=True, safe_to_proceed=Answer.YES, she_is_willing=Answer.YES,
            safety_words="The sister had no part in it and does not know the address.",
        )  # fmt: skip
    teller.of_case(
        "family_contact", teller.ago(1), by, relative_id=sister, on=teller.ago(1),
        way=codes.FamilyContactWay.VIDEO_CALL, minutes=20, words="First video call; wants to call again.",
    )  # fmt: skip


def _tell_last_notes(teller: Teller, circle: Circle) -> None:
    worker, other = circle.worker, circle.others[0]
    for ago, writer, area, kind, minutes, words, restricted in (
        (1, worker, Area.FAMILY, NoteKind.CALL, 20,
         "First video call with sister, 20 min. Both cried and laughed; wants to call again.", False),
        (4, other, Area.HOUSING, NoteKind.VISIT, 60, "Viewed room with housing provider. Lock and lighting checked.",
         False),
        (7, worker, Area.LEGAL, NoteKind.MESSAGE, 10, "Reflection period confirmed in writing.", False),
        (11, worker, Area.HEALTH, NoteKind.COUNSELLING, 50, "Counselling session 6.", True),
        (14, worker, None, NoteKind.MEETING, 45, "Plan agreed and signed by both.", False),
        (16, worker, Area.EDUCATION, NoteKind.MEETING, 15, "Teacher says she learns quickly. Next level from January.",
         False),
    ):  # fmt: skip
        on = teller.ago(ago)
        at = time(16 if ago == 1 else 10 + ago % 6, 20)
        teller.of_case(
            "note", on, writer.id, at=at, area=area.value if area else None, kind=kind, on=on, minutes=minutes,
            words=words, restricted=restricted,
        )  # fmt: skip
