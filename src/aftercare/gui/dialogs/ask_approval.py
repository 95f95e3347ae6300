"""«Your organisation wants two people to decide this»: a colleague is asked, with a few words why."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.approving import Approvable
from aftercare.domain.errors import ApprovalNeeded
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import tr, trn
from aftercare.services.approvals import ask_approval
from aftercare.words.access import APPROVABLE


class AskApproval(FormDialog):
    """Nothing is done by it but asking; what was begun is begun again once somebody agreed."""

    def __init__(self, office: Office, needed: ApprovalNeeded, parent: QWidget | None = None) -> None:
        super().__init__(office, tr("Two people decide this"), _intro(office, needed), parent)
        self._needed = needed
        self._why = self.fields.text("why", tr("Why"), lines=3, hint=tr("Whoever answers reads it"))
        self.form.save.setText(tr("&Ask again") if needed.waits else tr("&Ask a colleague"))
        self.saved.connect(lambda _id: office.said.emit(tr("Asked; the answer is under “To decide”")))
        self.begin("approval", needed.about)

    def saving(self) -> Deed:
        return Deed(ask_approval, (self._needed, words_of(self._why)), "")


def _intro(office: Office, needed: ApprovalNeeded) -> str:
    action = tr(APPROVABLE[Approvable(needed.action)])
    if needed.waits:
        return tr("{action}: you have asked already, and nobody has answered yet.", action=action)
    hours = office.settings.approval_hours
    return trn(
        "{action}: another manager or administrator has {n} hour to agree; then you do it again.",
        "{action}: another manager or administrator has {n} hours to agree; then you do it again.",
        hours,
        action=action,
    )
