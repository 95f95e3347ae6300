"""Words for what stands in the way: of closing, of agreeing a plan, of a rung; parts of a sentence, lower case."""

from __future__ import annotations

from aftercare.domain import closing, reunification, versions
from aftercare.i18n import N_, Language, current

OBSTACLES: dict[str, str] = {
    closing.Obstacle.STEPS_OPEN: N_("some steps are still open"),
    closing.Obstacle.GOALS_OPEN: N_("some goals are still open"),
    closing.Obstacle.STAY_WITHOUT_END: N_("a stay has no end date"),
    closing.Obstacle.APPOINTMENTS_OPEN: N_("some appointments are still ahead"),
    closing.Obstacle.PLAN_NOT_SIGNED: N_("the plan is not agreed by both"),
    closing.Obstacle.REASON_MISSING: N_("the reason for closing is missing"),
    closing.Obstacle.FOLLOW_UPS_NOT_PLANNED: N_("the follow-ups at 3, 6 and 12 months are not planned"),
    versions.Missing.NO_GOAL: N_("it has no goal yet"),
    versions.Missing.GOAL_WITHOUT_WORDS: N_("a goal has no words yet"),
    versions.Missing.NO_REVIEW_DAY: N_("the review has no day yet"),
    versions.Missing.REVIEW_BEFORE_AGREEMENT: N_("the review must be after the day of agreement"),
    reunification.Obstacle.STOPPED_BY_SURVIVOR: N_("the survivor said stop, and nobody else can lift that"),
    reunification.Obstacle.STOPPED_FOR_SAFETY: N_("it is stopped for safety until a manager lifts that"),
    reunification.Obstacle.ONE_RUNG_AT_A_TIME: N_("a step before it is still to come"),
    reunification.Obstacle.ALREADY_THERE: N_("this step is reached already"),
    reunification.Obstacle.CONSENT_MISSING: N_("the survivor’s consent has no date yet"),
    reunification.Obstacle.CONSENT_IN_FUTURE: N_("the consent is dated after the step"),
    reunification.Obstacle.CONSENT_BEFORE_STOP: N_("the consent is older than the stop, so ask again"),
    reunification.Obstacle.ASSENT_MISSING: N_("the child’s agreement has no date yet"),
    reunification.Obstacle.GUARDIAN_MISSING: N_("the guardian is not named yet"),
    reunification.Obstacle.BEST_INTEREST_MISSING: N_("the best-interest decision has no date yet"),
    reunification.Obstacle.SAFETY_NOT_ANSWERED: N_("the safety question is not answered yet"),
    reunification.Obstacle.NOT_SAFE: N_("the answer to the safety question is no"),
    reunification.Obstacle.SAFETY_NOT_SURE: N_("it is not known yet whether it is safe"),
    reunification.Obstacle.SURVIVOR_NOT_WILLING: N_("the survivor has not said yes to it"),
    reunification.Obstacle.FAMILY_NOT_WILLING: N_("the family has not said yes to it"),
    reunification.Obstacle.MEANS_MISSING: N_("money, housing, school or work there are not settled yet"),
    reunification.Obstacle.ONLY_SURVIVOR_LIFTS: N_("only the survivor can lift this stop"),
    reunification.Obstacle.ONLY_MANAGER_LIFTS: N_("only a manager can lift this stop"),
}

READINESS: dict[str, str] = {
    closing.Obstacle.STEPS_OPEN: N_("Every step is done or dropped"),
    closing.Obstacle.GOALS_OPEN: N_("Every goal is achieved, changed or set aside"),
    closing.Obstacle.STAY_WITHOUT_END: N_("Every stay with us has an end date"),
    closing.Obstacle.APPOINTMENTS_OPEN: N_("No appointment is still ahead"),
    closing.Obstacle.PLAN_NOT_SIGNED: N_("The plan is agreed by both"),
    closing.Obstacle.REASON_MISSING: N_("The reason for closing is chosen"),
    closing.Obstacle.FOLLOW_UPS_NOT_PLANNED: N_("Follow-ups at 3, 6 and 12 months are planned"),
}


def obstacle_words(code: str, language: Language | None = None) -> str:
    """What stands in the way, as part of a sentence."""
    return (language or current()).tr(OBSTACLES[code])


def readiness_words(obstacle: closing.Obstacle, language: Language | None = None) -> str:
    """The line of the checklist that is ticked when the obstacle is gone."""
    return (language or current()).tr(READINESS[obstacle])
