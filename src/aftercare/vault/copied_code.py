"""A code that people copy by hand: random bits in groups, each with its own check digit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Self

from aftercare.domain.errors import Bug
from aftercare.vault import crypto
from aftercare.vault.check_digits import GROUP_BITS, groups_of, secret_in


@dataclass(frozen=True, slots=True)
class CopiedCode:
    """The secret; its text is made only to be shown, printed and handed over."""

    GROUPS: ClassVar[int]
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != self.size():
            raise Bug("a code fills its groups")

    @classmethod
    def size(cls) -> int:
        """Of the secret, in bytes."""
        return cls.GROUPS * GROUP_BITS // 8

    @classmethod
    def new(cls) -> Self:
        return cls(crypto.random_bytes(cls.size()))

    @classmethod
    def typed(cls, text: str) -> Self:
        """The code that was typed; raises `WrongGroup` for the first wrong group, `WrongLength`."""
        return cls(secret_in(text, cls.GROUPS))

    @property
    def groups(self) -> tuple[str, ...]:
        """Groups of five characters, as they are shown and retyped."""
        return groups_of(self.secret)

    @property
    def text(self) -> str:
        return "-".join(self.groups)
