"""What an empty place says: one sentence, and the next step as a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aftercare._built.forms.ui_empty_state import Ui_EmptyState
from aftercare.gui import forms


class EmptyState(QWidget):
    """«Nobody yet.» with [New person]; the button says `asked`."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = forms.fill(self, Ui_EmptyState)
        self._form.next_step.clicked.connect(self.asked)
        self.show_words("")

    def show_words(self, sentence: str, next_step: str = "") -> None:
        """Without a next step there is no button."""
        self._form.sentence.setText(sentence)
        self._form.next_step.setText(next_step)
        self._form.next_step.setVisible(bool(next_step))

    @property
    def has_words(self) -> bool:
        return bool(self._form.sentence.text())
