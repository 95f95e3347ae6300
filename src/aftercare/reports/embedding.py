"""Faces inside one PDF: composite fonts of only the glyphs drawn, each mapped to the text that it stands for.

reportlab's own TrueType subsets know characters, not glyphs, so shaped text would be copied out as private characters.
Here a code of the page is a pair (glyph, text): the same vowel sign can stand for different text in two syllables.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

import uharfbuzz
from reportlab.pdfbase import pdfdoc

from aftercare.reports.fonts import MISSING, Face
from aftercare.reports.shaping import Glyph, Piece, Span

_DROPPED_TABLES = ["GSUB", "GPOS", "GDEF", "BASE", "JSTF", "DSIG", "STAT", "kern"]
_DROPPED_TABLES += ["gasp", "meta", "name", "OS/2", "post", "cmap"]


_NOTHING = "\u200b"  # what a further glyph of a cluster says to readers that know no ActualText
_REPLACEMENT = "\ufffd"


class EmbeddedFace:
    """One face in one document. reportlab asks it for its objects when the document is finished."""

    def __init__(self, face: Face, resource: str) -> None:
        self.face = face
        self.resource = resource
        self._codes: dict[tuple[int, str], int] = {(MISSING, _REPLACEMENT): 0}
        self._shown: dict[tuple[Piece, float], str] = {}

    def show(self, piece: Piece, size: float) -> str:
        """The operators that draw a piece at the current place of the text, in a size."""
        key = (piece, size)
        shown = self._shown.get(key)
        if shown is None:
            shown = self._shown[key] = self._operators(piece, size)
        return shown

    def _code(self, glyph: Glyph) -> int:
        pair = (glyph.id, glyph.text)
        code = self._codes.get(pair)
        if code is None:
            code = self._codes[pair] = len(self._codes)
        return code

    def without_glyph(self) -> list[str]:
        return [text for (glyph, text) in self._codes if glyph == MISSING and text != _REPLACEMENT]

    def _operators(self, piece: Piece, size: float) -> str:
        return " ".join(_standing_for(span.stands_for, self._array(span, size)) for span in piece.spans)

    def _array(self, span: Span, size: float) -> str:
        """A TJ array, broken where a glyph stands higher or lower than the line."""
        parts: list[str] = ["["]
        codes: list[str] = []
        rise, move = 0.0, 0.0
        for glyph in span.glyphs:
            move -= glyph.dx
            if glyph.dy != rise or abs(move) >= 0.05:
                if codes:
                    parts.append(f"<{''.join(codes)}>")
                    codes.clear()
                if glyph.dy != rise:
                    rise = glyph.dy
                    parts.append(f"] TJ {rise * size / 1000:.3f} Ts [")
                if abs(move) >= 0.05:
                    parts.append(f"{move:.2f}")
                    move = 0.0
            codes.append(f"{self._code(glyph):04x}")
            move += self.face.width(glyph.id) - glyph.advance + glyph.dx
        if codes:
            parts.append(f"<{''.join(codes)}>")
        if abs(move) >= 0.05:
            parts.append(f"{move:.2f}")
        parts.append("] TJ 0 Ts" if rise else "] TJ")
        return "".join(parts)

    # --- what reportlab calls ---------------------------------------------------------------------------------------

    def addObjects(self, document: Any) -> None:
        """Write the font, its glyphs and its map to Unicode into the document."""
        used = sorted({glyph for glyph, _ in self._codes})
        program, new_ids = _subset(self.face, frozenset(used))
        name = f"{_tag(used)}+{self.face.name}"
        file = compressed(program, Length1=len(program))
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(name),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray([-1000, -1000, 3000, 2000]),
                "ItalicAngle": -12 if "Italic" in self.face.name else 0,
                "Ascent": round(self.face.ascent),
                "Descent": -round(self.face.descent),
                "CapHeight": 714,
                "StemV": 120 if "Bold" in self.face.name else 80,
                "FontFile2": document.Reference(file, f"file:{self.resource}"),
            }
        )
        widths = [f"{self.face.width(glyph):g}" for glyph, _ in self._codes]
        to_glyphs = b"".join(new_ids[glyph].to_bytes(2, "big") for glyph, _ in self._codes)
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": _Raw("<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"),
                "FontDescriptor": document.Reference(descriptor, f"descriptor:{self.resource}"),
                "DW": 1000,
                "W": _Raw(f"[0 [{' '.join(widths)}]]"),
                "CIDToGIDMap": document.Reference(compressed(to_glyphs), f"glyphs:{self.resource}"),
            }
        )
        unicode_map = compressed(_to_unicode(list(self._codes)))
        document.idToObject["BasicFonts"].dict[self.resource] = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant:{self.resource}")]),
                "ToUnicode": document.Reference(unicode_map, f"unicode:{self.resource}"),
            }
        )


def without_glyph(document: Any) -> tuple[str, ...]:
    """The characters drawn in this document for which no face has a glyph, in order of their first appearance."""
    faces: dict[Face, EmbeddedFace] = getattr(document, "aftercare_faces", {})
    return tuple(dict.fromkeys(text for face in faces.values() for text in face.without_glyph()))


def embedded(document: Any, face: Face) -> EmbeddedFace:
    """The face as it stands in this document of reportlab, added when first drawn."""
    faces: dict[Face, EmbeddedFace] | None = getattr(document, "aftercare_faces", None)
    if faces is None:
        faces = document.aftercare_faces = {}
    found = faces.get(face)
    if found is None:
        found = faces[face] = EmbeddedFace(face, f"A{len(faces) + 1}")
        document.fontMapping[f"aftercare:{face!r}"] = f"/{found.resource}"
        document.delayedFonts.append(found)
    return found


def outline(face: Face, glyph: int, x: float, y: float, size: float) -> str:
    """The operators that fill a glyph as a drawing, its origin at (x, y) of the page."""
    scale = size * face.per_mille / 1000
    pen = _Pen(x, y, scale)
    face.font.draw_glyph_with_pen(glyph, pen)
    return " ".join([*pen.operators, "f"]) if pen.operators else ""


class _Pen:
    """Collects path operators; quadratic curves become cubic ones."""

    def __init__(self, x: float, y: float, scale: float) -> None:
        self._x, self._y, self._scale = x, y, scale
        self._at = (0.0, 0.0)
        self.operators: list[str] = []

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self._at = points[-1]
        numbers = (f"{self._x + x * self._scale:.3f} {self._y + y * self._scale:.3f}" for x, y in points)
        self.operators.append(f"{' '.join(numbers)} {operator}")

    def moveTo(self, point: tuple[float, float]) -> None:
        self._add("m", point)

    def lineTo(self, point: tuple[float, float]) -> None:
        self._add("l", point)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._add("c", *points)

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        (x0, y0), (cx, cy), (x1, y1) = self._at, control, end
        first = (x0 + 2 / 3 * (cx - x0), y0 + 2 / 3 * (cy - y0))
        second = (x1 + 2 / 3 * (cx - x1), y1 + 2 / 3 * (cy - y1))
        self._add("c", first, second, end)

    def closePath(self) -> None:
        self.operators.append("h")

    def endPath(self) -> None:
        self.operators.append("h")


def _standing_for(text: str | None, operators: str) -> str:
    if text is None:
        return operators
    return f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC {operators} EMC"


class _Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """Text that goes into the file as it stands; reportlab's arrays of numbers are slow."""

    def __init__(self, text: str) -> None:
        self._text = text

    def format(self, document: Any) -> bytes:
        return self._text.encode("ascii")


