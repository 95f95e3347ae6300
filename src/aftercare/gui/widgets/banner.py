"""A bar above a page that says something and perhaps offers one thing to do; it never blocks."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from aftercare._built.forms.ui_banner import Ui_Banner
from aftercare.gui import forms, style
from aftercare.gui.palette import Tone


class Banner(QFrame):
    """Hidden until `show_words`; `acted` when its button is pressed."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = forms.fill(self, Ui_Banner)
        self._form.line.setStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._form.action.clicked.connect(self.acted)
        self._form.dismiss.clicked.connect(self._dismiss)
        self.hide()

    def show_words(self, what: str, more: str = "", *, tone: Tone | str = Tone.INFO, action: str = "") -> None:
        self._form.what.setText(what)
        self._form.more.setText(more)
        self._form.more.setVisible(bool(more))
        self._form.action.setText(action)
        self._form.action.setVisible(bool(action))
        style.give_role(self, tone=str(Tone(tone)))
        self.setAccessibleName(f"{what} {more}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def drop_down(self, menu: QMenu) -> None:
        """Where its button stands for several things, below it."""
        menu.popup(self._form.action.mapToGlobal(QPoint(0, self._form.action.height())))

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()
