"""The plan of a story: goals, steps in every state, progress entries, and the versions that were agreed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from aftercare.domain.codes import (
    AreaState,
    GoalState,
    Level,
    PlanVersionState,
    SignatureWay,
    StepBarrier,
    StepDoer,
    StepState,
)
from aftercare.domain.demo.course import Course, Look, days_of_looks, looks_at
from aftercare.domain.demo.goals import GOALS, IN_TIME_BARRIER, GoalIdea, StepIdea
from aftercare.domain.demo.note_words import NOTES
from aftercare.domain.demo.office import TrainingStaff
from aftercare.domain.demo.telling import Teller
from aftercare.domain.versions import AreaContent, GoalContent, PlanContent, StepContent

_REVIEW_DAYS = 60
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(slots=True)
class ToldStep:
    id: UUID
    idea: StepIdea
    who: str
    due_on: date
    state: StepState
    done_on: date | None = None
    repeat: str = ""
    follows: UUID | None = None
    staff_id: UUID | None = None
    waits_for_words: str = ""


@dataclass(slots=True)
class ToldGoal:
    id: UUID
    area: str
    idea: GoalIdea
    made_on: date
    target_on: date
    state: GoalState
    steps: list[ToldStep] = field(default_factory=list)


@dataclass(slots=True)
class ToldPlan:
    """What the rest of a story needs to know of its plan."""

    areas: dict[str, AreaState]
    goals: list[ToldGoal] = field(default_factory=list)
    looks: dict[str, list[Look]] = field(default_factory=dict)
    version_days: list[date] = field(default_factory=list)

    def latest(self, area: str) -> Level | None:
        looks = self.looks.get(area)
        return looks[-1].staff if looks else None


def tell_levels(teller: Teller, course: Course, plan: ToldPlan, worker: TrainingStaff, words: dict[str, str]) -> None:
    """Assessments over all areas, and a progress entry for each area and day."""
    days = days_of_looks(teller, course)
    active = [area for area, state in plan.areas.items() if state is AreaState.ACTIVE]
    assessments = {}
    for place, day in enumerate(days):
        setting = teller.one(("shelter", "where she lives now", "the home she would return to")) if place else "shelter"
        setting = re.sub(r"\bshe\b", words["she"], setting)
        assessments[day] = teller.of_case("assessment", day, worker.id, on=day, setting=setting)
    for area in active:
        plan.looks[area] = looks_at(teller, days, course)
        for look in plan.looks[area]:
            narrative = ""
            if teller.chance(0.7):
                facts = words | {"direction_words": NOTES.say(look.moved, teller.rng, words)}
                narrative = NOTES.say("progress", teller.rng, facts).strip()
            teller.of_case(
                "progress_entry",
                look.on,
                worker.id,
                area=area,
                on=look.on,
                narrative=narrative,
                staff_level=look.staff,
                own_level=look.own,
                assessment_id=assessments[look.on],
            )


def tell_plan(teller: Teller, course: Course, plan: ToldPlan, worker: TrainingStaff) -> None:
    """Areas, goals with their steps, and the versions agreed; nothing where there is no plan yet but its areas."""
    begun = course.planned_on or course.begun.get(list(course.begun)[-1], course.opened_on)
    drafted_on = min(begun - timedelta(days=5) if course.planned_on else begun + timedelta(days=1), course.ends_on)
    drafted_on = max(drafted_on, course.opened_on)
    for area, state in plan.areas.items():
        if state is not AreaState.ACTIVE:
            continue
        ideas = list(GOALS[area])
        for place in range(teller.weighted([(1, 6), (2, 4)]) if course.days > 60 else 1):
            idea = ideas.pop(teller.between(0, len(ideas) - 1))
            made_on = drafted_on if not place else teller.working(teller.after(drafted_on, 20, 200))
            if made_on < course.ends_on or not place:
                plan.goals.append(_drawn_goal(teller, course, area, idea, min(made_on, course.ends_on), worker))
    plan.version_days = _version_days(teller, course)
    write_plan(teller, course, plan, worker, drafted_on)


def _drawn_goal(
    teller: Teller, course: Course, area: str, idea: GoalIdea, made_on: date, worker: TrainingStaff
) -> ToldGoal:
    target_on = teller.working(teller.after(made_on, 70, 170))
    if target_on < course.ends_on and teller.chance(0.5):  # work goes on until now where the case is open
        target_on = teller.working(teller.after(course.ends_on, 10, 80))
    goal = ToldGoal(teller.key(made_on), area, idea, made_on, target_on, GoalState.AGREED)
    span = (target_on - made_on).days
    for place, step in enumerate(idea.steps):
        due_on = teller.working(made_on + timedelta(days=max(3, span * (place + 1) // len(idea.steps)))) + timedelta(
            days=teller.between(0, 2)
        )
        if step.weekly:
            goal.steps += _weekly(teller, course, step, made_on, worker)
        else:
            goal.steps.append(_drawn_step(teller, course, step, made_on, due_on, worker))
    goal.state = _goal_state(teller, course, goal)
    return goal


def _who(step: StepIdea, worker: TrainingStaff) -> str:
    if step.doer is StepDoer.PROVIDER:
        return step.provider
    return worker.display_name if step.doer is StepDoer.STAFF else ""


def _drawn_step(
    teller: Teller, course: Course, idea: StepIdea, made_on: date, due_on: date, worker: TrainingStaff
) -> ToldStep:
    left = (due_on - course.ends_on).days
    if course.is_closed:
        state = teller.weighted([(StepState.DONE, 9), (StepState.DROPPED, 1)])
    elif left < -12:
        state = teller.weighted(
            [(StepState.DONE, 95), (StepState.DROPPED, 4), (StepState.OPEN, 1 if left > -45 else 0)]
        )
    elif left <= 0:
        state = teller.weighted([(StepState.DONE, 6), (StepState.OPEN, 4)])
    else:
        state = teller.weighted([(StepState.OPEN, 82), (StepState.BLOCKED, 11), (StepState.DONE, 7)])
    step = ToldStep(teller.key(made_on), idea, _who(idea, worker), due_on, state)
    if state is StepState.DONE:
        step.done_on = max(made_on, min(course.ends_on, due_on + timedelta(days=teller.between(-7, 4))))
    return step


def _weekly(teller: Teller, course: Course, idea: StepIdea, made_on: date, worker: TrainingStaff) -> list[ToldStep]:
    """A chain of weekly steps: the last few that were done and, while the case is open, the next one."""
    weekday = teller.between(0, 4)
    coming = course.ends_on + timedelta(days=(weekday - course.ends_on.weekday()) % 7)
    repeat = f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[weekday]}"
    chain: list[ToldStep] = []
    for back in range(teller.between(2, 4), 0, -1):
        on = coming - timedelta(days=7 * back)
        if on > made_on:
            chain.append(ToldStep(teller.key(made_on), idea, _who(idea, worker), on, StepState.DONE, on, repeat))
    if not course.is_closed:
        chain.append(ToldStep(teller.key(made_on), idea, _who(idea, worker), coming, StepState.OPEN, None, repeat))
    for before, after in pairwise(chain):
        after.follows = before.id
    return chain


def _goal_state(teller: Teller, course: Course, goal: ToldGoal) -> GoalState:
    states = [step.state for step in goal.steps if step.state is not StepState.DROPPED]
    if states and all(state is StepState.DONE for state in states):
        return GoalState.ACHIEVED if course.is_closed or teller.chance(0.8) else GoalState.IN_PROGRESS
    if course.is_closed:
        return GoalState.SET_ASIDE
    if StepState.DONE in states:
        return GoalState.IN_PROGRESS
    if course.planned_on is None:
        return GoalState.PROPOSED
    return GoalState.AGREED


def _version_days(teller: Teller, course: Course) -> list[date]:
    if course.planned_on is None:
        return []
    days = [course.planned_on]
    while days[-1] + timedelta(days=70) < course.ends_on:
        days.append(teller.working(days[-1] + timedelta(days=teller.between(70, 150))))
    return [day for day in days if day <= course.ends_on]


# --- writing it down ----------------------------------------------------------------------------------------------


def write_plan(teller: Teller, course: Course, plan: ToldPlan, worker: TrainingStaff, drafted_on: date) -> None:
    """The records of a plan, working copy and versions."""
    review_on = plan.version_days[-1] + timedelta(days=_REVIEW_DAYS) if plan.version_days else None
    if review_on is not None and review_on < teller.ago(6) and not course.is_closed:
        review_on = teller.after(teller.today, -5, 45)
    plan_id = teller.of_case("plan", drafted_on, worker.id, review_on=None if course.is_closed else review_on)
    area_ids = {
        area: teller.of_case(
            "plan_area", drafted_on, worker.id, plan_id=plan_id, area=area, state=state, position=place
        )
        for place, (area, state) in enumerate(plan.areas.items())
    }
    for goal in plan.goals:
        _write_goal(teller, goal, area_ids[goal.area], worker)
    for number, day in enumerate(plan.version_days, 1):
        is_last = number == len(plan.version_days)
        way = teller.weighted([(SignatureWay.DRAWN, 5), (SignatureWay.ON_PAPER, 4), (SignatureWay.MARK, 1)])
        teller.of_case(
            "plan_version",
            day,
            worker.id,
            plan_id=plan_id,
            number=number,
            state=PlanVersionState.AGREED if is_last else PlanVersionState.SUPERSEDED,
            agreed_on=day,
            review_on=review_on if is_last else day + timedelta(days=_REVIEW_DAYS),
            content=content_on(plan, day).to_dict(),
            her_signature_way=way,
            her_signature=_scribble(teller) if way is SignatureWay.DRAWN else None,
            worker_signature_way=way if way is SignatureWay.ON_PAPER else SignatureWay.DRAWN,
            worker_signature=None if way is SignatureWay.ON_PAPER else _scribble(teller),
            worker_id=worker.id,
        )


def _write_goal(teller: Teller, goal: ToldGoal, area_id: UUID, worker: TrainingStaff) -> None:
    teller.of_case(
        "goal",
        goal.made_on,
        worker.id,
        id=goal.id,
        plan_area_id=area_id,
        words=goal.idea.words,
        baseline=goal.idea.baseline,
        aim=goal.idea.aim,
        target_on=goal.target_on,
        state=goal.state,
    )
    before: ToldStep | None = None
    for place, step in enumerate(goal.steps):
        barrier, barrier_words, waits_for = None, "", None
        if step.state is StepState.BLOCKED:
            if step.waits_for_words:
                barrier, barrier_words = StepBarrier.WAITS_FOR_PAPERS, step.waits_for_words
            elif before is not None and before.state is StepState.OPEN and teller.chance(0.4):
                barrier, waits_for = StepBarrier.ANOTHER_STEP, before.id
            else:
                code, reasons = teller.one(tuple(IN_TIME_BARRIER.items()))
                barrier, barrier_words = StepBarrier(code), teller.one(reasons)
        teller.of_case(
            "step",
            goal.made_on,
            worker.id,
            id=step.id,
            goal_id=goal.id,
            words=step.idea.words,
            doer=step.idea.doer,
            staff_id=(step.staff_id or worker.id) if step.idea.doer is StepDoer.STAFF else None,
            provider=step.idea.provider,
            due_on=step.due_on,
            state=step.state,
            done_on=step.done_on,
            barrier=barrier,
            barrier_words=barrier_words,
            waits_for_id=waits_for,
            repeat=step.repeat,
            follows_id=step.follows,
            position=place,
        )
        before = step


def content_on(plan: ToldPlan, day: date) -> PlanContent:
    """The plan as it stood on that day: what was there, and what of it was done by then."""
    return PlanContent(
        tuple(
            AreaContent(
                area,
                state,
                "",
                tuple(_goal_on(goal, day) for goal in plan.goals if goal.area == area and goal.made_on <= day),
            )
            for area, state in plan.areas.items()
        )
    )


def _goal_on(goal: ToldGoal, day: date) -> GoalContent:
    steps = [_step_on(step, day) for step in goal.steps]
    done = any(step.state is StepState.DONE for step in steps)
    return GoalContent(
        str(goal.id),
        goal.idea.words,
        goal.idea.baseline,
        goal.idea.aim,
        goal.target_on,
        GoalState.IN_PROGRESS if done else GoalState.AGREED,
        tuple(steps),
    )


def _step_on(step: ToldStep, day: date) -> StepContent:
    now = StepContent(
        str(step.id),
        step.idea.words,
        step.idea.doer,
        step.who,
        step.due_on,
        step.state,
        step.repeat,
        str(step.follows) if step.follows else None,
    )
    was_done = step.done_on is not None and step.done_on <= day
    return now if was_done else replace(now, state=StepState.OPEN)


def _scribble(teller: Teller) -> dict[str, object]:
    """A drawn signature: two or three strokes of a quick hand, points between 0 and 1."""
    strokes = []
    x = 0.08
    for _ in range(teller.between(2, 3)):
        points, y = [], 0.5
        for _ in range(teller.between(8, 14)):
            x = min(0.95, x + teller.rng.uniform(0.008, 0.035))
            y = min(0.85, max(0.15, y + teller.rng.uniform(-0.25, 0.25)))
            points.append([round(x, 3), round(y, 3)])
        strokes.append(points)
        x = min(0.9, x + 0.03)
    return {"strokes": strokes}
