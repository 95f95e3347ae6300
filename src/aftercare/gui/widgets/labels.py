"""Labels: always plain text; pills; one that ends in «…» instead of pushing its neighbours."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from aftercare.gui import style
from aftercare.gui.palette import Tone

VERBATIM = "verbatim"  # property of a label whose words are the same in every language: a path, a fingerprint


def text_and_parent(text: str | QWidget, parent: QWidget | None) -> tuple[str, QWidget | None]:
    """A form from ui/ hands in the parent alone, where code hands in the text first."""
    return ("", text) if isinstance(text, QWidget) else (text, parent)


class PlainLabel(QLabel):
    """A label in a role of the style sheet: title, heading, cardTitle, strong, muted, aside, warning, error."""

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self.setText(text)
        align_start(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            align_start(self)


def align_start(label: QLabel) -> None:
    """Have a label start where the window's reading starts; by itself Qt goes by the script of its text."""
    flags = label.alignment()
    if flags & Qt.AlignmentFlag.AlignHCenter or (
        flags & Qt.AlignmentFlag.AlignRight and not flags & Qt.AlignmentFlag.AlignAbsolute
    ):
        return
    vertical = flags & Qt.AlignmentFlag.AlignVertical_Mask
    side = Qt.AlignmentFlag.AlignRight if style.is_mirrored(label) else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(vertical | side | Qt.AlignmentFlag.AlignAbsolute)


class Pill(QLabel):
    """A short word on a quiet tint: «3 days late», «Safe», «blocked». The tint repeats what the word says."""

    def __init__(self, text: str | QWidget = "", tone: Tone | str = Tone.SOFT, parent: QWidget | None = None) -> None:
        text, parent = text_and_parent(text, parent)
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_pill(text, tone)

    @property
    def tone(self) -> Tone:
        return Tone(self.property("pill"))

    def show_pill(self, text: str, tone: Tone | str = Tone.SOFT) -> None:
        """Empty text hides the pill."""
        self.setText(text)
        style.give_role(self, pill=str(Tone(tone)))
        self.setVisible(bool(text))


class ElidedLabel(QLabel):
    """One line that is cut with «…» where room is short; the whole text is its tooltip and accessible name."""

    def __init__(self, text: str | QWidget = "", role: str = "", parent: QWidget | None = None) -> None:
        text, parent = text_and_parent(text, parent)
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 6, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip("" if shown == self.text() else self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        # text that runs the other way than the window still starts where the window starts
        style.draw_words(painter, room, style.reading_start(style.is_mirrored(self)), shown)
        painter.end()
