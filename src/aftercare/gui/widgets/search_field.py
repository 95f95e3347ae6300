"""The field to find by: a magnifier, and a hint of its keys while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from aftercare.gui import icons, style

_GLASS = 16  # pixels at 100 % text size
_BESIDE_GLASS = 8


class SearchField(QLineEdit):
    """Type to filter. Up and Down, Enter and Escape are told, so that a list below can follow without the focus."""

    moved = Signal(int)  # +1 down, -1 up
    taken = Signal()  # Enter
    left = Signal()  # Escape in an empty field; in a filled one it empties it
    entered = Signal()  # the keys came here

    def __init__(self, parent: QWidget | None = None, keys: str = "") -> None:
        super().__init__(parent)
        self._keys = ""
        self.setProperty("role", "search")
        self.setClearButtonEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(style.scaled(420))
        self.show_keys(keys)

    def show_keys(self, keys: str) -> None:
        """The hint at its end, such as «Ctrl+K»; pressing them is the window's business."""
        self._keys = keys
        start = style.scaled(_GLASS) + style.scaled(_BESIDE_GLASS)
        end = self.fontMetrics().horizontalAdvance(keys) + style.scaled(14) if keys else 0
        mirrored = style.is_mirrored(self)
        self.setTextMargins(end if mirrored else start, 0, start if mirrored else end, 0)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange) and hasattr(self, "_keys"):
            self.show_keys(self._keys)

    def sizeHint(self) -> QSize:
        return QSize(style.scaled(400), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(90), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        self._draw_magnifier(painter)
        if self._keys and not self.text() and not self.hasFocus():
            draw_keys(painter, self.rect(), self._keys, style.is_mirrored(self))
        painter.end()

    def _draw_magnifier(self, painter: QPainter) -> None:
        """By hand: an icon that Qt puts into a field stays small beside large text."""
        side, margin = style.scaled(_GLASS), style.scaled(8)
        left = self.width() - margin - side if style.is_mirrored(self) else margin
        drawn = icons.pixmap("search", style.colours().muted, side, self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - side) // 2, drawn)


def draw_keys(painter: QPainter, rect: QRect, keys: str, right_to_left: bool) -> int:
    """A small key cap at the end of a field or button; gives the width it took."""
    colours = style.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(style.sized(painter.font(), 11))
    words = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ") or keys
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(words) + style.scaled(10), metrics.height() + style.scaled(2)
    margin = style.scaled(12)
    left = rect.left() + margin if right_to_left else rect.right() - margin - width
    cap = QRect(left, rect.center().y() - height // 2 + 1, width, height)
    painter.setPen(QPen(QColor(colours.field_line), 1))
    painter.setBrush(QColor(colours.field))
    painter.drawRoundedRect(cap, 3, 3)
    painter.setPen(QColor(colours.muted))
    painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), words)
    return width + margin
