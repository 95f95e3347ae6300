"""The page of the recovery kit: the code exactly, how to use it, and nothing that says which program or whose."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from pypdf import PdfReader

from aftercare.domain.rows.recovery import KitContent
from aftercare.reports.recovery_kit import kit_pages
from aftercare.vault.recovery_parts import new_kit

TELLING = ("aftercare", "shelter", "survivor", "traffick", "victim", "case", "record", "organisation")


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("language", ["en", "en-XA", "ar-XB"])
@pytest.mark.parametrize("for_two", [False, True])
def test_each_page_holds_its_groups_and_no_others(language: str, for_two: bool) -> None:
    kit = new_kit(for_two=for_two)
    pages = ["".join(text.split()) for text in pages_of(kit_pages(KitContent(kit.sheets, language)))]
    assert len(pages) == len(kit.sheets)
    for at, sheet in enumerate(kit.sheets):
        assert all(group in pages[at] for group in sheet.groups)
        foreign = [group for other in kit.sheets if other != sheet for group in other.groups]
        foreign += kit.code.groups if for_two else ()
        assert not any(group in pages[at] for group in foreign)


@pytest.mark.parametrize("for_two", [False, True])
def test_nothing_on_it_or_in_it_says_what_it_opens_or_for_whom(for_two: bool) -> None:
    pdf = kit_pages(KitContent(new_kit(for_two=for_two).sheets))
    words = "\n".join(pages_of(pdf)).lower()
    assert not [word for word in TELLING if word in words]
    with pikepdf.open(BytesIO(pdf)) as opened:
        described = f"{opened.Root.Metadata.read_bytes()!r} {dict(opened.trailer.Info)}".lower()
        assert str(opened.trailer.Info.Title) == "Document"
        assert opened.Root.Lang == "en"
    assert not [word for word in (*TELLING, "recovery", "2026") if word in described]


def test_it_is_an_archival_file_on_the_paper_asked_for_and_the_same_each_time() -> None:
    kit = new_kit()
    pdf = kit_pages(KitContent(kit.sheets, paper="A4"))
    assert pdf == kit_pages(KitContent(kit.sheets, paper="A4"))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert b"pdfaid" in opened.Root.Metadata.read_bytes()
        assert [round(float(edge)) for edge in opened.pages[0].MediaBox] == [0, 0, 595, 842]
    with pikepdf.open(BytesIO(kit_pages(KitContent(kit.sheets, paper="Letter")))) as opened:
        assert [round(float(edge)) for edge in opened.pages[0].MediaBox] == [0, 0, 612, 792]
