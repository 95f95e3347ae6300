"""The stages of a case as a row of chevrons: behind, now, ahead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aftercare.gui import style
from aftercare.i18n import tr

_LEAST = 250  # pixels at 100 % text size that the stages have before they go on below


class StageSteps(QWidget):
    """Intake › Stabilising › Plan › …; shows where a case stands (it is not a control)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self._now = -1
        self._measured: list[int] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_stage(self, names: Sequence[str], now: int) -> None:
        """The stages in words, and which is now (-1: none)."""
        self._names, self._now, self._measured = list(names), now, None
        current = self._names[now] if 0 <= now < len(self._names) else ""
        self.setAccessibleName(
            tr("Stage: {stage}, {step} of {steps}", stage=current, step=now + 1, steps=len(self._names))
            if current
            else ""
        )
        self.updateGeometry()
        self.update()

    def _widths(self) -> list[int]:
        """Measured once: the layouts around ask for the size hundreds of times."""
        if self._measured is None:
            words = QFontMetrics(style.sized(self.font(), 11.5, QFont.Weight.Bold))
            self._measured = [words.horizontalAdvance(name) + style.scaled(24) for name in self._names]
        return self._measured

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measured = None

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 2 * max(0, len(self._names) - 1), style.scaled(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), style.scaled(_LEAST)), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._names:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = style.colours()
        soft = colours.tint("soft")
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        widths = self._widths()
        share = min(1.0, self.width() / max(1, self.sizeHint().width()))
        left = 0.0
        for number, (name, whole) in enumerate(zip(self._names, widths, strict=True)):
            width = whole * share
            if number == self._now:
                ground, ink = colours.accent, colours.on_accent
            elif number < self._now:
                ground, ink = colours.accent_tint.ground, colours.accent_tint.ink
            else:
                ground, ink = soft.ground, soft.ink
            box = QRectF(self.width() - left - width if rtl else left, 0, width, self.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawPolygon(_chevron(box, number == 0, number == len(widths) - 1, rtl))
            weight = QFont.Weight.Bold if number == self._now else QFont.Weight.Normal
            painter.setFont(style.sized(self.font(), 11.5, weight))
            painter.setPen(QColor(ink))
            shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, round(width - style.scaled(14)))
            style.draw_words(painter, box, int(Qt.AlignmentFlag.AlignCenter), shown)
            left += width + 2
        painter.end()


def _chevron(box: QRectF, is_first: bool, is_last: bool, right_to_left: bool) -> QPolygonF:
    tip = box.height() * 0.28
    middle = box.center().y()
    points = [
        QPointF(box.left(), box.top()),
        QPointF(box.right() - (0 if is_last else tip), box.top()),
        *([] if is_last else [QPointF(box.right(), middle)]),
        QPointF(box.right() - (0 if is_last else tip), box.bottom()),
        QPointF(box.left(), box.bottom()),
        *([] if is_first else [QPointF(box.left() + tip, middle)]),
    ]
    if right_to_left:
        points = [QPointF(box.left() + box.right() - point.x(), point.y()) for point in points]
    return QPolygonF(points)
