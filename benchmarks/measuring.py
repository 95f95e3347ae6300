"""Taking times: medians and percentiles of repeated work, ours and the limit in turn, so that noise hits both alike."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a row found: values in its unit, those of the limit where there is one, and what a reader should know."""

    values: list[float]
    limit: list[float] = field(default_factory=list)
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        return percentile(self.values, 0.95)

    @property
    def best(self) -> float:
        return min(self.values)

    @property
    def limit_median(self) -> float | None:
        return statistics.median(self.limit) if self.limit else None


class NotYet(Exception):
    """What this row would measure is not built yet, or not on this computer; the words say which."""


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def timed(work: Callable[[], object], times: int, *, warm: int = 1) -> list[float]:
    """Seconds of each of `times` calls after `warm` that are not counted."""
    for _ in range(warm):
        work()
    gc.collect()
    return [seconds(work) for _ in range(times)]


def in_turn(
    ours: Callable[[], object], limit: Callable[[], object], times: int, *, warm: int = 1
) -> tuple[list[float], list[float]]:
    """Seconds of both, one call of each after the other."""
    for _ in range(warm):
        ours()
        limit()
    gc.collect()
    taken: list[float] = []
    least: list[float] = []
    for _ in range(times):
        taken.append(seconds(ours))
        least.append(seconds(limit))
    return taken, least


def times(values: Sequence[float], factor: float) -> list[float]:
    """The same values in another unit."""
    return [value * factor for value in values]


def resident_megabytes() -> float:
    """What this process holds in memory now (Linux)."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    raise NotYet("memory is read from /proc, which this system lacks")
