"""The printed page: sizes, styles and blocks of every report, in one language and one direction.

    paper = Paper(language("en"))
    story = [
        paper.title("Progress report", "S-0142 · 1 September – 23 November 2026", ["For: City Clinic, social service"]),
        paper.text("Plan version 3, agreed by both on 9 November 2026."),
        paper.section("At a glance"),
        paper.table(
            [Column("Area"), Column("Now"), Column("Steps done"), Column()],
            [[strong("Housing"), "Safe ▲", "2 of 5", paper.bar(2 / 5, "#c4892f")],
             [strong("Family reunification"), quiet("Not covered by this release")]],
        ),
        paper.signatures([Signature("Survivor: signature or mark, date"), Signature("Case worker: signature, date")]),
    ]
    pages = paper.pdf(story, Footer("Confidential. Only for City Clinic.", "Report R-000317"))
    finished = seal.sealed(pages, paper.language)

The language of a page is the reader's, not the interface's; a page read from the right is mirrored as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from reportlab.platypus import Flowable

from aftercare.i18n import Language
from aftercare.reports import flow, text
from aftercare.reports.blocks import Bar, Dots, Heading, Signature, Signatures, TitleBlock, rule
from aftercare.reports.flow import Area, Gap, PageBreak, Printed
from aftercare.reports.grid import Cell, Column, Grid, GridLook, Row, quiet, strong
from aftercare.reports.text import INK, MUTED, RULE, Content, Part, Style, Text

PaperSize = Literal["A4", "Letter"]
SIZES: dict[PaperSize, tuple[float, float]] = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0)}
MARGIN = 43.0
FOOT = 58.0  # of which the footer takes the lower part


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands on every page: who may read it, and which report it is."""

    confidentiality: str
    reference: str


