"""Words in, placed glyphs out: HarfBuzz per font run, remembered per word, so that a batch shapes each word once.

A word is what lies between two places where a line may break, its spaces included. Distances are in thousandths of an
em.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter

import uharfbuzz
from icu4py.breakers import CharacterBreaker, LineBreaker

from aftercare.reports import fonts
from aftercare.reports.fonts import Face

# a cluster of ICU that starts like this never starts a line: vowel signs set after their letter, Thai and Lao am, and
# in Burmese a final consonant that is silenced
_LEANS = re.compile(r"[\u0e33\u0eb3\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u0903\u093e-\u094c\u09be-\u09cc]")
_SILENCED = re.compile(r"[\u1000-\u1021]\u103a")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph to draw; `text` is its share of the word, so that the page can be searched and copied."""

    id: int
    text: str
    advance: float
    dx: float
    dy: float


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbouring glyphs from left to right; `stands_for` where their own shares would not be read in order."""

    glyphs: tuple[Glyph, ...]
    stands_for: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Spans of one face from left to right; `ink` are marks drawn as outlines: (glyph, x, y)."""

    face: Face
    spans: tuple[Span, ...]
    width: float
    ink: tuple[tuple[int, float, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Pieces from left to right, what they measure, and how far their ink reaches above and below the base line."""

    text: str
    pieces: tuple[Piece, ...]
    width: float
    width_of_end: float  # the spaces at the end of the word, which a line may drop
    above: float
    below: float


def break_places(text: str) -> list[int]:
    """Where a line may end, by the dictionaries of ICU: Thai, Lao, Khmer, Burmese and Chinese need no spaces."""
    return list(accumulate(map(len, LineBreaker(text, "en"))))


def clusters(text: str) -> list[str]:
    """What is never parted: a base with its marks, a conjunct, a syllable's vowel signs, joined emoji."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for cluster in CharacterBreaker(text, "en"):
        if found and (_LEANS.match(cluster) or _SILENCED.match(cluster) or cluster in "\u200b\u200c\u200d\u2060"):
            found[-1] += cluster
        else:
            found.append(cluster)
    return found


@lru_cache(maxsize=16384)
def word(text: str, bold: bool, italic: bool, right_to_left: bool) -> Word:
    """A word of one style and one direction, shaped."""
    pieces = [_shape(face, run, right_to_left) for face, run in fonts.runs(clusters(text), bold, italic)]
    if right_to_left:
        pieces.reverse()
    end = len(text) - len(text.rstrip(" \u00a0\u2003\u3000"))
    width_of_end = word(text[-end:], bold, italic, right_to_left).width if 0 < end < len(text) else 0.0
    above, below = _reach(pieces)
    width = sum(piece.width for piece in pieces)
    return Word(text, tuple(pieces), width, width if end == len(text) else width_of_end, above, below)


def _shape(face: Face, text: str, right_to_left: bool) -> Piece:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.language = "en"  # HarfBuzz would take it from the environment
    uharfbuzz.shape(face.font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    unit = face.per_mille
    glyphs = [
        Glyph(info.codepoint, "", at.x_advance * unit, at.x_offset * unit, at.y_offset * unit)
        for info, at in zip(infos, positions, strict=True)
    ]
    starts = [info.cluster for info in infos]
    width = sum(glyph.advance for glyph in glyphs)
    if right_to_left:
        letters, marks = _from_right(face, text, glyphs, starts)
        return Piece(face, (Span(tuple(letters)),), width, tuple(marks))
    glyphs = _shared(text, glyphs, starts)
    in_order = all(len(g.text) == 1 and g.advance and not g.dx and not g.dy for g in glyphs)
    return Piece(face, (Span(tuple(glyphs), None if in_order else text),), width)


def _shared(text: str, glyphs: list[Glyph], starts: list[int]) -> list[Glyph]:
    """Each glyph with its share of its cluster's text: in order, the last takes what is left.

    So a vowel sign that is drawn before its consonant is still read after it.
    """
    ends = dict(pairwise([*sorted(set(starts)), len(text)]))
    shared: list[Glyph] = []
    taken: dict[int, int] = {}
    for index, (glyph, start) in enumerate(zip(glyphs, starts, strict=True)):
        at = taken.get(start, start)
        last = index + 1 == len(glyphs) or starts[index + 1] != start
        taken[start] = end = ends[start] if last else min(at + 1, ends[start])
        shared.append(replace(glyph, text=text[at:end]))
    return shared


def _from_right(
    face: Face, text: str, glyphs: list[Glyph], starts: list[int]
) -> tuple[list[Glyph], list[tuple[int, float, float]]]:
    """Letters of a run that is read from the right, and its marks as ink.

    Readers of PDF take what stands further left for later text, one character at a time, and lose their way where a
    mark stands over its letter. So marks are drawn as outlines, and every character that has no letter of its own
    (marks, the alef of lam-alef) is carried by a glyph without ink and width at the left of its letter.
    """
    ends = dict(pairwise([*sorted(set(starts)), len(text)]))
    letters: list[Glyph] = []
    marks: list[tuple[int, float, float]] = []
    pen = 0.0
    for start, members in groupby(zip(starts, glyphs, strict=True), key=itemgetter(0)):
        cluster, drawn = text[start : ends[start]], [glyph for _, glyph in members]
        bases = [glyph for glyph in drawn if glyph.advance] or drawn[-1:]
        rest = cluster[len(bases) :]
        letters += [Glyph(face.empty_glyph, character, 0.0, 0.0, 0.0) for character in reversed(rest)]
        for glyph in drawn:
            if any(glyph is base for base in bases):
                nth = len(bases) - 1 - next(n for n, base in enumerate(bases) if base is glyph)
                letters.append(replace(glyph, text=cluster[nth : nth + 1]))
            else:
                marks.append((glyph.id, pen + glyph.dx, glyph.dy))
            pen += glyph.advance
    return letters, marks


def _reach(pieces: list[Piece]) -> tuple[float, float]:
    above = below = 0.0
    for piece in pieces:
        font, unit = piece.face.font, piece.face.per_mille
        drawn = [(glyph.id, glyph.dy) for span in piece.spans for glyph in span.glyphs]
        for glyph, dy in drawn + [(glyph, dy) for glyph, _, dy in piece.ink]:
            extents = font.get_glyph_extents(glyph)
            if extents is not None:
                top = extents.y_bearing * unit + dy
                above = max(above, top)
                below = max(below, -(top + extents.height * unit))
    return above, below
