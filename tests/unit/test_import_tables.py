"""What comes out of a file: any delimiter, any encoding, workbooks; and what is refused before it can do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
import xlsxwriter

from aftercare.domain.errors import ImportUnreadable
from aftercare.domain.importing import MOST_BYTES, FileFault
from aftercare.exchange.tables import read_table

pytestmark = pytest.mark.promise(14)


def a_workbook(rows: Sequence[Sequence[object]], sheet: str = "Caseload") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return out.getvalue()


def refused(content: bytes, sheet: str = "") -> str:
    with pytest.raises(ImportUnreadable) as problem:
        read_table(content, sheet)
    return problem.value.reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_seen(delimiter: str) -> None:
    text = "\n".join(delimiter.join(row) for row in (["Name", "Age", "Notes"], ["Ada", "31", "tea"], ["Bo", "24", ""]))
    assert read_table(text.encode()).rows[1] == ["Ada", "31", "tea"]


def test_a_comma_inside_quotes_parts_nothing() -> None:
    table = read_table(b'Name,Notes\n"Tesfay, Selam","line one\nline two"\n')
    assert table.rows[1] == ["Tesfay, Selam", "line one\nline two"]


def test_the_line_in_which_excel_names_the_delimiter_keeps_its_place_in_the_count() -> None:
    assert list(read_table(b"sep=|\nName|Age\nAda|31\n").rows) == [[], ["Name", "Age"], ["Ada", "31"]]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Łucja Wiśniewska"),
        ("utf-8-sig", "ሰላም ተስፋይ"),
        ("utf-16", "พิมพ์ใจ สุขใจ"),
        ("cp1251", "Оксана Шевченко з Харкова"),
        ("cp1256", "مريم الأحمد من دمشق"),
        ("cp1252", "Ángela Muñoz Peña"),
    ],
)
def test_text_in_the_encodings_of_spreadsheets_is_read(encoding: str, name: str) -> None:
    lines = [f"{name};{number};{name} {name}" for number in range(40)]
    table = read_table(("Name;Nr;Notes\n" + "\n".join(lines)).encode(encoding))
    assert table.rows[1][0] == name


def test_a_workbook_gives_its_first_sheet_or_the_one_asked_for() -> None:
    content = a_workbook([["Name", "Age"], ["Ada", 31]])
    assert read_table(content).rows[1] == ["Ada", 31.0]
    assert read_table(content, "Caseload").sheets == ("Caseload",)
    assert refused(content, "Elsewhere") == FileFault.NO_SUCH_SHEET


def test_a_workbook_counts_rows_from_its_first_line_even_if_that_is_empty() -> None:
    table = read_table(a_workbook([[], [], ["Name"], ["Ada"]]))
    assert [list(row) for row in table.rows][2:] == [["Name"], ["Ada"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", FileFault.EMPTY),
        (b" \r\n\t ", FileFault.EMPTY),
        (b"a\0b,c\n", FileFault.NOT_TEXT),
        (b"PK\x03\x04 and no archive", FileFault.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), FileFault.OLD_FORMAT),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), FileFault.ENCRYPTED),
        (b"Name," * 600 + b"\n", FileFault.TOO_MANY_COLUMNS),
        (b"Name\n" + b"Ada\n" * 100_200, FileFault.TOO_MANY_ROWS),
        (b"x" * (MOST_BYTES + 1), FileFault.TOO_LARGE),
        (b'a,b\n"' + b"x" * 200_000 + b'",c\n', FileFault.DAMAGED),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    assert refused(content) == reason


def test_a_truncated_workbook_is_damaged() -> None:
    content = a_workbook([["Name"], ["Ada"]])
    assert refused(content[: len(content) // 2]) == FileFault.DAMAGED


def test_another_archive_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "hello")
    assert refused(out.getvalue()) == FileFault.OLD_FORMAT


def _with_sheet(xml: bytes) -> bytes:
    """A workbook whose first sheet is this text."""
    source, out = io.BytesIO(a_workbook([["Name"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, xml if part.filename.endswith("sheet1.xml") else old.read(part))
    return out.getvalue()


def test_a_bomb_is_measured_while_it_is_unpacked_and_refused() -> None:
    bomb = _with_sheet(b" " * (401 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    assert refused(bomb) == FileFault.SWELLS


@pytest.mark.parametrize(
    ("cell", "reason"), [("A1048576", FileFault.TOO_MANY_ROWS), ("XFD90000", FileFault.TOO_MANY_COLUMNS)]
)
def test_a_single_cell_far_out_does_not_make_the_reader_lay_out_everything_before_it(cell: str, reason: str) -> None:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    xml = (
        f'<worksheet {space}><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        f'<row r="{row}"><c r="{cell}"><v>2</v></c></row></sheetData></worksheet>'
    )
    assert refused(_with_sheet(xml.encode())) == reason
