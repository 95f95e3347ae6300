"""Two kinds of trouble: a `Problem` is the world's or the user's, a `Bug` is ours.

Problems carry facts, never sentences and never personal data; `aftercare.notices` makes words of them. Each class here
has its words there (a test compares the two lists). Written by where the trouble is, asked for by name from here; a
module of them is imported when one of its names is first asked for: the unlock window needs few.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aftercare.domain.errors.backups import *
    from aftercare.domain.errors.files import *
    from aftercare.domain.errors.keys import *
    from aftercare.domain.errors.kinds import *
    from aftercare.domain.errors.records import *
    from aftercare.domain.errors.vault import *

_HOMES = ("kinds", "vault", "keys", "files", "backups", "records")


def __getattr__(name: str) -> Any:
    if not name.startswith("_"):
        for home in _HOMES:
            module = import_module(f"aftercare.domain.errors.{home}")
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(name)
