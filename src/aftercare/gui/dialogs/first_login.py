"""The first login: name, one-time code, a password of one's own; after a reset it is the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from aftercare import notices
from aftercare._built.forms.ui_first_login import Ui_FirstLoginDialog
from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    LoginCodeExpired,
    LoginCodeIncomplete,
    LoginCodeUnreadable,
    Problem,
    WeakPassphrase,
    WrongPassphrase,
)
from aftercare.gui import forms, style
from aftercare.gui.dialogs.sealing_dialog import SealingDialog
from aftercare.gui.jobs import Jobs
from aftercare.gui.widgets.new_password import NewPassword
from aftercare.i18n import tr

if TYPE_CHECKING:  # the database loads when the code was typed
    from aftercare.services.opening import OpenOffice


class FirstLoginDialog(SealingDialog):
    """`entered` hands over the open office of whoever the code was for."""

    entered = Signal(object)  # services.opening.OpenOffice

    def __init__(
        self, folder: Path, jobs: Jobs, clock: Clock, parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._jobs = jobs
        self._clock = clock
        self._opened: list[OpenOffice] = []  # at most one; filled on the vault's thread, closed there
        form = self._form = forms.fill(self, Ui_FirstLoginDialog)
        self._who, self._code = QLineEdit(name), QLineEdit()
        self._who_row = form.rows.add("who", tr("Who is working"), self._who, tr("Your sign-in name"))
        self._code_row = form.rows.add(
            "code",
            tr("One-time code"),
            self._code,
            tr("Four groups of five characters; case and dashes are ignored."),
        )
        self._new = NewPassword(form.rows, form.suggest, form.caps)
        form.suggest.setMinimumHeight(style.scaled(24))
        self.take(form, form.rows, form.suggest)
        form.done.clicked.connect(self._enter)
        forms.give_room(self, 600, 480)
        (self._code if name else self._who).setFocus()

    def _enter(self) -> None:
        form = self._form
        form.rows.clear_problems()
        form.problem.hide()
        name, code = self._who.text().strip(), self._code.text()
        if not name:
            self._who_row.show_problem(tr("Please fill this in."))
            self._who.setFocus()
            return
        if not code.strip():
            self._code_row.show_problem(tr("Please fill this in."))
            self._code.setFocus()
            return
        if not self._new.is_fit((name,)):
            return
        folder, clock, passphrase = self._folder, self._clock, self._new.text
        cancelled = self.begin(tr("Sealing your password…"))
        held = self._opened

        def entering() -> OpenOffice:
            from aftercare.services.first_login import log_in_first

            opened = log_in_first(folder, name, code, passphrase, clock=clock, cancelled=cancelled)
            held.append(opened)
            return opened

        self._jobs.ask(entering, self._hand_over, owner=self, otherwise=self.explain, finally_=self.at_rest)

    def _hand_over(self, office: OpenOffice) -> None:
        self._opened.clear()
        self._code.clear()
        self._new.clear()
        self.entered.emit(office)
        self.accept()

    def beside_field(self, problem: Problem) -> bool:
        if isinstance(problem, WeakPassphrase):
            self._new.refuse(problem)
        elif isinstance(problem, LoginCodeUnreadable | LoginCodeIncomplete | LoginCodeExpired):
            words = notices.explain(problem)
            self._code_row.show_problem(f"{words.what} {words.do}".strip())
            self._code.setFocus()
        elif isinstance(problem, WrongPassphrase):
            self._code_row.show_problem(tr("The name or the code is not right, or the code was used already."))
            self._code.setFocus()
        else:
            return False
        return True

    def reject(self) -> None:
        """The vault is closed behind whatever is under way, also where its answer has not arrived yet."""
        self.stop()
        held = self._opened

        def close() -> None:
            for opened in held:
                opened.close()

        self._jobs.ask(close, lambda _nothing: None, owner=self._jobs)
        super().reject()
