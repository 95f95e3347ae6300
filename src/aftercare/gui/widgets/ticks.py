"""Several of a list as ticks below each other, each with a sentence that says what it means."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from aftercare.gui import style
from aftercare.gui.widgets.card import empty_layout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.spoken import SpokenGroup
from aftercare.gui.widgets.tick_box import TickBox


class Ticks(SpokenGroup):
    """Shown once with all there are (`show_choices`), then ticked by their codes."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ticks: dict[str, TickBox] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(4)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_choices(self, choices: Iterable[tuple[str, str, str]]) -> None:
        """(code, label, sentence) of each; the sentence may be empty."""
        empty_layout(self._column)
        self._ticks = {}
        for code, words, sentence in choices:
            tick = TickBox(words.replace("&", "&&"))
            tick.setAccessibleDescription(sentence)
            tick.toggled.connect(lambda _on: self.changed.emit())
            self._ticks[str(code)] = tick
            self._column.addWidget(tick)
            if sentence:
                said = PlainLabel(sentence, "muted", wrap=True)
                said.setContentsMargins(style.scaled(25), 0, 0, style.scaled(4))
                self._column.addWidget(said)
        if self._ticks:
            self.setFocusProxy(next(iter(self._ticks.values())))

    def tick(self, code: str) -> TickBox:
        return self._ticks[str(code)]

    @property
    def codes(self) -> list[str]:
        return [code for code, tick in self._ticks.items() if tick.isChecked()]

    def show_codes(self, codes: Iterable[str]) -> None:
        """Tick exactly these, without announcing it."""
        wanted = {str(code) for code in codes}
        for code, tick in self._ticks.items():
            blocked = tick.blockSignals(True)
            tick.setChecked(code in wanted)
            tick.blockSignals(blocked)