@dataclass(frozen=True)
class Paper:
    """One kind of page; `scale` above 1 is large print."""

    language: Language
    size: PaperSize = "A4"
    scale: float = 1.0

    @property
    def mirrored(self) -> bool:
        return self.language.direction == "rtl"

    @cached_property
    def area(self) -> Area:
        width, height = SIZES[self.size]
        return Area(MARGIN, FOOT, width - 2 * MARGIN, height - MARGIN + 2 - FOOT)

    def style(self, style: Style) -> Style:
        """A style as this page sets it: its print size, its direction for want of letters."""
        direction = "auto-rtl" if self.mirrored and style.direction == "auto" else style.direction
        return style.scaled(self.scale).but(direction=direction)

    def _on_side(self, style: Style, end: bool = False) -> Style:
        return self.style(style).but(align="right" if end != self.mirrored else "left")

    @cached_property
    def body(self) -> Style:
        return self.style(Style(size=9.25, leading=1.45, after=3))

    @cached_property
    def small(self) -> Style:
        return self.style(Style(size=8, colour=MUTED, leading=1.35))

    @cached_property
    def _table(self) -> GridLook:
        cell = self.style(Style(size=9, leading=1.35))
        head = self.style(Style(size=8, leading=1.35, colour=MUTED))
        return GridLook(cell, head, padding=4 * self.scale, gutter=5 * self.scale, mirrored=self.mirrored)

    # --- blocks ------------------------------------------------------------------------------------------------------

    def title(self, title: str, subtitle: str = "", facts: Sequence[str] = ()) -> Flowable:
        """The head of the first page: title and subtitle, facts on the other side, the accent rule."""
        heading = Heading(title, self._on_side(Style(size=16.5, leading=1.3, bold=True)))
        below = Text(subtitle, self._on_side(Style(size=9.25, colour=MUTED)))
        beside = [Text(fact, self._on_side(Style(size=8.75, leading=1.3, colour=MUTED), end=True)) for fact in facts]
        return TitleBlock(heading, below, beside, self.mirrored, after=9 * self.scale)

    def section(self, title: str) -> Heading:
        """A heading that stays with what follows and stands in the outline."""
        style = Style(size=10.25, leading=1.35, bold=True, before=13, after=4, keep_with_next=True)
        return Heading(title, self._on_side(style), level=1)

    def text(self, content: Content, keep_with_next: bool = False) -> Text:
        """A paragraph, aligned where its own language starts."""
        return Text(content, self.body.but(keep_with_next=keep_with_next))

    def note(self, content: Content) -> Text:
        """A paragraph in small, muted letters."""
        return Text(content, self.small.but(after=3 * self.scale))

    def quotation(self, words: str, then: str = "", keep_with_next: bool = False) -> Text:
        """Her own words in italics, followed by plain text."""
        parts = [Part(words, italic=True)] + ([Part(f" {then}")] if then else [])
        return self.text(parts, keep_with_next)

    def points(self, items: Sequence[Content]) -> Grid:
        """A list with bullets."""
        item = self.body.but(after=0.0)
        look = GridLook(item, self.small, padding=0.8 * self.scale, gutter=2.5, mirrored=self.mirrored)
        return _Points([Column(weight=0), Column()], [["•", item] for item in items], look)

    def table(self, columns: Sequence[Column], rows: Sequence[Row]) -> Grid:
        """A table; a row with fewer cells than columns lets its last cell reach to the end."""
        return Grid(columns, rows, self._table)

    def bar(self, done: float, colour: str) -> Bar:
        return Bar(done, colour, self.mirrored, thickness=4.5 * self.scale)

    def dots(self, filled: int, of: int, colour: str = INK) -> Dots:
        return Dots(filled, of, colour, size=6 * self.scale, mirrored=self.mirrored)

    def signatures(self, signatures: Sequence[Signature]) -> Signatures:
        return Signatures(signatures, self.small, self.mirrored, pad=34 * self.scale)

    def signed(self, story: Sequence[Flowable], *lines: Flowable) -> list[Flowable]:
        """The story and the lines to sign on below it, together with its last words: nobody signs an empty page."""
        for last in story[-1:]:
            if isinstance(last, Grid) and last.has_rows_to_part:
                last.ends_with_next = True
            elif isinstance(last, Text | Grid):
                last.keepWithNext = 1
        for block in lines[:-1]:
            block.keepWithNext = 1
        return [*story, *lines]

    def gap(self, height: float = 6.0) -> Gap:
        return Gap(height * self.scale)

    def page_break(self) -> PageBreak:
        return PageBreak()

    # --- the whole ---------------------------------------------------------------------------------------------------

    def pdf(self, story: Sequence[Flowable], footer: Footer) -> bytes:
        """The pages, not yet sealed (`seal.sealed` adds metadata, language and colour profile)."""
        return self.printed(story, footer).pdf

    def printed(self, story: Sequence[Flowable], footer: Footer) -> Printed:
        """The pages with their number and the characters that could not be printed, to warn of."""

        def draw(canvas: Any, page: int, pages: int) -> None:
            self._draw_footer(canvas, footer, page, pages)

        return flow.printed(story, SIZES[self.size], self.area, draw)

    def _draw_footer(self, canvas: Any, footer: Footer, page: int, pages: int) -> None:
        area = self.area
        style = self.style(Style(size=7.25, colour=MUTED)) if self.scale < 1.3 else self.small.but(size=9.0)
        number = self.language.tr("page {page} of {pages}", page=page, pages=pages)
        reference = f"{footer.reference} · {number}" if footer.reference else number
        start, end = (area.x + area.width, area.x) if self.mirrored else (area.x, area.x + area.width)
        rule(canvas, area.x, FOOT - 16, area.width, RULE)
        taken = text.width_of(reference, style)
        text.draw_line(
            canvas, end, FOOT - 28, reference, style, align="left" if self.mirrored else "right", most=area.width * 0.5
        )
        left = Text(footer.confidentiality, style.but(align="right" if self.mirrored else "left", leading=1.3), lines=2)
        width = area.width - min(taken, area.width * 0.5) - 16
        height = left.wrap(width, 0)[1]
        left.drawOn(canvas, start - width if self.mirrored else start, FOOT - 28 + left.first_base_line - height)


class _Points(Grid):
    """A list is a table without lines."""

    def draw(self) -> None:
        y = self.height
        for row in self._rows:
            y -= self._height(row)
            self._draw_row(row, y)


__all__ = [
    "Bar", "Cell", "Column", "Content", "Dots", "Footer", "Gap", "Grid", "Heading", "Paper", "Part", "Printed", "Row",
    "Signature", "Style", "Text", "quiet", "strong",
]  # fmt: skip
