"""The recovery code of the paper kit: 160 random bits in eight groups, each with its own check digit.

Crockford's base 32 leaves out the letters that look like digits, and reading forgives case, spaces, dashes and exactly
those look-alikes. The check digit of a group is a weighted sum over GF(32) that includes the group's number, so a wrong
character, two swapped characters and two swapped groups are all found, and the group is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from aftercare.domain.errors import Bug, RecoveryCodeIncomplete, RecoveryCodeUnreadable
from aftercare.vault import crypto

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 20
GROUPS, GROUP_DIGITS = 8, 4
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_LEFT_OUT = re.compile(r"[\s\-‐‑‒–—.,;:_/]+")
_WEIGHTS = (2, 3, 5, 7, 11)  # distinct and not zero: group number, then the four digits


def _times(one: int, other: int) -> int:
    """Multiplication in GF(32), modulo x^5 + x^2 + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & 32:
            one ^= 0b100101
        other >>= 1
    return product


def _check_digit(group: int, digits: tuple[int, ...]) -> int:
    total = 0
    for weight, digit in zip(_WEIGHTS, (group, *digits), strict=True):
        total ^= _times(weight, digit)
    return total


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """The secret on paper; its text is made only to be shown and printed."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != CODE_BYTES:
            raise Bug("a recovery code has 160 bits")

    @property
    def groups(self) -> tuple[str, ...]:
        """Eight groups of five characters, as they are printed and retyped."""
        number = int.from_bytes(self.secret, "big")
        digits = [number >> shift & 31 for shift in range(155, -1, -5)]
        groups = []
        for group in range(GROUPS):
            part = tuple(digits[group * GROUP_DIGITS : (group + 1) * GROUP_DIGITS])
            groups.append("".join(ALPHABET[digit] for digit in (*part, _check_digit(group + 1, part))))
        return tuple(groups)

    @property
    def text(self) -> str:
        return "-".join(self.groups)


def new_recovery_code() -> RecoveryCode:
    return RecoveryCode(crypto.random_bytes(CODE_BYTES))


def parse_recovery_code(text: str) -> RecoveryCode:
    """The code that was typed; raises `RecoveryCodeUnreadable` for the first wrong group, `RecoveryCodeIncomplete`."""
    characters = _LEFT_OUT.sub("", text).upper().translate(_LOOK_ALIKE)
    size = GROUP_DIGITS + 1
    number = 0
    for group in range(len(characters) // size):
        part = characters[group * size : (group + 1) * size]
        digits = tuple(ALPHABET.find(character) for character in part)
        if group >= GROUPS:
            break
        if -1 in digits or _check_digit(group + 1, digits[:-1]) != digits[-1]:
            raise RecoveryCodeUnreadable(group + 1)
        for digit in digits[:-1]:
            number = number << 5 | digit
    if len(characters) != GROUPS * size:
        raise RecoveryCodeIncomplete
    return RecoveryCode(number.to_bytes(CODE_BYTES, "big"))
