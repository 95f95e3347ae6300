"""Pages: what stands where, what stays together, what is repeated, and how it mirrors."""

from __future__ import annotations

import re
from io import BytesIO

import pypdf
import pypdfium2
import pytest
from reportlab.platypus import Flowable

from aftercare.i18n import language
from aftercare.reports.paper import (
    Column,
    Footer,
    Paper,
    Part,
    Signature,
    quiet,
    strong,
)
from aftercare.reports.preview import PageImage, Preview

ENGLISH, ARABIC = Paper(language("en")), Paper(language("ar"))
FOOTER = Footer("Confidential. Only for City Clinic.", "Report R-000317")
LONG = "She viewed a second room on Tuesday with the housing provider, and the lock was checked. "


def pages_of(story: list[Flowable], paper: Paper = ENGLISH) -> list[str]:
    document = pypdfium2.PdfDocument(paper.pdf(story, FOOTER))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def rendered(story: list[Flowable], paper: Paper = ENGLISH) -> PageImage:
    with Preview(paper.pdf(story, FOOTER)) as preview:
        return preview.render(0, 72)


def columns_of_colour(image: PageImage, red: int, green: int, blue: int) -> list[int]:
    """The x of every pixel near a colour."""
    near = []
    for at in range(0, len(image.pixels), 4):
        r, g, b = image.pixels[at : at + 3]
        if abs(r - red) < 12 and abs(g - green) < 12 and abs(b - blue) < 12:
            near.append(at % image.stride // 4)
    return near


def left_of(paper: Paper, story: list[Flowable], words: str) -> float:
    page = pypdfium2.PdfDocument(paper.pdf(story, FOOTER))[0].get_textpage()
    at = page.search(words).get_next()
    assert at is not None, words
    return float(page.get_charbox(at[0])[0])


def test_every_page_says_who_may_read_it_and_which_page_it_is() -> None:
    pages = pages_of([ENGLISH.text(LONG * 3) for _ in range(40)])
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert "Confidential. Only for City Clinic." in page
        assert f"Report R-000317 · page {number} of {len(pages)}" in page


@pytest.mark.parametrize("lines_before", range(36, 52))
def test_a_heading_never_stands_alone_at_the_foot_of_a_page(lines_before: int) -> None:
    story: list[Flowable] = [ENGLISH.text(f"line {n}") for n in range(lines_before)]
    story += [
        ENGLISH.section("Housing"),
        ENGLISH.quotation("“A room.”", keep_with_next=True),
        ENGLISH.table([Column("Step"), Column("Due")], [["View rooms", "19 Nov"], ["Move", "20 Nov"]]),
    ]
    (page,) = [page for page in pages_of(story) if "Housing" in page]
    assert re.search("Housing.*A room.*Step.*View rooms", page, re.DOTALL)


def test_the_header_of_a_table_is_repeated_and_no_row_is_lost() -> None:
    rows = [[f"Step {n}", LONG, quiet("open")] for n in range(60)]
    pages = pages_of([ENGLISH.table([Column("What"), Column("Notes", 3), Column("State", 0)], rows)])
    assert len(pages) > 1
    assert all("What" in page and "State" in page for page in pages)
    assert re.findall(r"Step (\d+) ", "\n".join(pages)) == [str(n) for n in range(60)]


@pytest.mark.parametrize("rows", range(2, 8))
@pytest.mark.parametrize("lines", range(34, 43))
def test_no_row_of_a_table_stands_alone_at_the_foot_or_head_of_a_page(lines: int, rows: int) -> None:
    table = ENGLISH.table([Column("Step", 3.0), Column("Due", 1.0)], [[f"Step {n}.", ""] for n in range(1, rows + 1)])
    story = [*(ENGLISH.text("Another line.") for _ in range(lines)), ENGLISH.section("Housing"), table]
    shares = [sum(f"Step {n}." in page for n in range(1, rows + 1)) for page in pages_of(story)]
    assert sum(shares) == rows
    assert 1 not in shares


def test_a_row_higher_than_a_page_is_parted_between_lines() -> None:
    words = [f"w{n}" for n in range(2500)]
    pages = pages_of(
        [ENGLISH.table([Column("Area"), Column("Notes", 2)], [["Housing", " ".join(words)], ["Health", ""]])]
    )
    assert len(pages) > 1
    assert re.findall(r"\bw\d+", " ".join(pages)) == words
    assert "Health" in pages[-1]


def test_a_short_row_lets_its_last_cell_reach_to_the_end() -> None:
    columns = [Column("Area", 0), Column("1 Sep"), Column("Now"), Column("Own view")]
    wide = ENGLISH.table(columns, [[strong("Family"), quiet("Not covered by this release because it ended in May")]])
    page = pages_of([wide])[0]
    assert "Not covered by this release because it ended in May\n" in page


def test_a_list_and_signatures_are_printed_with_their_words() -> None:
    story = [
        ENGLISH.points(["Move-in date", [Part("dental ", bold=True), "check"]]),
        ENGLISH.signatures(
            [Signature("Survivor: signature or mark, date"), Signature("Case worker", note="A. Rahman")]
        ),
    ]
    page = pages_of(story)[0]
    for words in ("• Move-in date", "• dental check", "Survivor: signature or mark, date", "A. Rahman"):
        assert words in page


def test_a_signature_drawn_on_screen_is_drawn_on_paper() -> None:
    def ink(*strokes: tuple[tuple[float, float], ...]) -> int:
        return len(columns_of_colour(rendered([ENGLISH.signatures([Signature("x", strokes)])]), 31, 45, 58))

    assert ink(((0.1, 0.1), (0.9, 0.9)), ((0.5, 0.5),)) > ink() + 15


@pytest.mark.parametrize("paper", [ENGLISH, ARABIC])
def test_a_bar_fills_from_where_the_line_starts(paper: Paper) -> None:
    filled = columns_of_colour(rendered([paper.bar(0.25, "#4a63b0")], paper), 0x4A, 0x63, 0xB0)
    middle = (min(filled) + max(filled)) / 2
    assert (max(filled) - min(filled)) == pytest.approx(paper.area.width / 4, abs=3)
    assert (middle > 400) == paper.mirrored


def test_dots_are_filled_up_to_the_level() -> None:
    three, five = (len(columns_of_colour(rendered([ENGLISH.dots(n, 5, "#b4506a")]), 0xB4, 0x50, 0x6A)) for n in (3, 5))
    assert 0 < three < five


def story_of(paper: Paper) -> list[Flowable]:
    return [
        paper.title("Progress report", "S-0142", ["For: City Clinic"]),
        paper.section("At a glance"),
        paper.table([Column("Area"), Column("Now")], [["Housing", "Safe"]]),
        paper.signatures([Signature("Survivor"), Signature("Worker")]),
    ]


def test_a_page_read_from_the_right_is_mirrored_as_a_whole() -> None:
    def order(paper: Paper, first: str, second: str) -> bool:
        return left_of(paper, story_of(paper), first) < left_of(paper, story_of(paper), second)

    for first, second in [("Progress", "For:"), ("Area", "Now"), ("Survivor", "Worker"), ("Confid", "R-000")]:
        assert order(ENGLISH, first, second)
        assert not order(ARABIC, first, second)
    assert left_of(ENGLISH, story_of(ENGLISH), "At a glance") < 60
    assert left_of(ARABIC, story_of(ARABIC), "At a glance") > 400


def test_sections_stand_in_the_outline_below_the_title() -> None:
    outline = pypdf.PdfReader(BytesIO(ENGLISH.pdf(story_of(ENGLISH), FOOTER))).outline
    assert outline[0].title == "Progress report"  # type: ignore[union-attr]
    assert [entry.title for entry in outline[1]] == ["At a glance"]  # type: ignore[union-attr]


def test_an_outline_entry_leads_to_the_page_of_its_heading() -> None:
    story = [*story_of(ENGLISH), ENGLISH.page_break(), ENGLISH.section("Health"), ENGLISH.text("x")]
    reader = pypdf.PdfReader(BytesIO(ENGLISH.pdf(story, FOOTER)))
    entry = reader.outline[1][-1]
    assert entry.title == "Health"  # type: ignore[union-attr]
    assert reader.get_destination_page_number(entry) == 1  # type: ignore[arg-type]


def test_letter_and_large_print() -> None:
    letter = pypdfium2.PdfDocument(Paper(language("en"), "Letter").pdf(story_of(ENGLISH), FOOTER))
    assert letter.get_page_size(0) == (612, 792)
    text = LONG * 20
    small, large = (Paper(language("en"), scale=scale).text(text) for scale in (1, 1.6))
    assert large.wrap(500)[1] > 2 * small.wrap(500)[1]


def test_the_same_story_gives_the_same_bytes() -> None:
    assert ENGLISH.pdf(story_of(ENGLISH), FOOTER) == ENGLISH.pdf(story_of(ENGLISH), FOOTER)


def test_an_empty_story_is_an_empty_page_with_its_footer() -> None:
    (page,) = pages_of([])
    assert "page 1 of 1" in page


def test_a_gap_is_dropped_at_the_head_of_a_page_and_breaks_do_not_pile_up() -> None:
    assert len(pages_of([ENGLISH.gap(900), ENGLISH.page_break(), ENGLISH.page_break(), ENGLISH.text("only")])) == 1


@pytest.mark.parametrize("lines", range(44, 58))
def test_signatures_never_stand_alone_on_a_page(lines: int) -> None:
    signing = ENGLISH.signatures([Signature("Survivor: signature or mark, date")])
    story = ENGLISH.signed(
        [*(ENGLISH.text("Another line.") for _ in range(lines)), ENGLISH.text("We look at this plan again in May.")],
        ENGLISH.gap(10),
        ENGLISH.signatures([Signature("Whom I can call")]),
        ENGLISH.gap(6),
        signing,
    )
    (page,) = (page for page in pages_of(story) if "signature or mark" in page)
    assert "again in May" in page
    assert "Whom I can call" in page


@pytest.mark.parametrize("rows", [1, 2, *range(26, 44)])
def test_signatures_below_a_table_have_its_last_row_above_them(rows: int) -> None:
    table = ENGLISH.table([Column("Step", 3.0), Column("Due", 1.0)], [[f"Step {n}.", ""] for n in range(1, rows + 1)])
    lines = 24 if rows < 3 else 0
    story = ENGLISH.signed(
        [*(ENGLISH.text("Another line.") for _ in range(lines + 20 * (rows < 3))), table],
        ENGLISH.gap(10),
        ENGLISH.signatures([Signature("Survivor: signature or mark, date")]),
    )
    pages = pages_of(story)
    (page,) = (page for page in pages if "signature or mark" in page)
    assert f"Step {rows}." in page
    assert all(sum(f"Step {n}." in page for page in pages) == 1 for n in range(1, rows + 1))
