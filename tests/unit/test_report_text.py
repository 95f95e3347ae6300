"""Text on a page: literal, measured, cut, parted over pages, never lost."""

from __future__ import annotations

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.i18n import language
from aftercare.reports import fonts, paragraphs, shaping
from aftercare.reports.paper import Footer, Paper
from aftercare.reports.text import Part, Style, Text, width_of

PAPER = Paper(language("en"))
LONG = "She viewed a second room on Tuesday with the housing provider, and the lock was checked. " * 8


def read(*contents: str | Part | list[str | Part]) -> str:
    pdf = PAPER.pdf([PAPER.text(content) for content in contents], Footer("", ""))
    return str(pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()).replace("\r\n", "\n")


def spoken(text: Text, measure: float) -> list[str]:
    return ["".join(item.word.text for item in line.items) for line in text.lines(measure)]


def test_markup_of_a_user_is_printed_as_it_was_typed() -> None:
    assert "<b>&amp;</b> <para>&#65; %(x)s {y}" in read("<b>&amp;</b> <para>&#65; %(x)s {y}")


def test_parts_have_their_own_looks_and_read_as_one_sentence() -> None:
    text = Text([Part("“Sleep through the night.” ", italic=True), "Six sessions, ", Part("all kept", bold=True), "."])
    faces = [piece.face.name for item in text.lines(500)[0].items for piece in item.word.pieces]
    assert {"NotoSans-Italic", "NotoSans-Regular", "NotoSans-Bold"} == set(faces)
    assert "“Sleep through the night.” Six sessions, all kept." in read(list(text.content))  # type: ignore[arg-type]


def test_a_word_of_two_looks_is_not_parted() -> None:
    text = Text([Part("un", bold=True), "believable"], Style(size=10))
    assert len(text.lines(text.natural_width() + 0.1)) == 1
    assert spoken(Text(["so ", Part("un", bold=True), "believable"]), 72)[0] == "so "


def test_a_text_too_long_for_its_cell_ends_in_an_ellipsis() -> None:
    text = Text(LONG, lines=1)
    (line,) = text.lines(120)
    assert spoken(text, 120)[0].endswith("…")
    assert line.width <= 120
    assert spoken(Text("short", lines=1), 120) == ["short"]


def test_a_text_of_two_lines_is_cut_in_the_second() -> None:
    cut = spoken(Text(LONG, lines=2), 120)
    assert len(cut) == 2
    assert not cut[0].endswith("…")
    assert cut[1].endswith("…")


def test_a_word_wider_than_the_measure_is_parted_between_clusters() -> None:
    text = Text("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2)
    lines = text.lines(80)
    assert all(line.width <= 80 for line in lines)
    assert "".join(spoken(text, 80)) == text.content


def test_a_telephone_number_is_not_parted_over_two_lines() -> None:
    text = Text("Call the clinic on +44 20 7946 0958 before noon")
    for measure in range(85, 240, 5):
        assert any("+44 20 7946 0958" in line for line in spoken(text, measure))


def test_a_measure_narrower_than_a_letter_loses_nothing() -> None:
    assert "".join(spoken(Text("কিন্তু wide"), 1)) == "কিন্তু wide"


def test_line_breaks_make_paragraphs_and_control_characters_go() -> None:
    assert spoken(Text("one\r\ntwo\x0bthree\n\nfour\x00\x1b[0m\ud800"), 300) == ["one", "two", "three", "", "four[0m"]


def test_a_character_without_a_font_is_a_box_and_is_told() -> None:
    assert fonts.uncovered("a 𓀀 b 𓀀 \u200d\n") == ("𓀀",)
    (piece,) = shaping.word("𓀀", False, False, False).pieces
    assert piece.spans[0].glyphs[0].id == fonts.MISSING
    assert piece.width > 0
    assert "𓀀" in read("a 𓀀 b")
    printed = PAPER.printed([PAPER.text("a 𓀀 b 𓀁 𓀀")], Footer("", ""))
    assert printed.unprintable == ("𓀀", "𓀁")
    assert printed.pages == 1
    assert PAPER.printed([PAPER.text("Łucja")], Footer("", "")).unprintable == ()


def test_signs_that_reports_use_are_covered() -> None:
    assert fonts.uncovered("●○▲▼✓✗→·–“”«»•☐☑…‹›−×½€№△▽■□★") == ()


def test_no_font_is_opened_by_an_import() -> None:
    import subprocess
    import sys

    code = "import aftercare.reports.paper, aftercare.reports.fonts as f; print(f._face.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_a_mark_stays_with_its_base_and_a_joiner_with_its_word() -> None:
    faces = [face.name for face, _ in fonts.runs(shaping.clusters("می‌خواهد"))]
    assert faces == ["NotoSansArabic-Regular"]
    assert [run for _, run in fonts.runs(shaping.clusters("a→b"))] == ["a", "→", "b"]


def test_bold_chinese_is_drawn_with_a_stroke() -> None:
    (piece,) = shaping.word("中", True, False, False).pieces
    assert piece.face.synthetic_bold
    assert "中文" in read([Part("中文", bold=True)])


def test_a_text_parts_with_two_lines_on_each_side() -> None:
    text = Text(LONG, Style(size=10, leading=1.4))
    count = len(text.lines(200))
    for room in range(0, 14 * count, 7):
        parts = text.split(200, room)
        if len(parts) == 2:
            above, below = (len(part.lines(200)) for part in parts)
            assert above >= 2
            assert below >= 2
            assert above + below == count
        else:
            assert parts in ([], [text])


def test_tall_scripts_get_taller_lines_only_where_they_need_them() -> None:
    latin, stacked = Text("Room", Style(leading=1.1)), Text("မြန္မာ့ကြို့ ဣန္ဒြေ္ဒ", Style(leading=1.1))
    assert latin.wrap(300)[1] == pytest.approx(11)
    assert stacked.wrap(300)[1] > 11


def test_the_width_of_a_text_is_what_it_takes() -> None:
    assert width_of("Safe") == pytest.approx(Text("Safe").natural_width())
    assert width_of("") == 0
    assert width_of("Safe", Style(size=20)) == pytest.approx(2 * width_of("Safe", Style(size=10)))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40), st.floats(20, 300))
def test_any_text_can_be_set_and_keeps_its_letters(content: str, measure: float) -> None:
    text = Text(content)
    lines = text.lines(measure)
    kept = "".join("".join(item.word.text for item in line.items) for line in lines)
    assert "".join(kept.split()) == "".join(paragraphs.printable(content).split())
    assert text.wrap(measure)[1] > 0
