"""Blocks of a printed page besides text and tables: title, headings, bars, dots, signatures. They mirror for pages that
are read from the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.platypus import Flowable

from aftercare.reports.text import ACCENT, INK, MUTED, RULE, Content, Style, Text, plain, rgb

Stroke = Sequence[tuple[float, float]]  # points of one stroke, 0 to 1 from the upper left corner of the pad
TRACK = "#ecebe4"


class Heading(Text):
    """A heading that is also an entry of the outline, and never stands alone at the foot of a page."""

    def __init__(self, content: Content, style: Style, level: int = 0) -> None:
        super().__init__(content, style)
        self._level = level

    def draw(self) -> None:
        entries = getattr(self.canv, "aftercare_headings", 0) + 1
        self.canv.aftercare_headings = entries
        key = f"h{entries}"
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry(plain(self.content), key, self._outline_level(), closed=False)
        super().draw()

    def _outline_level(self) -> int:
        """No deeper than one below the heading before, as outlines must be."""
        before = getattr(self.canv, "aftercare_level", -1)
        level = min(self._level, before + 1)
        self.canv.aftercare_level = level
        return level


class TitleBlock(Flowable):  # type: ignore[misc]
    """Title and subtitle at the start of the line, facts at its end, and the accent rule below both."""

    def __init__(self, title: Text, subtitle: Text, facts: Sequence[Text], mirrored: bool, after: float) -> None:
        super().__init__()
        self._heads = [title, subtitle] if plain(subtitle.content) else [title]
        self._facts = list(facts)
        self._mirrored = mirrored
        self._after = after
        self._split = 0.6

    def getSpaceAfter(self) -> float:
        return self._after

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self._split = 0.58 if self._facts else 1.0
        heads = sum(text.wrap(available_width * self._split - 6, 0)[1] for text in self._heads)
        facts = sum(text.wrap(available_width * (1 - self._split) - 6, 0)[1] for text in self._facts)
        self.height = max(heads, facts) + 8
        return self.width, self.height

    def draw(self) -> None:
        facts_width = self.width * (1 - self._split) - 6
        heads_width = self.width * self._split - 6
        self._column(self._heads, self.width - heads_width if self._mirrored else 0.0)
        self._column(self._facts, 0.0 if self._mirrored else self.width - facts_width)
        rule(self.canv, 0, 0, self.width, ACCENT, 1.5)

    def _column(self, texts: Sequence[Text], x: float) -> None:
        y = 8 + sum(text.height for text in texts)
        for text in texts:
            y -= text.height
            text.drawOn(self.canv, x, y)


class Bar(Flowable):  # type: ignore[misc]
    """A coloured bar for what is done of a whole; words say the same beside it."""

    def __init__(self, done: float, colour: str, mirrored: bool = False, thickness: float = 4.5) -> None:
        super().__init__()
        self._done = min(1.0, max(0.0, done))
        self._colour = colour
        self._mirrored = mirrored
        self.height = thickness

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        self._round(0, self.width, TRACK)
        filled = self.width * self._done
        if filled > 0:
            filled = max(filled, self.height)
            self._round(self.width - filled if self._mirrored else 0, filled, self._colour)

    def _round(self, x: float, width: float, colour: str) -> None:
        self.canv.setFillColorRGB(*rgb(colour))
        self.canv.roundRect(x, 0, width, self.height, self.height / 2, stroke=0, fill=1)


class Dots(Flowable):  # type: ignore[misc]
    """Filled and empty dots: a level of a scale; words say the same beside it."""

    def __init__(self, filled: int, of: int, colour: str = INK, size: float = 6.0, mirrored: bool = False) -> None:
        super().__init__()
        self._filled, self._of = max(0, min(filled, of)), of
        self._colour = colour
        self._mirrored = mirrored
        self.height = size

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        radius = self.height / 2 - 0.5
        self.canv.setFillColorRGB(*rgb(self._colour))
        self.canv.setStrokeColorRGB(*rgb(self._colour))
        self.canv.setLineWidth(0.7)
        for n in range(self._of):
            along = self.height / 2 + n * self.height * 1.2
            x = self.width - along if self._mirrored else along
            self.canv.circle(x, self.height / 2, radius, stroke=1, fill=int(n < self._filled))


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on, or the strokes of a signature drawn on screen; `name` is printed small under the caption."""

    caption: str
    strokes: tuple[Stroke, ...] = ()
    note: str = ""


class Signatures(Flowable):  # type: ignore[misc]
    """Signature lines side by side."""

    def __init__(self, signatures: Sequence[Signature], style: Style, mirrored: bool, pad: float = 34.0) -> None:
        super().__init__()
        self._signatures = list(reversed(signatures)) if mirrored else list(signatures)
        self._mirrored = mirrored
        self._style = style.but(align="right" if mirrored else "left")
        self._captions = [Text(s.caption + (f"\n{s.note}" if s.note else ""), self._style) for s in self._signatures]
        self._pad = pad

    def getSpaceBefore(self) -> float:
        return self._style.size

    def _column(self) -> float:
        return (self.width - 28 * (len(self._signatures) - 1)) / len(self._signatures)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = self._pad + 4 + max(c.wrap(self._column(), 0)[1] for c in self._captions)
        return self.width, self.height

    def draw(self) -> None:
        width, line = self._column(), self.height - self._pad
        for n, (signature, caption) in enumerate(zip(self._signatures, self._captions, strict=True)):
            x = n * (width + 28)
            rule(self.canv, x, line, width, INK, 0.8)
            caption.drawOn(self.canv, x, line - 4 - caption.height)
            pad = min(width, (self._pad - 2) * 3)
            self._sign(signature.strokes, x + width - pad if self._mirrored else x, line, pad)

    def _sign(self, strokes: Sequence[Stroke], x: float, line: float, width: float) -> None:
        """Strokes keep their shape: a pad three times as wide as high, standing on the line."""
        high = self._pad - 2
        self.canv.setStrokeColorRGB(*rgb(INK))
        self.canv.setLineWidth(1.1)
        self.canv.setLineCap(1)
        for stroke in filter(None, strokes):
            points = [(x + px * width, line + 1 + (1 - py) * high) for px, py in stroke]
            if len(points) == 1:
                points.append((points[0][0] + 0.01, points[0][1]))
            path = self.canv.beginPath()
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            self.canv.drawPath(path, stroke=1, fill=0)
        self.canv.setLineCap(0)


def rule(canvas: object, x: float, y: float, width: float, colour: str = RULE, thickness: float = 0.6) -> None:
    """A horizontal line."""
    red, green, blue = rgb(colour)
    canvas._code.append(  # type: ignore[attr-defined]
        f"q {red:.4g} {green:.4g} {blue:.4g} RG {thickness:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S Q"
    )


__all__ = ["MUTED", "TRACK", "Bar", "Dots", "Heading", "Signature", "Signatures", "Stroke", "TitleBlock", "rule"]
