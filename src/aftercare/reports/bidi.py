"""The Unicode Bidirectional Algorithm (UAX #9) for one paragraph: rules X, W, N and I, with isolates and bracket pairs.

python-bidi gives a reordered string, which loses what shaping needs: the level of each character. So the levels are
worked out here, and a property test holds them against python-bidi's order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

MAX_DEPTH = 125
ISOLATES = ("LRI", "RLI", "FSI")
REMOVED = ("RLE", "LRE", "RLO", "LRO", "PDF", "BN")
_NEUTRAL = ("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI")
_OPENING = {"(": ")", "[": "]", "{": "}", "\u2045": "\u2046", "\u207d": "\u207e", "\u208d": "\u208e",
            "\u2329": "\u232a", "\u3008": "\u3009", "\u300a": "\u300b", "\u300c": "\u300d", "\u300e": "\u300f",
            "\u3010": "\u3011",
            "\u3014": "\u3015", "\u3016": "\u3017", "\u3018": "\u3019", "\u301a": "\u301b", "\uff08": "\uff09",
            "\uff3b": "\uff3d", "\uff5b": "\uff5d", "\uff5f": "\uff60", "\uff62": "\uff63"}  # fmt: skip
_CLOSING = {closing: opening for opening, closing in _OPENING.items()}
_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}


def resolve(text: str, paragraph: int) -> list[int]:
    """The resolved level of every character in a paragraph of this level, before what rule L1 does to each line."""
    classes = [class_of(c) for c in text]
    matches = _matching_isolates(classes)
    explicit, types = _explicit(classes, matches, paragraph)
    result = list(explicit)
    for sequence in _isolating_run_sequences(classes, explicit, matches):
        _resolve(sequence, text, types, classes, explicit, result, paragraph)
    _lend_levels_to_removed(classes, result, paragraph)
    return result


def class_of(character: str) -> str:
    return unicodedata.bidirectional(character) or "L"


def first_strong(classes: Sequence[str], start: int, end: int) -> int | None:
    depth = 0
    for kind in classes[start:end]:
        if kind in ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return int(kind != "L")
        elif kind == "B":
            return None
    return None


def _matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """Index of the PDI of each isolate initiator that has one (BD9)."""
    open_ones: list[int] = []
    matches: dict[int, int] = {}
    for i, kind in enumerate(classes):
        if kind in ISOLATES:
            open_ones.append(i)
        elif kind == "PDI" and open_ones:
            matches[open_ones.pop()] = i
    return matches


def _next_level(level: int, odd: bool) -> int:
    return (level + 1) | 1 if odd else (level + 2) & ~1


def _explicit(classes: list[str], matches: dict[int, int], paragraph: int) -> tuple[list[int], list[str]]:
    """Rules X1 to X8: levels by embeddings, overrides and isolates; the classes after overrides."""
    result, types = [paragraph] * len(classes), list(classes)
    stack: list[tuple[int, str, bool]] = [(paragraph, "", False)]  # level, override, isolate
    overflowing_isolates = overflowing_embeddings = valid_isolates = 0
    for i, kind in enumerate(classes):
        level, override, _ = stack[-1]
        if kind in ("RLE", "LRE", "RLO", "LRO"):
            result[i] = level
            deeper = _next_level(level, kind[0] == "R")
            if deeper <= MAX_DEPTH and not overflowing_isolates and not overflowing_embeddings:
                stack.append((deeper, {"RLO": "R", "LRO": "L"}.get(kind, ""), False))
            elif not overflowing_isolates:
                overflowing_embeddings += 1
        elif kind in ISOLATES:
            result[i], types[i] = level, override or kind
            right = kind == "RLI"
            if kind == "FSI":
                right = bool(first_strong(classes, i + 1, matches.get(i, len(classes))))
            deeper = _next_level(level, right)
            if deeper <= MAX_DEPTH and not overflowing_isolates and not overflowing_embeddings:
                valid_isolates += 1
                stack.append((deeper, "", True))
            else:
                overflowing_isolates += 1
        elif kind == "PDI":
            if overflowing_isolates:
                overflowing_isolates -= 1
            elif valid_isolates:
                overflowing_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            level, override, _ = stack[-1]
            result[i], types[i] = level, override or kind
        elif kind == "PDF":
            result[i] = level
            if overflowing_isolates:
                pass
            elif overflowing_embeddings:
                overflowing_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind == "B":
            result[i] = paragraph
        else:
            result[i], types[i] = level, (override or kind) if kind != "BN" else kind
    return result, types


def _isolating_run_sequences(classes: list[str], result: list[int], matches: dict[int, int]) -> list[list[int]]:
    """Level runs, joined over the isolates between them (BD13), without the characters that X9 removes."""
    level_runs: list[list[int]] = []
    for i, kind in enumerate(classes):
        if kind in REMOVED:
            continue
        if level_runs and result[level_runs[-1][-1]] == result[i]:
            level_runs[-1].append(i)
        else:
            level_runs.append([i])
    starts = {run[0]: run for run in level_runs}
    closers = set(matches.values())
    sequences = []
    for run in level_runs:
        if run[0] in closers:
            continue
        sequence = list(run)
        while (closer := matches.get(sequence[-1])) is not None and closer in starts:
            sequence += starts[closer]
        sequences.append(sequence)
    return sequences


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _resolve(
    sequence: list[int],
    text: str,
    types: list[str],
    classes: list[str],
    explicit: list[int],
    result: list[int],
    paragraph: int,
) -> None:
    level = explicit[sequence[0]]
    before = next((explicit[i] for i in range(sequence[0] - 1, -1, -1) if classes[i] not in REMOVED), paragraph)
    open_ended = classes[sequence[-1]] in ISOLATES  # its PDI is missing
    after = next((explicit[i] for i in range(sequence[-1] + 1, len(text)) if classes[i] not in REMOVED), paragraph)
    sos = _direction(max(level, before))
    eos = _direction(max(level, paragraph if open_ended else after))
    kinds = [types[i] for i in sequence]
    _resolve_weak(kinds, sos)
    _resolve_brackets(sequence, text, kinds, classes, sos, _direction(level))
    _resolve_neutral(kinds, sos, eos, _direction(level))
    for i, kind in zip(sequence, kinds, strict=True):
        if level % 2 == 0:
            result[i] = level + {"L": 0, "R": 1, "AN": 2, "EN": 2}[kind]
        else:
            result[i] = level + (0 if kind == "R" else 1)


def _resolve_weak(kinds: list[str], sos: str) -> None:
    """Rules W1 to W7, in place."""
    previous, strong = sos, sos
    for i, kind in enumerate(kinds):  # W1, W2, W3
        if kind == "NSM":
            kinds[i] = kind = "ON" if previous in (*ISOLATES, "PDI") else previous
        previous = kind
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kinds[i] = previous = "AN"
        if kind == "AL":
            previous = "AL"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for i in range(1, len(kinds) - 1):  # W4
        left, kind, right = kinds[i - 1 : i + 2]
        if left == right and ((kind == "ES" and left == "EN") or (kind == "CS" and left in ("EN", "AN"))):
            kinds[i] = left
    i = 0
    while i < len(kinds):  # W5
        if kinds[i] != "ET":
            i += 1
            continue
        j = i
        while j < len(kinds) and kinds[j] == "ET":
            j += 1
        if (i and kinds[i - 1] == "EN") or (j < len(kinds) and kinds[j] == "EN"):
            kinds[i:j] = ["EN"] * (j - i)
        i = j
    strong = sos
    for i, kind in enumerate(kinds):  # W6, W7
        if kind in ("ES", "ET", "CS"):
            kinds[i] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"


def _bracket_pairs(sequence: list[int], text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Positions of paired brackets within the sequence (BD16)."""
    stack: list[tuple[str, int]] = []
    pairs = []
    for at, i in enumerate(sequence):
        if kinds[at] != "ON":
            continue
        character = _CANONICAL.get(text[i], text[i])
        if character in _OPENING:
            if len(stack) == 63:
                break
            stack.append((character, at))
        elif character in _CLOSING:
            opening = _CLOSING[character]
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == opening:
                    pairs.append((stack[depth][1], at))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _strong(kind: str) -> str:
    return "R" if kind in ("EN", "AN") else kind


