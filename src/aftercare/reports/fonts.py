"""The shipped fonts, and which of them prints a character: decided by coverage, never by a language setting.

Nothing is read until a character asks for it: each family says which blocks it is worth opening for. Distances are in
thousandths of an em, as PDF counts them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

import uharfbuzz

from aftercare import assets

MISSING = 0  # the glyph .notdef: a box

_IGNORABLE = frozenset(
    (0x00AD, 0x034F, 0x061C, 0x17B4, 0x17B5, *range(0x180B, 0x180F), *range(0x200B, 0x2010), *range(0x2028, 0x202F),
     *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0100, 0xE01F0))
)  # fmt: skip


class Face:
    """One font file, opened when first asked."""

    def __init__(self, file: Path, synthetic_bold: bool = False) -> None:
        self.file = file
        self.name = file.stem
        self.synthetic_bold = synthetic_bold

    def __repr__(self) -> str:
        return f"Face({self.name}{', bold by stroke' if self.synthetic_bold else ''})"

    @cached_property
    def harfbuzz(self) -> uharfbuzz.Face:
        return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.file)))

    @cached_property
    def font(self) -> uharfbuzz.Font:
        return uharfbuzz.Font(self.harfbuzz)

    @cached_property
    def coverage(self) -> frozenset[int]:
        return frozenset(self.harfbuzz.unicodes)

    @cached_property
    def per_mille(self) -> float:
        """What a font unit is in thousandths of an em."""
        return 1000 / int(self.harfbuzz.upem)

    @cached_property
    def ascent(self) -> float:
        return float(self.font.get_font_extents("ltr").ascender) * self.per_mille

    @cached_property
    def descent(self) -> float:
        """Below the base line, as a positive number."""
        return -float(self.font.get_font_extents("ltr").descender) * self.per_mille

    @cached_property
    def empty_glyph(self) -> int:
        """A glyph without ink, and without width where the face has one (Noto draws its joiners)."""
        candidates = [self.font.get_nominal_glyph(code) for code in (0x200B, 0x034F, 0x2060, 0xFEFF, 0x200C)]
        empty = [glyph for glyph in candidates if glyph and not self.width(glyph) and not self.has_ink(glyph)]
        return int(empty[0] if empty else self.font.get_nominal_glyph(0x20) or MISSING)

    def has_ink(self, glyph: int) -> bool:
        extents = self.font.get_glyph_extents(glyph)
        return extents is not None and bool(extents.width and extents.height)

    def covers(self, code: int) -> bool:
        return code in self.coverage

    def width(self, glyph: int) -> float:
        return float(self.font.get_glyph_h_advance(glyph)) * self.per_mille


Blocks = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Family:
    """Faces of one design; `blocks` are the characters that make it worth opening (none: always)."""

    name: str
    styles: tuple[str, ...]
    blocks: Blocks = ()

    def worth_opening_for(self, code: int) -> bool:
        return not self.blocks or any(first <= code <= last for first, last in self.blocks)

    def face(self, bold: bool, italic: bool) -> Face:
        return _face(self.name, self._style(bold, italic), bold and "Bold" not in self.styles)

    def _style(self, bold: bool, italic: bool) -> str:
        wanted = ("Bold" if bold else "") + ("Italic" if italic else "") or "Regular"
        for style in (wanted, "Bold" if bold else "Regular"):
            if style in self.styles:
                return style
        return "Regular"


@cache
def _face(family: str, style: str, synthetic_bold: bool) -> Face:
    return Face(assets.path("fonts", f"{family}-{style}.ttf"), synthetic_bold)


_ALL = ("Regular", "Bold", "Italic", "BoldItalic")
_TWO = ("Regular", "Bold")
LATIN = Family("NotoSans", _ALL)
FAMILIES: tuple[Family, ...] = (
    LATIN,
    Family("NotoSansArabic", _TWO,
           ((0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))),
    Family("NotoSansEthiopic", _TWO, ((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F))),
    Family("NotoSansDevanagari", _TWO, ((0x900, 0x97F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF))),
    Family("NotoSansBengali", _TWO, ((0x980, 0x9FF),)),
    Family("NotoSansMyanmar", _TWO, ((0x1000, 0x109F), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F))),
    Family("NotoSansKhmer", _TWO, ((0x1780, 0x17FF), (0x19E0, 0x19FF))),
    Family("NotoSansThai", _TWO, ((0xE00, 0xE7F),)),
    Family("NotoSansLao", _TWO, ((0xE80, 0xEFF),)),
    Family("NotoSansHebrew", _TWO, ((0x590, 0x5FF), (0xFB1D, 0xFB4F))),
    Family("NotoSansArmenian", _TWO, ((0x530, 0x58F), (0xFB13, 0xFB17))),
    Family("NotoSansGeorgian", _TWO, ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F))),
    Family("NotoSansGurmukhi", _TWO, ((0xA00, 0xA7F),)),
    Family("NotoSansGujarati", _TWO, ((0xA80, 0xAFF),)),
    Family("NotoSansTamil", _TWO, ((0xB80, 0xBFF),)),
    Family("NotoSansTelugu", _TWO, ((0xC00, 0xC7F),)),
    Family("NotoSansSinhala", _TWO, ((0xD80, 0xDFF),)),
    Family("NotoSansSymbols2", ("Regular",), ((0x2190, 0x27BF),)),
    Family("NotoSansMath", ("Regular",), ((0x2190, 0x22FF),)),
    Family("DroidSansFallback", ("Regular",),
           ((0x2E80, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))),
)  # fmt: skip


@lru_cache(maxsize=4096)
def _family_of(code: int) -> Family | None:
    for family in FAMILIES:
        if family.worth_opening_for(code) and family.face(bold=False, italic=False).covers(code):
            return family
    return None


def _family_covering(codes: tuple[int, ...]) -> Family | None:
    """The first family with every character of a cluster; for want of one, the family of its base."""
    base = _family_of(codes[0])
    if len(codes) == 1 or (base is not None and all(base.face(False, False).covers(code) for code in codes)):
        return base
    for family in FAMILIES:
        if family.worth_opening_for(codes[-1]) or family.worth_opening_for(codes[0]):
            regular = family.face(bold=False, italic=False)
            if all(regular.covers(code) for code in codes):
                return family
    return base


def _has_script(character: str) -> bool:
    return unicodedata.category(character)[0] == "L"


def _visible(cluster: str) -> tuple[int, ...]:
    return tuple(code for code in map(ord, cluster) if code not in _IGNORABLE)


def runs(clusters: Iterable[str], bold: bool = False, italic: bool = False) -> Iterator[tuple[Face, str]]:
    """The clusters of one word in the faces that print them, neighbours joined.

    Signs and digits go with the letters of their word where that face has them, so that a comma looks like its script.
    """
    clusters = list(clusters)
    home = next((family for c in clusters if _has_script(c[0]) and (family := _family_of(ord(c[0])))), LATIN)
    current: Face | None = None
    gathered: list[str] = []
    for cluster in clusters:
        face = _face_of_cluster(cluster, home, current, bold, italic)
        if face is not current and current is not None:
            yield current, "".join(gathered)
            gathered = []
        current = face
        gathered.append(cluster)
    if current is not None:
        yield current, "".join(gathered)


def _face_of_cluster(cluster: str, home: Family, current: Face | None, bold: bool, italic: bool) -> Face:
    codes = _visible(cluster)
    if not codes:
        return current or home.face(bold, italic)
    at_home = home.face(bold=False, italic=False)
    if all(at_home.covers(code) for code in codes):
        return home.face(bold, italic)
    family = _family_covering(codes) or LATIN
    return family.face(bold, italic)


def uncovered(text: str) -> tuple[str, ...]:
    """The characters of `text` that no shipped face can print, each once, in order of appearance."""
    found: dict[str, None] = {}
    for character in text:
        code = ord(character)
        is_control = unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        if not is_control and code not in _IGNORABLE and _family_of(code) is None:
            found[character] = None
    return tuple(found)
