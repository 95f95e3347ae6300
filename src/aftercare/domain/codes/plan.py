"""Words of a plan: areas, goals, steps, the five-step scale, how it was agreed."""

from __future__ import annotations

from enum import StrEnum


class Area(StrEnum):
    """The areas of a plan that every vault knows; an organisation adds its own beside them by other codes."""

    HOUSING = "housing"
    HEALTH = "health"
    EDUCATION = "education"
    EMPLOYMENT = "employment"
    FAMILY = "family_reunification"
    LEGAL = "legal_status"
    SAFETY = "safety"
    MONEY = "money"
    COMMUNITY = "community"


OWN_AREA = "own_"
"""How the codes of an organisation's own areas begin."""

MAIN_AREAS = (Area.HOUSING, Area.HEALTH, Area.EDUCATION, Area.EMPLOYMENT, Area.FAMILY)


class AreaState(StrEnum):
    """Whether an area is worked on now; «later» and «not wanted» are her answers."""

    ACTIVE = "active"
    LATER = "later"
    NOT_WANTED = "not_wanted"


class GoalState(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    ACHIEVED = "achieved"
    CHANGED = "changed"
    SET_ASIDE = "set_aside"


OPEN_GOALS = (GoalState.PROPOSED, GoalState.AGREED, GoalState.IN_PROGRESS)


class StepState(StrEnum):
    OPEN = "open"
    DONE = "done"
    BLOCKED = "blocked"
    DROPPED = "dropped"


class StepDoer(StrEnum):
    """Who does a step."""

    SURVIVOR = "survivor"
    STAFF = "staff"
    PROVIDER = "provider"


class StepBarrier(StrEnum):
    WAITS_FOR_PAPERS = "waits_for_papers"
    WAITS_FOR_PROVIDER = "waits_for_provider"
    NO_PLACE = "no_place"
    MONEY = "money"
    HEALTH = "health"
    FEAR = "fear"
    TRANSPORT = "transport"
    CHILDCARE = "childcare"
    NOT_WANTED_NOW = "not_wanted_now"
    ANOTHER_STEP = "another_step"


class Level(StrEnum):
    """The built-in five-step scale and the two answers that are not levels (never the lowest step)."""

    IN_CRISIS = "in_crisis"
    VULNERABLE = "vulnerable"
    SAFE = "safe"
    BUILDING = "building"
    EMPOWERED = "empowered"
    NOT_ENOUGH_INFORMATION = "not_enough_information"
    RATHER_NOT_SAY = "rather_not_say"

    @property
    def step(self) -> int | None:
        """1 (in crisis) to 5 (empowered); None for an answer that is not a level."""
        return _STEPS.get(self)


_STEPS = {
    Level.IN_CRISIS: 1,
    Level.VULNERABLE: 2,
    Level.SAFE: 3,
    Level.BUILDING: 4,
    Level.EMPOWERED: 5,
}
SCALE = tuple(_STEPS)
STAFF_LEVELS = (*SCALE, Level.NOT_ENOUGH_INFORMATION)  # only the survivor may rather not say


class PlanVersionState(StrEnum):
    AGREED = "agreed"
    SUPERSEDED = "superseded"


class SignatureWay(StrEnum):
    """How someone agreed to a plan version."""

    DRAWN = "drawn"
    ON_PAPER = "on_paper"
    MARK = "mark"
    SPOKEN = "spoken"
