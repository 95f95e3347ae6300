"""The recovery code in two parts, for two people: each part alone is noise, both together are the code.

A part is nine groups: a label (which part, and three characters that both parts of a kit share) and 160 bits. The bits
of part 1 are random, those of part 2 are the code XOR part 1. Groups are numbered on through the parts, so the check
digits tell a group of one part from a group of the other, and both from a group of a whole code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from aftercare.domain.errors import (
    Bug,
    RecoveryCodeIncomplete,
    RecoveryPartIncomplete,
    RecoveryPartMissing,
    RecoveryPartsAlike,
    RecoveryPartsOfTwoKits,
    RecoveryPartUnreadable,
)
from aftercare.domain.rows.recovery import KitSheet
from aftercare.vault import crypto
from aftercare.vault.check_digits import (
    ALPHABET,
    GROUP_SIZE,
    WrongGroup,
    WrongLength,
    digits_in,
    folded,
    group_of,
    groups_of,
    secret_in,
)
from aftercare.vault.recovery import CODE_BYTES, GROUPS, RecoveryCode, new_recovery_code, parse_recovery_code

PARTS = 2
PART_GROUPS = GROUPS + 1
TAG_DIGITS = 3


@dataclass(frozen=True, slots=True)
class RecoveryPart:
    """Half of a code: `number` 1 or 2, and the tag that says to which kit it belongs."""

    number: int
    tag: tuple[int, ...]
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.number not in (1, PARTS) or len(self.tag) != TAG_DIGITS or len(self.secret) != CODE_BYTES:
            raise Bug("a part is the first or the second, with a tag of three digits and 160 bits")

    @property
    def groups(self) -> tuple[str, ...]:
        """Nine groups of five characters; the first starts with the number of the part."""
        first = _first_group(self.number)
        return group_of((self.number, *self.tag), first), *groups_of(self.secret, first + 1)

    @property
    def text(self) -> str:
        return "-".join(self.groups)


@dataclass(frozen=True, slots=True)
class RecoveryKit:
    """What goes on paper: a code, or the two parts of a code on two sheets."""

    code: RecoveryCode
    parts: tuple[RecoveryPart, ...] = ()

    @property
    def sheets(self) -> tuple[KitSheet, ...]:
        """One sheet for each person who keeps something."""
        if not self.parts:
            return (KitSheet(0, self.code.groups),)
        return tuple(KitSheet(part.number, part.groups) for part in self.parts)

    def is_sheet(self, at: int, typed: str) -> bool:
        """Whether this is what stands on the sheet at this place (from 0); raises what reading it raises."""
        wanted = self.parts[at] if self.parts else self.code
        return read_typed(typed) == (wanted,)


def new_kit(*, for_two: bool = False) -> RecoveryKit:
    """A new code, on one sheet or on two."""
    code = new_recovery_code()
    return RecoveryKit(code, split(code) if for_two else ())


def split(code: RecoveryCode) -> tuple[RecoveryPart, RecoveryPart]:
    """Two parts of the code, different at every call."""
    noise = crypto.random_bytes(CODE_BYTES)
    tag = tuple(digit & 31 for digit in crypto.random_bytes(TAG_DIGITS))
    return RecoveryPart(1, tag, noise), RecoveryPart(2, tag, _xor(code.secret, noise))


def joined(parts: tuple[RecoveryPart, ...]) -> RecoveryCode:
    """The code of two parts in any order; raises a Problem that says why they are no pair."""
    if len(parts) == 1:
        raise RecoveryPartMissing(PARTS + 1 - parts[0].number)
    if len(parts) != PARTS:
        raise RecoveryCodeIncomplete
    one, other = parts
    if one.tag != other.tag:
        raise RecoveryPartsOfTwoKits
    if one.number == other.number:
        raise RecoveryPartsAlike(one.number)
    return RecoveryCode(_xor(one.secret, other.secret))


def recovered_code(*typed: str) -> RecoveryCode:
    """The code that was typed: whole, or as two parts in any order, in one text or in two.

    Raises what `parse_recovery_code` raises, `RecoveryPartUnreadable` and `RecoveryPartIncomplete` for a part, and
    what `joined` raises.
    """
    found = [piece for text in typed for piece in read_typed(text)]
    whole = next((piece for piece in found if isinstance(piece, RecoveryCode)), None)
    if whole is not None:
        return whole
    return joined(tuple(piece for piece in found if isinstance(piece, RecoveryPart)))


def read_typed(text: str) -> tuple[RecoveryCode | RecoveryPart, ...]:
    """What one text holds: nothing, a code, a part, or both parts."""
    characters = folded(text)
    if not characters:
        return ()
    if _label(characters) is None and _is_like_a_code(characters):
        return (parse_recovery_code(text),)
    return tuple(_parts(characters))


def _first_group(number: int) -> int:
    return GROUPS + 1 + (number - 1) * PART_GROUPS


def _label(characters: str) -> tuple[int, tuple[int, ...]] | None:
    """Which part begins here, and its tag; None where no part does."""
    for number in range(1, PARTS + 1):
        digits = digits_in(characters[:GROUP_SIZE], _first_group(number))
        if digits is not None and digits[0] == number:
            return number, digits[1:]
    return None


def _is_like_a_code(characters: str) -> bool:
    """As long as a code at most, or with the second group of one: then what is wrong is told of a code.

    Not by the first group: that of a part may look like it once it is mistyped, its right second group never does.
    """
    return len(characters) <= GROUPS * GROUP_SIZE or digits_in(characters[GROUP_SIZE : 2 * GROUP_SIZE], 2) is not None


def _parts(characters: str) -> Iterator[RecoveryPart]:
    size = PART_GROUPS * GROUP_SIZE
    for begin in range(0, len(characters), size):
        yield _part(characters[begin : begin + size], begin // size + 1)


def _part(characters: str, place: int) -> RecoveryPart:
    """One part; while its label cannot be read, it is called by its place."""
    label = _label(characters)
    if label is None:
        # the number of a part is its first character: it may be right where the check digit is not
        likely = ALPHABET.find(characters[0])
        raise RecoveryPartUnreadable(likely if likely in (1, PARTS) else place, 1)
    number, tag = label
    try:
        secret = secret_in(characters[GROUP_SIZE:], GROUPS, _first_group(number) + 1)
    except WrongGroup as wrong:
        raise RecoveryPartUnreadable(number, wrong.group + 1) from wrong
    except WrongLength as wrong:
        raise RecoveryPartIncomplete(number) from wrong
    return RecoveryPart(number, tag, secret)


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
