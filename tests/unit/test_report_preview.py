"""Pages as pixels: PDFium is used by one thread at a time, also where a preview is let go by whoever had it last."""

from __future__ import annotations

import gc
import threading
from io import BytesIO

import pypdfium2.internal
import pytest
from pypdfium2 import PdfDocument
from reportlab.pdfgen.canvas import Canvas

from aftercare.reports import preview
from aftercare.reports.preview import Preview


@pytest.fixture(scope="module")
def pdf() -> bytes:
    out = BytesIO()
    canvas = Canvas(out)
    for page in range(2):
        canvas.drawString(72, 720, f"page {page}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def open_documents() -> int:
    return len(pypdfium2.internal.ObjectTracker[PdfDocument])


def test_a_preview_that_nobody_closed_is_closed_when_it_is_let_go(pdf: bytes) -> None:
    before = open_documents()
    made = Preview(pdf)
    assert open_documents() == before + 1
    del made
    gc.collect()
    assert open_documents() == before


def test_what_is_let_go_while_another_thread_draws_waits_until_that_is_done(pdf: bytes) -> None:
    before = open_documents()
    is_drawing, may_end = threading.Event(), threading.Event()

    def draw() -> None:
        with preview._alone():
            is_drawing.set()
            may_end.wait(120)

    made = Preview(pdf)
    drawing = threading.Thread(target=draw)
    drawing.start()
    assert is_drawing.wait(120)
    del made
    gc.collect()
    while_drawing = open_documents()
    may_end.set()
    drawing.join()
    assert (while_drawing, open_documents()) == (before + 1, before)


def test_what_is_let_go_in_the_middle_of_drawing_does_not_wait_for_itself(pdf: bytes) -> None:
    before = open_documents()
    forgotten = Preview(pdf)
    with preview._alone():
        del forgotten
        gc.collect()
        assert open_documents() == before + 1
    assert open_documents() == before


def test_a_preview_that_was_closed_is_closed_once(pdf: bytes) -> None:
    before = open_documents()
    made = Preview(pdf)
    image = made.render(1)
    made.close()
    made.close()
    assert open_documents() == before
    del made
    gc.collect()
    assert (image.width > 0, open_documents()) == (True, before)
