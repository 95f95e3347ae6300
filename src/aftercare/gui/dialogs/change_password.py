"""Changing one's own password, at one's own desk: the current one, and the new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare._built.forms.ui_change_password import Ui_ChangePasswordDialog
from aftercare.domain.errors import Problem, WeakPassphrase, WrongPassphrase
from aftercare.gui import forms, style
from aftercare.gui.dialogs.sealing_dialog import SealingDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.new_password import NewPassword
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.i18n import tr
from aftercare.services.opening import OpenOffice
from aftercare.services.own_passphrase import change_own_passphrase


class ChangePasswordDialog(SealingDialog):
    """Closes by itself when the new password is sealed, and says so at the foot of the window."""

    def __init__(self, office: Office, opened: OpenOffice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self._office = office
        self._opened = opened
        form = self._form = forms.fill(self, Ui_ChangePasswordDialog)
        self._current = PasswordEdit()
        self._current_row = form.rows.add("current", tr("Current password"), self._current)
        self._new = NewPassword(form.rows, form.suggest, form.caps)
        self._new.tell_caps_lock(self._current)
        form.suggest.setMinimumHeight(style.scaled(24))
        self.take(form, form.rows, form.suggest)
        form.done.clicked.connect(self._change)
        forms.give_room(self, 580, 440)
        self._current.setFocus()

    def _change(self) -> None:
        form = self._form
        form.rows.clear_problems()
        form.problem.hide()
        if not self._current.text():
            self._current_row.show_problem(tr("Please fill this in."))
            self._current.setFocus()
            return
        if not self._new.is_fit((self._office.actor.name,)):
            return
        opened, current, passphrase = self._opened, self._current.text(), self._new.text
        cancelled = self.begin(tr("Sealing your password…"))
        self._office.jobs.ask(
            lambda: change_own_passphrase(opened, current, passphrase, cancelled=cancelled),
            self._changed,
            owner=self,
            otherwise=self.explain,
            finally_=self.at_rest,
        )

    def _changed(self, _nothing: None) -> None:
        self._current.clear()
        self._new.clear()
        self._office.said.emit(tr("Password changed"))
        self.accept()

    def beside_field(self, problem: Problem) -> bool:
        if isinstance(problem, WeakPassphrase):
            self._new.refuse(problem)
        elif isinstance(problem, WrongPassphrase):
            self._current_row.show_problem(tr("This is not your password."))
            self._current.setFocus()
        else:
            return False
        return True
