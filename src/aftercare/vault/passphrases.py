"""Which passphrases are refused and why, and passphrases of six words for people who would rather be given one."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from aftercare import assets
from aftercare.policy import least_passphrase_characters

MOST_CHARACTERS = 1024
GENERATED_WORDS = 6
LEAST_OWN_CHARACTERS = 8
"""What must be left of a passphrase without common words, context words, runs and repetitions."""

_ROWS = ("qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm", "azertyuiop", "qsdfghjklm", "1234567890")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_RUNS = tuple(run for row in (*_ROWS, _ALPHABET, "01234567890") for run in (row * 2, row[::-1] * 2))
_SHORTEST_RUN = 4
_REPEATED = re.compile(r"(.{2,}?)\1+|(.)\2{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEET = str.maketrans("0134578@$!", "oieastbasi")
_WORD = re.compile(r"\w+")


class PassphraseFault(StrEnum):
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    CONTEXT = "context"


@lru_cache(maxsize=1)
def generated_words() -> tuple[str, ...]:
    """The words of generated passphrases; at least 1,296, so that six of them are 62 bits."""
    return _lines("passphrase.txt")


@lru_cache(maxsize=1)
def _common_words() -> tuple[str, ...]:
    return _longest_first(_lines("common.txt"))


def _lines(name: str) -> tuple[str, ...]:
    text = assets.read_text("words", name)
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def generate_passphrase() -> str:
    """Six words picked at random, with dashes; more where the policy asks for a longer one."""
    words = [secrets.choice(generated_words()) for _ in range(GENERATED_WORDS)]
    while len("-".join(words)) < least_passphrase_characters():
        words.append(secrets.choice(generated_words()))
    return "-".join(words)


def check_passphrase(passphrase: str, context_words: Iterable[str] = ()) -> list[PassphraseFault]:
    """Why the passphrase is refused; empty when it is good. No rules on composition, any script, spaces welcome."""
    text = unicodedata.normalize("NFKC", passphrase)
    if len(text) > MOST_CHARACTERS:
        return [PassphraseFault.TOO_LONG]
    faults = [] if len(text) >= least_passphrase_characters() else [PassphraseFault.TOO_SHORT]
    folded = text.casefold()
    context = _longest_first({word for phrase in context_words for word in _context(phrase)})
    own = _own_characters(_without(folded, context))
    if own < LEAST_OWN_CHARACTERS:
        # the name is to blame only where the passphrase would do with it
        blamed = PassphraseFault.CONTEXT if _own_characters(folded) >= LEAST_OWN_CHARACTERS else PassphraseFault.COMMON
        faults.append(blamed)
    return faults


def _context(phrase: str) -> set[str]:
    folded = unicodedata.normalize("NFKC", phrase).casefold()
    return {word for word in (*_WORD.findall(folded), folded.replace(" ", "")) if len(word) >= 3}


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "\0")
    return text


def _own_characters(folded: str) -> int:
    """How many different-looking characters a guesser could not take from a list."""
    plain = _without(folded, _common_words())
    # a digit for a letter fools nobody; counted both ways, the smaller is the honest one
    return min(_left(plain), _left(_without(folded.translate(_LEET), _common_words())))


def _left(text: str) -> int:
    text = _REPEATED.sub(r"\1\2", _YEAR.sub("", _without_runs(text)))
    return len([character for character in text if character.isalnum() or not character.isascii()])


def _without_runs(text: str) -> str:
    """The text without runs of the keyboard or the alphabet, such as «asdfgh», «4321», «bcdef»."""
    kept, at = [], 0
    while at < len(text):
        length = _run_at(text, at)
        if length < _SHORTEST_RUN:
            kept.append(text[at])
            length = 1
        at += length
    return "".join(kept)


def _run_at(text: str, at: int) -> int:
    length = 1
    while at + length < len(text) and any(text[at : at + length + 1] in run for run in _RUNS):
        length += 1
    return length
