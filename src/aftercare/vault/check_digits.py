"""Secrets that people copy by hand: groups of Crockford's base 32, each with its own check digit.

The alphabet leaves out the letters that look like digits, and reading forgives case, spaces, dashes and exactly those
look-alikes. The check digit of a group is a weighted sum over GF(32) that includes the group's number, so a wrong
character, two swapped characters and two swapped groups are all found, and the group is named.
"""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP_DIGITS = 4
GROUP_SIZE = GROUP_DIGITS + 1  # with its check digit
GROUP_BITS = GROUP_DIGITS * 5
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
_LEFT_OUT = re.compile(r"[\s\-‐‑‒–—.,;:_/]+")
_WEIGHTS = (2, 3, 5, 7, 11)  # distinct and not zero: group number, then the four digits


class WrongGroup(Exception):
    """A group was not copied as it stands; its number counts from 1."""

    def __init__(self, group: int) -> None:
        self.group = group


class WrongLength(Exception):
    """Groups are missing, or there are too many."""


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


def folded(text: str) -> str:
    """What was typed, without what may stand between groups, its look-alikes taken for what they stand for."""
    return _LEFT_OUT.sub("", text).upper().translate(_LOOK_ALIKE)


def group_of(digits: tuple[int, ...], number: int) -> str:
    """Four digits and their check digit, as group `number`."""
    return "".join(ALPHABET[digit] for digit in (*digits, _check_digit(number, digits)))


def digits_in(group: str, number: int) -> tuple[int, ...] | None:
    """The four digits of five folded characters; None unless their check digit says that they are group `number`."""
    digits = tuple(ALPHABET.find(character) for character in group)
    if len(digits) != GROUP_SIZE or -1 in digits or _check_digit(number, digits[:-1]) != digits[-1]:
        return None
    return digits[:-1]


def groups_of(secret: bytes, first: int = 1) -> tuple[str, ...]:
    """Groups of five characters, as they are printed and retyped; the secret's bits fill whole groups.

    `first` is the number of the first group: it may be any up to 31, and the last one too.
    """
    bits = len(secret) * 8
    number = int.from_bytes(secret, "big")
    digits = [number >> shift & 31 for shift in range(bits - 5, -1, -5)]
    return tuple(
        group_of(tuple(digits[group * GROUP_DIGITS : (group + 1) * GROUP_DIGITS]), first + group)
        for group in range(bits // GROUP_BITS)
    )


def secret_in(text: str, groups: int, first: int = 1) -> bytes:
    """The secret that was typed; raises `WrongGroup` for the first wrong group (counted from 1), `WrongLength`."""
    characters = folded(text)
    number = 0
    for group in range(min(groups, len(characters) // GROUP_SIZE)):
        digits = digits_in(characters[group * GROUP_SIZE : (group + 1) * GROUP_SIZE], first + group)
        if digits is None:
            raise WrongGroup(group + 1)
        for digit in digits:
            number = number << 5 | digit
    if len(characters) != groups * GROUP_SIZE:
        raise WrongLength
    return number.to_bytes(groups * GROUP_BITS // 8, "big")
