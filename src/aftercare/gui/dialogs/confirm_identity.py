"""«Type your password once more»: asked in front of whatever was begun, which goes on by itself after it."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QDialog, QWidget

from aftercare import notices
from aftercare._built.forms.ui_confirm_identity import Ui_ConfirmIdentity
from aftercare.domain.errors import Problem, UnlockCancelled, WrongPassphrase
from aftercare.gui import forms, style
from aftercare.gui.asking import Question
from aftercare.gui.office import Office
from aftercare.i18n import tr


class ConfirmIdentity(QDialog):
    """Answers one question; leaving it leaves what was asked, and the form behind it as it is."""

    def __init__(self, office: Office, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._questions = [question]
        self._cancelled: Event | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        form = self._form = forms.fill(self, Ui_ConfirmIdentity)
        self.setMinimumWidth(style.scaled(420))
        self.setMaximumWidth(style.scaled(560))
        form.caps.hide()
        form.problem.hide()
        form.password.caps_lock_changed.connect(form.caps.setVisible)
        form.password.textChanged.connect(self._show_whether_possible)
        form.confirm.clicked.connect(self._confirm)
        form.busy.share(form.cancel, self.reject)
        form.busy.cancelled.connect(self._stop)
        self._show_whether_possible()
        form.password.setFocus()

    def answer_too(self, question: Question) -> None:
        """Several things were asked at once; the person is asked once for all of them."""
        self._questions.append(question)

    def hideEvent(self, event: QHideEvent) -> None:
        """However it is left, the lock among the ways: what was not confirmed by now is declined."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._stop()
            for question in self._taken():
                question.declined()

    def _confirm(self) -> None:
        if not self._form.confirm.isEnabled():
            return
        self._form.problem.hide()
        self._enable(False)
        self._form.busy.start(tr("Checking the password…"))
        self._cancelled = self._office.confirm(
            self._form.password.text(),
            then=self._go_on,
            owner=self,
            otherwise=self._explain,
            finally_=self._at_rest,
        )

    def _go_on(self) -> None:
        self._form.password.clear()
        confirmed = self._taken()
        if not confirmed:
            return  # left while the password was being checked: what was declined stays declined
        self.accept()
        for question in confirmed:
            question.confirmed()

    def _taken(self) -> list[Question]:
        """The questions, each to be answered once."""
        taken, self._questions = self._questions, []
        return taken

    def _explain(self, problem: Problem) -> None:
        if not isinstance(problem, UnlockCancelled):
            words = notices.explain(problem)
            said = tr("This is not your password.") if isinstance(problem, WrongPassphrase) else words.what
            self._form.problem.setText(said)
            self._form.problem.show()
        self._form.password.clear()

    def _at_rest(self) -> None:
        self._form.busy.finish()
        self._enable(True)
        self._form.password.setFocus()

    def _enable(self, enabled: bool) -> None:
        self._form.password.setEnabled(enabled)
        self._show_whether_possible()

    def _show_whether_possible(self) -> None:
        self._form.confirm.setEnabled(self._form.password.isEnabled() and bool(self._form.password.text()))

    def _stop(self) -> None:
        if self._cancelled is not None:
            self._cancelled.set()
