"""A new recovery code: shown, printed, typed back from the paper, and only then in place of the old one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare._built.forms.ui_renew_code import Ui_RenewCodeDialog
from aftercare.gui import forms
from aftercare.gui.dialogs.sealing_dialog import SealingDialog
from aftercare.gui.office import Office
from aftercare.i18n import tr
from aftercare.services.opening import OpenOffice
from aftercare.services.recovery_kit import renew_recovery_code


class RenewCodeDialog(SealingDialog):
    """Closes by itself when the new code is in force; leaving it before has changed nothing."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._office = office
        form = self._form = forms.fill(self, Ui_RenewCodeDialog)
        self.take(form, form.kit)
        form.kit.begin(office.jobs)
        form.kit.entered.connect(self._renew)
        form.done.clicked.connect(self._renew)
        forms.give_room(self, 600, 520)
        form.kit.setFocus()

    def _renew(self) -> None:
        form = self._form
        form.problem.hide()
        if not form.done.isEnabled() or not form.kit.is_copied():
            return
        kit, typed = form.kit.kit, form.kit.typed
        cancelled = self.begin(tr("Replacing the old code…"))

        def renewing(opened: OpenOffice) -> None:
            renew_recovery_code(opened, kit, typed, cancelled=cancelled)

        self._office.ask_vault(renewing, then=self._done, owner=self, otherwise=self.explain, finally_=self.at_rest)

    def _done(self, _nothing: None) -> None:
        self._office.said.emit(tr("The new recovery code is in force. Destroy the page of the old one."))
        self._office.keys_changed.emit()
        self.accept()
