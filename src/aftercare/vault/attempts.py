"""Failed passphrases are remembered across restarts: times only, no names.

The delay slows somebody at the desk. It is no defence against somebody who took the disk: they delete this file, and
then only Argon2id and the passphrase stand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from aftercare.domain.errors import TooManyAttempts
from aftercare.vault.files import explained, write_whole

FREE_ATTEMPTS = 4
LONGEST_WAIT_SECONDS = 300
_REMEMBERED = 200
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class FailedAttempts:
    """When passphrases failed since the last unlock; `count` goes on where the list of times ends.

    The first `told` of them failed while the vault was open, and stand in its log already.
    """

    count: int = 0
    times: tuple[datetime, ...] = ()
    told: int = 0

    def wait_seconds(self, now: datetime) -> int:
        """How long until the next attempt: 2, 4, 8 … up to five minutes, after the free ones."""
        if self.count <= FREE_ATTEMPTS or not self.times:
            return 0
        wait: int = min(LONGEST_WAIT_SECONDS, 1 << min(self.count - FREE_ATTEMPTS, 10))
        passed = (now - self.times[-1]).total_seconds()
        # a clock set back must neither lock people out for years nor shorten the wait
        return min(wait, max(0, int(wait - passed + 0.999)))

    def and_one(self, now: datetime) -> FailedAttempts:
        return FailedAttempts(self.count + 1, (*self.times, now)[-_REMEMBERED:], self.told)


def read_attempts(path: Path) -> FailedAttempts:
    """What is remembered; an unreadable file counts as nothing, because it protects nothing."""
    try:
        kept = json.loads(path.read_bytes()[:_MOST_BYTES])
        times = tuple(datetime.fromtimestamp(float(at), UTC) for at in kept["times"])
        count = max(int(kept["count"]), len(times))
        return FailedAttempts(count, times, min(count, max(0, int(kept.get("told", 0)))))
    except (OSError, ValueError, KeyError, TypeError, OverflowError):
        return FailedAttempts()


def write_attempts(path: Path, attempts: FailedAttempts) -> None:
    times = [at.timestamp() for at in attempts.times]
    content = {"count": attempts.count, "times": times, "told": attempts.told}
    with explained():
        write_whole(path, json.dumps(content).encode())


def must_wait(path: Path, now: datetime) -> None:
    """Raise `TooManyAttempts` when the next passphrase comes too early."""
    seconds = read_attempts(path).wait_seconds(now)
    if seconds:
        raise TooManyAttempts(seconds)


def remember_failure(path: Path, now: datetime) -> None:
    write_attempts(path, read_attempts(path).and_one(now))


def remember_told_failure(path: Path, now: datetime) -> None:
    """One that the log of the open vault tells of by itself; counted all the same."""
    attempts = read_attempts(path).and_one(now)
    write_attempts(path, replace(attempts, told=attempts.told + 1))
