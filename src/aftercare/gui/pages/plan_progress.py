"""«How it goes»: the two voices about an area side by side, and a question where they differ."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from aftercare._built.forms.ui_plan_how_it_goes import Ui_HowItGoes
from aftercare.domain.codes import Level
from aftercare.domain.progress import Voices
from aftercare.domain.rows.plan import LevelsRow
from aftercare.gui import forms
from aftercare.gui.pages.plan_words import level_words
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.levels import LevelDots
from aftercare.words import Voice


class HowItGoes(QFrame):
    """Says when a new entry or the earlier ones are wanted."""

    record_asked = Signal()
    earlier_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = forms.fill(self, Ui_HowItGoes)
        self._form.voices.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        flow = FlowLayout(self._form.buttons)
        flow.setContentsMargins(0, 0, 0, 0)
        for button in (self._form.record, self._form.earlier):
            flow.addWidget(button)
        self._form.record.clicked.connect(self.record_asked)
        self._form.earlier.clicked.connect(self.earlier_asked)

    def allow_recording(self, allowed: bool) -> None:
        self._form.record.setVisible(allowed)

    def show_levels(self, levels: LevelsRow, voice: Voice) -> None:
        form = self._form
        form.own_label.setText(voice.themself)
        _show(form.staff, levels.staff)
        _show(form.own, levels.own)
        for dots, label in ((form.staff, form.staff_label), (form.own, form.own_label)):
            dots.setAccessibleName(f"{label.text()}: {dots.accessibleName()}")
        words = {Voices.OWN_IS_LOWER: voice.rates_lower, Voices.OWN_IS_HIGHER: voice.rates_higher}.get(levels.voices)
        form.notice.setText(words or "")
        form.notice.setVisible(words is not None)
        form.earlier.setVisible(levels != LevelsRow())


def _show(dots: LevelDots, level: Level | None) -> None:
    dots.show_level(level.step if level is not None else None, level_words(level))
