"""What a person waits for at the window: from unlock to a page, a person painted, a row after a key, stalls, memory."""

from __future__ import annotations

from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, NotYet

_REASON = "the pages have not all landed"


def unlock_to_today(conditions: Conditions) -> Measured:
    """Seconds."""
    raise NotYet(_REASON)


def unlock_to_list(conditions: Conditions) -> Measured:
    """Seconds."""
    raise NotYet(_REASON)


def memory(conditions: Conditions) -> Measured:
    """Megabytes."""
    raise NotYet(_REASON)


def memory_grown(conditions: Conditions) -> Measured:
    """Megabytes."""
    raise NotYet(_REASON)


def first_row_after_key(conditions: Conditions) -> Measured:
    """Milliseconds."""
    raise NotYet(_REASON)


def person_painted(conditions: Conditions) -> Measured:
    """Milliseconds."""
    raise NotYet(_REASON)


def longest_stall(conditions: Conditions) -> Measured:
    """Milliseconds."""
    raise NotYet(_REASON)
