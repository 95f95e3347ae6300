"""A new recovery code: shown, printed, typed back from the paper, and only then in place of the old one."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from aftercare import notices
from aftercare._built.forms.ui_renew_code import Ui_RenewCodeDialog
from aftercare.domain.errors import Problem, UnlockCancelled
from aftercare.gui import forms
from aftercare.gui.office import Office
from aftercare.i18n import tr
from aftercare.services.opening import OpenOffice
from aftercare.services.recovery_kit import renew_recovery_code


class RenewCodeDialog(QDialog):
    """Closes by itself when the new code is in force; leaving it before has changed nothing."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._office = office
        self._cancelled = Event()
        form = self._form = forms.fill(self, Ui_RenewCodeDialog)
        form.problem.hide()
        form.kit.begin(office.jobs)
        form.kit.entered.connect(self._renew)
        form.cancel.clicked.connect(self.reject)
        form.done.clicked.connect(self._renew)
        form.busy.cancelled.connect(self._stop)
        forms.give_room(self, 600, 520)
        form.kit.setFocus()

    def _renew(self) -> None:
        form = self._form
        form.problem.hide()
        if not form.done.isEnabled() or not form.kit.is_copied():
            return
        kit, typed = form.kit.kit, form.kit.typed
        self._cancelled = cancelled = Event()
        self._enable(False)
        form.busy.start(tr("Replacing the old code…"))

        def renewing(opened: OpenOffice) -> None:
            renew_recovery_code(opened, kit, typed, cancelled=cancelled)

        self._office.ask_vault(renewing, then=self._done, owner=self, otherwise=self._explain, finally_=self._at_rest)

    def _done(self, _nothing: None) -> None:
        self._office.said.emit(tr("The new recovery code is in force. Destroy the page of the old one."))
        self._office.keys_changed.emit()
        self.accept()

    def _explain(self, problem: Problem) -> None:
        if isinstance(problem, UnlockCancelled):
            return
        words = notices.explain(problem)
        self._form.problem.setText(" ".join(part for part in (words.what, words.safe, words.do) if part))
        self._form.problem.show()

    def reject(self) -> None:
        self._stop()
        super().reject()

    def _stop(self) -> None:
        self._cancelled.set()

    def _at_rest(self) -> None:
        self._form.busy.finish()
        self._enable(True)

    def _enable(self, enabled: bool) -> None:
        for part in (self._form.kit, self._form.done):
            part.setEnabled(enabled)
