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
from datetime import timedelta
from pathlib import Path
from threading import Event

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem
from aftercare.vault.cipher import PAGE_BYTES
from aftercare.vault.files import Layout, explained

_CHUNK = 256 * PAGE_BYTES
_PROOF_BYTES = 80
"""What the cipher keeps at the end of a page: IV and MAC, which stand for all of it."""


_BELIEVED = timedelta(minutes=1)
_LOOK_SECONDS = 0.05


class SumAhead:
    """The sum of the file in `folder`, worked out before there is a key; `work_out` runs on a thread of the caller."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self._layout = Layout(folder)
        self._clock = clock
        self._begun = clock.now()
        self._ticks = clock.ticks()
        self._seen: _Touched | None = None
        self._sum = b""
        self._ended, self._stopped = Event(), Event()

    def work_out(self) -> None:
        """Sum it up; what stands in the way is said when the records are opened."""
        try:
            self._seen = _touched(self._layout)
            self._sum = sum_at_rest(self._layout, self._stopped)
        except (Problem, OSError):
            self._sum = b""
        finally:
            self._ended.set()

    def stop(self) -> None:
        """Nobody will ask: the file is let go of, which Windows asks for before it is replaced."""
        self._stopped.set()

    @property
    def is_recent(self) -> bool:
        """Whether it is of this minute, by the clock and by seconds counted: a computer may have slept since."""
        passed = self._clock.now() - self._begun
        counted = timedelta(seconds=self._clock.ticks() - self._ticks)
        return not self._stopped.is_set() and abs(passed) <= _BELIEVED and counted <= _BELIEVED

    def found(self, stopped: Event) -> bytes:
        """The sum, waited for; empty where the file is not what it was read as any more, or it is long ago."""
        if self._seen is None:  # not begun yet: then it need not begin
            self.stop()
        while not self._ended.wait(_LOOK_SECONDS):
            if stopped.is_set() or self._stopped.is_set():
                return b""
        try:
            still = self._seen is not None and self._seen == _touched(self._layout) and _is_whole(self._layout)
        except OSError:
            return b""
        return self._sum if still and self.is_recent else b""


_Touched = tuple[int, int, int, int, int]
"""Which file it is, how long, and when it was written to and when anything about it was changed."""


def _touched(layout: Layout) -> _Touched:
    now = layout.database.stat()
    return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns


@contextmanager
def summed_beside(layout: Layout, ahead: SumAhead | None = None) -> Iterator[Callable[[], bytes]]:
    """The sum that was worked out ahead, else work it out on a thread of its own while the key is derived."""
    stopped = Event()

    def summed() -> bytes:
        return (ahead.found(stopped) if ahead is not None else b"") or sum_at_rest(layout, stopped)

    with ThreadPoolExecutor(1, "sum_at_rest") as beside:
        summing = beside.submit(summed)
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
        return summed.digest() if _is_whole(layout) else b""


def _is_whole(layout: Layout) -> bool:
    """Whether no log beside the file holds newer pages."""
    log = layout.write_ahead_log
    return not (log.exists() and log.stat().st_size)
