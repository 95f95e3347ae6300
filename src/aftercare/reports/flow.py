"""Blocks into pages: one column, nothing orphaned, page numbers known when the last page is.

reportlab's own templates build twice for «page 1 of 2»; here footers are added to finished pages before they are
written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from aftercare.reports.embedding import compressed, without_glyph

DrawFooter = Callable[[Canvas, int, int], None]  # canvas, page, pages


@dataclass(frozen=True, slots=True)
class Area:
    """Where blocks go on a page, in points from the lower left corner."""

    x: float
    y: float
    width: float
    height: float


class PageBreak(Flowable):  # type: ignore[misc]
    """What follows starts on a new page."""

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return available_width, 0.0

    def draw(self) -> None:
        pass


class Gap(Flowable):  # type: ignore[misc]
    """Empty space, dropped at the head of a page."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height = height

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return available_width, self.height

    def draw(self) -> None:
        pass


class _PagesCanvas(Canvas):  # type: ignore[misc]
    """A canvas without a standard font, whose finished pages can be added to."""

    def _make_preamble(self) -> None:
        self._preamble = ""

    def add_footers(self, draw: DrawFooter) -> None:
        pages = self._doc.pageCounter - 1
        for number in range(1, pages + 1):
            page = self._doc.idToObject[f"Page{number}"]
            self._code: list[str] = []
            draw(self, number, pages)
            content = page.stream + "\n".join(self._code) + "\n"
            page.Contents = compressed(content.encode("ascii"))
        self._code = []


@dataclass(frozen=True, slots=True)
class Printed:
    """Finished pages, how many they are, and the characters that no shipped font has (they are printed as boxes)."""

    pdf: bytes
    pages: int
    unprintable: tuple[str, ...]


def printed(story: Sequence[Flowable], page: tuple[float, float], area: Area, footer: DrawFooter) -> Printed:
    """The story, page by page, with its footers."""
    canvas = _PagesCanvas(BytesIO(), pagesize=page, pageCompression=1, invariant=1)
    _Column(canvas, area).flow(list(story))
    canvas.showPage()
    canvas.add_footers(footer)
    unprintable = without_glyph(canvas._doc)
    return Printed(canvas._doc.GetPDFData(canvas), canvas._doc.pageCounter - 1, unprintable)


class _Column:
    """The column of the current page and how much of it is left."""

    def __init__(self, canvas: Canvas, area: Area) -> None:
        self._canvas = canvas
        self._area = area
        self._left = area.height
        self._after = 0.0  # space that the block above asks for

    @property
    def _fresh(self) -> bool:
        return self._left == self._area.height

    def flow(self, story: list[Flowable]) -> None:
        queue = story[::-1]
        while queue:
            block = queue.pop()
            if isinstance(block, PageBreak):
                self._new_page()
            elif isinstance(block, Gap):
                self._left = self._left if self._fresh else max(0.0, self._left - block.height)
            else:
                if block.getKeepWithNext() and not self._fresh and self._needed(block, queue) > self._left:
                    self._new_page()
                if getattr(block, "ends_with_next", False):
                    block, *last = self._parted_before_its_end(block, queue)
                    queue += last
                queue += self._place(block)[::-1]

    def _needed(self, block: Flowable, queue: Sequence[Flowable]) -> float:
        """What a heading needs so as not to stand alone: itself, those like it, and the start of what follows."""
        width = self._area.width
        needed: float = max(block.getSpaceBefore(), self._after) + block.wrap(width, self._left)[1]
        for following in reversed(queue):
            height = following.wrap(width, self._area.height)[1]
            space = max(block.getSpaceAfter(), following.getSpaceBefore())
            if not following.getKeepWithNext():
                start = getattr(following, "least_height", None)
                return float(needed + space + min(height, start(width) if start else height))
            needed += space + height
            block = following
        return needed

    def _parted_before_its_end(self, block: Flowable, queue: Sequence[Flowable]) -> list[Flowable]:
        """A table of rows as it is; without its last one, and that one, where what follows has no room below it."""
        width = self._area.width
        room = self._left - (0.0 if self._fresh else max(block.getSpaceBefore(), self._after))
        height = block.wrap(width, room)[1]
        if height > room or not queue or height + block.getSpaceAfter() + self._needed(queue[-1], queue[:-1]) <= room:
            return [block]
        parts = block.split(width, height - 0.1)
        return [parts[0], parts[1], PageBreak()] if len(parts) == 2 else [block]

    def _place(self, block: Flowable) -> list[Flowable]:
        """Draw the block, or as much of it as fits; what is left of it."""
        before = 0.0 if self._fresh else max(block.getSpaceBefore(), self._after)
        room = self._left - before
        height = block.wrap(self._area.width, room)[1]
        if height <= room + 0.01:
            self._draw(block, before, height)
            return []
        parts = block.split(self._area.width, room)
        if len(parts) > 1:
            height = parts[0].wrap(self._area.width, room)[1]
            self._draw(parts[0], before, height)
            self._new_page()
            return list(parts[1:])
        if not self._fresh:
            self._new_page()
            return [block]
        return self._place_by_force(block, room)

    def _place_by_force(self, block: Flowable, room: float) -> list[Flowable]:
        """A block that is higher than a page and has no good place to part: part it anywhere, or let it overflow."""
        part_anywhere = getattr(block, "part_anywhere", None)
        parts: list[Flowable] = part_anywhere(self._area.width, room) if part_anywhere else [block]
        self._draw(parts[0], 0.0, parts[0].wrap(self._area.width, room)[1])
        return parts[1:]

    def _draw(self, block: Flowable, before: float, height: float) -> None:
        self._left -= before + height
        block.drawOn(self._canvas, self._area.x, self._area.y + self._left)
        self._after = block.getSpaceAfter()

    def _new_page(self) -> None:
        if not self._fresh:
            self._canvas.showPage()
            self._left, self._after = self._area.height, 0.0
