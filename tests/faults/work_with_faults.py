"""Work on a disk that fails now and then: run under libfiu's `fiu-run -x`, which makes the system's calls fail.

python work_with_faults.py FOLDER ERRNO PROBABILITY ATTEMPTS
python work_with_faults.py FOLDER ERRNO

Lines: `kept NUMBER` (acknowledged), `backed NUMBER`, `refused PROBLEM` (explained), `unexplained ERROR` (never right).
Faults are on only while something is tried, not while it is told. Without a probability each kind of call fails for
certain while one thing is tried; after `well` the disk works again.
"""

from __future__ import annotations

import ctypes
import os
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import Problem
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.survivors import list_survivors
from aftercare.vault import make_backup
from makers import a_survivor

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOCK = stopped_at(NOW)
NAME, PASSPHRASE = "rahman", "orchard lantern violet harbour"
POINTS = ("posix/io/rw/pwrite", "posix/io/rw/write", "posix/io/rw/pread", "posix/io/sync/*", "posix/io/rw/ftruncate")
_ONLY_WHERE_THE_DISK_WRITES = ("posix/io/rw/pread",)  # no read says that a disk is full
_ENOSPC = 28


def say(line: str) -> None:
    os.write(1, (line + "\n").encode())


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody listens to."""


class Faults:
    """Switches libfiu, which `fiu-run` loaded into this process, on and off."""

    def __init__(self, error: int, probability: float, points: Sequence[str] = POINTS) -> None:
        self._library = ctypes.CDLL(None)
        self._error, self._probability = error, probability
        self._points = [point for point in points if error != _ENOSPC or point not in _ONLY_WHERE_THE_DISK_WRITES]

    @contextmanager
    def on(self) -> Iterator[None]:
        for point in self._points:
            self._library.fiu_enable_random(
                point.encode(), 1, ctypes.c_void_p(self._error), 0, ctypes.c_float(self._probability)
            )
        try:
            yield
        finally:
            for point in self._points:
                self._library.fiu_disable(point.encode())


NO_FAULTS = Faults(0, 0, ())


def attempt(faults: Faults, work: Callable[[], str]) -> None:
    try:
        with faults.on():
            done = work()
    except Problem as problem:
        say(f"refused {type(problem).__name__}")
    except Exception as error:
        say(f"unexplained {error!r}")
    else:
        say(done)


class Worker:
    """Registers people, backs up, and now and then locks and unlocks."""

    def __init__(self, folder: Path, faults: Faults, chance: random.Random) -> None:
        self._folder, self._faults, self._chance = folder, faults, chance
        self._office: OpenOffice | None = None

    def go_on(self) -> None:
        if self._office is None:
            attempt(self._faults, self.unlock)
            return
        what = self._chance.choices((self._register, self._back_up, self._anchor, self.lock), (12, 1, 2, 1))[0]
        attempt(self._faults, what)

    def unlock(self) -> str:
        self._office = open_office(self._folder, NAME, PASSPHRASE, clock=CLOCK)
        return "unlocked"

    def lock(self) -> str:
        office, self._office = self._office, None
        assert office is not None
        office.close()
        return "locked"

    def _register(self) -> str:
        assert self._office is not None
        return f"kept {a_survivor(self._office.desk, 'Nadia').number}"

    def _anchor(self) -> str:
        assert self._office is not None
        self._office.vault.write_anchor()
        self._office.vault.checkpoint()
        return "anchored"

    def fail_and_go_on(self) -> None:
        """Each thing once while the disk fails, and all of them when it is well again."""
        everything = (self._register, self._look, self._anchor)
        for what in everything:
            attempt(self._faults, what)
            say("well")
            for again in everything:
                attempt(NO_FAULTS, again)

    def _look(self) -> str:
        assert self._office is not None
        self._forget_what_was_read()
        return f"seen {len(self._office.desk.ask(list_survivors, SurvivorFilter(), None, 1_000).rows)}"

    def _forget_what_was_read(self) -> None:
        """What is in memory needs no disk."""
        assert self._office is not None
        connection = self._office.vault.engine.raw_connection()
        connection.driver_connection.execute("PRAGMA shrink_memory")  # type: ignore[union-attr]
        connection.close()

    def _back_up(self) -> str:
        assert self._office is not None
        return f"backed {make_backup(self._office.vault, NOW, unheard).label.number}"


def main(folder: Path, error: int, probability: float, attempts: int) -> None:
    worker = Worker(folder, Faults(error, probability), random.Random(attempts))
    for _ in range(attempts):
        worker.go_on()


def main_point_by_point(folder: Path, error: int) -> None:
    for point in POINTS:
        worker = Worker(folder, Faults(error, 1, (point,)), random.Random(error))
        attempt(NO_FAULTS, worker.unlock)
        worker.fail_and_go_on()
        attempt(NO_FAULTS, worker.lock)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
    else:
        main_point_by_point(Path(sys.argv[1]), int(sys.argv[2]))
    say("end")
    # as a process ends that nobody closes; what it acknowledged must be there all the same
    os._exit(0)
