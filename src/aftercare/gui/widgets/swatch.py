"""Small painted signs: the colour of a plan area, and a thin bar for steps done. Words always stand beside them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from aftercare.gui import style


def draw_swatch(painter: QPainter, rect: QRectF, area: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.colours().area(area)))
    painter.drawRoundedRect(rect, 2.5, 2.5)


def draw_bar(painter: QPainter, rect: QRectF, share: float, area: str, right_to_left: bool) -> None:
    """A track with its first part filled, from where reading starts."""
    colours = style.colours()
    radius = rect.height() / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours.track))
    painter.drawRoundedRect(rect, radius, radius)
    if share <= 0:
        return
    filled = QRectF(rect)
    filled.setWidth(max(rect.height(), rect.width() * min(share, 1.0)))
    if right_to_left:
        filled.moveRight(rect.right())
    painter.setBrush(QColor(colours.area(area) if area else colours.accent))
    painter.drawRoundedRect(filled, radius, radius)


class AreaSwatch(QWidget):
    """The small coloured square of a plan area."""

    def __init__(self, area: str = "other", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area = area
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_area(self, area: str) -> None:
        self._area = str(area)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(style.scaled(11), style.scaled(11))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_swatch(painter, QRectF(self.rect()), self._area)
        painter.end()


class ProgressLine(QWidget):
    """A thin bar: steps done of steps agreed. Its words («2 of 5 steps») are its accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._area = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, done: int, total: int, words: str, area: str = "") -> None:
        self._share = done / total if total else 0.0
        self._area = str(area)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, max(5, style.scaled(6)))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        right_to_left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        draw_bar(painter, QRectF(self.rect()), self._share, self._area, right_to_left)
        painter.end()
