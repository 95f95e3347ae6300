"""What opens the records, as the administration shows it: never a key, only when each was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class KeysRow:
    """`generation` is how many keys the records had by now; `due_since`: somebody was removed, or with
    `after_restore` a backup brought keys of its day back, and no new key was made since.
    """

    code_made_at: datetime | None
    generation: int
    key_made_at: datetime | None
    due_since: datetime | None
    log_fingerprint: str
    after_restore: bool = False
