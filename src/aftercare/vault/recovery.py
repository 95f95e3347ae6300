"""The recovery code of the paper kit: 160 random bits in eight groups, each with its own check digit."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.domain.errors import RecoveryCodeIncomplete, RecoveryCodeUnreadable
from aftercare.vault.check_digits import WrongGroup, WrongLength
from aftercare.vault.copied_code import CopiedCode

GROUPS = 8
CODE_BYTES = 20


@dataclass(frozen=True, slots=True)
class RecoveryCode(CopiedCode):
    """160 bits."""

    GROUPS = GROUPS


def new_recovery_code() -> RecoveryCode:
    return RecoveryCode.new()


def parse_recovery_code(text: str) -> RecoveryCode:
    """The code that was typed; raises `RecoveryCodeUnreadable` for the first wrong group, `RecoveryCodeIncomplete`."""
    try:
        return RecoveryCode.typed(text)
    except WrongGroup as wrong:
        raise RecoveryCodeUnreadable(wrong.group) from None
    except WrongLength:
        raise RecoveryCodeIncomplete from None
