"""Long work in one line: what it is at, how far, and Cancel. Appears only when the work takes over half a second."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from aftercare._built.forms.ui_busy_line import Ui_BusyLine
from aftercare.gui import forms
from aftercare.gui.jobs import Done

_APPEARS_AFTER = 500


class BusyLine(QWidget):
    """`start`, then `show_progress` for each report, then `finish`; `cancelled` when the person gives up waiting.

    In a form that has a Cancel, `share` makes that one do: two beside each other leave people guessing.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = forms.fill(self, Ui_BusyLine)
        self._form.line.setStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_APPEARS_AFTER)
        self._patience.timeout.connect(self.show)
        self._cancel_button = self._form.cancel
        self._cancel_button.clicked.connect(self._cancel)
        self._is_at_work = False
        self.hide()

    def share(self, cancel: QPushButton, leave: Callable[[], object]) -> None:
        """The form's own Cancel is the only one: it stops the work while there is any, else it leaves the form."""
        self._form.cancel.hide()
        self._cancel_button = cancel
        cancel.clicked.connect(lambda: self._cancel() if self._is_at_work else leave())

    def start(self, words: str) -> None:
        self._is_at_work = True
        self._say(words)
        self._form.bar.setRange(0, 0)
        self._patience.start()

    def show_progress(self, done: Done) -> None:
        if done.words:
            self._say(done.words)
        self._form.bar.setRange(0, done.total)
        self._form.bar.setValue(done.done)

    def finish(self) -> None:
        self._is_at_work = False
        self._patience.stop()
        self._cancel_button.setAccessibleDescription("")
        self.hide()

    def _say(self, words: str) -> None:
        self._form.words.setText(words)
        self._form.bar.setAccessibleName(words)
        self._cancel_button.setAccessibleDescription(words)

    def _cancel(self) -> None:
        self.finish()
        self.cancelled.emit()
