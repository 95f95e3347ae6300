"""The steps of a report: as they stood on its last day, repeats as one line, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from aftercare.domain.codes import OPEN_GOALS, StepState
from aftercare.domain.rows.reports import ReportArea, ReportStep

_TO_DO = (StepState.OPEN, StepState.BLOCKED)


def steps_as_of(steps: Iterable[ReportStep], until: date) -> list[ReportStep]:
    """The steps as they stood on a day: what was done later was still open, and its repeats were not there yet."""
    steps = list(steps)
    later = {step.id for step in steps if _done_after(step, until)}
    shown = []
    for step in steps:
        if step.follows in later:
            later.add(step.id)
        elif step.id in later:
            shown.append(replace(step, state=StepState.OPEN, done_on=None))
        else:
            shown.append(step)
    return shown


def _done_after(step: ReportStep, until: date) -> bool:
    return step.state is StepState.DONE and step.done_on is not None and step.done_on > until


def chains_as_one(steps: Sequence[ReportStep]) -> list[ReportStep]:
    """A repeating step once, as its latest link stands, with how many times it was done; the rest as they are."""
    before = {step.id: step.follows for step in steps}
    chains: dict[UUID, list[ReportStep]] = {}
    for step in steps:
        chains.setdefault(_first(step.id, before), []).append(step)
    return [_latest(chain) for chain in chains.values()]


def _first(key: UUID, before: dict[UUID, UUID | None]) -> UUID:
    seen = {key}
    while (earlier := before.get(key)) is not None and earlier in before and earlier not in seen:
        key = earlier
        seen.add(key)
    return key


def _latest(chain: Sequence[ReportStep]) -> ReportStep:
    followed = {step.follows for step in chain}
    last = next((step for step in reversed(chain) if step.id not in followed), chain[-1])
    done = sum(step.state is StepState.DONE for step in chain)
    return replace(last, times_done=done, repeats=last.repeats or len(chain) > 1)


def listed(steps: Sequence[ReportStep], since: date, until: date) -> tuple[ReportStep, ...]:
    """What a table of steps shows: what is still to do, and what was done within the period."""
    shown = []
    for step in chains_as_one(steps):
        done_within = step.state is StepState.DONE and (step.done_on is None or since <= step.done_on <= until)
        if step.state in _TO_DO or done_within:
            shown.append(step)
    return tuple(sorted(shown, key=lambda step: (step.state is not StepState.DONE, step.due_on or date.max)))


def next_steps(areas: Iterable[ReportArea], review_on: date | None, most: int = 8) -> tuple[ReportStep, ...]:
    """What is to be done until the review, the earliest first; where nothing has a day before it, what has none."""
    waiting = [
        step
        for area in areas
        for goal in area.goals
        if goal.state in OPEN_GOALS
        for step in goal.steps
        if step.state in _TO_DO
    ]
    dated = sorted((s for s in waiting if s.due_on is not None), key=lambda s: (s.due_on, s.words))
    within = [s for s in dated if review_on is None or (s.due_on is not None and s.due_on <= review_on)]
    return tuple((within or [s for s in waiting if s.due_on is None] or dated)[:most])
