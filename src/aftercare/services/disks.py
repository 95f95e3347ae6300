"""Looking at a disk that may not answer: a share whose server sleeps holds whoever asks it for minutes.

The question runs in a thread that nobody waits for at the end; a place that still owes an answer is not asked again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 3.0
_SILENT: set[Path] = set()
_ONE_AT_A_TIME = threading.Lock()


class NoAnswer(Exception):
    """The disk owes an answer."""


class _Look(Generic[T]):
    """One question to one place."""

    def __init__(self, place: Path, look: Callable[[], T]) -> None:
        self._place, self._look = place, look
        self._answered = threading.Event()
        self._answer: list[T] = []
        self._refused: Exception | None = None

    def asked(self, seconds: float) -> T:
        threading.Thread(target=self._run, name="disk", daemon=True).start()
        if not self._answered.wait(seconds):
            with _ONE_AT_A_TIME:
                if not self._answered.is_set():
                    _SILENT.add(self._place)
            raise NoAnswer
        if self._refused is not None:
            raise self._refused
        return self._answer[0]

    def _run(self) -> None:
        try:
            self._answer.append(self._look())
        except Exception as refused:  # raised again where somebody waits for it
            self._refused = refused
        finally:
            with _ONE_AT_A_TIME:
                _SILENT.discard(self._place)
                self._answered.set()


def answer_of(place: Path, look: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """What this look at the place finds, or what it raises; NoAnswer after so many seconds, or at once meanwhile."""
    with _ONE_AT_A_TIME:
        if place in _SILENT:
            raise NoAnswer
    return _Look(place, look).asked(seconds)
