"""An invented case with something in every chapter of a report, and words that must not stand in the wrong one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from aftercare.domain import codes
from aftercare.domain.codes import Answer, Area, Level, StepDoer, StepState
from aftercare.domain.drafts.people import LanguageDraft
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.facts import (
    Appointment,
    Attendance,
    Deadline,
    Enrolment,
    FamilyContact,
    Job,
    LadderMove,
    Placement,
    Relative,
    Reunification,
    SafeJobCheck,
)
from aftercare.records.people import Case
from aftercare.records.plans import Goal, Plan, PlanArea, PlanVersion, ProgressEntry, Step
from aftercare.services.desk import Desk
from aftercare.services.work import Work, about
from makers import a_survivor

STAFF_NAME = "A. Rahman"
PROVIDER = "Lindenhof Provider"
EMPLOYER = "Bakery Zorn Employer"
RELATIVE = "Mehret Relative"
ADDRESS = "Hidden Lane 7"
STAFF_REMARK = "staff-only remark"
RESTRICTED = "restricted narrative"
NARRATIVE = "She viewed a second room."
GOAL = "A room of my own with a door that locks."
DIAGNOSIS = "sleep diary words"

LEVELS: dict[str, list[tuple[date, Level | None, Level | None]]] = {
    Area.HOUSING: [
        (date(2026, 3, 16), Level.IN_CRISIS, Level.IN_CRISIS),
        (date(2026, 6, 1), Level.VULNERABLE, Level.VULNERABLE),
        (date(2026, 11, 9), Level.SAFE, Level.VULNERABLE),
    ],
    Area.HEALTH: [
        (date(2026, 3, 16), Level.IN_CRISIS, None),
        (date(2026, 8, 20), Level.SAFE, Level.SAFE),
        (date(2026, 11, 9), Level.BUILDING, Level.BUILDING),
    ],
    Area.EDUCATION: [
        (date(2026, 5, 4), Level.IN_CRISIS, None),
        (date(2026, 11, 9), Level.VULNERABLE, Level.SAFE),
    ],
    Area.EMPLOYMENT: [(date(2026, 11, 9), Level.NOT_ENOUGH_INFORMATION, Level.RATHER_NOT_SAY)],
}


def a_full_case(desk: Desk, *languages: str, goal: str = GOAL, more_steps: int = 0) -> PersonHead:
    """A woman since 16 March 2026 with an agreed plan over five areas; today is 23 November."""
    spoken = tuple(LanguageDraft(tag) for tag in languages or ("ti",))
    head = a_survivor(desk, "Selam", "Tesfay", gender=codes.Gender.FEMALE, languages=spoken)
    desk.do(fill_case, head.case_id, goal, more_steps)
    return head


def fill_case(work: Work, case_id: UUID, goal: str, more_steps: int) -> None:
    case = work.get(Case, case_id)
    case.opened_on = date(2026, 3, 16)
    case.stage = codes.Stage.REINTEGRATION
    case.employment = codes.EmploymentState.APPLYING
    whom = about(case)
    plan = work.add(Plan(review_on=date(2026, 12, 2), **whom))
    _housing(work, plan, whom, goal, more_steps)
    _health(work, plan, whom)
    _education(work, plan, whom)
    _employment(work, plan, whom)
    _family(work, plan, whom)
    work.add(Deadline(kind=codes.DeadlineKind.RESIDENCE_PERMIT, ends_on=date(2027, 1, 15), **whom))
    for area, levels in LEVELS.items():
        for on, staff, own in levels:
            work.add(ProgressEntry(area=area, on=on, staff_level=staff, own_level=own, **whom))
    work.add(ProgressEntry(area=Area.HOUSING, on=date(2026, 11, 18), narrative=NARRATIVE, **whom))
    work.add(ProgressEntry(area=Area.HEALTH, on=date(2026, 11, 17), narrative=RESTRICTED, restricted=True, **whom))
    work.add(
        PlanVersion(
            plan_id=plan.id,
            number=3,
            agreed_on=date(2026, 11, 9),
            review_on=date(2026, 12, 2),
            content={"form": 1, "areas": []},
            her_signature_way=codes.SignatureWay.DRAWN,
            her_signature={"strokes": [[[0.1, 0.5], [0.3, 0.2], [0.5, 0.8], [0.8, 0.4]]]},
            worker_signature_way=codes.SignatureWay.ON_PAPER,
            worker_id=work.actor.id,
            **whom,
        )
    )


def _goal(work: Work, plan: Plan, whom: dict[str, Any], area: str, words: str, position: int) -> Goal:
    planned = work.add(PlanArea(plan_id=plan.id, area=area, position=position, **whom))
    return work.add(Goal(plan_area_id=planned.id, words=words, state=codes.GoalState.IN_PROGRESS, **whom))


def _step(work: Work, goal: Goal, whom: dict[str, Any], words: str, **step: Any) -> Step:
    return work.add(Step(goal_id=goal.id, words=words, **{"due_on": None, **step}, **whom))


def _housing(work: Work, plan: Plan, whom: dict[str, Any], goal_words: str, more_steps: int) -> None:
    goal = _goal(work, plan, whom, Area.HOUSING, goal_words, 0)
    done = {"state": StepState.DONE, "done_on": date(2026, 11, 19)}
    _step(work, goal, whom, "View two rooms", staff_id=work.actor.id, due_on=date(2026, 11, 19), **done)
    _step(work, goal, whom, "Confirm move-in date", due_on=date(2026, 11, 20))
    _step(work, goal, whom, "Pack my things", doer=StepDoer.SURVIVOR, due_on=date(2026, 11, 30))
    _step(
        work, goal, whom, "Rent support application", doer=StepDoer.PROVIDER, provider=PROVIDER,
        due_on=date(2027, 1, 15), state=StepState.BLOCKED, barrier=codes.StepBarrier.WAITS_FOR_PAPERS,
        barrier_words=STAFF_REMARK,
    )  # fmt: skip
    for n in range(more_steps):
        _step(
            work,
            goal,
            whom,
            f"Further step number {n} towards a home of my own",
            due_on=date(2026, 12, 1),
            position=n + 1,
        )
    work.add(
        Placement(
            kind=codes.PlacementKind.OWN_ROOM_IN_SHELTER, name="Room 4", address=ADDRESS, since=date(2026, 8, 3), **whom
        )
    )


def _health(work: Work, plan: Plan, whom: dict[str, Any]) -> None:
    goal = _goal(work, plan, whom, Area.HEALTH, "Sleep through the night.", 1)
    before = None
    for n in range(6):
        step = _step(
            work, goal, whom, "Counselling, weekly", doer=StepDoer.PROVIDER, provider=PROVIDER, repeat="FREQ=WEEKLY",
            state=StepState.DONE, done_on=date(2026, 10, 1 + n), position=n, follows_id=before,
        )  # fmt: skip
        before = step.id
    _step(
        work, goal, whom, "Counselling, weekly", doer=StepDoer.PROVIDER, provider=PROVIDER, repeat="FREQ=WEEKLY",
        position=9, follows_id=before,
    )  # fmt: skip
    kinds = codes.AppointmentKind
    for day in (5, 12, 19):
        work.add(
            Appointment(
                kind=kinds.COUNSELLING_SESSION, on=date(2026, 10, day), words=DIAGNOSIS, restricted=True,
                state=codes.AppointmentState.ATTENDED, **whom,
            )
        )  # fmt: skip
    work.add(Appointment(kind=kinds.DENTAL, on=date(2026, 12, 1), provider=PROVIDER, restricted=True, **whom))


def _education(work: Work, plan: Plan, whom: dict[str, Any]) -> None:
    goal = _goal(work, plan, whom, Area.EDUCATION, "Read letters from the authorities myself.", 2)
    _step(work, goal, whom, "Enrol in language course A2", doer=StepDoer.SURVIVOR, due_on=date(2026, 11, 27))
    course = work.add(
        Enrolment(
            kind=codes.EducationKind.LANGUAGE_COURSE, course="German", provider=PROVIDER, language_level="A1",
            state=codes.EnrolmentState.ATTENDING, since=date(2026, 9, 1), **whom,
        )
    )  # fmt: skip
    work.add(Attendance(enrolment_id=course.id, month=date(2026, 10, 1), held=12, attended=10, **whom))


def _employment(work: Work, plan: Plan, whom: dict[str, Any]) -> None:
    goal = _goal(work, plan, whom, Area.EMPLOYMENT, "Earn my own money.", 3)
    _step(work, goal, whom, "Trial day", due_on=date(2026, 12, 7))
    job = work.add(
        Job(employer=EMPLOYER, role="Baker's help", state=codes.JobState.WORKING, since=date(2026, 11, 2), **whom)
    )
    work.add(
        SafeJobCheck(
            job_id=job.id, on=date(2026, 11, 1), by_staff_id=work.actor.id, answers={},
            result=codes.SafeJobResult.GO_WITH_CONDITIONS, **whom,
        )
    )  # fmt: skip


def _family(work: Work, plan: Plan, whom: dict[str, Any]) -> None:
    goal = _goal(work, plan, whom, Area.FAMILY, "Hear my mother's voice.", 4)
    _step(work, goal, whom, "Prepare the first call")
    mother = work.add(Relative(name=RELATIVE, relation=codes.RelativeKind.MOTHER, was_recruiter=Answer.NO, **whom))
    ladder = work.add(Reunification(relative_id=mother.id, household=RELATIVE, rung=codes.Rung.CONTACT, **whom))
    work.add(LadderMove(reunification_id=ladder.id, rung=codes.Rung.CONTACT, on=date(2026, 9, 14), **whom))
    work.add(FamilyContact(relative_id=mother.id, on=date(2026, 10, 3), way=codes.FamilyContactWay.CALL, **whom))
