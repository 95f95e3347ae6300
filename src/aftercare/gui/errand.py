"""What a worker is sent with: it brings back what came, and keeps nothing of it.

A loaded machine stops a worker between its answer and the end of its turn. Whoever asked has gone on by then, and the
worker would be the last to hold a page or a dialog: a widget that is freed there takes the program down with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Errand(Generic[T]):
    """Carried out on any thread; what it holds and what came of it are taken out again by whoever sent it."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call: Callable[[], T] | None = call
        self._came: T | None = None
        self._error: BaseException | None = None

    def __call__(self) -> None:
        call = self._call
        assert call is not None
        try:
            self._came = call()
        except BaseException as error:  # told to whoever asked
            self._error = error

    def take(self) -> tuple[Any, BaseException | None]:
        """What came, or why nothing did; the worker's hands are empty after this."""
        taken = self._came, self._error
        self._call = self._came = self._error = None
        return taken
