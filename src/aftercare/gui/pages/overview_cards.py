"""The card of one area: where it stands in both voices, what is done, what is known, what comes next."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from aftercare.domain.codes import Area, AreaState, Level
from aftercare.domain.progress import due_in
from aftercare.domain.rows.overview import OverviewView
from aftercare.domain.rows.plan import AreaOverview, NextStepRow
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.card import CardButton, empty_layout
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.gui.widgets.levels import LevelDots
from aftercare.gui.widgets.swatch import ProgressLine
from aftercare.i18n import tr, trn
from aftercare.words import Voice, area_label, due_words, label, left_words
from aftercare.words.standing import ladder_words, standing_words

LEVEL_TONES = {
    Level.IN_CRISIS: Tone.LATE,
    Level.VULNERABLE: Tone.TODAY,
    Level.SAFE: Tone.SOFT,
    Level.BUILDING: Tone.GOOD,
    Level.EMPOWERED: Tone.GOOD,
    Level.NOT_ENOUGH_INFORMATION: Tone.SOFT,
    Level.RATHER_NOT_SAY: Tone.SOFT,
}
_DEADLINE_DAYS = 60  # nearer than this, what ends is what the card says first


class AreaCard(CardButton):
    """Enter or a click opens the area in the plan."""

    def show_area(self, row: AreaOverview, view: OverviewView, voice: Voice) -> None:
        self.clear()
        self._title.setWordWrap(True)
        self.show_title(row.label or area_label(row.area), area=row.area)
        self.pill.show_pill(*area_pill(row, view))
        steps = steps_words(row)
        bar = ProgressLine(self)
        bar.show_steps(row.counted.done, row.counted.total, steps or tr("no steps yet"), row.area)
        self.add(bar)
        self._show_levels(row, voice, steps)
        if row.rung is not None:
            self.add(PlainLabel(ladder_words(row.rung), "muted", wrap=True, parent=self))
        said = standing_words(view.standing, row.area, view.today) or (
            tr("“{words}”", words=row.goal_words) if row.goal_words else ""
        )
        if said:
            self.add(PlainLabel(said, wrap=True, parent=self))
        if row.next_step is not None:
            self.add(_next_line(row.next_step, self))
        if row.area == Area.FAMILY and row.rung is not None:
            self.add(PlainLabel(voice.may_stop, "muted", wrap=True, parent=self))
        parts = (row.label or area_label(row.area), self.pill.text(), steps, said)
        self.setAccessibleName(", ".join(part for part in parts if part))

    def clear(self) -> None:
        empty_layout(self.body)

    def _show_levels(self, row: AreaOverview, voice: Voice, steps: str) -> None:
        line = QWidget(self)
        line.setProperty("role", "transparent")
        flow = FlowLayout(line, spacing=12)
        flow.setContentsMargins(0, 0, 0, 0)
        for level, who in ((row.levels.staff, tr("Staff")), (row.levels.own, voice.themself)):
            if level is not None:
                dots = LevelDots(line)
                dots.shows_words = False
                dots.show_level(level.step, label(level), who)
                flow.addWidget(dots)
        if steps:
            flow.addWidget(PlainLabel(steps, "muted", parent=line))
        if flow.count():
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            line.setSizePolicy(policy)
            self.add(line)
        else:
            line.deleteLater()


def area_pill(row: AreaOverview, view: OverviewView) -> tuple[str, Tone]:
    """What is said first: what ends soon, her answer, the rung of the ladder, the level; else «Not started»."""
    deadline = view.standing.next_deadline(row.area)
    if deadline is not None:
        due = due_in(deadline.ends_on, view.today)
        if due.days <= _DEADLINE_DAYS:
            left = left_words(due)
            words = tr("{days} left", days=left) if due.days > 0 else left
            return words, Tone.LATE if due.is_late else Tone.TODAY
    if row.state is not AreaState.ACTIVE:
        return label(row.state), Tone.SOFT
    if row.rung is not None:
        return label(row.rung), Tone.SOFT
    if row.levels.staff is not None:
        return label(row.levels.staff), LEVEL_TONES[row.levels.staff]
    return (tr("Not started"), Tone.SOFT) if not row.counted.done else ("", Tone.SOFT)


def steps_words(row: AreaOverview) -> str:
    if not row.counted.total:
        return ""
    return trn("{done} of {n} step", "{done} of {n} steps", row.counted.total, done=row.counted.done)


def _next_line(step: NextStepRow, parent: QWidget) -> QHBoxLayout:
    """«Next: confirm move-in date», and how late it is; a day that is not near stands behind the words."""
    line = QHBoxLayout()
    line.setSpacing(6)
    late = step.due is not None and step.due.days <= 0
    day = f", {due_words(step.due)}" if step.due is not None and not late else ""
    words = PlainLabel(tr("Next: {step}", step=f"{step.words}{day}"), wrap=True, parent=parent)
    line.addWidget(words, 1)
    if step.is_blocked:
        line.addWidget(Pill(tr("blocked"), Tone.SOFT, parent))
    if late and step.due is not None:
        line.addWidget(Pill(due_words(step.due), Tone.LATE if step.due.is_late else Tone.TODAY, parent))
    return line
