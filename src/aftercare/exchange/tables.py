"""A table out of a file: CSV in any delimiter and encoding, or XLSX; bounded, so that no file can fill the memory.

Cells come as text, numbers, dates or booleans as the file holds them; nothing is computed, a formula is only its last
result. Every refusal is `ImportUnreadable`.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from aftercare.domain.errors import ImportUnreadable
from aftercare.domain.importing import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, FileFault

Cell = str | float | int | bool | date | datetime | time | timedelta | None
Row = Sequence[Cell]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MOST_SWOLLEN = 400 * 1024 * 1024
_MOST_PARTS = 2_000
_MOST_CELLS = 5_000_000
_CHUNK = 1 << 20
_CELL = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Z]{0,3})(\d{1,10})"')
_DELIMITERS = ";\t,|"
_SAMPLE = 256 * 1024
_ENCODINGS = [
    "utf_8", "cp1252", "cp1250", "cp1251", "cp1256", "cp1254", "cp1257", "cp1258", "cp874", "gb18030", "big5",
    "shift_jis", "euc_kr", "koi8_u", "mac_roman",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as they stand in the file, from its first line on; `sheets` are the other tables of a workbook."""

    rows: tuple[Row, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def read_table(content: bytes, sheet: str = "", encoding: str = "") -> Table:
    """The table in a file's content, told by the content and not by the name; `encoding` is for text that says none."""
    if len(content) > MOST_BYTES:
        raise ImportUnreadable(FileFault.TOO_LARGE)
    if not content.strip():
        raise ImportUnreadable(FileFault.EMPTY)
    if content.startswith(_ZIP):
        return _read_workbook(content, sheet)
    if content.startswith(_OLE):  # an old .xls, or a workbook that is locked with a password
        raise ImportUnreadable(FileFault.ENCRYPTED if b"E\0n\0c\0r\0y\0p\0t" in content else FileFault.OLD_FORMAT)
    return Table(tuple(_rows_of_text(_decoded(content, encoding))))


# --- workbooks ----------------------------------------------------------------------------------------------------


def _read_workbook(content: bytes, sheet: str) -> Table:
    _refuse_bombs(content)
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = tuple(workbook.sheet_names)
        if not names:
            raise ImportUnreadable(FileFault.EMPTY)
        if sheet and sheet not in names:
            raise ImportUnreadable(FileFault.NO_SUCH_SHEET)
        chosen = workbook.get_sheet_by_name(sheet or names[0])
        rows: list[list[Any]] = chosen.to_python(skip_empty_area=False)
    except ImportUnreadable:
        raise
    except (CalamineError, ValueError, OSError, KeyError, TypeError) as damaged:
        raise ImportUnreadable(FileFault.DAMAGED) from damaged
    except BaseException as fault:  # a panic of the reader's own language arrives as a BaseException of its own
        if type(fault).__name__ == "PanicException":
            raise ImportUnreadable(FileFault.DAMAGED) from fault
        raise
    _check_size(len(rows), max((len(row) for row in rows), default=0))
    return Table(tuple(rows), sheet or names[0], names)


def _refuse_bombs(content: bytes) -> None:
    """Look into the archive before anything is opened: real sizes, not those it claims, and how far cells reach."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS:
                raise ImportUnreadable(FileFault.SWELLS)
            if any(part.flag_bits & 1 for part in parts):
                raise ImportUnreadable(FileFault.ENCRYPTED)
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise ImportUnreadable(FileFault.OLD_FORMAT)
            left = _MOST_SWOLLEN
            for part in parts:
                is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
                left = _measure(archive, part, left, is_sheet)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as damaged:
        raise ImportUnreadable(FileFault.DAMAGED) from damaged
    except Exception as damaged:
        if type(damaged).__module__ in ("zlib", "_lzma", "lzma"):
            raise ImportUnreadable(FileFault.DAMAGED) from damaged
        raise


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, is_sheet: bool) -> int:
    """How much may still be unpacked after this part."""
    column = row = 0
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise ImportUnreadable(FileFault.SWELLS)
            if is_sheet:
                for letters, number in _CELL.findall(tail + chunk):
                    row = max(row, int(number))
                    column = max(column, _column_number(letters))
                tail = chunk[-200:]
    if is_sheet:
        # a cell far out would make the reader lay out everything up to it
        if row > MOST_ROWS + 100:
            raise ImportUnreadable(FileFault.TOO_MANY_ROWS)
        if column > 16_384 or row * column > _MOST_CELLS * 10:
            raise ImportUnreadable(FileFault.TOO_MANY_COLUMNS)
    return left


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_size(rows: int, columns: int) -> None:
    if rows > MOST_ROWS + 100:
        raise ImportUnreadable(FileFault.TOO_MANY_ROWS)
    if columns > MOST_COLUMNS:
        raise ImportUnreadable(FileFault.TOO_MANY_COLUMNS)


# --- text ---------------------------------------------------------------------------------------------------------


def _decoded(content: bytes, encoding: str) -> str:
    if encoding:
        return _decoded_as(content, encoding)
    for mark, told in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _decoded_as(content, told)
    if b"\0" in content:
        raise ImportUnreadable(FileFault.NOT_TEXT)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content)


def _guessed(content: bytes) -> str:
    """Text in one of the code pages that spreadsheets write."""
    from charset_normalizer import from_bytes

    likely = from_bytes(content[:_SAMPLE], cp_isolation=_ENCODINGS)
    # several code pages often fit equally well: the more common one then
    found = min(
        likely,
        key=lambda match: (round(match.chaos, 2), -round(match.coherence, 2), _ENCODINGS.index(match.encoding)),
        default=None,
    )
    if found is None:
        raise ImportUnreadable(FileFault.NOT_TEXT)
    return _decoded_as(content, found.encoding)


def _decoded_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (ValueError, LookupError) as strange:  # also codecs that are not for text, or not for this one
        raise ImportUnreadable(FileFault.NOT_TEXT) from strange


def _rows_of_text(text: str) -> Iterator[Row]:
    told = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)  # what Excel writes into the first line
    if told:
        text = text[told.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _delimiter(text))
    try:
        if told:
            yield []  # so that rows are counted as the spreadsheet counts them
        for number, row in enumerate(reader, 1):
            _check_size(number, len(row))
            yield row
    except csv.Error as damaged:
        raise ImportUnreadable(FileFault.DAMAGED) from damaged


def _delimiter(text: str) -> str:
    """The delimiter that parts the first lines into the most columns, most evenly."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:30] if line.strip()]

    def evenness(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:
            return (0.0, 0)
        usual = max(set(widths), key=widths.count, default=0)
        return (widths.count(usual) / len(widths) if usual > 1 else 0.0, usual) if widths else (0.0, 0)

    return max(_DELIMITERS, key=lambda delimiter: (evenness(delimiter)[0] > 0.5, evenness(delimiter)[1]))
