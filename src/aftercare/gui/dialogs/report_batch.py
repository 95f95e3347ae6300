"""A report like the one on the page for a whole caseload, a file each, with progress and Stop."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from aftercare._built.forms.ui_report_batch import Ui_ReportBatchDialog
from aftercare.domain.codes import ReportKind, ReportProfile
from aftercare.domain.drafts.reports import Narratives, ReportOrder
from aftercare.domain.errors import ConfirmationNeeded, FieldProblem, Problem
from aftercare.domain.rows.survivors import Whose
from aftercare.gui import forms, notices
from aftercare.gui.jobs import Done, Progress, Ticket
from aftercare.gui.office import Office
from aftercare.gui.pages.reports_order import ReportForm
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.i18n import tr, trn
from aftercare.services.report_batch import BatchDone, begin_batch, print_caseload
from aftercare.services.report_choices import caseload
from aftercare.words import label


class ReportBatchDialog(QDialog):
    """Takes kind, profile, period, chapters, language and paper from the page's form."""

    def __init__(self, office: Office, like: ReportForm, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._like = office, like
        self._ticket: Ticket[BatchDone] | None = None
        self._stopped = threading.Event()
        self._closes_with: int | None = None  # once what is under way has ended
        form = self._form = forms.fill(self, Ui_ReportBatchDialog)
        forms.give_room(self, 560, 330)
        what = (
            label(ReportKind.PLAN_SHEET) if self._is_sheet else f"{label(ReportKind.PROGRESS)}, {label(like.profile)}"
        )
        form.intro.setText(
            tr(
                "{what}: one PDF for each open case, as chosen on the page. The files are named by number only, "
                "and each is written into the list of reports.",
                what=what,
            )
        )
        self._make_rows()
        form.bar.hide()
        form.stop.hide()
        form.start.clicked.connect(self.start)
        form.stop.clicked.connect(self.stop)
        form.close_dialog.clicked.connect(self.reject)
        form.start.setDefault(True)

    @property
    def _is_sheet(self) -> bool:
        return self._like.kind is ReportKind.PLAN_SHEET

    def _make_rows(self) -> None:
        self._whose, self._narratives = CodeCombo(), CodeCombo()
        self._whose.show_choices([(Whose.MINE.value, tr("My cases")), (Whose.ALL.value, tr("All open cases"))])
        self._whose.show_code(Whose.MINE)
        self._form.rows.add("whose", tr("Whose"), self._whose)
        self._narratives.show_choices(
            [
                (Narratives.CHOSEN.value, tr("Nothing")),
                (Narratives.LAST.value, label(Narratives.LAST)),
                (Narratives.ALL.value, label(Narratives.ALL)),
            ]
        )
        self._narratives.show_code(Narratives.CHOSEN)
        row = self._form.rows.add("narratives", tr("What was written"), self._narratives)
        row.setVisible(not self._is_sheet and self._like.profile is not ReportProfile.ANONYMOUS)
        self._folder = QLineEdit()
        browse = QPushButton(tr("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        where = QWidget()
        line = QHBoxLayout(where)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._folder, 1)
        line.addWidget(browse)
        where.setFocusProxy(self._folder)
        self._folder.setAccessibleName(tr("Folder"))
        self._form.rows.add("folder", tr("Folder"), where)

    # --- running -----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Ask for the cases, then print them one after the other."""
        self._form.rows.clear_problems()
        try:
            like, folder = self._wanted()
        except FieldProblem as problem:
            self._explain(problem)
            return
        only_mine = self._whose.code == Whose.MINE
        self._office.ask(
            begin_batch,
            then=lambda _nothing: self._ask_cases(like, only_mine, folder),
            owner=self,
            otherwise=self._explain,
        )

    def _ask_cases(self, like: ReportOrder, only_mine: bool, folder: Path) -> None:
        self._office.ask(
            caseload, only_mine, then=lambda cases: self._run(like, cases, folder), owner=self, otherwise=self._explain
        )

    def _wanted(self) -> tuple[ReportOrder, Path]:
        typed = self._folder.text().strip()
        folder = Path(typed)
        if not typed:
            raise FieldProblem("folder", "required")
        if not folder.is_dir():
            raise FieldProblem("folder", "no_such_folder")
        return self._like.order_for_many(Narratives(self._narratives.code or Narratives.CHOSEN)), folder

    def _run(self, like: ReportOrder, cases: tuple[UUID, ...], folder: Path) -> None:
        if not cases:
            self._form.outcome.setText(tr("There is no open case."))
            return
        self._stopped.clear()
        self._show_running(True)
        self._form.bar.setRange(0, len(cases))
        self._form.bar.setValue(0)

        def work(progress: Progress) -> BatchDone:
            return print_caseload(self._do, like, cases, folder, progress.report, self._stopped.is_set)

        self._ticket = self._office.jobs.beside_with_progress(
            work,
            self._show_done,
            owner=self,
            on_progress=self._show_progress,
            otherwise=self._explain,
            finally_=self._end,
        )

    def _do(self, service: Any, /, *args: Any) -> Any:
        return self._office.do_beside(service, *args)

    def stop(self) -> None:
        """Begin no further file. What is said of it waits for the one in hand, so that it is true of the folder."""
        if self._ticket is not None:
            self._stopped.set()
            self._form.stop.setEnabled(False)
            self._form.outcome.setText(tr("Stopping…"))

    def _show_progress(self, done: Done) -> None:
        self._form.bar.setValue(done.done)
        if not self._stopped.is_set():
            self._form.outcome.setText(tr("{done} of {total} reports are saved.", done=done.done, total=done.total))

    def _show_done(self, done: BatchDone) -> None:
        told = [trn("{n} report is saved.", "{n} reports are saved.", done.files)]
        if done.was_stopped:
            told.insert(0, tr("Stopped."))
        if done.unprintable:
            told.append(
                tr("These characters could not be printed: {characters}", characters=" ".join(done.unprintable))
            )
        self._form.outcome.setText(" ".join(told))
        if self._closes_with is not None:
            self._office.said.emit(self._form.outcome.text())

    def _show_running(self, running: bool) -> None:
        self._form.bar.setVisible(running)
        self._form.stop.setVisible(running)
        self._form.stop.setEnabled(running)
        self._form.start.setEnabled(not running)
        self._form.rows.setEnabled(not running)
        (self._form.stop if running else self._form.close_dialog).setFocus()

    # --- inside --------------------------------------------------------------------------------------------------

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where to"), self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _end(self) -> None:
        self._ticket = None
        self._show_running(False)
        if self._closes_with is not None:
            self.done(self._closes_with)

    def _explain(self, problem: Problem) -> None:
        self._closes_with = None  # it is explained here, where the folder can be changed
        if self._stopped.is_set():
            self._form.outcome.clear()
        if not self._form.rows.show_problem(problem) and not isinstance(problem, ConfirmationNeeded):
            notices.show_problem(self, problem)

    def done(self, result: int) -> None:
        """Closing stops what is under way, ends with it, and says in the window what there is."""
        if self._ticket is not None and self._ticket.is_wanted:
            self._closes_with = result
            self.stop()
        else:
            super().done(result)
