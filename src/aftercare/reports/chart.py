"""The course chart on paper: levels in words, months, one line per area and voice, events below as small triangles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.platypus import Flowable

from aftercare.domain.course import CourseLine, Event, EventMark, Frame, Geometry, Point, Series, Size, course_geometry
from aftercare.i18n import Language
from aftercare.reports.paper import Paper
from aftercare.reports.text import MUTED, Style, draw_line, rgb, width_of

NAME_GAP = 8.0


class CourseChart(Flowable):  # type: ignore[misc]
    """A chart as wide as its column. `levels` names them from the lowest; `colours` is by area code."""

    def __init__(
        self,
        paper: Paper,
        series: Sequence[Series],
        events: Sequence[Event],
        levels: Sequence[str],
        colours: Mapping[str, str],
        frame: Frame = Frame(),
        height: float = 116.0,
    ) -> None:
        super().__init__()
        self._series, self._events, self._levels, self._colours = series, events, levels, colours
        self._language: Language = paper.language
        self._style = paper.style(Style(size=7.25, colour=MUTED))
        self._frame = Frame(
            len(levels),
            max((width_of(name, self._style) for name in levels), default=0.0) + NAME_GAP,
            frame.first,
            frame.last,
            paper.mirrored,
        )
        self.height = height * paper.scale
        self._geometry: Geometry | None = None

    def getSpaceAfter(self) -> float:
        return 4.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        if self._geometry is None or self._geometry.size.width != available_width:
            self._geometry = course_geometry(
                self._series,
                self._events,
                Size(available_width, self.height),
                self._frame,
                lambda words: width_of(words, self._style),
            )
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        if self._geometry is not None:
            self._draw(self._geometry)

    def _draw(self, g: Geometry) -> None:
        for row in g.levels:
            self._stroke([Point(g.left, row.y), Point(g.right, row.y)], "#e9e8e3", 0.6)
            x, align = (g.right + NAME_GAP, "left") if g.mirrored else (0.0, "left")
            draw_line(self.canv, x, self._up(row.y) - 2.5, self._levels[row.level], self._style, align=align)  # type: ignore[arg-type]
        for mark in g.months:
            self._stroke([Point(mark.x, g.bottom), Point(mark.x, g.bottom + 2.5)], "#c9c8c2", 0.6)
        self._draw_months(g)
        for line in g.lines:
            self._draw_course(line)
        for event in g.events:
            self._draw_event(event, g.mirrored)

    def _draw_months(self, g: Geometry) -> None:
        """Names of months below the axis; a year where one begins and there is room for it."""
        taken: list[tuple[float, float]] = []
        for mark in g.months:
            name = self._language.month(mark.first)
            with_year = f"{name} {mark.first.year}" if mark.first.month == 1 else name
            for words in dict.fromkeys((with_year, name)):
                half = width_of(words, self._style) / 2
                middle = min(max(mark.x, g.left + half - 4), g.right - half + 4)
                if all(middle + half + 3 < start or middle - half - 3 > end for start, end in taken):
                    taken.append((middle - half, middle + half))
                    draw_line(self.canv, middle, self._up(g.bottom + 10), words, self._style, align="centre")
                    break

    def _draw_course(self, line: CourseLine) -> None:
        colour = self._colours.get(line.area, MUTED)
        for stroke in line.strokes:
            if len(stroke) == 1:
                self.canv.setFillColorRGB(*rgb(colour))
                self.canv.setStrokeColorRGB(*rgb(colour))
                self.canv.circle(stroke[0].x, self._up(stroke[0].y), 1.8, stroke=1, fill=int(not line.own_view))
            else:
                self._stroke(stroke, colour, 1.4, dashed=line.own_view)

    def _draw_event(self, event: EventMark, mirrored: bool) -> None:
        x, y = event.tip.x, self._up(event.tip.y + 2)
        self.canv.setFillColorRGB(*rgb(MUTED))
        path = self.canv.beginPath()
        path.moveTo(x, y)
        path.lineTo(x - 2.6, y - 4.4)
        path.lineTo(x + 2.6, y - 4.4)
        path.close()
        self.canv.drawPath(path, stroke=0, fill=1)
        if event.words_at is not None:
            at = event.words_at
            side = "right" if mirrored else "left"
            draw_line(self.canv, at.x, self._up(at.y + 4.5), event.words, self._style, align=side)  # type: ignore[arg-type]

    def _up(self, y: float) -> float:
        return self.height - y

    def _stroke(self, points: Sequence[Point], colour: str, width: float, dashed: bool = False) -> None:
        canvas: Any = self.canv
        red, green, blue = rgb(colour)
        path = " ".join(f"{p.x:.2f} {self._up(p.y):.2f} {'l' if n else 'm'}" for n, p in enumerate(points))
        dash = "[3.2 2.2] 0 d" if dashed else "[] 0 d"
        canvas._code.append(f"q {red:.4g} {green:.4g} {blue:.4g} RG {width:g} w 1 j {dash} {path} S Q")
