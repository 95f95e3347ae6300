"""Keys of records: UUID version 7 (RFC 9562), so that they sort by time and two vaults can be merged."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

RandomBits = Callable[[int], int]


def uuid7(at: datetime, random_bits: RandomBits = secrets.randbits) -> UUID:
    """A version 7 UUID of the moment `at` (aware) with 74 random bits."""
    milliseconds = int(at.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | random_bits(12) << 64 | 0b10 << 62 | random_bits(62)
    return UUID(int=value)
