"""Training records one click away: made of invented people into a folder beside the real one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from aftercare import notices
from aftercare._built.forms.ui_make_training import Ui_MakeTraining
from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem
from aftercare.gui import forms, style
from aftercare.gui.jobs import Jobs, Progress, Ticket
from aftercare.i18n import tr

# nothing real is behind it, and everybody who looks at the program may know it
TRAINING_LOGIN = "rahman"
TRAINING_PASSPHRASE = "training records only, nobody real"  # noqa: S105


class MakeTraining(QDialog):
    """`made` when the training records stand; leaving before takes away what was begun."""

    made = Signal()

    def __init__(self, folder: Path, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._jobs = jobs
        self._clock = clock
        self._ticket: Ticket[None] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = self._form = forms.fill(self, Ui_MakeTraining)
        self.setMinimumWidth(style.scaled(460))
        form.problem.hide()
        form.make.clicked.connect(self._make)
        form.busy.share(form.cancel, self.reject)
        form.busy.cancelled.connect(self.reject)
        self.retranslate()

    def retranslate(self) -> None:
        self._form.keys.setText(
            tr("Sign-in name: {name}", name=TRAINING_LOGIN)
            + "\n"
            + tr("Password: {password}", password=TRAINING_PASSPHRASE)
        )

    def reject(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
        super().reject()

    def _make(self) -> None:
        folder, clock = self._folder, self._clock

        def making(progress: Progress) -> None:
            from aftercare.services.training import TrainingOrder, make_training_office

            order = TrainingOrder(login_name=TRAINING_LOGIN)
            office, _code = make_training_office(
                folder, order, TRAINING_PASSPHRASE, clock=clock, progress=progress.report
            )
            office.close()

        self._form.make.setEnabled(False)
        self._form.problem.hide()
        self._form.busy.start(tr("Making training records…"))
        self._ticket = self._jobs.ask_with_progress(
            making,
            lambda _nothing: self._done(),
            owner=self,
            on_progress=self._form.busy.show_progress,
            otherwise=self._explain,
        )

    def _done(self) -> None:
        self._ticket = None
        self.made.emit()
        self.accept()

    def _explain(self, problem: Problem) -> None:
        self._ticket = None
        self._form.busy.finish()
        self._form.make.setEnabled(True)
        words = notices.explain(problem)
        self._form.problem.setText(f"{words.what} {words.do}".strip())
        self._form.problem.show()
