"""A goal: what she wants in her own words, from where to where, until when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from aftercare.domain.drafts.plan import GoalDraft
from aftercare.domain.rows.plan import AreaRow, GoalRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import tr
from aftercare.services.plans import add_goal, correct_goal
from aftercare.words import voice


class GoalDialog(FormDialog):
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
        fields = self.fields
        self._words = fields.text("words", voice(head.gender).goal_in_own_words, goal.words if goal else "")
        self._area = CodeCombo()
        self._area.show_choices([(row.area, area_name(row)) for row in areas])
        self._area.show_code(goal.area if goal else area)
        fields.part("area", tr("Area"), self._area)
        now, then = (goal.baseline, goal.aim) if goal else ("", "")
        self._baseline = fields.line(
            "baseline", tr("Where it stands now"), now, tr("A word or two, such as “temporary”")
        )
        self._aim = fields.line("aim", tr("Where it is to be"), then, tr("A word or two, such as “safe”"))
        self._target_on = fields.day("target_on", tr("Until"), goal.target_on if goal else None)
        self.begin("goal", str(goal.id if goal else f"{head.case_id}/{area}"), goal.version if goal else None)

    def saving(self) -> Deed:
        draft = GoalDraft(
            area=self._area.code or "",
            words=words_of(self._words),
            baseline=words_of(self._baseline),
            aim=words_of(self._aim),
            target_on=self._target_on.value,
            id=self._goal.id if self._goal else None,
            version=self._goal.version if self._goal else None,
        )
        if self._goal is None:
            return Deed(add_goal, (self._case_id, draft), tr("Goal added"))
        return Deed(correct_goal, (draft,), tr("Goal saved"))
