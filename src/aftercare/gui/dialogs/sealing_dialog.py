"""What takes seconds because a key is made of what was typed: a line that can be cancelled, trouble below the form."""

from __future__ import annotations

from threading import Event
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from aftercare import notices
from aftercare.domain.errors import Problem, UnlockCancelled
from aftercare.gui.widgets.busy_line import BusyLine


class SealingForm(Protocol):
    """What the forms have in common."""

    problem: QLabel
    busy: BusyLine
    cancel: QPushButton
    done: QPushButton


class SealingDialog(QDialog):
    """`begin` hands out the event that stops the work, `at_rest` ends it; `beside_field` may explain a problem."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._cancelled = Event()

    def take(self, form: SealingForm, *closed: QWidget) -> None:
        """Listen to this form; `closed` are the parts that take nothing while the key is made."""
        self._sealing, self._closed = form, (*closed, form.done)
        form.problem.hide()
        form.busy.share(form.cancel, self.reject)
        form.busy.cancelled.connect(self.stop)

    def begin(self, words: str) -> Event:
        self._cancelled = Event()
        self._enable(False)
        self._sealing.busy.start(words)
        return self._cancelled

    def at_rest(self) -> None:
        self._sealing.busy.finish()
        self._enable(True)

    def explain(self, problem: Problem) -> None:
        if isinstance(problem, UnlockCancelled) or self.beside_field(problem):
            return
        words = notices.explain(problem)
        self._sealing.problem.setText(" ".join(part for part in (words.what, words.safe, words.do) if part))
        self._sealing.problem.show()

    def beside_field(self, _problem: Problem) -> bool:
        """Whether it was said beside the field it is about."""
        return False

    def reject(self) -> None:
        self.stop()
        super().reject()

    def stop(self) -> None:
        self._cancelled.set()

    def _enable(self, enabled: bool) -> None:
        for part in self._closed:
            part.setEnabled(enabled)
