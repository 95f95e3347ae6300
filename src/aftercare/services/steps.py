"""Steps: added, corrected, ticked off, blocked, dropped; a finished repeating step makes the next one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.codes import StepBarrier, StepDoer, StepState
from aftercare.domain.drafts.plan import StepDraft
from aftercare.domain.errors import DraftProblems, FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.progress import moved_goal_state
from aftercare.domain.recurrence import checked_rule, next_due
from aftercare.domain.rows.plan import DueStepRow, StaffChoice
from aftercare.domain.rows.survivors import Whose
from aftercare.queries import plan as queries
from aftercare.queries import plan_overview as overviews
from aftercare.records.people import Staff
from aftercare.records.plans import Goal, Step
from aftercare.services.plans import put_before
from aftercare.services.work import Work, needs


@dataclass(frozen=True, slots=True)
class StepTicked:
    """What followed from a finished step: the next one of a repeating step, and the steps that waited for it."""

    next_id: UUID | None = None
    next_due_on: date | None = None
    freed: tuple[UUID, ...] = ()


@needs(Permission.SEE_RECORDS)
def due_steps(work: Work, until: date, whose: Whose = Whose.MINE, limit: int = 0) -> tuple[DueStepRow, ...]:
    """Steps due by a day or late, earliest first, in open cases: mine (I do them, or they are of my cases) or all."""
    return overviews.due_steps(work.session, until, work.today(), work.actor.id, whose, limit)


@needs(Permission.SEE_RECORDS)
def who_can_do_steps(work: Work) -> tuple[StaffChoice, ...]:
    """Everybody who works here, for choosing who does a step."""
    return queries.staff_choices(work.session)


# --- adding and correcting ----------------------------------------------------------------------------------------


@needs(Permission.WRITE_RECORDS)
def add_step(work: Work, goal_id: UUID, draft: StepDraft) -> UUID:
    """A new step behind the others of its goal; a worker's step without a name is the actor's. Gives its key."""
    goal = work.get(Goal, goal_id)
    _check(work, goal, draft, None)
    step = work.add(
        Step(
            survivor_id=goal.survivor_id,
            case_id=goal.case_id,
            goal_id=goal.id,
            words=draft.words.strip(),
            position=queries.next_place(work.session, Step, Step.goal_id == goal.id),
        )
    )
    _write(work, step, draft)
    return step.id


@needs(Permission.WRITE_RECORDS)
def correct_step(work: Work, draft: StepDraft) -> None:
    """Save the form of a step; ChangedMeanwhile where somebody saved it since it was opened."""
    step = work.get_unchanged(Step, draft.id, draft.version)
    _check(work, work.get(Goal, step.goal_id), draft, step)
    _write(work, step, draft)


def _check(work: Work, goal: Goal, draft: StepDraft, step: Step | None) -> None:
    """Raise DraftProblems with every field that cannot be kept."""
    wrong: list[FieldProblem] = []
    if not draft.words.strip():
        wrong.append(FieldProblem("words", "required"))
    if len(draft.provider) > 200:
        wrong.append(FieldProblem("provider", "too_long"))
    if draft.staff_id is not None and work.session.get(Staff, draft.staff_id) is None:
        wrong.append(FieldProblem("staff_id", "unknown_code"))
    for check in (lambda: checked_rule(draft.repeat), lambda: _check_awaited(work, goal, draft, step)):
        try:
            check()
        except FieldProblem as problem:
            wrong.append(problem)
    if wrong:
        raise DraftProblems(tuple(wrong))


def _check_awaited(work: Work, goal: Goal, draft: StepDraft, step: Step | None) -> None:
    """The awaited step is one of the same case and does not itself wait, however far round, for this one."""
    if draft.barrier is not StepBarrier.ANOTHER_STEP:
        return
    if draft.waits_for_id is None:
        raise FieldProblem("waits_for_id", "required")
    awaited = work.session.get(Step, draft.waits_for_id)
    if awaited is None or awaited.case_id != goal.case_id:
        raise FieldProblem("waits_for_id", "unknown_code")
    seen: set[UUID] = set()
    while step is not None and awaited is not None and awaited.id not in seen:
        if awaited.id == step.id:
            raise FieldProblem("waits_for_id", "waits_for_itself")
        seen.add(awaited.id)
        awaited = work.session.get(Step, awaited.waits_for_id) if awaited.waits_for_id else None


def _write(work: Work, step: Step, draft: StepDraft) -> None:
    step.words = draft.words.strip()
    step.doer = draft.doer
    step.staff_id = (draft.staff_id or work.actor.id) if draft.doer is StepDoer.STAFF else None
    step.provider = draft.provider.strip() if draft.doer is StepDoer.PROVIDER else ""
    step.due_on = draft.due_on
    step.repeat = checked_rule(draft.repeat)
    step.barrier, step.barrier_words = draft.barrier, draft.barrier_words.strip()
    step.waits_for_id = draft.waits_for_id if draft.barrier is StepBarrier.ANOTHER_STEP else None
    if step.state in (StepState.OPEN, StepState.BLOCKED):
        step.state = StepState.OPEN if draft.barrier is None or _is_over(work, step) else StepState.BLOCKED
    if step.state is not StepState.BLOCKED:
        _free(step)


def _is_over(work: Work, step: Step) -> bool:
    """Whether the step waits for one that is done or dropped already."""
    awaited = work.session.get(Step, step.waits_for_id) if step.waits_for_id else None
    return awaited is not None and awaited.state in (StepState.DONE, StepState.DROPPED)


def _free(step: Step) -> None:
    step.barrier, step.barrier_words, step.waits_for_id = None, "", None


# --- doing --------------------------------------------------------------------------------------------------------


@needs(Permission.WRITE_NOTES)
def tick_step(work: Work, step_id: UUID, version: int | None = None, on: date | None = None) -> StepTicked:
    """A step is done: steps that waited for it are free, its goal is in progress, a repeating one comes again.

    Ticking a step that is done or dropped changes nothing.
    """
    step = work.get_unchanged(Step, step_id, version)
    if step.state not in (StepState.OPEN, StepState.BLOCKED):
        return StepTicked()
    done_on = on or work.today()
    if done_on > work.today():
        raise FieldProblem("done_on", "in_the_future")
    step.state, step.done_on = StepState.DONE, done_on
    _free(step)
    follower = _next_of(work, step, done_on)
    freed = _free_waiting(work, step)
    _move_goal_on(work, step)
    return StepTicked(follower.id if follower else None, follower.due_on if follower else None, freed)


def _next_of(work: Work, step: Step, done_on: date) -> Step | None:
    """The next step of a repeating one, unless it has ended or stands there already."""
    repetition = next_due(step.repeat, step.due_on, done_on) if step.repeat else None
    if repetition is None or _followers(work, step):
        return None
    return work.add(
        Step(
            survivor_id=step.survivor_id,
            case_id=step.case_id,
            goal_id=step.goal_id,
            words=step.words,
            doer=step.doer,
            staff_id=step.staff_id,
            provider=step.provider,
            due_on=repetition.due_on,
            repeat=repetition.rule,
            follows_id=step.id,
            position=step.position,
        )
    )


def _followers(work: Work, step: Step) -> list[Step]:
    return list(work.session.scalars(select(Step).where(Step.follows_id == step.id, Step.state != StepState.DROPPED)))


def _free_waiting(work: Work, step: Step) -> tuple[UUID, ...]:
    """Open the steps that waited for this one."""
    waiting = work.session.scalars(
        select(Step).where(Step.waits_for_id == step.id, Step.state == StepState.BLOCKED).order_by(Step.id)
    ).all()
    for each in waiting:
        each.state = StepState.OPEN
        _free(each)
    return tuple(each.id for each in waiting)


def _move_goal_on(work: Work, step: Step) -> None:
    goal = work.get(Goal, step.goal_id)
    work.session.flush()
    states = work.session.scalars(select(Step.state).where(Step.goal_id == goal.id)).all()
    state = moved_goal_state(goal.state, states)
    if state is not goal.state:
        goal.state = state


@needs(Permission.WRITE_NOTES)
def untick_step(work: Work, step_id: UUID, version: int | None = None) -> None:
    """A step is to be done after all, also a dropped one; the next of a repeating one goes if it is untouched."""
    step = work.get_unchanged(Step, step_id, version)
    if step.state not in (StepState.DONE, StepState.DROPPED):
        return
    for follower in _followers(work, step):
        if follower.state is StepState.OPEN and follower.version == 1:
            work.remove(follower)
    step.state, step.done_on = StepState.OPEN, None


@needs(Permission.WRITE_RECORDS)
def block_step(
    work: Work,
    step_id: UUID,
    version: int | None,
    barrier: StepBarrier,
    words: str = "",
    waits_for_id: UUID | None = None,
) -> None:
    """A step cannot be done now, and what stands in the way; with `ANOTHER_STEP` the one it waits for."""
    step = work.get_unchanged(Step, step_id, version)
    draft = _draft_of(step)
    correct_step(work, replace(draft, barrier=barrier, barrier_words=words, waits_for_id=waits_for_id))


@needs(Permission.WRITE_RECORDS)
def free_step(work: Work, step_id: UUID, version: int | None = None) -> None:
    """Nothing stands in the way of a step any more."""
    step = work.get_unchanged(Step, step_id, version)
    if step.state is StepState.BLOCKED:
        step.state = StepState.OPEN
        _free(step)


@needs(Permission.WRITE_RECORDS)
def drop_step(work: Work, step_id: UUID, version: int | None = None) -> None:
    """A step is not to be done any more; what waited for it is free."""
    step = work.get_unchanged(Step, step_id, version)
    if step.state is StepState.DROPPED:
        return
    step.state, step.done_on = StepState.DROPPED, None
    _free(step)
    _free_waiting(work, step)


@needs(Permission.WRITE_RECORDS)
def move_step(work: Work, step_id: UUID, before: UUID | None, goal_id: UUID | None = None) -> None:
    """Put a step before another one of its goal (None: at the end), or among those of another goal of the case."""
    moved = work.get(Step, step_id)
    if goal_id is not None and goal_id != moved.goal_id:
        goal = work.get(Goal, goal_id)
        if goal.case_id != moved.case_id:
            raise NotFound("goal")
        moved.goal_id = goal.id
        work.session.flush()
    siblings = work.session.scalars(
        select(Step).where(Step.goal_id == moved.goal_id).order_by(Step.position, Step.id)
    ).all()
    put_before(siblings, moved, before)


def _draft_of(step: Step) -> StepDraft:
    """The step as its form would hand it in."""
    return StepDraft(
        words=step.words,
        doer=step.doer,
        staff_id=step.staff_id,
        provider=step.provider,
        due_on=step.due_on,
        repeat=step.repeat,
        id=step.id,
        version=step.version,
    )
