"""Tables of text: header repeated on every page, light lines between rows, widths by weight or by what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from reportlab.platypus import Flowable

from aftercare.reports.blocks import rule
from aftercare.reports.text import MUTED, Align, Content, Part, Style, Text

Cell: TypeAlias = Content | Flowable
Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width (0: as wide as its texts), and the side its texts stand at."""

    title: str = ""
    weight: float = 1.0
    side: Literal["start", "end", "centre"] = "start"


@dataclass(frozen=True, slots=True)
class GridLook:
    """Text styles and distances of a table."""

    cell: Style
    head: Style
    padding: float = 4.5  # above and below the text of a row
    gutter: float = 6.0  # left and right of it
    mirrored: bool = False


class Grid(Flowable):  # type: ignore[misc]
    """A table. A row with fewer cells than columns lets its last cell reach to the end."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Row], look: GridLook) -> None:
        super().__init__()
        self._columns = list(columns)
        self._look = look
        heads = [column.title for column in columns]
        self._head = [self._cell(h, n, look.head) for n, h in enumerate(heads)] if any(heads) else []
        self._rows = [[self._cell(cell, n, look.cell) for n, cell in enumerate(row)] for row in rows]
        self._widths: list[float] = []
        self._heights: list[float] = []
        self.width = 0.0
        self.ends_with_next = False  # its last row goes with what follows

    @property
    def has_rows_to_part(self) -> bool:
        return len(self._rows) > 1

    def _cell(self, cell: Cell, column: int, style: Style) -> Flowable:
        if isinstance(cell, Flowable):
            return cell
        left, right = ("right", "left") if self._look.mirrored else ("left", "right")
        sides: dict[str, Align] = {"start": left, "end": right, "centre": "centre"}  # type: ignore[dict-item]
        return Text(cell, style.but(align=sides[self._columns[column].side]))

    def _with(self, rows: list[list[Flowable]]) -> Grid:
        part = Grid(self._columns, [], self._look)
        part.width, part._widths = self.width, self._widths  # columns stand under each other
        part._rows, part._head = rows, [self._cell(c.content, n, self._look.head) for n, c in enumerate(self._head)]
        return part

    def getSpaceAfter(self) -> float:
        return self._look.cell.size * 0.7

    # --- measuring ---------------------------------------------------------------------------------------------------

    def _measure(self, width: float) -> list[float]:
        gutter = 2 * self._look.gutter
        natural = [self._natural(n) + gutter if c.weight == 0 else 0.0 for n, c in enumerate(self._columns)]
        total = sum(c.weight for c in self._columns)
        room = width - sum(natural)
        if total and room < width * 0.12:  # texts too long to stay whole: share the width evenly
            natural = [min(n, width / len(self._columns)) for n in natural]
            room = width - sum(natural)
        elif not total and natural:
            return [n * width / sum(natural) for n in natural]
        return [room * c.weight / total if c.weight else n for c, n in zip(self._columns, natural, strict=True)]

    def _natural(self, column: int) -> float:
        rows = [self._head, *self._rows]
        cells = [row[column] for row in rows if column < len(row) and not self._reaches(row, column)]
        return max((cell.natural_width() for cell in cells if isinstance(cell, Text)), default=30.0)

    def _reaches(self, row: Sequence[Flowable], column: int) -> bool:
        return column == len(row) - 1 and len(row) < len(self._columns)

    def _cell_width(self, row: Sequence[Flowable], column: int) -> float:
        width = sum(self._widths[column:]) if self._reaches(row, column) else self._widths[column]
        return width - 2 * self._look.gutter

    def _height(self, row: Sequence[Flowable]) -> float:
        high = max((cell.wrap(self._cell_width(row, n), 0)[1] for n, cell in enumerate(row)), default=0.0)
        return max(high, self._look.cell.size) + 2 * self._look.padding

    def _heads_height(self) -> float:
        return self._height(self._head) if self._head else 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        if not self._heights or self.width != available_width:
            self._widths = self._measure(available_width)
            self._heights = [self._height(row) for row in self._rows]
        self.width = available_width
        self.height = self._heads_height() + sum(self._heights)
        return self.width, self.height

    def least_height(self, width: float) -> float:
        """What a heading above wants to see on its own page: the header and two rows, or all three there are."""
        self.wrap(width, 0)
        return self._heads_height() + sum(self._heights[: 3 if len(self._rows) == 3 else 2])

    # --- parting -----------------------------------------------------------------------------------------------------

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        room, fitting = available_height - self._heads_height(), 0
        while fitting < len(self._rows) and (room := room - self._heights[fitting]) >= -0.01:
            fitting += 1
        if fitting == 0:
            return []
        if fitting == len(self._rows):
            return [self]
        if len(self._rows) - fitting == 1 and fitting > 2:
            fitting -= 1  # no last row alone below a repeated header
        above, below = self._with(self._rows[:fitting]), self._with(self._rows[fitting:])
        below.ends_with_next = self.ends_with_next
        above._heights, below._heights = self._heights[:fitting], self._heights[fitting:]
        return [above, below]

    def part_anywhere(self, available_width: float, available_height: float) -> list[Flowable]:
        """Part a first row that is higher than a page, between the lines of its texts."""
        self.wrap(available_width, available_height)
        row, room = self._rows[0], available_height - self._heads_height() - 2 * self._look.padding
        first: list[Flowable] = []
        second: list[Flowable] = []
        for n, cell in enumerate(row):
            parts = cell.split(self._cell_width(row, n), room) if isinstance(cell, Text) else [cell]
            first.append(parts[0] if parts else cell)
            second.append(parts[1] if len(parts) > 1 else Text("", self._look.cell))
        above, below = self._with([first]), self._with([second, *self._rows[1:]])
        above._heights = [self._height(first)]
        below._heights = [self._height(second), *self._heights[1:]]
        return [above, below]

    # --- drawing -----------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        y = self.height
        for row in [self._head, *self._rows]:
            if row:
                y -= self._height(row)
                self._draw_row(row, y)
                rule(self.canv, 0, y, self.width)

    def _draw_row(self, row: Sequence[Flowable], y: float) -> None:
        top = y + self._height(row) - self._look.padding
        line = self._look.cell.size * self._look.cell.leading
        for n, cell in enumerate(row):
            width = self._cell_width(row, n)
            x = sum(self._widths[:n]) + self._look.gutter
            if self._look.mirrored:
                x = self.width - x - width
            high = cell.wrap(width, 0)[1]
            shift = max(0.0, (line - high) / 2) if not isinstance(cell, Text) else 0.0
            cell.drawOn(self.canv, x, top - shift - high)


def strong(text: str) -> Part:
    """A cell in bold, as the first of a row."""
    return Part(text, bold=True)


def quiet(text: str) -> Part:
    """A cell in the muted colour: «Not covered by this release»."""
    return Part(text, colour=MUTED)
