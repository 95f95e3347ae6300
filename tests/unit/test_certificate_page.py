"""The certificates of deletion and erasure on paper: signed below what was done, however long that is."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from aftercare.domain.rows.retention import ErasureRow
from aftercare.reports.certificate import erasure_pages
from aftercare.words.record_fields import KINDS

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def an_erasure(kinds: int) -> ErasureRow:
    """Everything gone, of so many kinds of record."""
    counts = {kind: number for number, kind in enumerate(list(KINDS)[:kinds], 1)}
    return ErasureRow("Training shelter", AT, counts, "A. Rahman", "M. Lindqvist", 4711, "22ad", True, 12, 2, 1)


@pytest.mark.parametrize("kinds", [0, 2, *range(20, len(KINDS), 2)])
def test_nobody_signs_an_empty_page_of_a_certificate(kinds: int) -> None:
    pages = [page.extract_text() for page in PdfReader(BytesIO(erasure_pages(an_erasure(kinds), "en", "A4"))).pages]
    (signed,) = (page for page in pages if "Signature" in page)
    assert "destroy the paper too" in signed
