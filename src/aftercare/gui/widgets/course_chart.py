"""The course over time in words, with events below: paints the geometry of `domain.course`, the same as on paper.

Staff's view is a full line, her own a dashed one. Up and Down pick out one line; the whole course is also told in
words, for those who listen to the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from aftercare.domain.course import CourseLine, Event, Frame, Geometry, Point, Series, Size, course_geometry
from aftercare.gui import style
from aftercare.gui.widgets.spoken import SpokenGroup
from aftercare.i18n import current, tr

_PIXELS_PER_UNIT = 1.3  # the geometry is made for 8 point type on paper; the screen writes 11 pixels
_FAINT = 0.25
_MOST_LETTERS = 28  # of an event


class CourseChart(SpokenGroup):
    """Lines of levels per area; `picked` names the line that the keys picked out."""

    picked = Signal(object)  # Series or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: tuple[Series, ...] = ()
        self._events: tuple[Event, ...] = ()
        self._levels: tuple[str, ...] = ()
        self._areas: dict[str, str] = {}
        self._ends: tuple[date | None, date | None] = (None, None)
        self._picked = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_course(
        self,
        series: Sequence[Series],
        events: Sequence[Event],
        level_names: Sequence[str],
        area_names: Mapping[str, str],
        first: date | None = None,
        last: date | None = None,
    ) -> None:
        """`level_names` from the lowest up; `area_names` by area code; the period, where it is more than the scores."""
        self._series, self._events = tuple(series), tuple(events)
        self._levels, self._areas = tuple(level_names), dict(area_names)
        self._ends = (first, last)
        self._picked = -1
        self.setAccessibleName(tr("Progress chart"))
        self.setAccessibleDescription(self.summary())
        self.update()

    def summary(self) -> str:
        """The chart in sentences: for each line its first and last level, then the events."""
        told = [self._told(one) for one in self._series]
        told += [tr("{date}: {event}", date=current().date(event.on), event=event.words) for event in self._events]
        return ". ".join(part for part in told if part) or tr("No levels noted yet")

    def sizeHint(self) -> QSize:
        return QSize(style.scaled(520), style.scaled(150))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(260), style.scaled(110))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._series:
            self._picked = (self._picked + step) % len(self._series)
        elif event.key() == Qt.Key.Key_Escape and self._picked >= 0:
            self._picked = -1
        else:
            super().keyPressEvent(event)
            return
        one = self._series[self._picked] if self._picked >= 0 else None
        self.setAccessibleName(self._told(one) if one is not None else tr("Progress chart"))
        self.setToolTip(self._told(one) if one is not None else "")
        self.picked.emit(one)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._picked = -1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.sized(self.font(), 11))
        unit = _PIXELS_PER_UNIT * style.scale()
        metrics = painter.fontMetrics()
        names_width = max((metrics.horizontalAdvance(name) for name in self._levels), default=0) / unit + 8
        geometry = course_geometry(
            self._series,
            [replace(event, words=_short(event.words)) for event in self._events],
            Size(self.width() / unit, self.height() / unit),
            Frame(max(2, len(self._levels)), names_width, *self._ends, mirrored=style.is_mirrored(self)),
            lambda words: metrics.horizontalAdvance(words) / unit,
        )
        self._paint_ground(painter, geometry, unit)
        for number, line in enumerate(geometry.lines):
            self._paint_line(painter, line, unit, faint=self._picked not in (-1, number))
        self._paint_events(painter, geometry, unit)
        if self.hasFocus():
            style.paint_focus(painter, QRectF(self.rect()))
        painter.end()

    def _told(self, series: Series) -> str:
        known = sorted((score for score in series.scores if score.level is not None), key=lambda score: score.on)
        area = self._areas.get(series.area, series.area)
        voice = tr("herself") if series.own_view else tr("staff")
        if not known:
            return tr("{area}, {voice}: no level", area=area, voice=voice)
        words = current()
        first, last = known[0], known[-1]
        return tr(
            "{area}, {voice}: {first} on {first_day}, {last} on {last_day}",
            area=area,
            voice=voice,
            first=self._level(first.level),
            first_day=words.date(first.on),
            last=self._level(last.level),
            last_day=words.date(last.on),
        )

    def _level(self, level: int | None) -> str:
        return self._levels[level] if level is not None and 0 <= level < len(self._levels) else "–"

    def _paint_ground(self, painter: QPainter, geometry: Geometry, unit: float) -> None:
        colours = style.colours()
        height = painter.fontMetrics().height()
        for row in geometry.levels:
            y = row.y * unit
            painter.setPen(QPen(QColor(colours.row_line), 1))
            painter.drawLine(QPointF(geometry.left * unit, y), QPointF(geometry.right * unit, y))
            if row.level >= len(self._levels):
                continue
            painter.setPen(QColor(colours.muted))
            beside = geometry.right * unit + 8 if geometry.mirrored else 2.0
            room = self.width() - beside - 2 if geometry.mirrored else geometry.left * unit - 10
            box = QRectF(beside, y - height / 2, max(10.0, room), height)
            style.draw_words(painter, box, style.reading_start(geometry.mirrored), self._levels[row.level])
        words = current()
        painter.setPen(QColor(colours.muted))
        for mark in geometry.months:
            name = words.month(mark.first)
            width = painter.fontMetrics().horizontalAdvance(name) + 4
            x = min(max(0.0, mark.x * unit - (width if geometry.mirrored else 0)), self.width() - width)
            box = QRectF(x, geometry.bottom * unit + 2, width, height)
            style.draw_words(painter, box, int(Qt.AlignmentFlag.AlignCenter), name)

    def _paint_line(self, painter: QPainter, line: CourseLine, unit: float, *, faint: bool) -> None:
        colour = QColor(style.colours().area(line.area))
        colour.setAlphaF(_FAINT if faint else 1.0)
        pen = QPen(colour, 2.0)
        if line.own_view:
            pen.setDashPattern([3.0, 2.2])
        for stroke in line.strokes:
            points = [_scaled(point, unit) for point in stroke]
            if len(points) == 1:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawEllipse(points[0], 3.0, 3.0)
                continue
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(points))

    def _paint_events(self, painter: QPainter, geometry: Geometry, unit: float) -> None:
        muted = QColor(style.colours().muted)
        metrics = painter.fontMetrics()
        for mark in geometry.events:
            tip = _scaled(mark.tip, unit)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(muted)
            side = style.scaled(4)
            foot = tip.y() + side * 1.6
            corners = [tip, QPointF(tip.x() - side, foot), QPointF(tip.x() + side, foot)]
            painter.drawPolygon(QPolygonF(corners))
            if mark.words_at is None:
                continue
            width = metrics.horizontalAdvance(mark.words) + 2
            at = _scaled(mark.words_at, unit)
            left = at.x() - width if geometry.mirrored else at.x()
            box = QRectF(left, tip.y() + side * 0.8 - metrics.height() / 2, width, metrics.height())
            painter.setPen(muted)
            style.draw_words(painter, box, style.reading_start(geometry.mirrored), mark.words)


def _short(words: str) -> str:
    """Words beside a mark; the whole of them is told to those who listen."""
    return words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS].rsplit(" ", 1)[0] + "…"


def _scaled(point: Point, unit: float) -> QPointF:
    return QPointF(point.x * unit, point.y * unit)
