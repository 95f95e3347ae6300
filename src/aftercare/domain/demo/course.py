"""The course of a case: when it began, through which stages it went, and how each area moved in two voices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from aftercare.domain.codes import MAIN_AREAS, SCALE, Area, AreaState, Level, Stage
from aftercare.domain.demo.telling import Teller

_STAGES: tuple[tuple[tuple[Stage, int, int], float], ...] = (
    ((Stage.INTAKE, 3, 13), 5),
    ((Stage.STABILISING, 25, 80), 11),
    ((Stage.PLAN, 110, 330), 33),
    ((Stage.REINTEGRATION, 330, 600), 27),
    ((Stage.FOLLOW_UP, 540, 730), 14),
    ((Stage.CLOSED, 380, 730), 10),
)
_BEGINS_AT = {  # after how many days a stage begins, of a course that goes at an ordinary pace
    Stage.STABILISING: (7, 16),
    Stage.PLAN: (45, 75),
    Stage.REINTEGRATION: (230, 320),
    Stage.FOLLOW_UP: (470, 530),
}
_ORDER = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Course:
    """`begun` maps each stage reached to its first day; `ends_on` is today or the day of closing."""

    opened_on: date
    stage: Stage
    begun: dict[Stage, date]
    ends_on: date

    @property
    def is_closed(self) -> bool:
        return self.stage is Stage.CLOSED

    @property
    def days(self) -> int:
        return (self.ends_on - self.opened_on).days

    @property
    def planned_on(self) -> date | None:
        """When the first plan was agreed."""
        return self.begun.get(Stage.PLAN)


_GOLDEN = 0.6180339887


def _stage_of(number: int) -> tuple[Stage, int, int]:
    """Stages spread evenly over numbers that follow each other: two dozen people show them all."""
    place = number * _GOLDEN % 1 * sum(weight for _, weight in _STAGES)
    for choice, weight in _STAGES:
        place -= weight
        if place < 0:
            return choice
    return _STAGES[-1][0]


def drawn_course(teller: Teller, number: int) -> Course:
    reached, least, most = _stage_of(number)
    opened_on = teller.working(teller.ago(teller.between(least, most)))
    ends_on = teller.today
    if reached is Stage.CLOSED:
        ends_on = max(opened_on + timedelta(days=120), teller.ago(teller.between(10, 200)))
    begun = {Stage.INTAKE: opened_on}
    before = opened_on
    for next_stage, (soonest, latest) in _BEGINS_AT.items():
        on = opened_on + timedelta(days=teller.between(soonest, latest))
        if _ORDER.index(next_stage) > _ORDER.index(reached) or on >= ends_on:
            break
        before = begun[next_stage] = teller.working(max(on, before + timedelta(days=1)))
    if reached is Stage.CLOSED:
        begun[Stage.CLOSED] = ends_on
    stands = list(begun)[-1]
    return Course(opened_on, stands, begun, ends_on)


# --- areas --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Look:
    """How an area was seen on a day; `moved` is up, down, same, start or unknown."""

    on: date
    staff: Level | None
    own: Level | None
    moved: str


def drawn_areas(teller: Teller, course: Course) -> dict[str, AreaState]:
    """Which areas are worked on, and which wait or are not wanted."""
    areas: dict[str, AreaState] = {}
    for area in MAIN_AREAS:
        refused = 0.2 if area is Area.FAMILY else 0.03
        waits = 0.45 if course.days < 80 and area in (Area.EDUCATION, Area.EMPLOYMENT) else 0.06
        areas[area] = teller.weighted(
            [
                (AreaState.NOT_WANTED, refused),
                (AreaState.LATER, waits),
                (AreaState.ACTIVE, 1 - refused - waits),
            ]
        )
    if teller.chance(0.8):
        areas[Area.LEGAL] = AreaState.ACTIVE
    for area, probability in ((Area.SAFETY, 0.35), (Area.MONEY, 0.3), (Area.COMMUNITY, 0.25)):
        if teller.chance(probability):
            areas[area] = AreaState.ACTIVE
    return areas


def days_of_looks(teller: Teller, course: Course) -> list[date]:
    """Assessments: a first one within days, then every two to four months, and one at the end."""
    days = [course.opened_on + timedelta(days=teller.between(1, 6))]
    while days[-1] + timedelta(days=55) < course.ends_on:
        days.append(teller.working(days[-1] + timedelta(days=teller.between(55, 105))))
    if course.is_closed:
        days.append(course.ends_on)
    return [day for day in days if day <= course.ends_on]


def looks_at(teller: Teller, days: list[date], course: Course) -> list[Look]:
    """One area over the days: from one of the lower levels upwards by fits and starts, her own view a little apart."""
    level = teller.weighted([(1, 4), (2, 5), (3, 1.5)])
    ceiling = {Stage.INTAKE: 2, Stage.STABILISING: 3, Stage.PLAN: 4}.get(course.stage, 5)
    apart = teller.weighted([(-1, 3), (0, 5), (1, 2)])
    looks: list[Look] = []
    for place, day in enumerate(days):
        moved = "start"
        if place:
            change = teller.weighted([(1, 4.2), (0, 5), (-1, 0.9)])
            new = max(1, min(ceiling, level + change))
            moved = "up" if new > level else "down" if new < level else "same"
            level = new
            if teller.chance(0.3):
                apart = teller.weighted([(-1, 3), (0, 5), (1, 2)])
        staff: Level | None = SCALE[level - 1]
        own: Level | None = SCALE[max(1, min(5, level + apart)) - 1]
        if teller.chance(0.25 if not place else 0.02):
            staff, moved = Level.NOT_ENOUGH_INFORMATION, "unknown"
        if teller.chance(0.08):
            own = Level.RATHER_NOT_SAY
        elif teller.chance(0.1):
            own = None
        looks.append(Look(day, staff, own, moved))
    return looks
