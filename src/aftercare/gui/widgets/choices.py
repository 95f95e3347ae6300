"""Fields for codes and numbers: one of a list, several as chips, minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QSizePolicy, QSpinBox, QWidget

from aftercare.gui import style
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.spoken import SpokenCombo, SpokenGroup
from aftercare.i18n import tr

Choices = Sequence[tuple[str, str]]


class CodeCombo(SpokenCombo):
    """One code of a vocabulary by its label; the first entry is «not asked» (None) unless it is obligatory."""

    chosen = Signal(object)  # the code, None for the blank entry

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _: self.chosen.emit(self.code))

    def show_choices(self, choices: Choices, *, blank: str | None = None, others: Choices = ()) -> None:
        """(code, label) pairs; `blank` is the label of None («Not asked»); `others` stand below a line."""
        kept = self.code
        blocked = self.blockSignals(True)
        self.clear()
        if blank is not None:
            self.addItem(blank, None)
        for code, label in choices:
            self.addItem(label, str(code))
        if others:
            self.insertSeparator(self.count())
            for code, label in others:
                self.addItem(label, str(code))
        self.show_code(kept)
        self.blockSignals(blocked)

    @property
    def code(self) -> str | None:
        code = self.currentData()
        return code if isinstance(code, str) else None

    def show_code(self, code: str | None) -> None:
        """Show a code without announcing it; one that is not in the list is shown as it is, and kept."""
        at = self.findData(None if code is None else str(code))
        if at < 0 and code is not None:
            self.addItem(str(code), str(code))
            at = self.count() - 1
        self.setCurrentIndex(at)


class ChoiceChips(SpokenGroup):
    """Several codes at once, as chips to press; arrows move between them, Space presses."""

    changed = Signal(list)  # codes in the order of the choices

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, QPushButton] = {}
        flow = FlowLayout(self, spacing=6)
        flow.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_choices(self, choices: Choices) -> None:
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
        self._chips = {}
        layout = self.layout()
        assert layout is not None
        for code, label in choices:
            chip = QPushButton(label.replace("&", "&&"), self)  # no mnemonic in «Legal & status»
            chip.setCheckable(True)
            chip.setProperty("role", "chip")
            chip.toggled.connect(lambda _: self.changed.emit(self.codes))
            self._chips[str(code)] = chip
            layout.addWidget(chip)

    @property
    def codes(self) -> list[str]:
        return [code for code, chip in self._chips.items() if chip.isChecked()]

    def show_codes(self, codes: Iterable[str]) -> None:
        """Press exactly these, without announcing it."""
        wanted = {str(code) for code in codes}
        for code, chip in self._chips.items():
            blocked = chip.blockSignals(True)
            chip.setChecked(code in wanted)
            chip.blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chips = list(self._chips.values())
        at = next((at for at, chip in enumerate(chips) if chip.hasFocus()), -1)
        mirrored = style.is_mirrored(self)
        steps = {Qt.Key.Key_Right: -1 if mirrored else 1, Qt.Key.Key_Left: 1 if mirrored else -1}
        step = steps.get(Qt.Key(event.key()))
        if at >= 0 and step is not None and 0 <= at + step < len(chips):
            chips[at + step].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


class NumberEdit(QSpinBox):
    """A whole number in the look of the other fields; a wheel over it scrolls the form."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        side = style.scaled(7)
        self.lineEdit().setTextMargins(side, 0, side, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MinutesEdit(NumberEdit):
    """How long something took, in minutes; empty is «not noted». Steps of five."""

    changed = Signal(object)  # int or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0, 24 * 60)
        self.setSingleStep(5)
        self.setSpecialValueText(tr("not noted"))
        self.setSuffix(" " + tr("min"))
        self.valueChanged.connect(lambda _: self.changed.emit(self.minutes))

    @property
    def minutes(self) -> int | None:
        return self.value() or None

    def show_minutes(self, minutes: int | None) -> None:
        blocked = self.blockSignals(True)
        self.setValue(minutes or 0)
        self.blockSignals(blocked)
