"""Words for codes of the plan: areas, goals, steps, levels, agreement, and of what is printed."""

from __future__ import annotations

from enum import StrEnum

from aftercare.domain import codes
from aftercare.domain.differences import DifferenceKind
from aftercare.domain.drafts.reports import Narratives
from aftercare.domain.recurrence import Repeat
from aftercare.domain.report_periods import ReportPeriod
from aftercare.domain.reunification import Lifter
from aftercare.i18n import N_

AREAS: dict[StrEnum, str] = {
    codes.Area.HOUSING: N_("Housing"),
    codes.Area.HEALTH: N_("Health"),
    codes.Area.EDUCATION: N_("Education"),
    codes.Area.EMPLOYMENT: N_("Employment"),
    codes.Area.FAMILY: N_("Family reunification"),
    codes.Area.LEGAL: N_("Legal & status"),
    codes.Area.SAFETY: N_("Safety"),
    codes.Area.MONEY: N_("Money"),
    codes.Area.COMMUNITY: N_("Community"),
}
OWN_AREA = N_("Own area")

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    codes.Area: AREAS,
    codes.AreaState: {
        codes.AreaState.ACTIVE: N_("Active"),
        codes.AreaState.LATER: N_("Later"),
        codes.AreaState.NOT_WANTED: N_("Not wanted"),
    },
    codes.GoalState: {
        codes.GoalState.PROPOSED: N_("Proposed"),
        codes.GoalState.AGREED: N_("Agreed"),
        codes.GoalState.IN_PROGRESS: N_("In progress"),
        codes.GoalState.ACHIEVED: N_("Achieved"),
        codes.GoalState.CHANGED: N_("Changed"),
        codes.GoalState.SET_ASIDE: N_("Set aside"),
    },
    codes.StepState: {
        codes.StepState.OPEN: N_("Open"),
        codes.StepState.DONE: N_("Done"),
        codes.StepState.BLOCKED: N_("Blocked"),
        codes.StepState.DROPPED: N_("Dropped"),
    },
    codes.StepDoer: {
        codes.StepDoer.SURVIVOR: N_("Survivor"),
        codes.StepDoer.STAFF: N_("Staff"),
        codes.StepDoer.PROVIDER: N_("Provider"),
    },
    codes.StepBarrier: {
        codes.StepBarrier.WAITS_FOR_PAPERS: N_("Waits for papers"),
        codes.StepBarrier.WAITS_FOR_PROVIDER: N_("Waits for the provider"),
        codes.StepBarrier.NO_PLACE: N_("No place free"),
        codes.StepBarrier.MONEY: N_("Money"),
        codes.StepBarrier.HEALTH: N_("Health"),
        codes.StepBarrier.FEAR: N_("Fear"),
        codes.StepBarrier.TRANSPORT: N_("Transport"),
        codes.StepBarrier.CHILDCARE: N_("Childcare"),
        codes.StepBarrier.NOT_WANTED_NOW: N_("Not wanted now"),
        codes.StepBarrier.ANOTHER_STEP: N_("Waits for another step"),
    },
    codes.Level: {
        codes.Level.IN_CRISIS: N_("In crisis"),
        codes.Level.VULNERABLE: N_("Vulnerable"),
        codes.Level.SAFE: N_("Safe"),
        codes.Level.BUILDING: N_("Building"),
        codes.Level.EMPOWERED: N_("Empowered"),
        codes.Level.NOT_ENOUGH_INFORMATION: N_("Not enough information"),
        codes.Level.RATHER_NOT_SAY: N_("Rather not say"),
    },
    codes.PlanVersionState: {
        codes.PlanVersionState.AGREED: N_("Agreed"),
        codes.PlanVersionState.SUPERSEDED: N_("Replaced by a later version"),
    },
    codes.SignatureWay: {
        codes.SignatureWay.DRAWN: N_("Signed on screen"),
        codes.SignatureWay.ON_PAPER: N_("Signed on paper"),
        codes.SignatureWay.MARK: N_("Made a mark"),
        codes.SignatureWay.SPOKEN: N_("Agreed aloud"),
    },
    codes.ReportKind: {
        codes.ReportKind.PROGRESS: N_("Progress report"),
        codes.ReportKind.PLAN_SHEET: N_("Plan sheet"),
    },
    codes.ReportProfile: {
        codes.ReportProfile.INTERNAL: N_("For the team"),
        codes.ReportProfile.SURVIVORS_COPY: N_("Survivor’s own copy"),
        codes.ReportProfile.ANONYMOUS: N_("Anonymous"),
    },
    ReportPeriod: {
        ReportPeriod.MONTH: N_("This month"),
        ReportPeriod.QUARTER: N_("The last three months"),
        ReportPeriod.HALF_YEAR: N_("The last six months"),
        ReportPeriod.SINCE_INTAKE: N_("Since intake"),
        ReportPeriod.OWN_DATES: N_("From day to day"),
    },
    Narratives: {
        Narratives.CHOSEN: N_("Chosen below"),
        Narratives.LAST: N_("The last one of each area"),
        Narratives.ALL: N_("All within the period"),
    },
    Repeat: {
        Repeat.NEVER: N_("Does not repeat"),
        Repeat.DAILY: N_("Every day"),
        Repeat.WEEKLY: N_("Every week"),
        Repeat.EVERY_TWO_WEEKS: N_("Every two weeks"),
        Repeat.MONTHLY: N_("Every month"),
        Repeat.EVERY_THREE_MONTHS: N_("Every three months"),
    },
    Lifter: {
        Lifter.SURVIVOR: N_("Survivor"),
        Lifter.MANAGER: N_("Manager"),
    },
    DifferenceKind: {
        DifferenceKind.AREA_ADDED: N_("Area added"),
        DifferenceKind.AREA_REMOVED: N_("Area taken out"),
        DifferenceKind.AREA_STATE: N_("Area changed"),
        DifferenceKind.AREA_WORDS: N_("Words about the area changed"),
        DifferenceKind.GOAL_ADDED: N_("Goal added"),
        DifferenceKind.GOAL_REMOVED: N_("Goal taken out"),
        DifferenceKind.GOAL_MOVED: N_("Goal moved to another area"),
        DifferenceKind.GOAL_WORDS: N_("Goal reworded"),
        DifferenceKind.GOAL_BASELINE: N_("Starting point changed"),
        DifferenceKind.GOAL_AIM: N_("Aim changed"),
        DifferenceKind.GOAL_TARGET: N_("Target date moved"),
        DifferenceKind.STEP_ADDED: N_("Step added"),
        DifferenceKind.STEP_REMOVED: N_("Step taken out"),
        DifferenceKind.STEP_MOVED: N_("Step moved to another goal"),
        DifferenceKind.STEP_WORDS: N_("Step reworded"),
        DifferenceKind.STEP_WHO: N_("Somebody else does it"),
        DifferenceKind.STEP_DUE: N_("Due date moved"),
        DifferenceKind.STEP_REPEAT: N_("Repetition changed"),
    },
}
