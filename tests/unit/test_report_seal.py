"""The finished file: neutral, archival as far as it can be checked here, or locked; and its preview."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pikepdf
import pypdf
import pytest

from aftercare.i18n import language
from aftercare.reports import colour_profile, seal
from aftercare.reports.paper import Column, Footer, Paper, Part, Signature, strong
from aftercare.reports.preview import Preview

WORDS = "Łucja مُحَمَّد لا कि မြန်မာ ខ្ញុំ ไทย 我想 ▲ ✓"


def pages(tag: str = "en") -> bytes:
    paper = Paper(language(tag))
    story = [
        paper.title("Progress report", "S-0142"),
        paper.text([WORDS, Part("粗体", bold=True), Part(" italic", italic=True)]),
        paper.table([Column("Area"), Column()], [[strong("Housing"), paper.bar(0.5, "#c4892f")]]),
        paper.dots(2, 5),
        paper.signatures([Signature("Survivor", (((0, 0), (1, 1)),))]),
    ]
    return paper.pdf(story, Footer("Confidential", "Report R-000317"))


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal.sealed(pages(), language("en"), "Progress report").pdf


@pytest.fixture
def document(sealed: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(sealed)) as pdf:
        yield pdf


def fonts_of(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = {str(name): font for page in document.pages for name, font in page.Resources.Font.items()}
    return list(found.values())


def test_metadata_says_the_neutral_title_and_nothing_else(document: pikepdf.Pdf) -> None:
    info = {key: str(value) for key, value in document.trailer.Info.items()}
    assert info == {
        "/Title": "Progress report",
        "/Producer": "Aftercare",
        "/CreationDate": "D:20000101000000Z",
        "/ModDate": "D:20000101000000Z",
    }
    xmp = bytes(document.Root.Metadata.read_bytes()).decode()
    with document.open_metadata() as read:
        assert read.pdfa_status == "2B"
        assert read["pdf:Producer"] == "Aftercare"
    assert "Progress report" in xmp
    assert "2000-01-01T00:00:00Z" in xmp
    assert set(re.findall(r"\b(19|20)\d\d-\d\d", xmp)) == {"20"}
    assert "creator" not in xmp.lower()


def test_without_a_title_it_is_a_document_and_a_title_is_only_words() -> None:
    untitled = pypdf.PdfReader(BytesIO(seal.sealed(pages(), language("en")).pdf))
    assert untitled.metadata is not None
    assert untitled.metadata.title == "Document"
    odd = seal.sealed(pages(), language("en"), "<a & b>").pdf
    with pikepdf.open(BytesIO(odd)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "<a & b>"


def test_the_language_and_reading_direction_are_stated() -> None:
    with pikepdf.open(BytesIO(seal.sealed(pages("ar"), language("ar")).pdf)) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        assert pdf.Root.ViewerPreferences.Direction == "/R2L"


def test_the_toolkit_leaves_no_trace(sealed: bytes, document: pikepdf.Pdf) -> None:
    everything = b"".join(obj.unparse(resolved=True) for obj in document.objects if obj is not None)
    for trace in (b"ReportLab", b"anonymous", b"unspecified", b"/Author", b"/Creator", b"pikepdf", b"/root", b"/home"):
        assert trace not in everything
        assert trace not in sealed


def test_every_font_is_embedded_and_maps_to_unicode(document: pikepdf.Pdf) -> None:
    fonts = fonts_of(document)
    assert len(fonts) >= 8
    for font in fonts:
        assert font.Subtype == "/Type0"
        assert font.Encoding == "/Identity-H"
        assert b"beginbfchar" in font.ToUnicode.read_bytes()
        (descendant,) = font.DescendantFonts
        assert descendant.Subtype == "/CIDFontType2"
        assert len(descendant.FontDescriptor.FontFile2.read_bytes()) > 500
        assert len(descendant.CIDToGIDMap.read_bytes()) == 2 * len(descendant.W[1])
        assert re.fullmatch(r"/[A-Z]{6}\+\w+-\w+", str(descendant.FontDescriptor.FontName))


def test_widths_in_the_file_are_those_of_the_font_programs(document: pikepdf.Pdf) -> None:
    import uharfbuzz

    for font in fonts_of(document):
        (descendant,) = font.DescendantFonts
        face = uharfbuzz.Face(descendant.FontDescriptor.FontFile2.read_bytes())
        program, to_glyph = uharfbuzz.Font(face), descendant.CIDToGIDMap.read_bytes()
        for code, width in enumerate(descendant.W[1]):
            glyph = int.from_bytes(to_glyph[2 * code : 2 * code + 2], "big")
            assert float(width) == pytest.approx(program.get_glyph_h_advance(glyph) * 1000 / face.upem, abs=0.5)


def test_text_is_mapped_to_no_private_or_forbidden_character(document: pikepdf.Pdf) -> None:
    for font in fonts_of(document):
        mapped = re.findall(rb"^<[0-9a-f]{4}> <([0-9a-f]+)>", font.ToUnicode.read_bytes(), re.MULTILINE)
        for text in (bytes.fromhex(m.decode()).decode("utf-16-be") for m in mapped):
            assert text
            assert not any(c in "\0\ufeff\ufffe" or 0xE000 <= ord(c) <= 0xF8FF for c in text)


def test_colours_have_their_profile(document: pikepdf.Pdf) -> None:
    (intent,) = document.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert intent.DestOutputProfile.N == 3
    assert intent.DestOutputProfile.read_bytes() == colour_profile.srgb()
    operators = {str(step.operator) for page in document.pages for step in pikepdf.parse_content_stream(page)}
    assert operators & {"rg", "RG"}
    assert not operators & {"k", "K", "cs", "CS", "sh", "gs", "Do", "BI"}


def test_nothing_is_transparent_hidden_attached_or_runs(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        assert "/Group" not in page
        assert "/ExtGState" not in page.Resources
        assert "/XObject" not in page.Resources
        assert "/Annots" not in page
        assert "/Trans" not in page
    for name in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties"):
        assert name not in document.Root
    assert not document.attachments
    assert "/ID" in document.trailer
    assert "/Encrypt" not in document.trailer


def test_actions_and_scripts_in_the_pages_handed_in_do_not_come_out() -> None:
    with pikepdf.open(BytesIO(pages())) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", script]))
        pdf.attachments["a.txt"] = b"x"
        changed = BytesIO()
        pdf.save(changed)
    finished = seal.sealed(changed.getvalue(), language("en")).pdf
    with pikepdf.open(BytesIO(finished)) as pdf:
        assert "/OpenAction" not in pdf.Root
        assert not pdf.attachments
        assert all(b"app.alert" not in obj.unparse(resolved=True) for obj in pdf.objects if obj is not None)


def test_the_profile_is_a_valid_srgb() -> None:
    profile = colour_profile.srgb()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert profile[8:9] == b"\x02"
    assert profile[12:24] == b"mntrRGB XYZ "
    assert profile[36:40] == b"acsp"
    tags = {}
    for n in range(int.from_bytes(profile[128:132], "big")):
        entry = profile[132 + 12 * n : 144 + 12 * n]
        at, size = int.from_bytes(entry[4:8], "big"), int.from_bytes(entry[8:], "big")
        assert at + size <= len(profile)
        tags[entry[:4]] = profile[at : at + size]
    assert set(tags) == {b"desc", b"cprt", b"wtpt", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"}
    sums = [
        sum(int.from_bytes(tags[c][8 + 4 * i : 12 + 4 * i], "big") for c in (b"rXYZ", b"gXYZ", b"bXYZ"))
        for i in range(3)
    ]
    white = [int.from_bytes(tags[b"wtpt"][8 + 4 * i : 12 + 4 * i], "big") for i in range(3)]
    assert sums == pytest.approx(white, abs=40)


def test_a_password_locks_the_file_and_it_no_longer_claims_to_be_archival() -> None:
    locked = seal.sealed(pages(), language("en"), password="correct horse")
    assert not locked.archival
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(BytesIO(locked.pdf))
    with pikepdf.open(BytesIO(locked.pdf), password="correct horse") as pdf:
        assert pdf.encryption.R == 6
        assert pdf.encryption.bits == 256
        assert b"pdfaid" not in pdf.Root.Metadata.read_bytes()
        assert "/OutputIntents" not in pdf.Root
    with Preview(locked.pdf, "correct horse") as preview:
        assert len(preview) == 1


def test_the_same_pages_are_sealed_to_the_same_bytes() -> None:
    assert seal.sealed(pages(), language("en")) == seal.sealed(pages(), language("en"))


def test_previews_may_be_rendered_from_several_threads(sealed: bytes) -> None:
    def render(_: int) -> bytes:
        with Preview(sealed) as preview:
            return preview.render(0, 36).pixels

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(render, range(12)))) == 1


def test_a_preview_gives_pixels_of_a_size(sealed: bytes) -> None:
    with Preview(sealed) as preview:
        assert preview.size(0) == pytest.approx((595.276, 841.89), abs=0.01)
        image = preview.render(0, 144)
        assert (image.width, image.height) == (1191, 1684)
        assert len(image.pixels) == image.stride * image.height
        assert image.stride >= image.width * 4
        assert image.pixels[:3] == b"\xff\xff\xff"
        assert min(image.pixels[0 : image.stride * 300 : 4]) < 100
        assert len(list(preview.pages(36))) == len(preview) == 1
