"""What the file of the records was when it was closed: one sum over the MAC of every page, kept in the sealed header.

The cipher proves each page by itself, not that the pages belong together: an earlier state of one page, put back while
nobody works, passes every check of the cipher and of SQLite. The sum at closing notices it at the next unlock. While
somebody works the header holds no sum, so after a crash there is nothing to compare.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from aftercare.vault.cipher import PAGE_BYTES
from aftercare.vault.files import Layout, explained

_CHUNK = 256 * PAGE_BYTES
_PROOF_BYTES = 80
"""What the cipher keeps at the end of a page: IV and MAC, which stand for all of it."""


@contextmanager
def summed_beside(layout: Layout) -> Iterator[Callable[[], bytes]]:
    """Work the sum out on a thread of its own: it needs no key, and deriving one takes about as long."""
    stopped = Event()
    with ThreadPoolExecutor(1, "sum_at_rest") as beside:
        summing = beside.submit(sum_at_rest, layout, stopped)
        try:
            yield summing.result
        finally:
            stopped.set()


def sum_at_rest(layout: Layout, stopped: Event | None = None) -> bytes:
    """The sum over every page; empty where a log beside the file holds newer ones, or once it is stopped."""
    summed = hashlib.sha256()
    chunk = memoryview(bytearray(_CHUNK))  # the same again and again: fetching fresh memory takes as long as summing
    proofs = [chunk[end - _PROOF_BYTES : end] for end in range(PAGE_BYTES, _CHUNK + 1, PAGE_BYTES)]
    with explained(), layout.database.open("rb", buffering=0) as file:
        while length := file.readinto(chunk):
            if stopped is not None and stopped.is_set():
                return b""
            summed.update(b"".join(proofs[: length // PAGE_BYTES]))
            # what is left over belongs to no page, and is part of the file all the same
            summed.update(chunk[length - length % PAGE_BYTES : length])
        log = layout.write_ahead_log
        return b"" if log.exists() and log.stat().st_size else summed.digest()
