"""The recovery code of the paper kit: 160 random bits in eight groups, each with its own check digit."""

from __future__ import annotations

from dataclasses import dataclass, field

from aftercare.domain.errors import Bug, RecoveryCodeIncomplete, RecoveryCodeUnreadable
from aftercare.vault import crypto
from aftercare.vault.check_digits import WrongGroup, WrongLength, groups_of, secret_in

CODE_BYTES = 20
GROUPS = 8


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
        return groups_of(self.secret)

    @property
    def text(self) -> str:
        return "-".join(self.groups)


def new_recovery_code() -> RecoveryCode:
    return RecoveryCode(crypto.random_bytes(CODE_BYTES))


def parse_recovery_code(text: str) -> RecoveryCode:
    """The code that was typed; raises `RecoveryCodeUnreadable` for the first wrong group, `RecoveryCodeIncomplete`."""
    try:
        return RecoveryCode(secret_in(text, GROUPS))
    except WrongGroup as wrong:
        raise RecoveryCodeUnreadable(wrong.group) from None
    except WrongLength:
        raise RecoveryCodeIncomplete from None
