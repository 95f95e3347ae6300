"""Saving what can be read of damaged records: who opens them, where to, and what became of them by kind of record."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QLineEdit, QSizePolicy, QWidget

from aftercare import notices as words_of
from aftercare._built.forms.ui_salvage_records import Ui_SalvageRecords
from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, RecoveryCodeIncomplete, RecoveryCodeUnreadable, WrongPassphrase
from aftercare.domain.rows.salvage import SalvageReport
from aftercare.gui import forms
from aftercare.gui.jobs import Jobs, Progress, Ticket
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.i18n import tr, trn
from aftercare.words.backups import salvage_lines


class SalvageRecords(QDialog):
    """`open_asked` hands over the folder of what was saved; the damaged one stays as it is."""

    open_asked = Signal(Path)

    def __init__(self, folder: Path, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._damaged = folder
        self._jobs = jobs
        self._clock = clock
        self._cancelled = Event()
        self._ticket: Ticket[SalvageReport] | None = None
        self._saved: Path | None = None
        form = self._form = forms.fill(self, Ui_SalvageRecords)
        self._login, self._password, self._code = QLineEdit(), PasswordEdit(), QLineEdit()
        form.password_form.add("login_name", tr("Sign-in name"), self._login)
        self._password_row = form.password_form.add("passphrase", tr("Password"), self._password)
        parts = tr("If it is in two parts, type both here, one after the other.")
        self._code_row = form.code_form.add("code", tr("Recovery code"), self._code, parts)
        ways = QButtonGroup(self)
        ways.addButton(form.by_password)
        ways.addButton(form.by_code)
        form.by_password.toggled.connect(self._show_way)
        form.choose_folder.clicked.connect(self._choose_folder)
        form.folder.setText(str(folder.with_name(f"{folder.name}-saved")))
        form.salvage.clicked.connect(self._salvage)
        form.open_saved.clicked.connect(self._open)
        form.cancel.clicked.connect(self.reject)
        form.busy.cancelled.connect(self._give_up)
        for part in (form.problem, form.result, form.open_saved):
            part.hide()
        for label in (form.words, form.key_heading, form.key_words, form.place_heading, form.place_words, form.problem):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        forms.give_room(self, 620, 520)
        self.retranslate()
        self._show_way()
        self._in_order()

    def retranslate(self) -> None:
        self._form.place_words.setText(tr("The records come into this folder. It must be new or empty."))

    # --- doing it ------------------------------------------------------------------------------------------------

    def _salvage(self) -> None:
        if not self._form.folder.text().strip():
            self._form.folder.setFocus()
            self._refuse(tr("Please choose a folder."))
            return
        self._refuse("")
        self._cancelled = Event()
        self._enable(False)
        self._form.busy.start(tr("Saving what can be read…"))
        self._ticket = self._jobs.ask_with_progress(
            self._work(),
            self.show_result,
            owner=self,
            on_progress=self._form.busy.show_progress,
            otherwise=self._explain,
            finally_=self._at_rest,
        )

    def _work(self) -> Callable[[Progress], SalvageReport]:
        damaged, new = self._damaged, Path(self._form.folder.text().strip()).expanduser()
        clock, cancelled = self._clock, self._cancelled
        by_password, code = self._form.by_password.isChecked(), self._code.text()
        login, password = self._login.text().strip(), self._password.text()

        def saving(progress: Progress) -> SalvageReport:
            from aftercare.services import salvaging

            if by_password:
                return salvaging.salvage(
                    damaged, new, login, password, clock=clock, progress=progress.report, cancelled=cancelled
                )
            return salvaging.salvage_with_code(
                damaged, new, code, clock=clock, progress=progress.report, cancelled=cancelled
            )

        return saving

    def show_result(self, report: SalvageReport) -> None:
        """What was saved and what is lost, and a way to go on with it."""
        self._saved = report.folder
        form = self._form
        saved = trn("{n} record is saved.", "{n} records are saved.", report.rows)
        form.result.setPlainText("\n\n".join((saved, *salvage_lines(report))))
        for part in (form.scroll, form.salvage):
            part.hide()
        form.result.show()
        form.open_saved.show()
        form.cancel.setText(tr("Close"))
        form.open_saved.setDefault(True)
        form.open_saved.setFocus()

    def _open(self) -> None:
        if self._saved is not None:
            self.open_asked.emit(self._saved)
        self.accept()

    def _explain(self, problem: Problem) -> None:
        words = words_of.explain(problem)
        by_password = self._form.by_password.isChecked()
        if isinstance(problem, RecoveryCodeUnreadable | RecoveryCodeIncomplete):
            self._code_row.show_problem(f"{words.what} {words.do}".strip())
            self._code.setFocus()
        elif isinstance(problem, WrongPassphrase):
            row = self._password_row if by_password else self._code_row
            row.show_problem(words.what if by_password else tr("This code does not open these records."))
            self._password.clear()
            row.editor.setFocus()
        else:
            self._refuse(" ".join(part for part in (words.what, words.safe, words.do) if part))

    def _give_up(self) -> None:
        self._cancelled.set()
        if self._ticket is not None:
            self._ticket.cancel()
        self._at_rest()

    def _at_rest(self) -> None:
        self._form.busy.finish()
        self._enable(True)

    def reject(self) -> None:
        self._give_up()
        super().reject()

    # --- inside --------------------------------------------------------------------------------------------------

    def _show_way(self) -> None:
        by_password = self._form.by_password.isChecked()
        self._form.password_form.setVisible(by_password)
        self._form.code_form.setVisible(not by_password)

    def _refuse(self, words: str) -> None:
        self._form.problem.setText(words)
        self._form.problem.setVisible(bool(words))

    def _enable(self, enabled: bool) -> None:
        for part in (self._form.scroll, self._form.salvage):
            part.setEnabled(enabled)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where to"), self._form.folder.text())
        if chosen:
            self._form.folder.setText(chosen)

    def _in_order(self) -> None:
        form = self._form
        fields: tuple[QWidget, ...] = (form.by_password, self._login, self._password, form.by_code, self._code)
        for before, after in pairwise((*fields, form.folder, form.choose_folder, form.cancel, form.salvage)):
            QWidget.setTabOrder(before, after)
