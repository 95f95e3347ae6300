"""What opens the records, as the administration shows it: never a key, only when each was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeysRow:
    """`generation` is how many keys the records had by now; `due_since`: somebody was removed and no new key made."""

    code_made_at: datetime | None
    generation: int
    key_made_at: datetime | None
    due_since: datetime | None
    log_fingerprint: str
