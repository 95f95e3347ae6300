"""Small signs of the plan's areas on paper: a swatch with its word, and line drawings for those who do not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.platypus import Flowable

from aftercare.domain.codes import Area
from aftercare.reports.paper import Paper
from aftercare.reports.text import MUTED, Style, Text, draw_line, rgb, width_of

COLOURS: Mapping[str, str] = {
    Area.HOUSING: "#c0822a",
    Area.HEALTH: "#b4506b",
    Area.EDUCATION: "#4a62b0",
    Area.EMPLOYMENT: "#2e8578",
    Area.FAMILY: "#7d58a6",
    Area.LEGAL: "#5c6b75",
    Area.SAFETY: "#a1583a",
    Area.MONEY: "#7a7d2e",
    Area.COMMUNITY: "#37809c",
}
_OTHER = "#7b7b72"


def colour_of(area: str) -> str:
    """The quiet colour of an area; an organisation's own areas share a grey."""
    return COLOURS.get(area, _OTHER)


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle on a grid of 24 by 24, y downwards."""

    x: float
    y: float
    radius: float


Path = tuple[tuple[float, ...], ...]
"""Points of a stroke; one of six numbers is a curve (two handles and its end)."""

_BOX: Path = ((3.5, 8), (20.5, 8), (20.5, 20), (3.5, 20), (3.5, 8))
_DRAWINGS: Mapping[str, tuple[Path | Ring, ...]] = {
    Area.HOUSING: (((3.5, 11), (12, 4), (20.5, 11)), ((5.5, 9.6), (5.5, 20), (18.5, 20), (18.5, 9.6))),
    Area.HEALTH: (
        ((12, 20.3), (12, 20.3, 3.5, 15.4, 3.5, 9.3), (3.5, 5, 9.6, 3.4, 12, 7), (14.4, 3.4, 20.5, 5, 20.5, 9.3),
         (20.5, 15.4, 12, 20.3, 12, 20.3)),
    ),
    Area.EDUCATION: (
        ((2.5, 9), (12, 4.5), (21.5, 9), (12, 13.5), (2.5, 9)),
        ((6.5, 11), (6.5, 16.2), (6.5, 17.5, 9, 18.8, 12, 18.8), (15, 18.8, 17.5, 17.5, 17.5, 16.2), (17.5, 11)),
        ((21.5, 9), (21.5, 14.5)),
    ),
    Area.EMPLOYMENT: (_BOX, ((9, 8), (9, 4.5), (15, 4.5), (15, 8)), ((3.5, 13), (20.5, 13)), ((12, 12), (12, 14))),
    Area.FAMILY: (
        Ring(7.5, 7.5, 2.8), Ring(16.5, 7.5, 2.8), Ring(12, 14.3, 2),
        ((2.8, 17), (2.8, 14, 4.8, 12.3, 7.5, 12.3)), ((21.2, 17), (21.2, 14, 19.2, 12.3, 16.5, 12.3)),
        ((8.5, 20.5), (8.5, 18.6, 9.9, 17.5, 12, 17.5), (14.1, 17.5, 15.5, 18.6, 15.5, 20.5)),
    ),
    Area.LEGAL: (
        ((6, 3.5), (15, 3.5), (19, 7.5), (19, 20.5), (6, 20.5), (6, 3.5)), ((15, 3.5), (15, 7.5), (19, 7.5)),
        ((9, 11.5), (16, 11.5)), ((9, 15), (16, 15)),
    ),
    Area.SAFETY: (
        ((12, 3), (19.5, 6), (19.5, 11.5), (19.5, 16.1, 16.5, 19.5, 12, 21), (7.5, 19.5, 4.5, 16.1, 4.5, 11.5),
         (4.5, 6), (12, 3)),
    ),
    Area.MONEY: (
        ((3, 6), (21, 6), (21, 18), (3, 18), (3, 6)), Ring(12, 12, 2.7), ((6, 9.5), (6, 14.5)), ((18, 9.5), (18, 14.5)),
    ),
    Area.COMMUNITY: (
        Ring(12, 12, 8.5), ((8, 13.5), (8.8, 15.4, 10.3, 16.4, 12, 16.4), (13.7, 16.4, 15.2, 15.4, 16, 13.5)),
        ((9, 9.3), (9, 9.5)), ((15, 9.3), (15, 9.5)),
    ),
}  # fmt: skip
_ANY: tuple[Path | Ring, ...] = (Ring(12, 12, 8.5), ((8, 12), (11, 15), (16, 9)))


def _draw_emblem(canvas: Any, area: str, x: float, y: float, size: float) -> None:
    unit = size / 24
    canvas.setStrokeColorRGB(*rgb(colour_of(area)))
    canvas.setLineWidth(1.75 * unit)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for part in _DRAWINGS.get(area, _ANY):
        if isinstance(part, Ring):
            canvas.circle(x + part.x * unit, y + (24 - part.y) * unit, part.radius * unit, stroke=1, fill=0)
            continue
        path = canvas.beginPath()
        for n, point in enumerate(part):
            where = [x + at * unit if i % 2 == 0 else y + (24 - at) * unit for i, at in enumerate(point)]
            if n == 0:
                path.moveTo(*where)
            elif len(where) == 6:
                path.curveTo(*where)
            else:
                path.lineTo(*where)
        canvas.drawPath(path, stroke=1, fill=0)
    canvas.setLineCap(0)
    canvas.setLineJoin(0)


class AreaHeading(Flowable):  # type: ignore[misc]
    """The drawing of an area and its name beside it, above what belongs to it."""

    keepWithNext = 1

    def __init__(self, paper: Paper, area: str, name: str) -> None:
        super().__init__()
        self._area = area
        self._mirrored = paper.mirrored
        self._size = 20.0 * paper.scale
        self._gap = 7.0 * paper.scale
        side: Any = "right" if paper.mirrored else "left"
        self._name = Text(name, paper.style(Style(size=11.5, bold=True, colour=colour_of(area))).but(align=side))

    def getSpaceBefore(self) -> float:
        return self._size * 0.75

    def getSpaceAfter(self) -> float:
        return self._size * 0.2

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = max(self._size, self._name.wrap(available_width - self._size - self._gap)[1])
        return self.width, self.height

    def draw(self) -> None:
        emblem = self.width - self._size if self._mirrored else 0.0
        _draw_emblem(self.canv, self._area, emblem, (self.height - self._size) / 2, self._size)
        name = 0.0 if self._mirrored else self._size + self._gap
        self._name.drawOn(self.canv, name, (self.height - self._name.height) / 2)


class Legend(Flowable):  # type: ignore[misc]
    """Which line of a chart is which: short strokes with their words, dashed for the survivor's own view."""

    def __init__(self, paper: Paper, entries: Sequence[tuple[str, str, bool]]) -> None:
        """`entries` are (area, words, own view)."""
        super().__init__()
        self._entries = list(entries)
        self._mirrored = paper.mirrored
        self._style = paper.style(Style(size=8, colour=MUTED))
        self._rows: list[list[tuple[float, str, str, bool]]] = []

    def getSpaceBefore(self) -> float:
        return 3.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self._rows = [[]]
        x = 0.0
        for area, words, own in self._entries:
            taken = self._taken(words)
            if x and x + taken > available_width:
                self._rows.append([])
                x = 0.0
            self._rows[-1].append((x, area, words, own))
            x += taken
        self.height = self._line * len(self._rows)
        return self.width, self.height

    @property
    def _line(self) -> float:
        return self._style.size * 1.5

    def _taken(self, words: str) -> float:
        return width_of(words, self._style) + self._style.size * 3.6

    def draw(self) -> None:
        stroke, gap = self._style.size * 1.7, self._style.size * 0.5
        y = self.height
        for row in self._rows:
            y -= self._line
            for x, area, words, own in row:
                begin = self.width - x - stroke if self._mirrored else x
                canvas = self.canv
                canvas.saveState()
                canvas.setStrokeColorRGB(*rgb(colour_of(area)))
                canvas.setLineWidth(1.6)
                if own:
                    canvas.setDash(3.2, 2.2)
                middle = y + self._style.size * 0.62
                canvas.line(begin, middle, begin + stroke, middle)
                canvas.restoreState()
                at = self.width - x - stroke - gap if self._mirrored else x + stroke + gap
                draw_line(
                    canvas, at, y + self._style.size * 0.35, words, self._style,
                    align="right" if self._mirrored else "left",
                )  # fmt: skip
