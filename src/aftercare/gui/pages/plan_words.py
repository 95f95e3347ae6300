"""The plan in words: goals, steps, levels, versions and what differs between two of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from aftercare.domain.codes import AreaState, GoalState, Level, StepBarrier, StepDoer, StepState
from aftercare.domain.differences import Difference, DifferenceKind
from aftercare.domain.progress import due_in
from aftercare.domain.recurrence import preset_of
from aftercare.domain.rows.plan import AreaRow, GoalRow, OfficeAreaRow, StepRow, VersionLine
from aftercare.domain.versions import StepContent
from aftercare.gui.palette import Tone
from aftercare.i18n import current, tr, trn
from aftercare.words import Voice, area_label, due_words, label

GOAL_TONES = {
    GoalState.PROPOSED: Tone.TODAY,
    GoalState.AGREED: Tone.SOFT,
    GoalState.IN_PROGRESS: Tone.INFO,
    GoalState.ACHIEVED: Tone.GOOD,
    GoalState.CHANGED: Tone.SOFT,
    GoalState.SET_ASIDE: Tone.SOFT,
}


def area_name(row: AreaRow | OfficeAreaRow) -> str:
    """The organisation's own name of an area, else ours."""
    return row.label or area_label(row.area)


def area_aside(row: AreaRow) -> str:
    """«2 / 5» steps, or her answer where the area is not worked on."""
    if row.state is not AreaState.ACTIVE:
        return label(row.state)
    counted = row.counted
    return tr("{done} / {total}", done=counted.done, total=counted.total) if counted.total else ""


def area_spoken(row: AreaRow) -> str:
    """An area as a screen reader says it: «Housing, 2 of 5 steps done»."""
    if row.state is not AreaState.ACTIVE:
        return f"{area_name(row)}, {label(row.state)}"
    counted = row.counted
    steps = trn("{done} of {n} step done", "{done} of {n} steps done", counted.total, done=counted.done)
    return f"{area_name(row)}, {steps}"


# --- goals and steps ----------------------------------------------------------------------------------------------


def quoted(words: str) -> str:
    """Her words, marked as hers."""
    return tr("“{words}”", words=words)


def goal_pill(goal: GoalRow) -> tuple[str, Tone]:
    """The state of a goal; one that is agreed and has no step done yet is «not started»."""
    if goal.state is GoalState.AGREED:
        return tr("Not started"), Tone.SOFT
    return label(goal.state), GOAL_TONES[goal.state]


def goal_line(goal: GoalRow, voice: Voice, today: date) -> str:
    """«Goal in her words · agreed 9 Nov · by 31 Jan · from “temporary” to “safe”»."""
    words = current()
    parts = [voice.goal_in_own_words]
    if goal.agreed_on is not None:
        parts.append(tr("agreed {day}", day=words.near_day(goal.agreed_on, today)))
    if goal.target_on is not None:
        parts.append(tr("by {day}", day=words.near_day(goal.target_on, today)))
    parts.append(from_to(goal.baseline, goal.aim))
    return " · ".join(part for part in parts if part)


def from_to(baseline: str, aim: str) -> str:
    """«from “temporary” to “safe”», as far as it is known."""
    if baseline and aim:
        return tr("from “{baseline}” to “{aim}”", baseline=baseline, aim=aim)
    if baseline:
        return tr("from “{baseline}”", baseline=baseline)
    return tr("to “{aim}”", aim=aim) if aim else ""


def steps_done(goal: GoalRow) -> str:
    """«0 of 2 steps»."""
    counted = goal.counted
    return trn("{done} of {n} step", "{done} of {n} steps", counted.total, done=counted.done)


def step_who(step: StepRow | StepContent, voice: Voice) -> str:
    """«Herself», a name, or «Staff» and «Provider» where no name is kept."""
    if step.doer is StepDoer.SURVIVOR:
        return voice.themself
    return step.who or label(step.doer)


def step_due(step: StepRow, today: date) -> str:
    return current().near_day(step.due_on, today) if step.due_on else ""


def step_pill(step: StepRow, today: date) -> tuple[str, Tone]:
    """What is to be seen at a glance: done, dropped, blocked, late, today; nothing for a step that is just ahead."""
    if step.state is StepState.DONE:
        return tr("done"), Tone.GOOD
    if step.state is StepState.DROPPED:
        return tr("dropped"), Tone.SOFT
    if step.state is StepState.BLOCKED:
        return tr("blocked"), Tone.TODAY
    due = due_in(step.due_on, today) if step.due_on else None
    if due is not None and due.days <= 0:
        return due_words(due), Tone.LATE if due.is_late else Tone.TODAY
    return "", Tone.SOFT


