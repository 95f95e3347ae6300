"""The time, as a value that is handed in: nothing below asks the wall clock itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Now in UTC for what is stored, and today in the place where people work."""

    now: Callable[[], datetime] = field(default=_utc_now)
    zone: tzinfo | None = None
    ticks: Callable[[], float] = field(default=time.monotonic)
    """Seconds that nobody turns back, counted from anywhere."""

    def today(self) -> date:
        return self.local(self.now()).date()

    def local(self, moment: datetime) -> datetime:
        """The moment on the wall clock of this computer (or of `zone`)."""
        return moment.astimezone(self.zone)


def stopped_at(moment: datetime, zone: tzinfo | None = UTC) -> Clock:
    """A clock that stands still, for tests, demonstrations and replays."""
    return Clock(now=lambda: moment, zone=zone, ticks=lambda: 0.0)
