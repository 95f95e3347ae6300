"""What the worker of the kill tests writes, so that the test knows it afterwards."""

from __future__ import annotations


def words_of(number: int) -> str:
    """What note `number` says: long enough that drafts are kept while it is typed."""
    return f"Note {number}: " + " ".join(f"word{number}x{at}" for at in range(4 + number % 13))


def step_of(number: int) -> str:
    return f"Step {number}"
