"""A goal: what she wants in her own words, from where to where, until when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from aftercare.domain.drafts.plan import GoalDraft
from aftercare.domain.rows.plan import AreaRow, GoalRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.goal_entry import EntryDialog, several_lines
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.i18n import tr
from aftercare.services.plans import add_goal, correct_goal
from aftercare.words import voice


class GoalDialog(EntryDialog):
    """A new goal of an area, or one that is corrected."""

    def __init__(
        self,
        office: Office,
        head: PersonHead,
        areas: Sequence[AreaRow],
        area: str,
        goal: GoalRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = tr("New goal") if goal is None else tr("Goal")
        promise = tr("As it was said. Staff words can go into the notes.")
        super().__init__(office, title, promise, parent)
        self._case_id, self._goal = head.case_id, goal
        shown = goal or None
        self._words = several_lines(shown.words if shown else "")
        self._area = CodeCombo()
        self._area.show_choices([(row.area, area_name(row)) for row in areas])
        self._area.show_code(goal.area if goal else area)
        self._baseline = QLineEdit(shown.baseline if shown else "")
        self._aim = QLineEdit(shown.aim if shown else "")
        self._target_on = DayEdit(clock=office.clock)
        self._target_on.show_value(shown.target_on if shown else None)
        self.row("words", voice(head.gender).goal_in_own_words, self._words)
        self.row("area", tr("Area"), self._area)
        self.row("baseline", tr("Where it stands now"), self._baseline, tr("A word or two, such as “temporary”"))
        self.row("aim", tr("Where it is to be"), self._aim, tr("A word or two, such as “safe”"))
        self.row("target_on", tr("Until"), self._target_on)
        self.keep_drafts("goal", str(goal.id if goal else f"{head.case_id}/{area}"), goal.version if goal else None)
        self._words.setFocus()

    def save(self) -> None:
        draft = self.read(self._draft)
        if draft is None:
            return
        if self._goal is None:
            self.hand_in(add_goal, self._case_id, draft, undo=tr("Goal added"))
        else:
            self.hand_in(correct_goal, draft, undo=tr("Goal saved"))

    def _draft(self) -> GoalDraft:
        return GoalDraft(
            area=self._area.code or "",
            words=self._words.toPlainText(),
            baseline=self._baseline.text(),
            aim=self._aim.text(),
            target_on=self._target_on.value,
            id=self._goal.id if self._goal else None,
            version=self._goal.version if self._goal else None,
        )
