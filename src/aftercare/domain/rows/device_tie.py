"""What the settings say about a password that is tied to one computer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TieState(StrEnum):
    """Turning it on and off takes effect at the next sign-in, when the password is typed."""

    OFF = "off"
    PENDING = "pending"  # the key store kept the secret once; it is used when it gives it back at the next sign-in
    ON = "on"
    ENDING = "ending"


@dataclass(frozen=True, slots=True)
class TieRow:
    """`trouble` is a code of `vault.device_secret.StoreTrouble`: why it is off, or cannot be turned on here."""

    state: TieState
    trouble: str = ""
