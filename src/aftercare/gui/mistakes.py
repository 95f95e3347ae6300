"""Mistakes of ours where nobody waits for an answer: an exception in a slot, in a thread, while something is freed.

Python writes their words to standard error, which desktops keep in files, and words may name a person. Here each
becomes an incident: a line of kinds and places in the log, and the one calm sentence.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from types import TracebackType

from aftercare.gui.jobs import Incident, record_incident


def keep_words_of_mistakes(tell: Callable[[Incident], None]) -> None:
    """From now on nothing is written to standard error; `tell` hears of each place in the code once, on its thread."""
    told: set[tuple[str, int]] = set()

    def in_slot(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):  # Ctrl+C
            sys.__excepthook__(kind, error, trace)
            return
        incident, place = record_incident(error), _place(trace)
        if place not in told:  # what fails while it is painted fails again behind each notice
            told.add(place)
            tell(incident)

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if failed.exc_value is not None:
            record_incident(failed.exc_value)

    def while_freeing(failed: sys.UnraisableHookArgs) -> None:
        if failed.exc_value is not None:
            record_incident(failed.exc_value)

    sys.excepthook, threading.excepthook, sys.unraisablehook = in_slot, in_thread, while_freeing


def _place(trace: TracebackType | None) -> tuple[str, int]:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace is not None else ("", 0)
