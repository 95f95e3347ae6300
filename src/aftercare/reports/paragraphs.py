"""Logical text into lines: where to break, which way each part runs, and what each line measures. Points throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, pairwise

from aftercare.reports import directions, shaping
from aftercare.reports.directions import Base
from aftercare.reports.shaping import Word

_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]")
_CUT = "…"


@dataclass(frozen=True, slots=True)
class Look:
    """How a part of a text looks."""

    size: float
    colour: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A shaped word of one look and one level."""

    word: Word
    look: Look
    level: int

    @property
    def width(self) -> float:
        return self.word.width * self.look.size / 1000

    @property
    def width_of_end(self) -> float:
        return self.word.width_of_end * self.look.size / 1000

    def parted(self, text: str) -> Item:
        return replace(self, word=shape(text, self.look, self.level))


Atom = tuple[Item, ...]  # never parted but in need


@dataclass(frozen=True, slots=True)
class Line:
    """Items in logical order; `width` leaves out the spaces at its end, `above` and `below` are its ink's reach."""

    items: tuple[Item, ...]
    width: float
    right_to_left: bool
    size: float = 0.0
    above: float = 0.0
    below: float = 0.0


def shape(text: str, look: Look, level: int) -> Word:
    return shaping.word(text, look.bold, look.italic, bool(level % 2))


def printable(text: str) -> str:
    """The text without control characters, tabs as spaces, every line break as one newline."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text).replace("\t", "    "))


def paragraphs(parts: Sequence[tuple[str, Look]], base: Base) -> Iterator[tuple[list[Atom], bool]]:
    """The atoms of each paragraph, and whether it starts at the right."""
    looks: list[Look] = []
    text = ""
    for content, look in parts:
        clean = printable(content)
        text += clean
        looks += [look] * len(clean)
    at = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        yield _atoms(paragraph, looks[at:end], base)
        at = end + 1


def _atoms(text: str, looks: list[Look], base: Base) -> tuple[list[Atom], bool]:
    if not text:
        return [], base in ("rtl", "auto-rtl")
    numbers = directions.numbers(text)
    breaks = shaping.break_places(text)
    if numbers:  # a telephone number is not parted over two lines
        breaks = [at for at in breaks if not any(start < at < end for start, end in numbers)]
    paragraph = directions.base_level(text, base)
    if not paragraph and looks[0] == looks[-1] and not directions.needs_levels(text) and _is_one(looks):
        look = looks[0]
        return [(Item(shape(text[a:b], look, 0), look, 0),) for a, b in pairwise([0, *breaks])], False
    levels = directions.levels(text, base, numbers)
    atoms = []
    for start, end in pairwise([0, *breaks]):
        cuts = [i for i in range(start + 1, end) if levels[i] != levels[i - 1] or looks[i] is not looks[i - 1]]
        parts = pairwise([start, *cuts, end])
        atoms.append(tuple(Item(shape(text[a:b], looks[a], levels[a]), looks[a], levels[a]) for a, b in parts))
    return atoms, bool(paragraph)


def _is_one(looks: list[Look]) -> bool:
    return all(look is looks[0] for look in looks)


def lines(atoms: Sequence[Atom], measure: float, right_to_left: bool) -> list[Line]:
    """Atoms set into lines no wider than the measure, each as full as it can be."""
    if not atoms:
        return [Line((), 0.0, right_to_left)]
    made: list[Line] = []
    current: list[Item] = []
    used = 0.0
    for atom in _no_wider(atoms, measure):
        width = sum(item.width for item in atom)
        if current and used + width - atom[-1].width_of_end > measure + 0.01:
            made.append(_line(current, right_to_left))
            current, used = [], 0.0
        current += atom
        used += width
    made.append(_line(current, right_to_left))
    return made


def _line(items: list[Item], right_to_left: bool) -> Line:
    """One line; in a line with two directions the spaces at its end go, for they belong to the paragraph's."""
    bidirectional = right_to_left or any(item.level for item in items)
    while bidirectional and items and (kept := items[-1].word.text.rstrip(" ")) != items[-1].word.text:
        if kept:
            items = [*items[:-1], items[-1].parted(kept)]
            break
        items = items[:-1]
    width = sum(item.width for item in items)
    return Line(
        tuple(items),
        width - (items[-1].width_of_end if items else 0.0),
        right_to_left,
        max((item.look.size for item in items), default=0.0),
        max((item.word.above * item.look.size for item in items), default=0.0) / 1000,
        max((item.word.below * item.look.size for item in items), default=0.0) / 1000,
    )


def _no_wider(atoms: Sequence[Atom], measure: float) -> Iterator[Atom]:
    """The atoms, those too wide for any line parted between clusters."""
    for atom in atoms:
        if sum(item.width for item in atom) - atom[-1].width_of_end <= measure:
            yield atom
            continue
        for item in atom:
            yield from ((part,) for part in _parted(item, measure))


def _parted(item: Item, measure: float) -> Iterator[Item]:
    rest = shaping.clusters(item.word.text)
    while rest:
        fitting = _fitting(item, rest, measure)
        yield item.parted("".join(rest[:fitting]))
        rest = rest[fitting:]


def _fitting(item: Item, clusters: list[str], measure: float) -> int:
    """How many clusters fit (one at least); widths of prefixes grow, so halve the search."""
    low, high = 1, len(clusters)
    while low < high:
        middle = (low + high + 1) // 2
        part = item.parted("".join(clusters[:middle]))
        low, high = (middle, high) if part.width - part.width_of_end <= measure else (low, middle - 1)
    return low


def shortened(line: Line, measure: float) -> Line:
    """The line with an ellipsis at its end, made to fit."""
    items = list(line.items)
    while items:
        last = items[-1]
        room = measure - sum(item.width for item in items[:-1])
        clusters = shaping.clusters(last.word.text.rstrip())
        for kept in range(len(clusters), 0, -1):
            part = last.parted("".join(clusters[:kept]) + _CUT)
            if part.width <= room:
                return _line([*items[:-1], part], line.right_to_left)
        items.pop()
    if not line.items:
        return line
    return _line([line.items[0].parted(_CUT)], line.right_to_left)


@lru_cache(maxsize=4096)
def width(text: str, look: Look) -> float:
    """What a text measures on one line."""
    return max(sum(item.width for atom in atoms for item in atom) for atoms, _ in paragraphs([(text, look)], "auto"))


def placed(line: Line) -> list[tuple[Item, float]]:
    """The items in logical order, each with its distance from the left end of the line."""
    if not any(item.level for item in line.items):
        starts = accumulate((item.width for item in line.items), initial=0.0)
        return list(zip(line.items, starts, strict=False))
    at = 0.0
    found: dict[int, float] = {}
    for index in directions.visual_order([item.level for item in line.items]):
        found[index] = at
        at += line.items[index].width
    return [(item, found[index]) for index, item in enumerate(line.items)]
