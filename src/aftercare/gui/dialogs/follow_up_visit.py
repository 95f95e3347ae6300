"""A visit 30, 90 or 180 days after a return: four questions; a «no» reopens the plan."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import Answer
from aftercare.domain.drafts.family import FollowUpVisitDraft
from aftercare.domain.rows.family import LadderRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import tr
from aftercare.services.family import save_follow_up_visit


class FollowUpVisitDialog(FormDialog):
    """Where an answer is «no», it asks what the survivor wants now: that becomes a proposed goal."""

    def __init__(self, office: Office, ladder: LadderRow, day: int, parent: QWidget | None = None) -> None:
        super().__init__(office, tr("Visit {days} days after the return", days=day), parent=parent)
        self._ladder, self._day = ladder, day
        fields = self.fields
        self._on = fields.day("on", tr("Visited on"), office.clock.today())
        self._answers = [
            fields.answer("safe", tr("Safe?")),
            fields.answer("housed", tr("Housed well?")),
            fields.answer("occupied", tr("At school or work?")),
            fields.answer("wants_to_stay", tr("Wants to stay?")),
        ]
        self._words = fields.text("words", tr("What was seen and said"))
        self._goal = fields.text(
            "goal_words",
            tr("What the survivor wants now"),
            hint=tr("A “no” reopens the plan: its review is due today, and this becomes a proposed goal."),
        )
        for picker in self._answers:
            picker.changed.connect(lambda _answer: self._follow())
        self.saved.connect(self._tell)
        self._follow()
        self.begin("follow_up_visit", f"{ladder.id} {day}")

    def _follow(self) -> None:
        self.show_row("goal_words", any(picker.answer is Answer.NO for picker in self._answers))

    def _tell(self, plan_is_open_again: bool) -> None:
        if plan_is_open_again:
            self.office.said.emit(tr("The plan is open again: its review is due today."))

    def saving(self) -> Deed:
        safe, housed, occupied, stay = (picker.answer for picker in self._answers)
        draft = FollowUpVisitDraft(
            day=self._day,
            on=self._on.value,
            safe=safe,
            housed=housed,
            occupied=occupied,
            wants_to_stay=stay,
            words=words_of(self._words),
            goal_words=words_of(self._goal),
        )
        return Deed(save_follow_up_visit, (self._ladder.id, draft), tr("Visit saved"))
