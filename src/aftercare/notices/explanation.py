"""What an explanation is made of, and the two assurances that most of them give."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.i18n import N_

NOTHING_CHANGED = N_("Nothing was changed.")
TEXT_KEPT = N_("What you typed is still here.")


@dataclass(frozen=True, slots=True)
class Explanation:
    """Three short texts; `do` may be empty where nothing can be done."""

    what: str
    safe: str
    do: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.do) if part)
