"""Text on a page: one flowable that takes logical text in any script, and single lines for drawings.

    Text("Lives in the shelter since 3 August.")
    Text([Part("“A room of my own.” ", italic=True), "Viewed two rooms."], BODY)
    Text(name, SMALL, lines=1)                      one line, ended by … where it does not fit
    draw_line(canvas, x, y, "Safe", SMALL)          in a drawing; width_of("Safe", SMALL) measures it

What a person wrote never acts as markup: looks are values beside the words. Distances are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from reportlab.platypus import Flowable

from aftercare.reports import paragraphs
from aftercare.reports.directions import Base
from aftercare.reports.embedding import embedded, outline
from aftercare.reports.paragraphs import Line, Look

Align = Literal["start", "end", "centre", "left", "right"]

INK, MUTED, RULE, ACCENT = "#1f2d3a", "#5c6874", "#dddcd7", "#1f6468"


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; `leading` is in sizes, `start` is where its own language starts."""

    size: float = 10.0
    leading: float = 1.4
    colour: str = INK
    bold: bool = False
    italic: bool = False
    align: Align = "start"
    direction: Base = "auto"
    before: float = 0.0
    after: float = 0.0
    keep_with_next: bool = False

    def but(self, **changes: Any) -> Style:
        """The same style with some values changed."""
        return replace(self, **changes)

    def scaled(self, factor: float) -> Style:
        """The same style for larger print."""
        return replace(self, size=self.size * factor, before=self.before * factor, after=self.after * factor)

    @property
    def look(self) -> Look:
        return Look(self.size, self.colour, self.bold, self.italic)


BODY = Style()


@dataclass(frozen=True, slots=True)
class Part:
    """Words with a look of their own; what is None comes from the paragraph's style."""

    text: str
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    size: float | None = None

    def look(self, style: Style) -> Look:
        return Look(
            style.size if self.size is None else self.size,
            style.colour if self.colour is None else self.colour,
            style.bold if self.bold is None else self.bold,
            style.italic if self.italic is None else self.italic,
        )


Content = str | Part | Sequence[str | Part]


def _parts(content: Content, style: Style) -> list[tuple[str, Look]]:
    if isinstance(content, str):
        return [(content, style.look)]
    if isinstance(content, Part):
        return [(content.text, content.look(style))]
    return [(p, style.look) if isinstance(p, str) else (p.text, p.look(style)) for p in content]


def plain(content: Content) -> str:
    """The words alone."""
    if isinstance(content, str):
        return content
    if isinstance(content, Part):
        return content.text
    return "".join(part if isinstance(part, str) else part.text for part in content)


