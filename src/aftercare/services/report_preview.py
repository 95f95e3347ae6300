"""Finished pages as pixels for the window: held in memory, never in a file."""

from __future__ import annotations

from typing import Protocol


class PageImage(Protocol):
    """Rows of red, green, blue, filler; `stride` bytes a row."""

    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def stride(self) -> int: ...
    @property
    def pixels(self) -> bytes: ...


class Pages(Protocol):
    """Open pages, counted from 0; sizes in points. Close them when they are no longer shown."""

    def __len__(self) -> int: ...
    def size(self, page: int) -> tuple[float, float]: ...
    def render(self, page: int, dots_per_inch: float = 96) -> PageImage: ...
    def close(self) -> None: ...


def open_pages(pdf: bytes) -> Pages:
    """The pages of a report."""
    from aftercare.reports.preview import Preview  # only here: PDFium is loaded when the first page is looked at

    return Preview(pdf)
