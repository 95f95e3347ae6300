"""Reports for a whole caseload: one file each, with progress and cancel, laid out on every core.

The vault is asked for a few cases at a time, so that other questions come in between. Each report is in the register
before its file is written. Whoever stops it gets no further file: what is there is whole and registered, and counted.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from aftercare.domain.drafts.reports import ReportOrder, WayOut
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.reports import Printed, ReportContent
from aftercare.services.confirming import confirm_before_release
from aftercare.services.report_files import neutral_name, save_new_file
from aftercare.services.reports import collect_report, issue_report, lay_out, number_report
from aftercare.services.work import Work, needs

CHUNK = 8  # cases a question: about 0.1 s of the vault's time
WORTH_PROCESSES = 24  # below so many reports, starting processes takes longer than it saves
_AHEAD = 3  # chunks on their way at once


class Do(Protocol):
    """Carries out a service on the vault: `desk.do(...).value`, or `Office.do_beside` in the window."""

    def __call__(self, service: Callable[..., Any], /, *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class BatchDone:
    """What came of a batch: how many files of how many, their pages, and characters that could not be printed."""

    files: int
    asked: int
    pages: int
    unprintable: str

    @property
    def was_stopped(self) -> bool:
        return self.files < self.asked


@needs(Permission.PRINT_REPORTS)
def begin_batch(work: Work) -> None:
    """Reports of many people leave at once: ConfirmationNeeded, unless the organisation decided otherwise."""
    confirm_before_release(work)


@needs(Permission.PRINT_REPORTS)
def collect_numbered(work: Work, orders: Sequence[ReportOrder]) -> tuple[ReportContent, ...]:
    """The contents of several reports, each with its number."""
    return tuple(number_report(work, collect_report(work, order)) for order in orders)


def print_caseload(
    do: Do,
    like: ReportOrder,
    case_ids: Sequence[UUID],
    folder: Path,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> BatchDone:
    """A report as `like` for each case, a file each in `folder`. `is_stopped` is asked before every file.

    `progress` may raise, to end it where nobody waits for what came of it. FileNotWritten where the folder cannot be
    written to; what was written until then is whole and stays.
    """
    do(begin_batch)
    orders = [replace(like, case_id=case_id) for case_id in case_ids]
    files, pages, unprintable = 0, 0, dict[str, None]()
    progress(0, len(orders))
    with _layout(len(orders)) as lay_out_chunk:
        for content, printed in _in_turn(do, orders, lay_out_chunk):
            if is_stopped():
                break
            do(issue_report, content, printed.pages, 1, WayOut.SAVED)
            save_new_file(folder, neutral_name(printed.number), printed.pdf)
            files, pages = files + 1, pages + printed.pages
            unprintable.update(dict.fromkeys(printed.unprintable))
            progress(files, len(orders))
    return BatchDone(files, len(orders), pages, "".join(unprintable))


_Chunk = tuple[ReportContent, ...]
_LayOut = Callable[[_Chunk], Iterable[Printed]]
"""Begins to lay out a chunk; each report of what it gives is waited for when it is taken."""


def _in_turn(do: Do, orders: Sequence[ReportOrder], lay_out_chunk: _LayOut) -> Iterator[tuple[ReportContent, Printed]]:
    """Reports in their order, the following chunks collected and laid out meanwhile."""
    waiting: deque[tuple[_Chunk, Iterable[Printed]]] = deque()
    for first in range(0, len(orders), CHUNK):
        contents = do(collect_numbered, orders[first : first + CHUNK])
        waiting.append((contents, lay_out_chunk(contents)))
        if len(waiting) >= _AHEAD:
            yield from zip(*waiting.popleft(), strict=True)
    for contents, printed in waiting:
        yield from zip(contents, printed, strict=True)


@contextmanager
def _layout(reports: int) -> Iterator[_LayOut]:
    """Lays out here, or on every core where it is worth it."""
    cores = os.cpu_count() or 1
    if reports < WORTH_PROCESSES or cores < 2:
        yield lambda chunk: map(lay_out, chunk)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # a fresh process has nothing of the vault in its memory; fork would copy the key
    pool = ProcessPoolExecutor(min(cores, 4), mp_context=multiprocessing.get_context("spawn"))
    try:
        yield lambda chunk: _sent(pool, chunk)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _sent(pool: Executor, chunk: _Chunk) -> Iterable[Printed]:
    from aftercare.reports.layout import laid_out

    pages: list[Future[Printed]] = [pool.submit(laid_out, content) for content in chunk]
    return (page.result() for page in pages)
