"""A plan to be read: what was or is about to be agreed, area by area; and differences as a list of sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from aftercare.domain.codes import AreaState, StepState
from aftercare.domain.differences import Difference
from aftercare.domain.recurrence import preset_of
from aftercare.domain.rows.plan import LEFT_BEHIND
from aftercare.domain.versions import AreaContent, GoalContent, PlanContent, StepContent
from aftercare.gui import style
from aftercare.gui.pages.plan_words import difference_words, from_to, quoted, step_who
from aftercare.gui.widgets.card import empty_layout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.swatch import AreaSwatch
from aftercare.i18n import current, tr
from aftercare.words import Voice, area_label, label


class PlanReading(QFrame):
    """A card of words only, in the order in which they are read out; as high as they need in its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 14)
        whole.setSpacing(8)
        self._title = PlainLabel("", "cardTitle", wrap=True)
        whole.addWidget(self._title)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        whole.addLayout(self._column)

    def show_title(self, title: str) -> None:
        self._title.setText(title)
        self.setAccessibleName(title)

    def show_content(self, content: PlanContent, labels: Mapping[str, str], voice: Voice) -> None:
        """The areas that are worked on with their goals and steps, and her answer about the others."""
        empty_layout(self._column)
        for area in content.areas:
            goals = [goal for goal in area.goals if goal.state not in LEFT_BEHIND]
            if goals or area.state is not AreaState.ACTIVE or area.words:
                self._show_area(area, labels.get(area.area) or area_label(area.area), goals, voice)
        if not self._column.count():
            self._column.addWidget(PlainLabel(tr("There is no goal yet."), "muted", wrap=True))

    def show_differences(self, differences: Sequence[Difference], labels: Mapping[str, str]) -> None:
        empty_layout(self._column)
        for difference in differences:
            self._column.addWidget(_indented("• " + difference_words(difference, labels), 0))
        if not differences:
            self._column.addWidget(PlainLabel(tr("Nothing differs."), "muted", wrap=True))

    # --- inside --------------------------------------------------------------------------------------------------

    def _show_area(self, area: AreaContent, name: str, goals: Sequence[GoalContent], voice: Voice) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, style.scaled(6), 0, 0)
        line.setSpacing(8)
        line.addWidget(AreaSwatch(area.area))
        state = "" if area.state is AreaState.ACTIVE else label(area.state)
        title = " · ".join(part for part in (name, state) if part)
        line.addWidget(PlainLabel(title, "cardTitle", wrap=True), 1)
        self._column.addLayout(line)
        if area.words:
            self._column.addWidget(_indented(quoted(area.words), 1))
        for goal in goals:
            self._show_goal(goal, voice)

    def _show_goal(self, goal: GoalContent, voice: Voice) -> None:
        by = tr("by {day}", day=current().date(goal.target_on)) if goal.target_on else ""
        self._column.addWidget(_indented(quoted(goal.words), 1, "strong"))
        about = " · ".join(part for part in (from_to(goal.baseline, goal.aim), by) if part)
        if about:
            self._column.addWidget(_indented(about, 1, "muted"))
        followed = {step.follows for step in goal.steps}
        for step in goal.steps:
            if step.state is not StepState.DROPPED and step.id not in followed:
                self._column.addWidget(_indented(_step_line(step, voice), 2))


def _step_line(step: StepContent, voice: Voice) -> str:
    due = tr("until {day}", day=current().date(step.due_on)) if step.due_on else ""
    preset = preset_of(step.repeat) if step.repeat else None
    repeat = label(preset) if preset is not None else tr("repeats") if step.repeat else ""
    mark = "✓" if step.state is StepState.DONE else "–"
    parts = (f"{mark} {step.words}", step_who(step, voice), due, repeat)
    return " · ".join(part for part in parts if part)


def _indented(words: str, depth: int, role: str = "") -> PlainLabel:
    line = PlainLabel(words, role, wrap=True)
    side = style.scaled(18) * depth
    mirrored = style.is_mirrored(line)
    line.setContentsMargins(0 if mirrored else side, 0, side if mirrored else 0, 0)
    return line
