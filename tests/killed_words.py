"""What the worker of the kill tests writes, so that the test knows it afterwards."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path


def words_of(number: int) -> str:
    """What note `number` says: long enough that drafts are kept while it is typed."""
    return f"Note {number}: " + " ".join(f"word{number}x{at}" for at in range(4 + number % 13))


def seconds_lived(pid: int) -> float:
    """The monotonic clock without what the threads of this process waited for a processor: others may have them all."""
    waited = 0
    for thread in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):  # a thread may end meanwhile
            waited += int(thread.read_text().split()[1])
    return time.monotonic() - waited / 1e9


def step_of(number: int) -> str:
    return f"Step {number}"
