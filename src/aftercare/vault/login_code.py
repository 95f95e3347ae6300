"""The one-time code by which somebody signs in for the first time, or after their passphrase was lost.

80 random bits in four groups, each with its own check digit: an administrator hands it over on paper or reads it out.
It is stretched like a passphrase, opens one slot only, and that slot is replaced as soon as it was used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from aftercare.domain.errors import Bug, LoginCodeIncomplete, LoginCodeUnreadable
from aftercare.vault import crypto
from aftercare.vault.check_digits import WrongGroup, WrongLength, groups_of, secret_in

CODE_BYTES = 10
GROUPS = 4
VALID_FOR = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class LoginCode:
    """The secret; its text is made only to be shown and handed over."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != CODE_BYTES:
            raise Bug("a one-time code has 80 bits")

    @property
    def groups(self) -> tuple[str, ...]:
        """Four groups of five characters."""
        return groups_of(self.secret)

    @property
    def text(self) -> str:
        return "-".join(self.groups)


def new_login_code() -> LoginCode:
    return LoginCode(crypto.random_bytes(CODE_BYTES))


def parse_login_code(text: str) -> LoginCode:
    """The code that was typed; raises `LoginCodeUnreadable` for the first wrong group, `LoginCodeIncomplete`."""
    try:
        return LoginCode(secret_in(text, GROUPS))
    except WrongGroup as wrong:
        raise LoginCodeUnreadable(wrong.group) from None
    except WrongLength:
        raise LoginCodeIncomplete from None
