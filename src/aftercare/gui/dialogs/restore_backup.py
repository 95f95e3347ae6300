"""Restoring a backup: which one, who opens it, where to. Records that are there are kept aside, never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QFileDialog, QLineEdit, QSizePolicy, QWidget

from aftercare import notices as words_of
from aftercare._built.forms.ui_restore_backup import Ui_RestoreBackup
from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, RecoveryCodeIncomplete, RecoveryCodeUnreadable, WrongPassphrase
from aftercare.domain.rows.backups import BackupKind, BackupRestored, BackupSeen, WaysIn
from aftercare.gui import forms
from aftercare.gui.jobs import Jobs, Progress, Ticket
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.i18n import current, tr
from aftercare.notices import Explanation
from aftercare.services import door
from aftercare.words.backups import WAYS_IN_BEFORE, ways_in_lines


class RestoreBackup(QDialog):
    """`restored` hands over the folder when the records are there and the person has read what became of the others."""

    restored = Signal(Path)

    def __init__(self, folder: Path, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs = jobs
        self._clock = clock
        self._path: Path | None = None
        self._cancelled = Event()
        self._ticket: Ticket[BackupRestored] | None = None
        form = self._form = forms.fill(self, Ui_RestoreBackup)
        self._login, self._password, self._code = QLineEdit(), PasswordEdit(), QLineEdit()
        form.password_form.add("login_name", tr("Sign-in name"), self._login)
        self._password_row = form.password_form.add("passphrase", tr("Password"), self._password)
        parts = tr("If it is in two parts, type both here, one after the other.")
        self._code_row = form.code_form.add("code", tr("Recovery code"), self._code, parts)
        ways = QButtonGroup(self)
        ways.addButton(form.by_password)
        ways.addButton(form.by_code)
        form.by_password.toggled.connect(self._show_way)
        form.choose_file.clicked.connect(self._choose_file)
        form.choose_folder.clicked.connect(self._choose_folder)
        form.folder.editingFinished.connect(self._show_place)
        form.folder.setText(str(folder))
        form.restore.clicked.connect(self._restore)
        form.cancel.clicked.connect(self.reject)
        form.busy.cancelled.connect(self._give_up)
        form.problem.hide()
        form.ways_in.hide()
        for label in (
            form.heading,
            form.seen,
            form.key_heading,
            form.key_words,
            form.ways_in,
            form.place_heading,
            form.place_words,
            form.problem,
        ):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        forms.give_room(self, 620, 560)
        self._show_way()
        self._show_place()
        self.retranslate()
        _in_order(form.choose_file, form.by_password, self._login, self._password, form.by_code, self._code)
        _in_order(self._code, form.folder, form.choose_folder, form.cancel, form.restore)

    def retranslate(self) -> None:
        if self._path is None:
            self._form.seen.setText(tr("Backups end in .backup. They lie in the place chosen for them."))

    # --- what is shown -------------------------------------------------------------------------------------------

    def choose(self, path: Path) -> None:
        """Take this file, if it is a backup; it says itself when it was made."""
        from aftercare.services.backups import look_at_backup

        self._refuse("")
        self._jobs.beside(
            partial(look_at_backup, path), self._show_seen, owner=self, otherwise=self._explain, topic="look"
        )

    def _show_seen(self, seen: BackupSeen) -> None:
        self._path = seen.path
        self._form.file.setText(str(seen.path))
        self._form.file.setCursorPosition(0)
        made = self._clock.local(seen.made_at)
        facts = {"number": seen.number, "day": current().date(made.date()), "time": current().time(made)}
        self._form.seen.setText(
            tr("Backup number {number} of training records, made on {day} at {time}.", **facts)
            if seen.kind is BackupKind.TRAINING
            else tr("Backup number {number}, made on {day} at {time}.", **facts)
        )
        (self._login if self._form.by_password.isChecked() else self._code).setFocus()
        self._show_place()

    def _show_way(self) -> None:
        by_password = self._form.by_password.isChecked()
        self._form.password_form.setVisible(by_password)
        self._form.code_form.setVisible(not by_password)

    def _show_place(self) -> None:
        """What is in the folder, and who will come in: both are read from disks, so beside the window."""
        chosen = self._form.folder.text().strip()
        folder, path = Path(chosen).expanduser(), self._path

        def looking() -> tuple[bool, WaysIn | None]:
            from aftercare.services.backups import ways_in_after

            taken = bool(chosen) and door.look_at(folder).found is not door.Found.NOTHING
            return taken, ways_in_after(path, folder) if path is not None and chosen else None

        self._jobs.beside(looking, self._show_found, owner=self, otherwise=self._explain, topic="place")

    def _show_found(self, found: tuple[bool, WaysIn | None]) -> None:
        taken, ways_in = found
        place = (
            tr("Records are in this folder. They are kept: the folder gets another name, with the date, beside it.")
            if taken
            else tr("The records come into this folder. It must be new or empty.")
        )
        self._form.place_words.setText(place)
        self._form.ways_in.setText(tr(WAYS_IN_BEFORE[ways_in]) if ways_in is not None else "")
        self._form.ways_in.setVisible(ways_in is not None)

    # --- doing it ------------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        if self._path is None:
            self._form.choose_file.setFocus()
            self._refuse(tr("Please choose a backup."))
            return
        if not self._form.folder.text().strip():
            self._form.folder.setFocus()
            self._refuse(tr("Please choose a folder."))
            return
        self._refuse("")
        self._cancelled = Event()
        self._enable(False)
        self._form.busy.start(tr("Restoring the backup…"))
        self._ticket = self._jobs.ask_with_progress(
            self._work(self._path),
            self._show_restored,
            owner=self,
            on_progress=self._form.busy.show_progress,
            otherwise=self._explain,
            finally_=self._at_rest,
        )

    def _work(self, path: Path) -> Callable[[Progress], BackupRestored]:
        folder = Path(self._form.folder.text().strip()).expanduser()
        clock, cancelled = self._clock, self._cancelled
        by_password, code = self._form.by_password.isChecked(), self._code.text()
        login, password = self._login.text().strip(), self._password.text()

        def restoring(progress: Progress) -> BackupRestored:
            from aftercare.services import backups

            if by_password:
                return backups.restore(
                    path, folder, login, password, clock=clock, progress=progress.report, cancelled=cancelled
                )
            return backups.restore_with_code(
                path, folder, code, clock=clock, progress=progress.report, cancelled=cancelled
            )

        return restoring

    def _show_restored(self, restored: BackupRestored) -> None:
        from aftercare.gui.notices import Notice

        made = self._clock.local(restored.made_at)
        what = tr(
            "The backup of {day}, {time} is restored.", day=current().date(made.date()), time=current().time(made)
        )
        kept = restored.kept_aside
        safe = tr("The records that were there are kept in the folder {folder}.", folder=kept.name) if kept else ""
        sign_in = (
            tr("Sign in with the password you have today.")
            if restored.ways_in is WaysIn.OF_TODAY
            else tr("Sign in with a password of that time.")
        )
        who = " ".join((*ways_in_lines(restored), sign_in))
        notice = Notice(self, Explanation(what, safe, who), tr("OK"))
        notice.finished.connect(lambda _result: self._leave(restored.folder))
        notice.open()

    def _leave(self, folder: Path) -> None:
        self.restored.emit(folder)
        self.accept()

    def _explain(self, problem: Problem) -> None:
        words = words_of.explain(problem)
        if isinstance(problem, RecoveryCodeUnreadable | RecoveryCodeIncomplete):
            self._code_row.show_problem(f"{words.what} {words.do}".strip())
            self._code.setFocus()
        elif isinstance(problem, WrongPassphrase):
            row = self._password_row if self._form.by_password.isChecked() else self._code_row
            row.show_problem(
                words.what if self._form.by_password.isChecked() else tr("This code does not open this backup.")
            )
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

    def _refuse(self, words: str) -> None:
        self._form.problem.setText(words)
        self._form.problem.setVisible(bool(words))

    def _enable(self, enabled: bool) -> None:
        for part in (self._form.scroll, self._form.restore):
            part.setEnabled(enabled)

    def _choose_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self, tr("Which backup"), self._form.file.text(), tr("Backups (*.backup)")
        )
        if chosen:
            self.choose(Path(chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where to"), self._form.folder.text())
        if chosen:
            self._form.folder.setText(chosen)
            self._show_place()


def _in_order(*stops: QWidget) -> None:
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)
