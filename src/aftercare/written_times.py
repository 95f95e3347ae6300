"""Times of day as people write them: «9», «9:30», «9.30», «0930», «2:15 pm»."""

from __future__ import annotations

import re
from datetime import time

from aftercare.domain.errors import FieldProblem

_WRITTEN = re.compile(r"^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?$", re.IGNORECASE)


def read_time(typed: str) -> time:
    """The time, or FieldProblem. Digits of any script count."""
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed.strip())
    found = _WRITTEN.match(plain)
    if found is None:
        raise FieldProblem("", "not_a_time", typed)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise FieldProblem("", "not_a_time", typed)
    return time(hour, minute)
