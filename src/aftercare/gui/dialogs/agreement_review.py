"""Another day for the review of the plan; what was agreed stays as it is."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from aftercare.domain.errors import FieldProblem
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.i18n import tr
from aftercare.services.agreement import move_review


class ReviewDialog(FormDialog):
    """One field: the day."""

    def __init__(self, office: Office, head: PersonHead, review_on: date, parent: QWidget | None = None) -> None:
        promise = tr("What was agreed stays as it is.")
        super().__init__(office, tr("Review of the plan"), promise, parent)
        self._case_id = head.case_id
        self._review_on = self.fields.day("review_on", tr("Look at it again on"), review_on)
        self.begin("review", str(head.case_id))

    def saving(self) -> Deed:
        if self._review_on.value is None:
            raise FieldProblem("review_on", "required")
        return Deed(move_review, (self._case_id, self._review_on.value), tr("Review moved"))
