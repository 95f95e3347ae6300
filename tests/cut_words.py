"""What the process whose power is cut writes, so that the test knows it afterwards."""

from __future__ import annotations

from aftercare.vault.recovery import CODE_BYTES, RecoveryCode

PASSPHRASE = "the heron sings at dusk"
SAVES = 14
"""How many rows each session of the piece `saves` writes."""


def value_of(number: int) -> str:
    return '"' + f"word{number} " * (number * 131 % 900 + 1) + '"'


def passphrase_number(number: int) -> str:
    """The passphrase after so many changes."""
    return f"{PASSPHRASE} number {number}" if number else PASSPHRASE


def code_number(number: int) -> RecoveryCode:
    """The recovery code after so many changes."""
    return RecoveryCode(bytes([number + 1]) * CODE_BYTES)
