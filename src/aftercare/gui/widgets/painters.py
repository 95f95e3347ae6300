"""Ready painters for the cells of a table: pills, bars, swatches, dots. The cell's text stays its accessible name.

Column("due", tr("Due"), text=due_words, paint=pill(due_words, due_tone))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from aftercare.gui import style
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.levels import draw_dots
from aftercare.gui.widgets.swatch import draw_bar, draw_swatch

Row = TypeVar("Row")
Paint = Callable[[QPainter, QRect, Row], None]


def _mirrored(painter: QPainter) -> bool:
    return painter.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _from_start(painter: QPainter, rect: QRectF, width: float) -> QRectF:
    """The first `width` of a cell, from where reading starts."""
    part = QRectF(rect)
    part.setWidth(min(width, rect.width()))
    if _mirrored(painter):
        part.moveRight(rect.right())
    return part


def draw_text(painter: QPainter, rect: QRectF, text: str, colour: str | None = None) -> None:
    """Text from where reading starts, cut with «…» where it does not fit."""
    if not text:
        return
    if colour is not None:
        painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()))
    style.draw_words(painter, rect, style.reading_start(_mirrored(painter)), shown)


def draw_pill(painter: QPainter, rect: QRectF, text: str, tone: Tone | str) -> float:
    """A pill at the start of the rect; gives its width."""
    tint = style.colours().tint(tone)
    font = style.sized(painter.font(), 11, QFont.Weight.DemiBold)
    metrics = QFontMetrics(font)
    wanted = metrics.horizontalAdvance(text) + style.scaled(16)
    box = _from_start(painter, rect, wanted)
    height = min(rect.height(), metrics.height() + style.scaled(3))
    box = QRectF(box.left(), rect.center().y() - height / 2, box.width(), height)
    painter.save()
    painter.setPen(QColor(tint.ink) if style.colours().name.startswith("contrast") else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tint.ground))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(QColor(tint.ink))
    if wanted > box.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) - style.scaled(10))
    style.draw_words(painter, box, int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
    return box.width()


def draw_check(painter: QPainter, box: QRectF, checked: bool) -> None:
    """The same tick box as in forms, for cells."""
    colours = style.colours()
    painter.save()
    painter.setPen(QPen(QColor(colours.accent if checked else colours.muted), 1))
    painter.setBrush(QColor(colours.accent if checked else colours.field))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if checked:
        pen = QPen(QColor(colours.on_accent), box.width() * 0.13)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        tick = [(0.22, 0.52), (0.42, 0.71), (0.78, 0.30)]
        points = [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in tick]
        painter.drawPolyline(QPolygonF(points))
    painter.restore()


def pill(text: Callable[[Row], str], tone: Callable[[Row], Tone | str]) -> Paint[Row]:
    def paint(painter: QPainter, rect: QRect, row: Row) -> None:
        words = text(row)
        if words:
            draw_pill(painter, QRectF(rect), words, tone(row))

    return paint


def swatch_text(
    text: Callable[[Row], str], area: Callable[[Row], str], aside: Callable[[Row], str] | None = None
) -> Paint[Row]:
    """The colour of an area, then words, then a muted aside."""

    def paint(painter: QPainter, rect: QRect, row: Row) -> None:
        box = QRectF(rect)
        side = style.scaled(10)
        code = area(row)
        ink = painter.pen().color().name()
        if code:
            square = _from_start(painter, box, side)
            draw_swatch(painter, QRectF(square.left(), box.center().y() - side / 2, side, side), code)
        box = _rest(painter, box, side + style.scaled(7))
        draw_text(painter, box, text(row), ink)
        beside = aside(row) if aside is not None else ""
        if beside:
            used = painter.fontMetrics().horizontalAdvance(text(row)) + style.scaled(6)
            if used < box.width():
                draw_text(painter, _rest(painter, box, used), beside, style.colours().muted)

    return paint


def bar(share: Callable[[Row], float | None], area: str, words: Callable[[Row], str]) -> Paint[Row]:
    """A thin bar of steps done; where there is none, the words («later», «not wanted»)."""

    def paint(painter: QPainter, rect: QRect, row: Row) -> None:
        part = share(row)
        box = QRectF(rect)
        if part is None:
            draw_text(painter, box, words(row), style.colours().muted)
            return
        height = max(5, style.scaled(6))
        line = QRectF(box.left(), box.center().y() - height / 2, max(0.0, box.width() - style.scaled(4)), height)
        draw_bar(painter, line, part, area, _mirrored(painter))

    return paint


def dots(step: Callable[[Row], int | None], words: Callable[[Row], str]) -> Paint[Row]:
    """A level as dots with its word; an answer that is no level as words alone."""

    def paint(painter: QPainter, rect: QRect, row: Row) -> None:
        box = QRectF(rect)
        level = step(row)
        colours = style.colours()
        if level is not None:
            box = _rest(painter, box, draw_dots(painter, box, level, colours.ink, _mirrored(painter)) + style.scaled(6))
        draw_text(painter, box, words(row), colours.ink if level is not None else colours.muted)

    return paint


def _rest(painter: QPainter, rect: QRectF, used: float) -> QRectF:
    return rect.adjusted(0, 0, -used, 0) if _mirrored(painter) else rect.adjusted(used, 0, 0, 0)
