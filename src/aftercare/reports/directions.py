"""Which way the text of a paragraph runs: its side, the levels of its characters, the order of runs in a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from aftercare.reports.bidi import ISOLATES, REMOVED, class_of, first_strong, resolve

# auto: by the first strong character; auto-rtl: the same, and right to left for want of one
Base = Literal["auto", "auto-rtl", "ltr", "rtl"]

LRI, PDI = "\u2066", "\u2069"
_RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_NUMBER = re.compile(
    r"\+\d[\d ()./\u00a0-]{3,}\d"  # +44 20 7946 0958
    r"|(?<![\w.,])\d{4}-\d{1,2}-\d{1,2}(?![\w])"  # 2026-11-23
    r"|(?<![\w.,])\(?\d{2,5}\)?(?:[ \u00a0-]\d{2,4}){2,}(?![\w])"  # 020 7946 0958, 030-22-33-44
)


def needs_levels(text: str) -> bool:
    """Whether anything in the text may run from right to left; most paragraphs are spared the algorithm."""
    return _RIGHT.search(text) is not None


def base_level(text: str, base: Base = "auto") -> int:
    """0 for a paragraph that starts at the left, 1 for one that starts at the right (its first strong character)."""
    if base in ("ltr", "rtl"):
        return int(base == "rtl")
    strong = first_strong([class_of(c) for c in text], 0, len(text))
    return int(base == "auto-rtl") if strong is None else strong


def numbers(text: str) -> list[tuple[int, int]]:
    """Where telephone numbers and dates such as 2026-11-23 stand: their groups are read from the left everywhere.

    The algorithm alone would print the groups of both in reverse after Arabic letters: to it they could be sums.
    """
    return [found.span() for found in _NUMBER.finditer(text)]


def levels(text: str, base: Base = "auto", whole: Sequence[tuple[int, int]] = ()) -> list[int]:
    """The resolved level of every character of one paragraph (before rule L1, which is the line's).

    What is `whole` runs from left to right in itself, as if it stood in an isolate.
    """
    paragraph = base_level(text, base)
    if not paragraph and not needs_levels(text):
        return [0] * len(text)
    if whole:
        return _with_isolates(text, base, whole)
    return resolve(text, paragraph)


def _with_isolates(text: str, base: Base, whole: Sequence[tuple[int, int]]) -> list[int]:
    opened, closed = {start for start, _ in whole}, {end for _, end in whole}
    marked, places = "", []
    for i, character in enumerate(text):
        marked += (PDI if i in closed else "") + (LRI if i in opened else "")
        places.append(len(marked))
        marked += character
    resolved = levels(marked, base)
    return [resolved[place] for place in places]


def line_levels(text: str, resolved: Sequence[int], start: int, end: int, paragraph: int) -> list[int]:
    """The levels of one line: white space at its end, and before tabs, goes back to the paragraph's (rule L1)."""
    line = list(resolved[start:end])
    resetting = True
    for i in range(end - start - 1, -1, -1):
        kind = class_of(text[start + i])
        if kind in ("S", "B"):
            resetting = True
        elif kind not in ("WS", *ISOLATES, "PDI", *REMOVED):
            resetting = False
        if resetting:
            line[i] = paragraph
    return line


def visual_order(run_levels: Sequence[int]) -> list[int]:
    """Indices from left to right of runs with these levels (rule L2)."""
    order = list(range(len(run_levels)))
    if not order:
        return order
    odd = [level for level in run_levels if level % 2]
    for level in range(max(run_levels), (min(odd) if odd else max(run_levels) + 1) - 1, -1):
        i = 0
        while i < len(order):
            if run_levels[order[i]] < level:
                i += 1
                continue
            j = i
            while j < len(order) and run_levels[order[j]] >= level:
                j += 1
            order[i:j] = reversed(order[i:j])
            i = j
    return order
