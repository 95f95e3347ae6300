"""What was typed and not saved, as the forms get it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft: `form` and `about` say where it belongs, `content` is what the form kept in it."""

    form: str
    about: str
    content: dict[str, Any]
    saved_at: datetime


Place = tuple[str, UUID | None, str]
"""Where somebody was: page of the rail, survivor and tab of an open person; in the plan its area (`plan/health`)."""
