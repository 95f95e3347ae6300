"""Pages of a PDF as pixels, in memory only: for the preview inside the window and for printing.

PDFium is not made for threads, so one at a time may use it; a `Preview` may be handed from one thread to another. One
that nobody closed (its report came too late) is freed by whichever thread happens to let it go, in the middle of
anything: that waits for its turn too, or the program goes down with it.
"""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import pypdfium2

POINTS_PER_INCH = 72
_pdfium = threading.Lock()
_forgotten: deque[pypdfium2.PdfDocument] = deque()


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else uses PDFium meanwhile; what was forgotten is closed by whoever is done with it."""
    with _pdfium:
        yield
    _close_forgotten()


def _forget(document: pypdfium2.PdfDocument) -> None:
    """Close it without waiting: this may be the thread that is using PDFium."""
    _forgotten.append(document)
    _close_forgotten()


def _close_forgotten() -> None:
    while _forgotten and _pdfium.acquire(blocking=False):
        try:
            while _forgotten:
                _forgotten.popleft().close()
        finally:
            _pdfium.release()


@dataclass(frozen=True, slots=True)
class PageImage:
    """Rows of red, green, blue, filler (4 bytes a pixel, `stride` bytes a row): Qt's Format_RGBX8888."""

    width: int
    height: int
    stride: int
    pixels: bytes


class Preview:
    """An open PDF; close it, or use it in a `with`, so that nothing of it stays behind."""

    def __init__(self, pdf: bytes, password: str | None = None) -> None:
        with _alone():
            self._document = pypdfium2.PdfDocument(pdf, password=password)
            # it holds the document: by itself that would close as soon as it is freed, whoever uses PDFium then
            self._forgetting = weakref.finalize(self, _forget, self._document)
            self._sizes = [self._document.get_page_size(page) for page in range(len(self._document))]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._sizes)

    def size(self, page: int) -> tuple[float, float]:
        """Width and height of a page in points."""
        width, height = self._sizes[page]
        return float(width), float(height)

    def render(self, page: int, dots_per_inch: float = 96) -> PageImage:
        """One page (from 0) in a resolution."""
        scale = dots_per_inch / POINTS_PER_INCH
        with _alone():
            opened = self._document[page]
            try:
                bitmap = opened.render(scale=scale, rev_byteorder=True, force_bitmap_format=_BGRX)
                try:
                    return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
                finally:
                    bitmap.close()
            finally:
                opened.close()

    def pages(self, dots_per_inch: float = 96) -> Iterator[PageImage]:
        """All pages, one at a time."""
        for page in range(len(self)):
            yield self.render(page, dots_per_inch)

    def close(self) -> None:
        with _alone():
            self._document.close()
        self._forgetting.detach()


_BGRX = pypdfium2.raw.FPDFBitmap_BGRx
