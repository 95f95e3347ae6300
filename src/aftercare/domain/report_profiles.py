"""What a report leaves out for whom: the anonymous sheet, the survivor's own copy, her plan sheet.

The content itself is emptied, not only its printing: what is not in the value cannot stand on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from aftercare.domain.codes import ReportProfile, StepDoer
from aftercare.domain.rows.report_facts import AreaFact, Ending, JobHeld, Learning, Living, Meetings, OnLadder
from aftercare.domain.rows.reports import (
    AgreedPlan,
    LevelPoint,
    ProgressContent,
    ReportArea,
    ReportGoal,
    ReportStep,
    Signed,
)

UNNAMED_AREA = "own_area"
"""The code of an organisation's own area on an anonymous sheet: its name could tell which organisation it is."""

_TELLING = ("traffick", "exploit", "shelter", "refuge", "safe house", "safehouse", "victim", "survivor", "brothel")


def for_profile(content: ProgressContent) -> ProgressContent:
    """The content as its profile may show it."""
    if content.profile is ReportProfile.ANONYMOUS:
        return anonymised(content)
    if content.profile is ReportProfile.SURVIVORS_COPY:
        return survivors_own(content)
    return content


# --- anonymous -----------------------------------------------------------------------------------------------------


def anonymised(content: ProgressContent) -> ProgressContent:
    """No code, no name, no provider, nothing that somebody typed, no day finer than its month."""
    return replace(
        content,
        case_code="",
        gender=None,
        opened_on=_month(content.opened_on),
        since=_month(content.since),
        until=_month(content.until),
        printed_on=_month(content.printed_on),
        prepared_by="",
        plan=content.plan and _anonymous_plan(content.plan),
        review_on=content.review_on and _month(content.review_on),
        areas=tuple(map(_anonymous_area, content.areas)),
        left_out=(),
        levels=_one_a_month(content.levels),
        happenings=tuple(dict.fromkeys(replace(one, on=_month(one.on)) for one in content.happenings)),
        next_steps=(),
        recipient=(),
    )


def _month(day: date) -> date:
    return day.replace(day=1)


def _anonymous_plan(plan: AgreedPlan) -> AgreedPlan:
    return AgreedPlan(plan.number, _month(plan.agreed_on), Signed(plan.hers.way), Signed(plan.workers.way), "")


def _anonymous_area(area: ReportArea) -> ReportArea:
    goals = tuple(
        ReportGoal("", goal.state, goal.target_on and _month(goal.target_on), tuple(map(_wordless, goal.steps)))
        for goal in area.goals
    )
    facts = tuple(map(_anonymous_fact, area.facts))
    own = bool(area.name)
    return replace(area, area=UNNAMED_AREA if own else area.area, name="", goals=goals, facts=facts, entries=())


def _wordless(step: ReportStep) -> ReportStep:
    """Whether it is done and what hinders it; neither what it is, nor who does it by name, nor when."""
    return ReportStep(step.id, "", step.doer, "", None, step.state, None, step.barrier, repeats=step.repeats)


def _anonymous_fact(fact: AreaFact) -> AreaFact:
    match fact:
        case Living():
            return replace(fact, since=fact.since and _month(fact.since), move_on_by=None)
        case Meetings():
            return replace(fact, next_kind=None, next_on=None)
        case Learning():
            return replace(fact, course="", provider="")
        case JobHeld():
            return replace(fact, role="", employer="", since=fact.since and _month(fact.since))
        case OnLadder():
            return replace(fact, relation=None)
        case Ending():
            return replace(fact, ends_on=_month(fact.ends_on))
        case _:
            return fact


def _one_a_month(points: Iterable[LevelPoint]) -> tuple[LevelPoint, ...]:
    """The last levels of each month and area, as of its first day."""
    last: dict[tuple[str, date], LevelPoint] = {}
    for point in sorted(points, key=lambda point: point.on):
        key = (point.area, _month(point.on))
        before = last.get(key)
        last[key] = LevelPoint(
            point.area,
            key[1],
            point.staff or (before.staff if before else None),
            point.own or (before.own if before else None),
        )
    return tuple(last.values())


# --- the survivor's own copy ---------------------------------------------------------------------------------------


def survivors_own(content: ProgressContent) -> ProgressContent:
    """Hers, in full, but for what is about others: names of staff, an employer, remarks of staff on what hinders."""
    return replace(
        content,
        prepared_by="",
        plan=content.plan and replace(content.plan, worker=""),
        areas=tuple(map(_own_area, content.areas)),
        next_steps=tuple(map(_own_step, content.next_steps)),
        left_out=(),
    )


def _own_area(area: ReportArea) -> ReportArea:
    return replace(
        area,
        goals=tuple(replace(goal, steps=tuple(map(_own_step, goal.steps))) for goal in area.goals),
        facts=tuple(replace(fact, employer="") if isinstance(fact, JobHeld) else fact for fact in area.facts),
        entries=tuple(entry for entry in area.entries if not entry.restricted),
    )


def _own_step(step: ReportStep) -> ReportStep:
    who = step.who if step.doer is StepDoer.PROVIDER else ""
    return replace(step, who=who, barrier_words="")


# --- the plan sheet ------------------------------------------------------------------------------------------------


def plan_sheet_areas(areas: Iterable[ReportArea]) -> tuple[ReportArea, ...]:
    """Goals and steps alone, without names of staff."""
    return tuple(replace(_own_area(area), facts=(), entries=()) for area in areas if area.goals)


def telling_words(texts: Iterable[str], organisation: str = "") -> tuple[str, ...]:
    """Words typed by people that say where she lives or why, in the order they appear: to warn of, never to change."""
    looked_for = [*_TELLING, organisation.casefold()] if organisation.strip() else list(_TELLING)
    found: dict[str, None] = {}
    for text in texts:
        for word in looked_for:
            for match in re.finditer(rf"\b{re.escape(word)}\w*", text, re.IGNORECASE):
                found[match[0]] = None
    return tuple(found)


__all__ = ["UNNAMED_AREA", "anonymised", "for_profile", "plan_sheet_areas", "survivors_own", "telling_words"]