def compressed(content: bytes, **entries: int) -> Any:
    """A stream of the document, deflated here (reportlab would add base 85 on top)."""
    stream = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode"), **entries}))
    stream.content = zlib.compress(content, 6)
    return stream


@lru_cache(maxsize=64)
def _subset(face: Face, glyphs: frozenset[int]) -> tuple[bytes, dict[int, int]]:
    """A font program with these glyphs only, and where each of them went."""
    wanted = uharfbuzz.SubsetInput()
    wanted.flags = (
        uharfbuzz.SubsetFlags.NO_HINTING
        | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
        | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        | uharfbuzz.SubsetFlags.NO_BIDI_CLOSURE
    )
    wanted.unicode_set.clear()
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode("ascii"), "big") for tag in _DROPPED_TABLES)
    plan = uharfbuzz.SubsetPlan(face.harfbuzz, wanted)
    program: bytes = plan.execute().blob.data
    return program, dict(plan.old_to_new_glyph_mapping)


def _tag(glyphs: list[int]) -> str:
    """Six capitals that tell one subset from another."""
    value = zlib.crc32(repr(glyphs).encode())
    return "".join(chr(65 + value // 26**n % 26) for n in range(6))


def _to_unicode(pairs: list[tuple[int, str]]) -> bytes:
    texts = [text or _NOTHING for _, text in pairs]
    lines = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in enumerate(texts)]
    blocks = [lines[n : n + 100] for n in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
