"""The one-time code by which somebody signs in for the first time, or after their passphrase was lost.

80 random bits in four groups, each with its own check digit: an administrator hands it over on paper or reads it out.
It is stretched like a passphrase, opens one slot only, and that slot is replaced as soon as it was used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from aftercare.domain.errors import LoginCodeIncomplete, LoginCodeUnreadable
from aftercare.vault.check_digits import WrongGroup, WrongLength
from aftercare.vault.copied_code import CopiedCode

VALID_FOR = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class LoginCode(CopiedCode):
    """80 bits."""

    GROUPS = 4


def new_login_code() -> LoginCode:
    return LoginCode.new()


def parse_login_code(text: str) -> LoginCode:
    """The code that was typed; raises `LoginCodeUnreadable` for the first wrong group, `LoginCodeIncomplete`."""
    try:
        return LoginCode.typed(text)
    except WrongGroup as wrong:
        raise LoginCodeUnreadable(wrong.group) from None
    except WrongLength:
        raise LoginCodeIncomplete from None
