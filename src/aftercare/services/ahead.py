"""What is done while a password is typed, so that nobody waits for it afterwards. Light: no database is loaded here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem

if TYPE_CHECKING:
    from aftercare.vault import Ahead, EngineAhead, SumAhead


class DoneAhead:
    """For the next unlock; opening does without what is not there."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._engine: EngineAhead | None = None
        self._summed: SumAhead | None = None

    def load(self) -> None:
        """Read the data layer from disk and rehearse the first pages; on the thread that will open the records."""
        from aftercare.services.opening import load_ahead
        from aftercare.services.rehearsal import rehearse

        load_ahead()
        if self._engine is None:  # else somebody only looked at another entrance
            with suppress(Problem):  # said to whoever opens
                self._engine = rehearse(self._clock)

    def sum_up(self, folder: Path) -> Callable[[], None] | None:
        """What sums up the closed file in this folder, on a thread of its own; None where that was just done."""
        from aftercare.vault import SumAhead

        known = self._summed
        if known is not None and known.folder == folder and known.is_recent:
            return None
        self.let_go()
        self._summed = summed = SumAhead(folder, self._clock)
        return summed.work_out

    def let_go(self) -> None:
        """The file is read no further: it may be replaced now, or nobody comes in any more."""
        if self._summed is not None:
            self._summed.stop()
            self._summed = None

    def for_records_in(self, folder: Path) -> Ahead:
        from aftercare.vault import Ahead

        summed = self._summed if self._summed is not None and self._summed.folder == folder else None
        return Ahead(summed, self._engine)
