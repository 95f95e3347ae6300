"""One invented person: who they are, and everything that happened since they came."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from aftercare.domain import codes
from aftercare.domain.codes import RISK_REVIEW_DAYS, Area, AreaState, Gender, NameKind, RiskLevel, Stage
from aftercare.domain.demo import facts, selam
from aftercare.domain.demo.course import Course, drawn_areas, drawn_course
from aftercare.domain.demo.family import tell_family
from aftercare.domain.demo.notes import Circle, tell_notes
from aftercare.domain.demo.office import TrainingStaff, leader_of
from aftercare.domain.demo.origins import ORIGINS, Origin, both
from aftercare.domain.demo.phrases import pronouns
from aftercare.domain.demo.plan import ToldPlan, tell_levels, tell_plan
from aftercare.domain.demo.telling import Teller, Told
from aftercare.domain.permissions import Role

SELAMS_NUMBER = 14
_RISK = {
    Stage.INTAKE: ((RiskLevel.HIGH, 5), (RiskLevel.CRITICAL, 1), (RiskLevel.MEDIUM, 4)),
    Stage.STABILISING: ((RiskLevel.HIGH, 3), (RiskLevel.MEDIUM, 6), (RiskLevel.LOW, 1)),
    Stage.PLAN: ((RiskLevel.HIGH, 1), (RiskLevel.MEDIUM, 6), (RiskLevel.LOW, 3)),
    Stage.REINTEGRATION: ((RiskLevel.MEDIUM, 3), (RiskLevel.LOW, 7)),
    Stage.FOLLOW_UP: ((RiskLevel.MEDIUM, 1), (RiskLevel.LOW, 9)),
    Stage.CLOSED: ((RiskLevel.LOW, 1),),
}
_RISK_REASONS = {
    RiskLevel.CRITICAL: ("Address may be known; moved rooms tonight.", "Threat by message yesterday."),
    RiskLevel.HIGH: ("Former employer still looks for this person.", "People involved live in the same town."),
    RiskLevel.MEDIUM: ("Contacts in the same language community.", "Court date ahead.", "Moves into town soon."),
    RiskLevel.LOW: ("No contact for months; safe address.", "Knows whom to call; no threat since autumn."),
}
_PAPERS = (codes.IdentityKind.PASSPORT, codes.IdentityKind.ASYLUM_CARD, codes.IdentityKind.NATIONAL_ID)
_CLOSED_BECAUSE = (
    codes.ClosureReason.GOALS_MET,
    codes.ClosureReason.GOALS_MET,
    codes.ClosureReason.TRANSFERRED,
    codes.ClosureReason.HER_WISH,
)
_ALERTS = (
    "Do not tell anyone by phone that this person lives here.",
    "Woman interpreter only.",
    "Never leave a message on the mobile phone.",
    "Not in one room with visitors from the embassy.",
    "Allergic to penicillin.",
)


@dataclass(frozen=True, slots=True)
class _Someone:
    origin: Origin
    gender: Gender
    age: int
    interpreter: bool

    @property
    def is_child(self) -> bool:
        return self.age < 18


def tell_person(
    number: int, seed: int, now: datetime, today: date, staff: tuple[TrainingStaff, ...]
) -> tuple[Told, ...]:
    """Everything about the person with this number: the same for the same seed, day and staff."""
    teller = Teller(random.Random(f"{seed}/{number}"), now, today)
    worker = leader_of(number, staff)
    circle = Circle(worker, tuple(one for one in staff[:6] if one is not worker))
    if number == SELAMS_NUMBER:
        return selam.tell(teller, circle, number)
    someone = _drawn_someone(teller, number)
    course = drawn_course(teller, number)
    manager = next(one for one in staff if Role.MANAGER in one.roles)
    words = dict(pronouns(someone.gender))
    areas = drawn_areas(teller, course)
    active = [area for area, state in areas.items() if state is AreaState.ACTIVE] or [Area.SAFETY.value]
    _tell_who(teller, someone, course, worker, number)
    employment = codes.EmploymentState.NOT_WANTED
    relation = teller.one((codes.RelativeKind.SISTER, codes.RelativeKind.MOTHER))
    facts.tell_stays(teller, course, worker)
    facts.tell_deadlines(teller, course, worker)
    if Area.HEALTH in active:
        facts.tell_health(teller, course, worker)
    if Area.EDUCATION in active:
        facts.tell_courses(teller, course, worker)
    if Area.EMPLOYMENT in active:
        employment = facts.tell_work(teller, course, worker)
    if Area.FAMILY in active:
        relation = tell_family(teller, course, worker, manager, is_child=someone.is_child)
    words |= _relative_words(words, relation)
    _tell_case(teller, course, worker, employment)
    plan = ToldPlan(areas)
    tell_levels(teller, course, plan, worker, words)
    if course.stage is not Stage.INTAKE:
        tell_plan(teller, course, plan, worker)
    interpreter = someone.origin.language if someone.interpreter else ""
    facts.tell_appointments(teller, course, worker, active, interpreter)
    tell_notes(teller, course, plan, circle, words, active)
    return tuple(teller.told)


def _relative_words(words: dict[str, str], relation: codes.RelativeKind) -> dict[str, str]:
    name = {codes.RelativeKind.AUNT_OR_UNCLE: "aunt", codes.RelativeKind.GRANDPARENT: "grandmother"}.get(
        relation, relation.value
    )
    return {"relative": f"{words['of_her']} {name}", "relative_cap": f"The {name}"}


def _drawn_someone(teller: Teller, number: int) -> _Someone:
    origin = ORIGINS[(number * 7 + teller.between(0, 1)) % len(ORIGINS)]
    gender = teller.weighted(
        [
            (Gender.FEMALE, 71),
            (Gender.MALE, 24),
            (Gender.TRANSGENDER_FEMALE, 3),
            (Gender.NON_BINARY, 1.5),
            (Gender.TRANSGENDER_MALE, 0.5),
        ]
    )
    age = (
        teller.between(15, 17)
        if teller.chance(0.08)
        else teller.between(18, 31)
        if teller.chance(0.72)
        else teller.between(32, 54)
    )
    return _Someone(origin, gender, age, teller.chance(0.62))


def _tell_who(teller: Teller, someone: _Someone, course: Course, worker: TrainingStaff, number: int) -> None:
    on, origin = course.opened_on, someone.origin
    teller.survivor_id = teller.key(on)
    teller.case_id = teller.key(on)
    born = _birth_date(teller, someone)
    vulnerabilities = [code.value for code, holds in (
        (codes.Vulnerability.CHILD, someone.is_child),
        (codes.Vulnerability.UNACCOMPANIED, someone.is_child),
        (codes.Vulnerability.IRREGULAR_STATUS, teller.chance(0.35)),
        (codes.Vulnerability.SINGLE_PARENT, not someone.is_child and teller.chance(0.15)),
        (codes.Vulnerability.PREGNANCY, someone.gender is Gender.FEMALE and teller.chance(0.04)),
    ) if holds]  # fmt: skip
    ways = teller.one((("call", "in_person"), ("text",), ("messenger", "call"), ("through_worker",), ("in_person",)))
    morning = teller.chance(0.4)
    teller.tell(
        "survivor", on, worker.id,
        id=teller.survivor_id,
        number=number,
        case_code=f"S-{number:04d}",
        birth_date=born,
        age_least=None if born else someone.age - 2,
        age_most=None if born else someone.age + 2,
        age_stated_on=None if born else on,
        gender=someone.gender,
        citizenships=[] if teller.chance(0.04) else [origin.country],
        contact_ways=list(ways),
        contact_phone=_phone(teller, number) if "call" in ways else "",
        contact_from=time(9) if morning else None,
        contact_until=time(12) if morning else None,
        never_leave_message=teller.chance(0.8),
        special_needs=[teller.one(tuple(codes.SpecialNeed)[:7]).value] if teller.chance(0.3) else [],
        vulnerabilities=vulnerabilities,
        may_sign="Guardian office, Ms Holm" if someone.is_child else "",
        told_already=["recruitment"] if teller.chance(0.3) else [],
    )  # fmt: skip
    _tell_names(teller, someone, on, worker)
    teller.of_person(
        "spoken_language", on, worker.id, language=origin.language, interpreter=someone.interpreter, position=0
    )
    if origin.second_language and teller.chance(0.6):
        teller.of_person("spoken_language", on, worker.id, language=origin.second_language, position=1)
    if teller.chance(0.5):
        teller.of_person(
            "identity_number", on, worker.id,
            kind=teller.one(_PAPERS),
            number=f"{teller.one('ABCEHKMPRTX')}{teller.one('ABCEHKMPRTX')}{teller.between(1000000, 9999999)}",
            country=origin.country,
            whereabouts=teller.one(("with its owner", "office safe", "kept by the former employer", "at the embassy")),
        )  # fmt: skip
    if codes.Vulnerability.SINGLE_PARENT.value in vulnerabilities:
        teller.of_person(
            "dependant", on, worker.id, relation=codes.RelativeKind.CHILD,
            birth_date=str(teller.today.year - teller.between(1, 12)), lives_with_her=teller.chance(0.7),
        )  # fmt: skip
    if teller.chance(0.22):
        teller.of_person("alert", on, worker.id, words=teller.one(_ALERTS), since=on)


def _phone(teller: Teller, number: int) -> str:
    """A number of the kind that is never given out."""
    return f"+{teller.between(30, 49)} 555 01{teller.between(0, 99):02d} {number % 1000:03d}"


def _birth_date(teller: Teller, someone: _Someone) -> str | None:
    born = date(teller.today.year - someone.age, 1, 1) + timedelta(days=teller.between(0, 330))
    if born > date(teller.today.year - someone.age, teller.today.month, min(28, teller.today.day)):
        born = born.replace(year=born.year - 1) if (born.month, born.day) != (2, 29) else born - timedelta(days=365)
    return teller.weighted(
        [(born.isoformat(), 60), (f"{born.year}~", 14), (f"{born.year}-{born.month:02d}", 10), (None, 16)]
    )


def _tell_names(teller: Teller, someone: _Someone, on: date, worker: TrainingStaff) -> None:
    origin = someone.origin
    given_names = origin.men if someone.gender in (Gender.MALE, Gender.TRANSGENDER_MALE) else origin.women
    given, local_given = both(teller.one(given_names))
    family, local_family = both(teller.one(origin.families))
    teller.of_person(
        "survivor_name", on, worker.id, kind=NameKind.LEGAL, given=given, family=family,
        language=origin.language, script="Latn", position=0,
    )  # fmt: skip
    position = 1
    if local_given:
        teller.of_person(
            "survivor_name", on, worker.id, kind=NameKind.LOCAL_SCRIPT, given=local_given, family=local_family,
            language=origin.language, script=origin.script, position=position,
        )  # fmt: skip
        position += 1
    if teller.chance(0.2):
        called, _ = both(teller.one(given_names))
        teller.of_person(
            "survivor_name", on, worker.id, kind=NameKind.PREFERRED, given=called, language=origin.language,
            script="Latn", position=position,
        )  # fmt: skip


def _tell_case(teller: Teller, course: Course, worker: TrainingStaff, employment: codes.EmploymentState) -> None:
    on = course.opened_on
    risk = teller.weighted(_RISK[course.stage])
    review_on = teller.working(teller.after(teller.today, -2, RISK_REVIEW_DAYS[risk]))
    teller.tell(
        "survivor_case", on, worker.id,
        id=teller.case_id,
        survivor_id=teller.survivor_id,
        number=1,
        stage=course.stage,
        opened_on=on,
        referral_source=teller.one(tuple(codes.ReferralSource)),
        referred_on=on - timedelta(days=teller.between(0, 4)),
        risk=risk,
        risk_reason=teller.one(_RISK_REASONS[risk]),
        risk_review_on=None if course.is_closed else review_on,
        employment=employment,
        closed_on=course.ends_on if course.is_closed else None,
        closure_reason=teller.one(_CLOSED_BECAUSE) if course.is_closed else None,
    )  # fmt: skip
    teller.of_case("case_worker", on, worker.id, staff_id=worker.id, leads=True, since=on)
    for stage, begun in course.begun.items():
        teller.of_case("stage_change", begun, worker.id, stage=stage, on=begun)
