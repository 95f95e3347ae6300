"""Using the recovery code: type it, choose a new password, write down the code that takes its place.

Keys change only at the very end, together; whoever gives up before has changed nothing, and the paper stays good.
"""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QSizePolicy, QWidget

from aftercare import notices
from aftercare._built.forms.ui_recovery_code import Ui_RecoveryCodeDialog
from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    Problem,
    RecoveryCodeIncomplete,
    RecoveryCodeUnreadable,
    RecoveryPartIncomplete,
    RecoveryPartMissing,
    RecoveryPartsAlike,
    RecoveryPartsOfTwoKits,
    RecoveryPartUnreadable,
    WeakPassphrase,
    WrongPassphrase,
)
from aftercare.gui import forms, style
from aftercare.gui.jobs import Jobs
from aftercare.gui.widgets.password_edit import PasswordEdit, passphrase_hint
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.i18n import tr
from aftercare.services import door

if TYPE_CHECKING:  # the database loads when the code was typed
    from aftercare.services.opening import OpenOffice
    from aftercare.services.recovery import OpenedByCode

_CODE, _ACCOUNT, _KIT = range(3)
_TYPED_WRONG = (
    RecoveryCodeIncomplete,
    RecoveryCodeUnreadable,
    RecoveryPartIncomplete,
    RecoveryPartMissing,
    RecoveryPartsAlike,
    RecoveryPartsOfTwoKits,
    RecoveryPartUnreadable,
)


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
        form = self._form = forms.fill(self, Ui_RecoveryCodeDialog)
        self._code, self._second_part = QLineEdit(), QLineEdit()
        self._who, self._passphrase, self._again = SpokenCombo(), PasswordEdit(), PasswordEdit()
        self._who.setPlaceholderText(tr("Please choose"))
        self._code_row = form.code_form.add(
            "code", tr("Recovery code"), self._code, tr("Eight groups of five characters.")
        )
        self._second_row = form.code_form.add(
            "second_part", tr("The other part"), self._second_part, tr("Which part comes first does not matter.")
        )
        self._second_row.hide()
        self._who_row = form.account_form.add("who", tr("Administrator"), self._who)
        self._password_row = form.account_form.add(
            "passphrase", tr("New password"), self._passphrase, passphrase_hint()
        )
        self._again_row = form.account_form.add("again", tr("Once more"), self._again)
        form.kit.begin(jobs)
        for label in (
            form.code_heading,
            form.code_words,
            form.account_heading,
            form.account_words,
            form.kit_heading,
            form.kit_words,
        ):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for link in (form.suggest, form.two_parts):
            link.setMinimumHeight(style.scaled(24))
        form.suggest.clicked.connect(self._suggest)
        form.two_parts.clicked.connect(self._take_two_parts)
        form.busy.share(form.cancel, self.reject)
        form.next.clicked.connect(self._next)
        form.busy.cancelled.connect(self._stop)
        forms.give_room(self, 600, 530)  # the two parts of a code and where they are typed
        self._go(_CODE)

    # --- steps ---------------------------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        form = self._form
        form.steps.setCurrentIndex(step)
        form.progress.setText(tr("Step {step} of {steps}", step=step + 1, steps=3))
        form.next.setText(tr("&Open the records") if step == _KIT else tr("&Next"))
        form.problem.hide()
        self._begin_typing()

    def _begin_typing(self) -> None:
        """Where the step that is shown begins."""
        account = self._passphrase if self._who.currentIndex() >= 0 else self._who
        (self._code, account, self._form.kit)[self._form.steps.currentIndex()].setFocus()

    def _next(self) -> None:
        (self._open, self._check_account, self._start_again)[self._form.steps.currentIndex()]()

    def _open(self) -> None:
        self._form.code_form.clear_problems()
        folder, typed, clock = self._folder, (self._code.text(), self._second_part.text()), self._clock
        cancelled, held = self._begin(tr("Opening with the code…")), self._opened

        def opening() -> OpenedByCode:
            from aftercare.services.recovery import open_with_code

            opened = open_with_code(folder, *typed, clock=clock, cancelled=cancelled)
            held.append(opened)
            return opened

        self._jobs.ask(opening, self._choose_account, owner=self, otherwise=self._explain_code, finally_=self._at_rest)

    def _choose_account(self, opened: OpenedByCode) -> None:
        self._code.clear()
        self._second_part.clear()
        for administrator in opened.administrators:
            self._who.addItem(f"{administrator.display_name} ({administrator.login_name})", administrator)
        # among several the first of the alphabet would lose their password to whoever is tired
        self._who.setCurrentIndex(0 if len(opened.administrators) == 1 else -1)
        self._go(_ACCOUNT)

    def _check_account(self) -> None:
        self._form.account_form.clear_problems()
        who = self._who.currentData()
        if not self._who.count():
            self._refuse(tr("These records have no administrator who could get a password."))
            return
        if who is None:
            self._who_row.show_problem(tr("Please choose who gets the new password."))
            self._who.setFocus()
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
        if not self._form.kit.is_copied():
            return
        (opened,) = self._opened
        who, passphrase, new_code = self._who.currentData(), self._passphrase.text(), self._form.kit.kit.code
        clock, cancelled = self._clock, self._begin(tr("Changing the keys…"))

        def starting() -> OpenOffice:
            from aftercare.services.recovery import start_again

            return start_again(opened, who, passphrase, new_code, clock=clock, cancelled=cancelled)

        self._jobs.ask(starting, self._enter, owner=self, otherwise=self._explain, finally_=self._at_rest)

    def _enter(self, office: OpenOffice) -> None:
        self._opened.clear()
        self._passphrase.clear()
        self._again.clear()
        self.recovered.emit(office)
        self.accept()

    # --- trouble and giving up -----------------------------------------------------------------------------------

    def _take_two_parts(self) -> None:
        self._form.two_parts.hide()
        self._second_row.show()
        self._code_row.label.setText(tr("One part"))
        self._code.setAccessibleName(tr("One part"))
        self._code_row.explain(tr("Nine groups of five characters."))
        self._code.setFocus()

    def _explain_code(self, problem: Problem) -> None:
        """What is wrong with what was typed stands beside it; one part alone shows where the other goes."""
        if isinstance(problem, RecoveryPartMissing) and self._second_row.isHidden():
            self._take_two_parts()
        if isinstance(problem, WrongPassphrase):
            words = tr("This code does not open these records. A used code was replaced.")
        elif isinstance(problem, _TYPED_WRONG):
            explained = notices.explain(problem)
            words = f"{explained.what} {explained.do}".strip()
        else:
            self._explain(problem)
            return
        is_second = self._second_row.isVisibleTo(self) and door.is_readable_code(self._code.text())
        row = self._second_row if is_second else self._code_row
        row.show_problem(words)
        row.editor.setFocus()

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
            self._begin_typing()

    def _refuse(self, words: str) -> None:
        self._form.problem.setText(words)
        self._form.problem.show()

    def _suggest(self) -> None:
        self._passphrase.setText(door.suggested_passphrase())
        self._passphrase.show_text(True)
        self._again.clear()
        self._again.setFocus()
