"""A few words around what was found in a note, in one line, with the person's names covered by the code."""

from __future__ import annotations

import re
from collections.abc import Iterable

from aftercare.domain.folding import fold

_WORD = re.compile(r"\S+")
_EDGE = ".,;:!?()[]«»“”\"'’…"
_BEFORE, _AFTER = 40, 110


def snippet(words: str, terms: Iterable[str]) -> str:
    """The line around the first word that begins with one of the (folded) terms; from the start where none does."""
    line = " ".join(words.split())
    wanted = tuple(terms)
    at = next((found.start() for found in _WORD.finditer(line) if _begins(found.group(), wanted)), 0)
    first = line.rfind(" ", 0, max(0, at - _BEFORE)) + 1 if at > _BEFORE else 0
    last = len(line) if len(line) <= first + _AFTER + _BEFORE else line.rfind(" ", first, first + _AFTER + _BEFORE)
    if last <= first:
        last = first + _AFTER + _BEFORE
    return ("… " if first else "") + line[first:last] + (" …" if last < len(line) else "")


def without_names(words: str, names: Iterable[str], instead: str) -> str:
    """The text with every part of these names, however it is spelt in capitals or marks, replaced by the code."""
    parts = sorted({part for name in names for part in name.split() if len(part) > 1}, key=len, reverse=True)
    if not parts:
        return words
    folded = {fold(part) for part in parts}
    covered = _WORD.sub(lambda found: _cover(found.group(), folded, instead), words)
    # scripts that put no spaces between words, and names with an ending
    return re.sub("|".join(re.escape(part) for part in parts), instead, covered, flags=re.IGNORECASE)


def _begins(word: str, terms: tuple[str, ...]) -> bool:
    bare = fold(word.strip(_EDGE))
    return any(bare.startswith(term) or (not term.isascii() and term in bare) for term in terms)


def _cover(word: str, names: set[str], instead: str) -> str:
    bare = word.strip(_EDGE)
    stem = re.split("['’-]", bare)[0]
    for part in (bare, stem):
        if part and fold(part) in names:
            return word.replace(part, instead, 1)
    return word
