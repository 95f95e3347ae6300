"""Another day for the review of the plan; what was agreed stays as it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from aftercare.domain.errors import FieldProblem
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.goal_entry import EntryDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.i18n import tr
from aftercare.services.agreement import move_review


class ReviewDialog(EntryDialog):
    """One field: the day."""

    def __init__(self, office: Office, head: PersonHead, review_on: date, parent: QWidget | None = None) -> None:
        promise = tr("What was agreed stays as it is.")
        super().__init__(office, tr("Review of the plan"), promise, parent)
        self._case_id = head.case_id
        self._review_on = DayEdit(clock=office.clock)
        self._review_on.show_value(review_on)
        self.row("review_on", tr("Look at it again on"), self._review_on)
        self.keep_drafts("review", str(head.case_id))
        self._review_on.setFocus()

    def save(self) -> None:
        review_on = self.read(self._day)
        if review_on is not None:
            self.hand_in(move_review, self._case_id, review_on, undo=tr("Review moved"))

    def _day(self) -> date:
        if self._review_on.value is None:
            raise FieldProblem("review_on", "required")
        return self._review_on.value
