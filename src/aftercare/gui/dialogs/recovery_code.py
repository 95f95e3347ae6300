"""Using the recovery code: type it, choose a new password, write down the code that takes its place.

Keys change only at the very end, together; whoever gives up before has changed nothing, and the paper stays good.
"""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QSizePolicy, QWidget

from aftercare import notices
from aftercare._built.forms.ui_recovery_code import Ui_RecoveryCodeDialog
from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    Problem,
    RecoveryCodeIncomplete,
    RecoveryCodeUnreadable,
    WeakPassphrase,
    WrongPassphrase,
)
from aftercare.gui import forms, style
from aftercare.gui.jobs import Jobs
from aftercare.gui.widgets.password_edit import PasswordEdit, passphrase_hint
from aftercare.i18n import tr
from aftercare.services import door

if TYPE_CHECKING:  # the database loads when the code was typed
    from aftercare.services.opening import OpenOffice
    from aftercare.services.recovery import OpenedByCode

_CODE, _ACCOUNT, _KIT = range(3)


class RecoveryCodeDialog(QDialog):
    """`recovered` hands over the open office of the administrator who has a new password."""

    recovered = Signal(object)  # services.opening.OpenOffice

    def __init__(self, folder: Path, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._folder = folder
        self._jobs = jobs
        self._clock = clock
        self._cancelled = Event()
        self._opened: list[OpenedByCode] = []  # at most one; filled on the vault's thread, closed there
        self._new_code = door.new_recovery_code()
        form = self._form = forms.fill(self, Ui_RecoveryCodeDialog)
        self._code, self._typed_code = QLineEdit(), QLineEdit()
        self._who, self._passphrase, self._again = QComboBox(), PasswordEdit(), PasswordEdit()
        self._code_row = form.code_form.add(
            "code", tr("Recovery code"), self._code, tr("Eight groups of five characters.")
        )
        form.account_form.add("who", tr("Administrator"), self._who)
        self._password_row = form.account_form.add(
            "passphrase", tr("New password"), self._passphrase, passphrase_hint()
        )
        self._again_row = form.account_form.add("again", tr("Once more"), self._again)
        self._typed_row = form.kit_form.add("typed", tr("Type the code here"), self._typed_code)
        groups = self._new_code.groups
        form.code.setText("  ".join(groups[:4]) + "\n" + "  ".join(groups[4:]))
        mono = style.sized(QFont("monospace"), 16, QFont.Weight.DemiBold)
        mono.setStyleHint(QFont.StyleHint.Monospace)
        form.code.setFont(mono)
        for label in (
            form.code_heading,
            form.code_words,
            form.account_heading,
            form.account_words,
            form.kit_heading,
            form.kit_words,
        ):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for link in (form.suggest, form.print_code):
            link.setMinimumHeight(style.scaled(24))
        form.suggest.clicked.connect(self._suggest)
        form.print_code.clicked.connect(self._print_code)
        form.cancel.clicked.connect(self.reject)
        form.next.clicked.connect(self._next)
        form.busy.cancelled.connect(self._stop)
        forms.give_room(self, 600, 440)
        self._go(_CODE)

    # --- steps ---------------------------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        form = self._form
        form.steps.setCurrentIndex(step)
        form.progress.setText(tr("Step {step} of {steps}", step=step + 1, steps=3))
        form.next.setText(tr("&Open the records") if step == _KIT else tr("&Next"))
        form.problem.hide()
        (self._code, self._passphrase, self._typed_code)[step].setFocus()

    def _next(self) -> None:
        (self._open, self._check_account, self._start_again)[self._form.steps.currentIndex()]()

    def _open(self) -> None:
        self._code_row.clear_problem()
        folder, code, clock = self._folder, self._code.text(), self._clock
        cancelled, held = self._begin(tr("Opening with the code…")), self._opened

        def opening() -> OpenedByCode:
            from aftercare.services.recovery import open_with_code

            opened = open_with_code(folder, code, clock=clock, cancelled=cancelled)
            held.append(opened)
            return opened

        self._jobs.ask(opening, self._choose_account, owner=self, otherwise=self._explain_code, finally_=self._at_rest)

    def _choose_account(self, opened: OpenedByCode) -> None:
        self._code.clear()
        for administrator in opened.administrators:
            self._who.addItem(f"{administrator.display_name} ({administrator.login_name})", administrator)
        self._go(_ACCOUNT)

    def _check_account(self) -> None:
        self._form.account_form.clear_problems()
        who = self._who.currentData()
        if who is None:
            self._refuse(tr("These records have no administrator who could get a password."))
            return
        faults = door.passphrase_faults(self._passphrase.text(), (who.login_name, who.display_name))
        if faults:
            self._password_row.show_problem(notices.explain(WeakPassphrase(faults)).what)
            self._passphrase.setFocus()
        elif self._again.text() != self._passphrase.text():
            self._again_row.show_problem(tr("The two are not the same."))
            self._again.setFocus()
        else:
            self._go(_KIT)

    def _start_again(self) -> None:
        if not self._code_is_copied():
            return
        (opened,) = self._opened
        who, passphrase, new_code = self._who.currentData(), self._passphrase.text(), self._new_code
        clock, cancelled = self._clock, self._begin(tr("Changing the keys…"))

        def starting() -> OpenOffice:
            from aftercare.services.recovery import start_again

            return start_again(opened, who, passphrase, new_code, clock=clock, cancelled=cancelled)

        self._jobs.ask(starting, self._enter, owner=self, otherwise=self._explain, finally_=self._at_rest)

    def _code_is_copied(self) -> bool:
        self._typed_row.clear_problem()
        try:
            if door.is_same_code(self._typed_code.text(), self._new_code):
                return True
            words = tr("This is a code, but not the one above.")
        except (RecoveryCodeUnreadable, RecoveryCodeIncomplete) as problem:
            words = notices.explain(problem).what
        self._typed_row.show_problem(words)
        self._typed_code.setFocus()
        return False

    def _enter(self, office: OpenOffice) -> None:
        self._opened.clear()
        self._passphrase.clear()
        self._again.clear()
        self.recovered.emit(office)
        self.accept()

    # --- trouble and giving up -----------------------------------------------------------------------------------

    def _explain_code(self, problem: Problem) -> None:
        if isinstance(problem, WrongPassphrase):
            self._code_row.show_problem(tr("This code does not open these records. A used code was replaced."))
        elif isinstance(problem, RecoveryCodeUnreadable | RecoveryCodeIncomplete):
            words = notices.explain(problem)
            self._code_row.show_problem(f"{words.what} {words.do}".strip())
        else:
            self._explain(problem)
            return
        self._code.setFocus()

    def _explain(self, problem: Problem) -> None:
        words = notices.explain(problem)
        self._refuse(" ".join(part for part in (words.what, words.safe, words.do) if part))

    def _stop(self) -> None:
        self._cancelled.set()

    def reject(self) -> None:
        """The vault is closed behind whatever is under way, also where its answer has not arrived yet."""
        self._cancelled.set()
        held = self._opened

        def close() -> None:
            for opened in held:
                opened.close()

        self._jobs.ask(close, lambda _nothing: None, owner=self._jobs)
        super().reject()

    # --- inside --------------------------------------------------------------------------------------------------

    def _begin(self, words: str) -> Event:
        self._cancelled = Event()
        self._form.problem.hide()
        self._enable(False)
        self._form.busy.start(words)
        return self._cancelled

    def _at_rest(self) -> None:
        self._form.busy.finish()
        self._enable(True)

    def _enable(self, enabled: bool) -> None:
        for part in (self._form.steps, self._form.next):
            part.setEnabled(enabled)
        if enabled:
            step = self._form.steps.currentIndex()
            (self._code, self._passphrase, self._typed_code)[step].setFocus()

    def _refuse(self, words: str) -> None:
        self._form.problem.setText(words)
        self._form.problem.show()

    def _suggest(self) -> None:
        self._passphrase.setText(door.suggested_passphrase())
        self._passphrase.show_text(True)
        self._again.clear()
        self._again.setFocus()

    def _print_code(self) -> None:
        from aftercare.gui.printing import print_lines

        words = tr("Keep this paper away from the computer, where only you find it.")
        print_lines(self, [*self._form.code.text().splitlines(), "", words])
