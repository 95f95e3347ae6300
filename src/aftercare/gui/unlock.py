"""The unlock window: who is working, the password, and what went wrong in plain words. It paints before data loads."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QBrush, QCloseEvent, QColor, QLinearGradient, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from aftercare import policy
from aftercare._built.forms.ui_unlock import Ui_UnlockWindow
from aftercare.domain.demo.office import FIRST_LOGIN
from aftercare.domain.errors import DatabaseDamaged, DatabaseDoesNotOpen, DatabaseOlder, HeaderDamaged, Problem
from aftercare.gui import forms, style
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.i18n import tr
from aftercare.settings import Settings

_CARD_WIDTH, _AROUND_CARD = 420, 30
_SLOPE = (math.sin(math.radians(20)), math.cos(math.radians(20)))  # across, down
_FORGET_AFTER_MS = 120_000  # without a letter more
_BREATH = 0.3  # of the accent, at its beginning
_DAMAGED = (DatabaseDamaged, DatabaseDoesNotOpen, HeaderDamaged)


class UnlockWindow(QWidget):
    """Says what was asked; opening is the composition root's work. Nothing typed is kept after an answer."""

    typing_began = Signal()  # the first letter of a password
    unlock_asked = Signal(str, str, bool)  # sign-in name, password, go on with older records
    cancel_asked = Signal()
    training_asked = Signal()
    other_folder_asked = Signal()
    first_login_asked = Signal(str)  # sign-in name as far as it is typed
    recovery_asked = Signal()
    restore_asked = Signal()
    salvage_asked = Signal()
    closed = Signal()

    def __init__(self, settings: Settings, folder: Path, *, training: bool = False) -> None:
        super().__init__()
        self._settings = settings
        self.folder = folder
        self._training = training
        self._accepts_older = False
        self._is_typing = False
        self._forget = QTimer(self, singleShot=True, interval=_FORGET_AFTER_MS)
        self._forget.timeout.connect(self.forget_password)
        self._form = forms.fill(self, Ui_UnlockWindow)
        self.setMinimumSize(480, 560)
        form = self._form
        form.title.setText(QApplication.applicationDisplayName())
        form.scroll.viewport().setAutoFillBackground(False)  # the slope behind the card is the window's
        links = FlowLayout(form.links, spacing=8)
        links.setContentsMargins(0, 0, 0, 0)
        for link in (form.one_time_code, form.recovery, form.restore, form.salvage, form.training, form.other_place):
            links.addWidget(link)
        form.who.setText(FIRST_LOGIN if training else settings.remembered_login)
        form.remember.setChecked(bool(settings.remembered_login))
        form.remember.setVisible(not training)
        form.busy.cancelled.connect(self.cancel_asked)
        form.password.caps_lock_changed.connect(form.caps.setVisible)
        form.caps.hide()
        form.problem.hide()
        form.go_on.hide()
        form.unlock.clicked.connect(self._ask)
        form.go_on.clicked.connect(self._ask_older)
        form.who.returnPressed.connect(form.password.setFocus)
        form.password.textChanged.connect(self._hear_first_letter)
        form.password.returnPressed.connect(self._ask)
        form.other_place.setHidden(policy.in_force().decides("records.folder"))
        form.training.clicked.connect(self.training_asked)
        form.other_place.clicked.connect(self.other_folder_asked)
        form.one_time_code.clicked.connect(lambda: self.first_login_asked.emit(form.who.text().strip()))
        form.recovery.clicked.connect(self.recovery_asked)
        form.restore.clicked.connect(self.restore_asked)
        form.salvage.clicked.connect(self.salvage_asked)
        form.salvage.hide()
        self.retranslate()

    def retranslate(self) -> None:
        mistakes = policy.in_force().mistakes
        if mistakes:
            self._form.state.setText(
                tr(
                    "Your administrator's policy for this computer has entries that are not understood: {entries}. "
                    "Please tell them.",
                    entries=", ".join(mistakes) if all(mistakes) else policy.in_force().source,
                )
            )
        if self._training:
            self._form.state.setText(tr("Training records: everybody in them is invented."))
            self._form.training.setText(tr("Back to the real records"))

    # --- what the composition root calls -----------------------------------------------------------------------

    def show_busy(self) -> None:
        self._enable(False)
        self._form.problem.hide()
        self._form.busy.start(tr("Unlocking…"))

    def show_problem(self, problem: Problem) -> None:
        """Explain, keep the name, and take the password again."""
        self._form.busy.finish()
        self._enable(True)
        from aftercare import notices

        words = notices.explain(problem)
        self._form.problem.setText(" ".join(part for part in (words.what, words.do) if part))
        self._form.problem.show()
        self._form.go_on.setVisible(isinstance(problem, DatabaseOlder))
        self._form.salvage.setVisible(isinstance(problem, _DAMAGED))
        self._give_room()
        self._form.password.clear()
        self._form.password.setFocus()

    def forget_password(self) -> None:
        """Nobody else is to finish it, or to have it shown, when whoever typed it has gone."""
        self._form.password.clear()
        self._form.password.show_text(False)

    def remember(self) -> None:
        """After a successful unlock: keep the sign-in name only where that was asked for."""
        if not self._training:
            self._settings.remembered_login = self._form.who.text().strip() if self._form.remember.isChecked() else ""
            self._settings.save()
        self.forget_password()

    # --- inside --------------------------------------------------------------------------------------------------

    def _hear_first_letter(self, typed: str) -> None:
        if not self._is_typing and typed:
            self.typing_began.emit()
        self._is_typing = bool(typed)
        self._forget.start()

    def _ask(self) -> None:
        if not self._form.who.text().strip():
            self._form.who.setFocus()
        elif not self._form.password.text():
            self._form.password.setFocus()
        else:
            self.unlock_asked.emit(self._form.who.text().strip(), self._form.password.text(), self._accepts_older)
            self._accepts_older = False

    def _ask_older(self) -> None:
        self._accepts_older = True
        self._form.go_on.hide()
        self._form.password.setFocus()
        self._form.problem.setText(tr("Type the password once more to open the older records."))

    def _give_room(self) -> None:
        """The card has a fixed width; a layout that is centred asks wrapped words for their height too late."""
        form = self._form
        form.card.setFixedWidth(min(style.scaled(_CARD_WIDTH), self.width() - style.scaled(_AROUND_CARD)))
        margins = form.column.contentsMargins()
        inner = form.card.width() - margins.left() - margins.right()
        for part in (form.state, form.problem, form.links):
            part.setMinimumHeight(max(0, part.heightForWidth(inner)))

    def _enable(self, enabled: bool) -> None:
        form = self._form
        links = (form.training, form.other_place, form.one_time_code, form.recovery, form.restore, form.salvage)
        for part in (form.who, form.password, form.unlock, form.remember, *links):
            part.setEnabled(enabled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._give_room)  # when the style has given the words their size
        (self._form.password if self._form.who.text() else self._form.who).setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_entrance(self)


def paint_entrance(window: QWidget) -> None:
    """The calm slope of colour behind the card of the entrance: from corner to corner, more down than across."""
    colours = style.colours()
    across, down = _SLOPE
    centre = QPointF(window.width() / 2, window.height() / 2)
    half = QPointF(across, down) * (window.width() * across + window.height() * down) / 2
    slope = QLinearGradient(centre - half, centre + half)
    breath, none = QColor(colours.accent_tint.ground), QColor(colours.accent_tint.ground)
    breath.setAlphaF(_BREATH)
    none.setAlphaF(0)
    slope.setColorAt(0, breath)
    slope.setColorAt(1, none)
    painter = QPainter(window)
    painter.fillRect(window.rect(), QColor(colours.ground))
    painter.fillRect(window.rect(), QBrush(slope))
    painter.end()