class Text(Flowable):  # type: ignore[misc]
    """A paragraph (or several, parted by line breaks) that wraps, splits over pages and is read as it was written."""

    def __init__(self, content: Content, style: Style = BODY, lines: int | None = None) -> None:
        super().__init__()
        self.content = content
        self.style = style
        self.keepWithNext = int(style.keep_with_next)
        self._most = lines
        self._lines: list[Line] | None = None
        self._measure = -1.0
        self.height = 0.0
        self._paragraphs: list[tuple[list[paragraphs.Atom], bool]] | None = None

    def getSpaceBefore(self) -> float:
        return self.style.before

    def getSpaceAfter(self) -> float:
        return self.style.after

    def minWidth(self) -> float:
        return min(self.style.size * 2, self.natural_width())

    def natural_width(self) -> float:
        """What the longest paragraph measures on one line."""
        return max((sum(item.width for atom in atoms for item in atom) for atoms, _ in self._set()), default=0.0)

    def wrap(self, available_width: float, available_height: float = 0.0) -> tuple[float, float]:
        if self._lines is None or self._measure != available_width or not self.height:
            self.height = sum(map(self._height, self.lines(available_width)))
        self.width = available_width
        return self.width, self.height

    def lines(self, measure: float) -> list[Line]:
        """The lines in a measure."""
        if self._lines is None or self._measure != measure:
            self._lines = self._cut(
                [line for atoms, right in self._set() for line in paragraphs.lines(atoms, measure, right)], measure
            )
            self._measure = measure
        return self._lines

    def _set(self) -> list[tuple[list[paragraphs.Atom], bool]]:
        if self._paragraphs is None:
            self._paragraphs = list(paragraphs.paragraphs(_parts(self.content, self.style), self.style.direction))
        return self._paragraphs

    def _cut(self, lines: list[Line], measure: float) -> list[Line]:
        if self._most is None or len(lines) <= self._most:
            return lines
        return [*lines[: self._most - 1], paragraphs.shortened(lines[self._most - 1], measure)]

    def _height(self, line: Line) -> float:
        """The leading, or more where tall scripts would touch the next line."""
        size = line.size or self.style.size
        return max(self.style.leading * size, line.above + line.below + 0.15 * size)

    def _base_line(self, line: Line) -> float:
        """How far below its top the line's letters stand."""
        size, height = line.size or self.style.size, self._height(line)
        usual = (height - self.style.leading * size) / 2 + (self.style.leading * size + 0.78 * size) / 2
        return min(max(usual, line.above + 0.05 * size), height - line.below)

    @property
    def first_base_line(self) -> float:
        """The base line of the first line below the top, once wrapped."""
        return self._base_line(self._lines[0]) if self._lines else 0.0

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Part the text so that two lines at least stay on each side."""
        lines = self.lines(available_width)
        room, fitting = available_height, 0
        while fitting < len(lines) and (room := room - self._height(lines[fitting])) >= -0.01:
            fitting += 1
        fitting = min(fitting, len(lines) - 2) if fitting < len(lines) else fitting
        if fitting < 2:
            return []
        if fitting == len(lines):
            return [self]
        first, second = self._with(lines[:fitting]), self._with(lines[fitting:])
        first.style, second.style = self.style.but(after=0.0), self.style.but(before=0.0)
        first.keepWithNext = 0
        return [first, second]

    def _with(self, lines: list[Line]) -> Text:
        part = Text(self.content, self.style, self._most)
        part._lines, part._measure, part._paragraphs = lines, self._measure, self._paragraphs
        return part

    def draw(self) -> None:
        y = self.height
        pen = Pen(self.canv)
        for line in self._lines or ():
            x = _start(line, self.style.align, self._measure)
            pen.line(line, x, y - self._base_line(line))
            y -= self._height(line)
        pen.finish()


def _start(line: Line, align: Align, measure: float) -> float:
    if align == "centre":
        return (measure - line.width) / 2
    at_right = {"left": False, "right": True, "start": line.right_to_left, "end": not line.right_to_left}[align]
    return measure - line.width if at_right else 0.0


class Pen:
    """Gathers the operators of lines of text and puts them on the page at once."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._operators: list[str] = []
        self._ink: list[str] = []
        self._look: Look | None = None
        self._font: tuple[str, float] | None = None

    def line(self, line: Line, x: float, y: float) -> None:
        """Draw a line from its left end, items in the order in which they are read."""
        straight = not any(item.level for item in line.items)
        if straight:
            self._operators.append(f"1 0 0 1 {x:.3f} {y:.3f} Tm")
        for item, dx in paragraphs.placed(line):
            self._use(item.look)
            at = x + dx
            if not straight:
                self._operators.append(f"1 0 0 1 {at:.3f} {y:.3f} Tm")
            for piece in item.word.pieces:
                face = embedded(self._canvas._doc, piece.face)
                self._use_font(face.resource, item.look, piece.face.synthetic_bold)
                self._operators.append(face.show(piece, item.look.size))
                for glyph, gx, gy in piece.ink:
                    unit = item.look.size / 1000
                    drawing = outline(piece.face, glyph, at + gx * unit, y + gy * unit, item.look.size)
                    if drawing:
                        self._ink.append(f"{_fill(item.look.colour)} {drawing}")
                at += piece.width * item.look.size / 1000

    def _use(self, look: Look) -> None:
        if self._look is None or self._look.colour != look.colour:
            self._operators.append(_fill(look.colour))
        self._look = look

    def _use_font(self, resource: str, look: Look, stroked: bool) -> None:
        font = (resource + ("s" if stroked else ""), look.size)
        if self._font == font:
            return
        if stroked:
            self._operators.append(f"{_fill(look.colour).upper()} {look.size * 0.03:.3f} w 2 Tr")
        elif self._font and self._font[0].endswith("s"):
            self._operators.append("0 Tr")
        self._operators.append(f"/{resource} {look.size:g} Tf")
        self._font = font

    def finish(self) -> None:
        if self._operators:
            self._canvas._code.append("\n".join(["q BT", *self._operators, "ET", *self._ink, "Q"]))
        self._operators, self._ink = [], []


@lru_cache(maxsize=256)
def _fill(colour: str) -> str:
    red, green, blue = rgb(colour)
    return f"{red:.4g} {green:.4g} {blue:.4g} rg"


def rgb(colour: str) -> tuple[float, float, float]:
    """A colour such as «#1f6468» as three numbers up to 1."""
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def width_of(text: str, style: Style = BODY) -> float:
    """What a text measures on one line."""
    return paragraphs.width(text, style.look)


def draw_line(
    canvas: Any,
    x: float,
    y: float,
    content: Content,
    style: Style = BODY,
    most: float | None = None,
    align: Align = "left",
) -> float:
    """One line with its base line at y; x is its left, right or middle as `align` says. The width drawn."""
    set_lines: list[Line] = []
    for atoms, right_to_left in paragraphs.paragraphs(_parts(content, style), style.direction):
        set_lines += paragraphs.lines(atoms, float("inf"), right_to_left)
    line = set_lines[0]
    if most is not None and (line.width > most or len(set_lines) > 1):
        line = paragraphs.shortened(line, most)
    shift = {"left": 0.0, "right": line.width, "centre": line.width / 2}
    at_right = align in ("start", "end") and (align == "end") != line.right_to_left
    pen = Pen(canvas)
    pen.line(line, x - (line.width if at_right else shift.get(align, 0.0)), y)
    pen.finish()
    return line.width


def words_of(contents: Iterable[Content]) -> str:
    """Everything that will be printed, for `fonts.uncovered`."""
    return "\n".join(plain(content) for content in contents)
