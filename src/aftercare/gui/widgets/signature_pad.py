"""Where somebody signs: with pen, finger or mouse, or in another way that needs no drawing (on paper, by saying so)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from aftercare.gui import style
from aftercare.gui.widgets.choices import Choices, CodeCombo
from aftercare.gui.widgets.spoken import SpokenGroup
from aftercare.i18n import tr

Stroke = tuple[tuple[float, float], ...]
DRAWN_WAYS = ("drawn", "mark")
_NEAREST = 0.004  # points closer than this share of the width add nothing to a line


class SignatureCanvas(SpokenGroup):
    """A sheet of proportion 3 to 1; strokes are polylines with both coordinates from 0 to 1."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[list[tuple[float, float]]] = []
        self._is_drawing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return tuple(tuple(stroke) for stroke in self._strokes if stroke)

    def show_strokes(self, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        self._strokes = [list(stroke) for stroke in strokes]
        self.update()

    def clear(self) -> None:
        self._strokes = []
        self.update()
        self.changed.emit()

    def take_back(self) -> None:
        """Take the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self.update()
            self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(style.scaled(360), style.scaled(120))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(180), style.scaled(60))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width // 3

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._is_drawing = True
            self._strokes.append([self._point(event.position())])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._is_drawing:
            return
        point = self._point(event.position())
        last = self._strokes[-1][-1]
        if abs(point[0] - last[0]) + abs(point[1] - last[1]) >= _NEAREST:
            self._strokes[-1].append(point)
            self.update()
            self.changed.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._is_drawing:
            self._is_drawing = False
            self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_back()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = style.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colours.field_line), 1))
        painter.setBrush(QColor(colours.field))
        painter.drawRoundedRect(sheet, 6, 6)
        base = sheet.bottom() - sheet.height() * 0.22
        painter.setPen(QPen(QColor(colours.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(sheet.left() + 16, base), QPointF(sheet.right() - 16, base))
        pen = QPen(QColor(colours.ink if self.isEnabled() else colours.line), max(1.8, self.width() / 170))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for stroke in self._strokes:
            points = [QPointF(x * self.width(), y * self.height()) for x, y in stroke]
            painter.drawPolyline(QPolygonF(points if len(points) > 1 else points * 2))
        if self.hasFocus():
            style.paint_focus(painter, QRectF(self.rect()))
        painter.end()

    def _point(self, at: QPointF) -> tuple[float, float]:
        x = min(max(at.x() / max(1, self.width()), 0.0), 1.0)
        y = min(max(at.y() / max(1, self.height()), 0.0), 1.0)
        return round(x, 4), round(y, 4)


class SignaturePad(SpokenGroup):
    """How somebody signs (drawn, a mark, on paper, spoken) and, where drawn, the drawing."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        line = QHBoxLayout()
        self._ways = CodeCombo(self)
        self._ways.setAccessibleName(tr("Way of signing"))
        self._ways.chosen.connect(self._follow_way)
        self._undo = QPushButton(tr("Take back"), self)
        self._clear = QPushButton(tr("Clear"), self)
        line.addWidget(self._ways, 1)
        line.addWidget(self._undo)
        line.addWidget(self._clear)
        self.canvas = SignatureCanvas(self)
        self.canvas.changed.connect(self._tell)
        self._undo.clicked.connect(self.canvas.take_back)
        self._clear.clicked.connect(self.canvas.clear)
        column.addLayout(line)
        column.addWidget(self.canvas)
        self.setFocusProxy(self._ways)
        self._follow_way()

    def show_ways(self, ways: Choices) -> None:
        """(code, label) pairs; «drawn» and «mark» need the drawing, others do not."""
        self._ways.show_choices(ways)
        self._ways.setCurrentIndex(0)
        self._follow_way()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.canvas.setAccessibleName(name)
        self._ways.setAccessibleName(tr("{name}: way of signing", name=name))

    @property
    def way(self) -> str | None:
        return self._ways.code

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The drawing; empty where the way needs none."""
        return self.canvas.strokes if self.way in DRAWN_WAYS else ()

    @property
    def is_signed(self) -> bool:
        return self.way is not None and (self.way not in DRAWN_WAYS or bool(self.canvas.strokes))

    def draft_value(self) -> dict[str, Any]:
        """What a draft keeps: the way, and the strokes also where another way hides them."""
        strokes = [[list(point) for point in stroke] for stroke in self.canvas.strokes]
        return {"way": self.way, "strokes": strokes}

    def show_draft_value(self, kept: dict[str, Any]) -> None:
        self.show_signature(kept["way"], [[(x, y) for x, y in stroke] for stroke in kept["strokes"]])

    def show_signature(self, way: str | None, strokes: Sequence[Sequence[tuple[float, float]]] = ()) -> None:
        self._ways.show_code(way)
        self.canvas.show_strokes(strokes)
        self._follow_way()

    def _follow_way(self) -> None:
        draws = self.way in DRAWN_WAYS
        self.canvas.setVisible(draws or self.way is None)
        self._undo.setVisible(draws)
        self._clear.setVisible(draws)
        self._tell()

    def _tell(self) -> None:
        has_drawing = bool(self.canvas.strokes)
        self._undo.setEnabled(has_drawing)
        self._clear.setEnabled(has_drawing)
        self.changed.emit()