def _resolve_brackets(
    sequence: list[int], text: str, kinds: list[str], classes: list[str], sos: str, embedding: str
) -> None:
    """Rule N0, in place: a pair of brackets takes the direction of what it holds and of where it stands."""
    for opening, closing in _bracket_pairs(sequence, text, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} & {"L", "R"}
        if embedding in inside:
            direction = embedding
        elif inside:
            context = next((s for k in reversed(kinds[:opening]) if (s := _strong(k)) in ("L", "R")), sos)
            direction = context if context != embedding else embedding
        else:
            continue
        for at in (opening, closing):
            kinds[at] = direction
            for follower in range(at + 1, len(kinds)):
                if classes[sequence[follower]] != "NSM":
                    break
                kinds[follower] = direction


def _resolve_neutral(kinds: list[str], sos: str, eos: str, embedding: str) -> None:
    """Rules N1 and N2, in place."""
    i = 0
    while i < len(kinds):
        if kinds[i] not in _NEUTRAL:
            i += 1
            continue
        j = i
        while j < len(kinds) and kinds[j] in _NEUTRAL:
            j += 1
        left = _strong(kinds[i - 1]) if i else sos
        right = _strong(kinds[j]) if j < len(kinds) else eos
        kinds[i:j] = [left if left == right else embedding] * (j - i)
        i = j


def _lend_levels_to_removed(classes: list[str], result: list[int], paragraph: int) -> None:
    """Characters that X9 removes go with the one before them, so that they part no run."""
    for i, kind in enumerate(classes):
        if kind in REMOVED:
            result[i] = result[i - 1] if i else paragraph
