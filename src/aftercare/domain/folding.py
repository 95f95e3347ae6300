"""Text as search sees it: without marks, case and the spellings of one letter; unspaced scripts cut into pairs.

The same rules make what is indexed and what is asked. SQLite's own tokenizer knows nothing of Łucja, Weiß, مُحَمَّد or
of the inner parts of a Chinese or Thai name (architecture.md, «Search text»).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

_STRIPPED = (
    (0x0300, 0x036F),  # combining marks of Latin, Greek, Cyrillic
    (0x0483, 0x0489),
    (0x0591, 0x05BD),  # Hebrew points
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C5),
    (0x05C7, 0x05C7),
    (0x0610, 0x061A),  # Arabic signs, harakat, superscript alef, Koranic marks
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x06DF, 0x06E4),
    (0x06E7, 0x06E8),
    (0x06EA, 0x06ED),
    (0x0640, 0x0640),  # tatweel
    (0x135D, 0x135F),  # Ethiopic gemination
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20F0),
    (0xFE00, 0xFE0F),
    (0xFE20, 0xFE2F),
    (0x00AD, 0x00AD),  # soft hyphen, joiners and direction marks
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
)
_ONE_LETTER = {
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ŋ": "n",
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th",
    "ی": "ي", "ى": "ي", "ک": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ٱ": "ا",
}  # fmt: skip
_STRIP: dict[int, None] = {code: None for first, last in _STRIPPED for code in range(first, last + 1)}
_UNIFY: dict[int, str] = {ord(letter): plain for letter, plain in _ONE_LETTER.items()}
_UNIFY |= {base + n: str(n) for base in (0x0660, 0x06F0) for n in range(10)}  # Arabic and Persian digits

# Han, kana, Thai, Lao, Myanmar (with its extensions), Khmer: written without spaces between words
_UNSPACED = (
    "\u0e00-\u0e7f\u0e80-\u0eff\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff\u1780-\u17ff\u19e0-\u19ff"
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_RUN = re.compile(f"([{_UNSPACED}]+)")
_JOINERS = "-‐‑'’ʼʻ`´‘"
_HYPHENS = re.compile("[-‐‑]")
_JOINED = re.compile(f"[{_JOINERS}]+")
_PHONE = re.compile(r"\+?\d[\d ()./\-\u00a0]{4,}\d")
_PHONE_QUERY = re.compile(r"[\d+ ()./\-\u00a0]+")
_NOT_DIGITS = re.compile(r"\D+")
_ASCII_WORDS = re.compile(r"[a-z0-9]+(?:['`\-]+[a-z0-9]+)*")


def fold(text: str) -> str:
    """The text without marks, case and spelling variants of one letter; Hangul and kana stay whole."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text).translate(_STRIP).casefold()
    bare = unicodedata.normalize("NFKD", bare).translate(_STRIP).translate(_UNIFY)
    return unicodedata.normalize("NFC", bare)


def index_terms(text: str) -> Iterator[str]:
    """The terms under which a text is found: its words, joined and hyphenless too, its pairs, its phone numbers."""
    folded = fold(text)
    for word in _words(folded):
        yield from _terms_of(word)
    for number in _PHONE.findall(folded):
        digits = _NOT_DIGITS.sub("", number)
        if len(digits) >= 7 and digits != number:
            yield digits


def index_text(text: str) -> str:
    """What the search column holds."""
    return " ".join(index_terms(text))


def search_terms(text: str) -> tuple[str, ...]:
    """What someone who types `text` asks for: every term must begin a term of the index."""
    asked: dict[str, None] = {}
    for word in _words(fold(text)):
        for part in _asked_parts(word):
            for run, is_unspaced in _runs(part):
                units = _units(run) if is_unspaced else []
                terms = [first + second for first, second in pairwise(units)] if len(units) > 1 else [run]
                asked.update(dict.fromkeys(terms))
    return tuple(asked)


def match_query(text: str) -> str:
    """The FTS5 expression for what someone types; empty where there is nothing to look for. Never a syntax error."""
    query = " AND ".join(f'"{term}" *' for term in search_terms(text))
    number = phone_number_in(text)
    return f'({query}) OR "{number}" *' if number else query


def phone_number_in(text: str) -> str:
    """The digits of a phone number that somebody types in groups: also looked for as one; empty where it is none."""
    folded = fold(text)
    digits = _NOT_DIGITS.sub("", folded)
    in_groups = len(digits) >= 5 and bool(_PHONE_QUERY.fullmatch(folded)) and len(search_terms(text)) > 1
    return digits if in_groups else ""


def _words(folded: str) -> Iterator[str]:
    """Runs of letters, digits and marks; apostrophes and hyphens between them do not part a word."""
    if folded.isascii():
        yield from _ASCII_WORDS.findall(folded)
        return
    spaced = "".join(sign if _belongs(sign) or sign in _JOINERS else " " for sign in folded)
    for word in spaced.split():
        trimmed = word.strip(_JOINERS)
        if trimmed:
            yield trimmed


def _belongs(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"


def _asked_parts(word: str) -> list[str]:
    """«anna-maria» is also found as «Anna Maria»; «o'brien» and «s-0001» are asked for as one."""
    letters_only = not any(sign.isdigit() for sign in word)
    parts = _HYPHENS.split(word) if letters_only else [word]
    return [whole for whole in (_JOINED.sub("", part) for part in parts) if whole]


def _terms_of(word: str) -> Iterator[str]:
    parts = [part for part in _JOINED.split(word) if part]
    wholes = [*parts, "".join(parts)] if len(parts) > 1 else parts
    for whole in wholes:
        for run, is_unspaced in _runs(whole):
            if not is_unspaced:
                yield run
                continue
            units = _units(run)
            yield from (first + second for first, second in pairwise(units))
            yield units[-1]


def _runs(word: str) -> Iterator[tuple[str, bool]]:
    """Parts of a word by whether their script puts spaces between words."""
    if word.isascii():
        yield word, False
        return
    for position, run in enumerate(_UNSPACED_RUN.split(word)):
        if run:
            yield run, position % 2 == 1


def _units(run: str) -> list[str]:
    """Letters with the signs that stand on them: a vowel sign is never parted from its letter."""
    units: list[str] = []
    for sign in run:
        if units and unicodedata.category(sign)[0] == "M":
            units[-1] += sign
        else:
            units.append(sign)
    return units
