"""Yes, no, not known: one answer as three chips, and a list of questions to answer so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from aftercare.domain.codes import Answer
from aftercare.gui import style
from aftercare.i18n import tr
from aftercare.words import label


class AnswerPicker(QWidget):
    """Three chips of which one is pressed; arrows move between them. Not known until somebody knows."""

    changed = Signal(object)  # Answer

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(5)
        self._group = QButtonGroup(self)
        self._chips: dict[Answer, QPushButton] = {}
        for answer in Answer:
            chip = QPushButton(label(answer), self)
            chip.setCheckable(True)
            chip.setAutoExclusive(True)  # said to be one of several, not a box to tick
            chip.setProperty("role", "chip")
            chip.setAutoDefault(False)
            chip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self._group.addButton(chip)
            self._chips[answer] = chip
            line.addWidget(chip)
        line.addStretch(1)
        self.setFocusProxy(self._chips[Answer.YES])
        self.show_answer(Answer.NOT_KNOWN)
        self._group.buttonToggled.connect(self._say)

    @property
    def answer(self) -> Answer:
        return next((answer for answer, chip in self._chips.items() if chip.isChecked()), Answer.NOT_KNOWN)

    def show_answer(self, answer: Answer) -> None:
        """Press this answer without announcing it."""
        blocked = self._group.blockSignals(True)
        self._chips[answer].setChecked(True)
        self._group.blockSignals(blocked)

    def press(self, answer: Answer) -> None:
        """As a person would."""
        self._chips[answer].click()

    def draft_value(self) -> str:
        return self.answer.value

    def show_draft_value(self, value: str) -> None:
        self._chips[Answer(value)].setChecked(True)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for answer, chip in self._chips.items():
            chip.setAccessibleName(tr("{question} {answer}", question=name, answer=label(answer)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chips = list(self._chips.values())
        at = next((at for at, chip in enumerate(chips) if chip.hasFocus()), -1)
        mirrored = style.is_mirrored(self)
        step = {Qt.Key.Key_Right: -1 if mirrored else 1, Qt.Key.Key_Left: 1 if mirrored else -1}.get(
            Qt.Key(event.key())
        )
        if at >= 0 and step is not None and 0 <= at + step < len(chips):
            chips[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _say(self, _chip: object, is_pressed: bool) -> None:
        if is_pressed:
            self.changed.emit(self.answer)
