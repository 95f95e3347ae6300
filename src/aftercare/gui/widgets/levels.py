"""The five-step scale on the screen: dots to show a level, a picker to choose one or one of the other answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from aftercare.gui import style
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.spoken import SpokenGroup
from aftercare.i18n import tr

STEPS = 5


def draw_dots(painter: QPainter, rect: QRectF, step: int, colour: str, right_to_left: bool) -> float:
    """Five dots, `step` of them full, from where reading starts; gives the width used."""
    size = min(style.scaled(9), rect.height())
    gap = size * 0.3
    top = rect.center().y() - size / 2
    for number in range(STEPS):
        offset = number * (size + gap)
        left = rect.right() - size - offset if right_to_left else rect.left() + offset
        dot = QRectF(left, top, size, size).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(QColor(colour), 1.3))
        painter.setBrush(QColor(colour) if number < step else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
    return float(STEPS * (size + gap) - gap)


class LevelDots(QWidget):
    """●●●○○ with the level in words; for an answer that is no level, only the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._step: int | None = None
        self._voice = ""
        self._words = ""
        self.shows_words = True
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_level(self, step: int | None, words: str, voice: str = "") -> None:
        """`step` 1 to 5 or None; `words` name the level or answer; `voice` («Staff», «Herself») stands before."""
        self._step, self._words, self._voice = step, words, voice
        spoken = words if step is None else tr("{level}, {step} of 5", level=words, step=step)
        self.setAccessibleName(f"{voice}: {spoken}" if voice else spoken)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def _spoken_voice(self) -> str:
        return f"{self._voice}:" if self._voice and self._step is None else self._voice

    def _shown_words(self) -> str:
        return self._words if self.shows_words or self._step is None else ""

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        gap = style.scaled(5)
        width = 0
        for text in (self._spoken_voice(), self._shown_words()):
            width += metrics.horizontalAdvance(text) + gap if text else 0
        if self._step is not None:
            width += round(STEPS * style.scaled(9) * 1.3) + gap
        return QSize(width, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = style.colours()
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = QRectF(self.rect())
        gap = style.scaled(5)

        def text(words: str, colour: str) -> None:
            painter.setPen(QColor(colour))
            flags = int(
                (Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
            )
            style.draw_words(painter, room, flags, words)
            take(self.fontMetrics().horizontalAdvance(words))

        def take(width: float) -> None:
            if rtl:
                room.setRight(room.right() - width - gap)
            else:
                room.setLeft(room.left() + width + gap)

        if self._voice:
            text(self._spoken_voice(), colours.muted)
        if self._step is not None:
            take(draw_dots(painter, room, self._step, colours.ink, rtl))
        if self._shown_words():
            text(self._shown_words(), colours.ink if self._step is not None else colours.muted)
        painter.end()


class LevelPicker(SpokenGroup):
    """The five levels in words, then the answers that are none; arrows move, Space or Enter choose, Delete clears."""

    chosen = Signal(object)  # the code, None when cleared

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.idToggled.connect(self._say)
        flow = FlowLayout(self, spacing=6)
        flow.setContentsMargins(0, 0, 0, 0)

    def show_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """(code, label) in order: the five levels first, then the other answers."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        layout = self.layout()
        assert layout is not None
        self._codes = [code for code, _ in choices]
        for number, (_, label) in enumerate(choices):
            button = QPushButton(label, self)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # said to be one of several, not a box to tick
            button.setProperty("role", "chip")
            is_level = number < STEPS
            button.setAccessibleName(tr("{level}, {step} of 5", level=label, step=number + 1) if is_level else label)
            self._group.addButton(button, number)
            layout.addWidget(button)

    @property
    def code(self) -> str | None:
        number = self._group.checkedId()
        return self._codes[number] if number >= 0 else None

    def show_code(self, code: str | None) -> None:
        """Mark a choice without announcing it."""
        blocked = self._group.blockSignals(True)
        if code in self._codes:
            self._group.button(self._codes.index(code)).setChecked(True)
        else:
            self._clear()
        self._group.blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = next((b for b in self._group.buttons() if b.hasFocus()), None)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        forward = Qt.Key.Key_Left if rtl else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if rtl else Qt.Key.Key_Left
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._clear()
            self.chosen.emit(None)
        elif focused is not None and event.key() in (forward, back, Qt.Key.Key_Home, Qt.Key.Key_End):
            at = self._group.id(focused) + (1 if event.key() == forward else -1)
            at = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._codes) - 1}.get(Qt.Key(event.key()), at)
            self._group.button(max(0, min(len(self._codes) - 1, at))).setFocus(Qt.FocusReason.TabFocusReason)
        elif focused is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)

    def _say(self, number: int, is_checked: bool) -> None:
        if is_checked:
            self.chosen.emit(self._codes[number])
