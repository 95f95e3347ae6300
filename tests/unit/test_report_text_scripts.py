"""Every script that a page may be in: what is extracted, where lines end, what is drawn."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from functools import cache
from io import BytesIO

import pypdf
import pypdfium2
import pytest

from aftercare.i18n import language
from aftercare.reports import fonts, shaping
from aftercare.reports.paper import Footer, Paper, Text
from aftercare.reports.paragraphs import Line
from aftercare.reports.preview import PageImage, Preview

SCRIPTS = {
    "Latin with diacritics": "Łucja Weiß, žluťoučký kůň – “Sleep through the night.” naïve Ångström façade",
    "Vietnamese": "Nguyễn Thị Hường đã đồng ý kế hoạch chỗ ở của mình và muốn học tiếng.",
    "Ukrainian": "Їжак поїхав до міста; Ґанна має новий ключ і хоче вчитися далі.",
    "Greek": "Η Ελένη βρήκε ένα δωμάτιο με κλειδαριά και θέλει να μείνει.",
    "Arabic": "مُحَمَّد يريد غرفة لها باب يُقفل والسلام لا يكفي، وموعدها القادم قريب جدا.",
    "Farsi": "او می‌خواهد یک اتاق با دری که قفل می‌شود داشته باشد، چهار پنج شش گچ پژ.",
    "Hebrew": "היא רוצה חדר משלה עם דלת ננעלת ומיטה נוחה ושקטה.",
    "Tigrinya": "ናተይ ክፍሊ ምስ ዝዕጾ ማዕጾ እደሊ፡ ቋንቋ ክመሃር እውን እደሊ።",
    "Amharic": "የራሴ ክፍል ከሚቆለፍ በር ጋር እፈልጋለሁ። ቋንቋ መማር እፈልጋለሁ።",
    "Burmese": "ကျွန်ုပ်သည်သော့ခတ်နိုင်သောတံခါးပါသည့်ကိုယ်ပိုင်အခန်းတစ်ခန်းလိုချင်ပါသည်",
    "Khmer": "ខ្ញុំចង់បានបន្ទប់ផ្ទាល់ខ្លួនដែលមានទ្វារអាចចាក់សោបានហើយចង់រៀនភាសា",
    "Thai": "ฉันต้องการห้องของตัวเองที่มีประตูล็อคได้และที่นอนที่ปลอดภัยน้ำดื่ม",
    "Lao": "ຂ້ອຍຢາກໄດ້ຫ້ອງຂອງຕົນເອງທີ່ມີປະຕູລັອກໄດ້",
    "Hindi": "मुझे ताले वाले दरवाज़े का अपना कमरा चाहिए, क्षत्रिय स्त्री किताब हिन्दी।",
    "Bengali": "আমি তালা দেওয়া দরজাসহ নিজের একটি ঘর চাই, কিন্তু একা থাকতে চাই না।",
    "Nepali": "मलाई ताल्चा लाग्ने ढोका भएको आफ्नै कोठा चाहिन्छ र भाषा सिक्न मन छ।",
    "Chinese": "我想要一个有门锁的自己的房间，可以安心睡觉，也想学习语言。",
    "Tamil": "எனக்கு பூட்டக்கூடிய கதவுடன் சொந்த அறை வேண்டும்.",
    "Sinhala": "මට අගුලු දැමිය හැකි දොරක් සහිත කාමරයක් අවශ්‍යයි.",
    "Georgian": "მინდა საკუთარი ოთახი, რომლის კარიც იკეტება.",
    "Armenian": "Ուզում եմ իմ սեփական սենյակը՝ կողպվող դռնով։",
}
UNSPACED = ("Burmese", "Khmer", "Thai", "Lao", "Chinese")
FROM_RIGHT = ("Arabic", "Farsi", "Hebrew")
TWELVE_FOR_PYPDF = [name for name in SCRIPTS if name not in (*FROM_RIGHT, "Tamil", "Sinhala")]
ENGLISH = Paper(language("en"))
MEASURE = 150.0


def long_text(name: str) -> str:
    return ("" if name in UNSPACED else " ").join([SCRIPTS[name]] * 3)


def broken(text: str) -> list[Line]:
    return Text(text, ENGLISH.body).lines(MEASURE)


def words_of(line: Line) -> str:
    return "".join(item.word.text for item in line.items)


@cache
def printed(text: str) -> bytes:
    return ENGLISH.pdf([ENGLISH.text(text)], Footer("", ""))


def folded(text: str) -> str:
    """Letters and marks in order, without spaces, direction marks and joiners; brackets all alike."""
    kept = "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFKC", re.sub(r"[()\[\]]", "|", kept))


def by_pdfium(pdf: bytes) -> str:
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range())


def by_poppler(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_read_back_as_it_was_written(name: str) -> None:
    text = long_text(name)
    assert folded(text) in folded(by_pdfium(printed(text)))


@pytest.mark.parametrize("name", SCRIPTS)
def test_poppler_reads_the_same(name: str) -> None:
    text = long_text(name)
    assert folded(text) in folded(by_poppler(printed(text)))


@pytest.mark.parametrize("name", TWELVE_FOR_PYPDF)
def test_pypdf_which_knows_no_actual_text_reads_the_same(name: str) -> None:
    text = long_text(name)
    assert folded(text) in folded(pypdf.PdfReader(BytesIO(printed(text))).pages[0].extract_text())


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_line_is_within_the_measure_and_full(name: str) -> None:
    lines = broken(long_text(name))
    assert len(lines) > 2
    assert all(line.width <= MEASURE + 0.01 for line in lines)
    assert all(line.width > MEASURE * 0.5 for line in lines[:-1])


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_line_parts_a_cluster_and_none_is_lost(name: str) -> None:
    text = long_text(name)
    lines = [words_of(line) for line in broken(text)]
    assert "".join("".join(lines).split()) == "".join(text.split())
    whole = shaping.clusters(text.replace(" ", ""))
    parted = [cluster for line in lines for cluster in shaping.clusters(line.replace(" ", ""))]
    assert parted == whole


@pytest.mark.parametrize("name", UNSPACED)
def test_a_paragraph_without_spaces_breaks_between_words(name: str) -> None:
    text = long_text(name)
    places, at = set(shaping.break_places(text)), 0
    for line in broken(text):
        at += len(words_of(line))
        assert at in places


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_glyph_is_there(name: str) -> None:
    assert fonts.uncovered(SCRIPTS[name]) == ()
    pieces = [piece for line in broken(SCRIPTS[name]) for item in line.items for piece in item.word.pieces]
    assert all(glyph.id != fonts.MISSING for piece in pieces for span in piece.spans for glyph in span.glyphs)


def dark(image: PageImage, left: float, top: float, right: float, bottom: float) -> int:
    """How many pixels of a part of the page are darker than half."""
    found = 0
    for y in range(int(top), int(bottom)):
        row = image.pixels[y * image.stride + 4 * int(left) : y * image.stride + 4 * int(right) : 4]
        found += sum(value < 128 for value in row)
    return found


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_line_has_ink_and_the_margins_have_none(name: str) -> None:
    text = Text(long_text(name), ENGLISH.body)
    text.wrap(ENGLISH.area.width, 0)
    with Preview(printed(long_text(name))) as preview:
        image = preview.render(0, 72)
    top = 841.89 - ENGLISH.area.y - ENGLISH.area.height
    height = text.height / len(text.lines(ENGLISH.area.width))
    for n in range(len(text.lines(ENGLISH.area.width))):
        assert dark(image, 43, top + n * height, 552, top + (n + 1) * height) > 10
    assert dark(image, 0, 0, 42, 842) == 0
    assert dark(image, 554, 0, 595, 842) == 0


def test_letters_of_arabic_join_and_vowel_signs_of_devanagari_change_places() -> None:
    joined = [glyph.id for glyph in shaping.word("بيت", False, False, True).pieces[0].spans[0].glyphs]
    alone = [shaping.word(c, False, False, True).pieces[0].spans[0].glyphs[0].id for c in "تيب"]
    assert all(a != b for a, b in zip(joined[:2], alone[:2], strict=True))
    sign, letter = shaping.word("कि", False, False, False).pieces[0].spans[0].glyphs
    assert letter.id == shaping.word("क", False, False, False).pieces[0].spans[0].glyphs[0].id
    assert sign.text + letter.text == "कि"


def test_conjuncts_stack_in_burmese_and_khmer() -> None:
    for stacked, letters in (("မ္ဘာ", "မဘာ"), ("ខ្មែ", "ខមែ")):
        assert (
            shaping.word(stacked, False, False, False).width < shaping.word(letters, False, False, False).width * 0.85
        )
        assert shaping.word(stacked, False, False, False).below > shaping.word(letters, False, False, False).below


MIXED = "مكتب City Clinic (الطابق 3)، هاتف: +44 20 7946 0958 بتاريخ 2026-11-23، 14:30!"


def places_of(pdf: bytes) -> list[tuple[str, float]]:
    """The characters of the first line with the middle of each, from left to right."""
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    found = []
    for index in range(page.count_chars()):
        character = page.get_text_range(index, 1)
        left, _, right, _ = page.get_charbox(index)
        if not character.isspace() and page.get_charbox(index)[1] > 700:
            found.append((character, (left + right) / 2))
    return sorted(found, key=lambda one: one[1])


def test_a_mixed_line_stands_in_visual_order() -> None:
    shown = "".join(character for character, _ in places_of(printed(MIXED)))
    for run in ("CityClinic", "+442079460958", "2026-11-23", "14:30"):
        assert run in shown
    order = [shown.index(run) for run in ("!", "14:30", "2026-11-23", "+442079460958", "CityClinic")]
    assert order == sorted(order)
    assert shown.startswith("!")
    assert shown.endswith("بتكم")


def test_brackets_among_arabic_are_drawn_mirrored() -> None:
    opening = shaping.word("(", False, False, True).pieces[0].spans[0].glyphs[0]
    assert opening.id == shaping.word(")", False, False, False).pieces[0].spans[0].glyphs[0].id
    assert opening.text == "("


def test_a_paragraph_starts_where_its_own_language_starts() -> None:
    pdf = ENGLISH.pdf([ENGLISH.text("سلام"), ENGLISH.text("Hello")], Footer("", ""))
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    by_character = {page.get_text_range(n, 1): page.get_charbox(n) for n in range(page.count_chars())}
    assert by_character["س"][2] == pytest.approx(552, abs=2)
    assert by_character["H"][0] == pytest.approx(44, abs=2)


def test_digits_and_latin_keep_their_order_when_read_back() -> None:
    text = "الموعد \u206814:30\u2069 يوم 19 نوفمبر"
    read = by_poppler(printed(text))
    assert "14:30" in read
    assert "19" in read