def step_aside(step: StepRow) -> str:
    """What the words of a step leave open: what it waits for, how it repeats, how often it was done."""
    parts = [barrier_words(step)]
    if step.repeat and step.is_waiting:
        preset = preset_of(step.repeat)
        parts.append(label(preset) if preset is not None else tr("repeats"))
    if step.times_done:
        parts.append(trn("done {n} time", "done {n} times", step.times_done))
    return " · ".join(part for part in parts if part)


def barrier_words(step: StepRow) -> str:
    """«waits for “Fetch the permit”», «No place free: until May»; nothing where nothing stands in the way."""
    if step.state is not StepState.BLOCKED or step.barrier is None:
        return ""
    if step.barrier is StepBarrier.ANOTHER_STEP:
        return tr("waits for “{step}”", step=step.waits_for)
    kind = label(step.barrier)
    return tr("{kind}: {words}", kind=kind, words=step.barrier_words) if step.barrier_words else kind


def step_spoken(step: StepRow, voice: Voice, today: date) -> str:
    """A whole step in one sentence, for a screen reader and the tooltip."""
    due = tr("due {day}", day=current().near_day(step.due_on, today)) if step.due_on else ""
    parts = (step.words, step_aside(step), step_who(step, voice), due, step_pill(step, today)[0])
    return ", ".join(part for part in parts if part)


# --- levels -------------------------------------------------------------------------------------------------------


def level_words(level: Level | None) -> str:
    return label(level) if level is not None else tr("not asked yet")


# --- versions -----------------------------------------------------------------------------------------------------


def version_words(version: VersionLine | None, today: date) -> str:
    """«Version 3, agreed 9 Nov»."""
    if version is None:
        return tr("Not agreed yet")
    return tr("Version {number}, agreed {day}", number=version.number, day=current().near_day(version.agreed_on, today))


def difference_words(difference: Difference, labels: Mapping[str, str]) -> str:
    """One difference as a sentence; `labels` are the names of the organisation's own areas."""
    kind = difference.kind
    area = labels.get(difference.area) or area_label(difference.area)
    if kind in (DifferenceKind.AREA_ADDED, DifferenceKind.AREA_REMOVED):
        return tr("{what}: {area}", what=label(kind), area=area)
    if kind in (DifferenceKind.GOAL_ADDED, DifferenceKind.GOAL_REMOVED):
        return tr("{what} in {area}: “{words}”", what=label(kind), area=area, words=difference.words)
    if kind in (DifferenceKind.STEP_ADDED, DifferenceKind.STEP_REMOVED, DifferenceKind.STEP_MOVED):
        return tr("{what}: “{words}”", what=label(kind), words=difference.words)
    before, after = (_value(kind, value, labels) for value in (difference.before, difference.after))
    subject = quoted(difference.words) if difference.goal_id else area
    if kind in (DifferenceKind.GOAL_WORDS, DifferenceKind.STEP_WORDS):
        return tr("{what}: “{before}” is now “{after}”", what=label(kind), before=before, after=after)
    if before and after:
        return tr(
            "{what}: {subject}, from {before} to {after}",
            what=label(kind), subject=subject, before=before, after=after,
        )  # fmt: skip
    if after:
        return tr("{what}: {subject}, now {after}", what=label(kind), subject=subject, after=after)
    return tr("{what}: {subject}, no longer {before}", what=label(kind), subject=subject, before=before)


def _value(kind: DifferenceKind, value: str, labels: Mapping[str, str]) -> str:
    """A term before or after: days as days, codes as words, her words in quotes."""
    if not value:
        return ""
    if kind in (DifferenceKind.GOAL_TARGET, DifferenceKind.STEP_DUE):
        return current().date(date.fromisoformat(value))
    if kind is DifferenceKind.AREA_STATE:
        return label(AreaState(value))
    if kind is DifferenceKind.GOAL_MOVED:
        return labels.get(value) or area_label(value)
    if kind is DifferenceKind.STEP_WHO:
        return label(StepDoer(value)) if value in set(StepDoer) else value
    if kind is DifferenceKind.STEP_REPEAT:
        preset = preset_of(value)
        return label(preset) if preset is not None else value
    return value if kind in (DifferenceKind.GOAL_WORDS, DifferenceKind.STEP_WORDS) else quoted(value)
