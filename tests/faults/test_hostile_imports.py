"""Row 14 in the whole program: a hostile file is taken over whole or not at all, and fills neither disk nor memory.

The large ones are read by a process of its own with little memory, which tells how much it took.
"""

from __future__ import annotations

import csv
import io
import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from aftercare.domain.errors import Problem
from aftercare.domain.importing import Alike
from aftercare.domain.rows.log import LogRow
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.services.desk import Desk
from aftercare.services.importing import import_people
from aftercare.services.log_export import as_table
from aftercare.services.survivors import count_survivors
from hostile_files import CASELOAD, READERS, contents
from proof import Proof
from rounds import few_or

MOST_MEMORY_MB, MOST_SECONDS = 1_500, 120
READ_APART = """
import json, resource, sys, time
limit = {memory} << 20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from datetime import date
from pathlib import Path
from aftercare.domain.errors import Problem
from aftercare.domain.importing import ImportMapping
from aftercare.exchange.mapping import read_mapping
from aftercare.exchange.people import read_people
from aftercare.exchange.tables import read_table
content, said = Path(sys.argv[1]).read_bytes(), "taken"
try:
    read_mapping(content) if sys.argv[1].endswith(".toml") else read_people(
        read_table(content), ImportMapping(), date(2026, 11, 23))
except Problem as problem:
    said = type(problem).__name__
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([said, peak, time.process_time()]))
"""
SPREADSHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))

pytestmark = pytest.mark.promise(14)


# --- whole or nothing -------------------------------------------------------------------------------------------------


@few_or(400, few=12, full=2_000)
def test_a_spoiled_caseload_is_taken_over_whole_or_not_at_all(
    desk: Desk, tmp_path: Path, rounds: int, proof: Proof
) -> None:
    chance, file = random.Random(rounds), tmp_path / "caseload"
    taken = 0
    readers = [READERS["caseload"], READERS["workbook"]]
    spoiled = [content for reader in readers for content in list(contents(reader, rounds, chance))[-rounds:]]
    for content in [CASELOAD.encode(), *spoiled]:
        file.write_bytes(content)
        before, rows = _people(desk), _counts(desk)
        try:
            imported = desk.do(import_people, file, alike=Alike.KEEP).value.people
        except Problem:
            imported = 0
        proof.tried()
        proof.corrupt(not imported and _counts(desk) != rows)
        assert _people(desk) == before + imported
        assert imported or _counts(desk) == rows
        taken += bool(imported)
    assert taken > 0
    with desk.engine.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


def _people(desk: Desk) -> int:
    return desk.ask(count_survivors, SurvivorFilter())


def _counts(desk: Desk) -> list[int]:
    with desk.engine.connect() as connection:
        tables = ("survivor", "survivor_case", "person_name", "note", "change", "search_entry")
        known = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
        return [
            connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables if table in known
        ]


# --- bounded ----------------------------------------------------------------------------------------------------------


def _squeezed(path: Path, part: str, content: bytes, times: int) -> None:
    _with_part(path, part, (content for _ in range(times)))


def _with_part(path: Path, part: str, pieces: Iterable[bytes]) -> None:
    """A workbook of which one part is made of these pieces."""
    source = io.BytesIO(READERS["workbook"].seeds()[0])
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for each in whole.infolist():
            if each.filename != part:
                made.writestr(each.filename, whole.read(each))
        with made.open(part, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)


def _a_million_rows(path: Path) -> None:
    path.write_bytes(b"Client no,First name\n" + b"K-1,Selam\n" * 1_000_000)


def _rows_of_a_workbook(path: Path) -> None:
    row = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Selam</t></is></c></row>'
    thousands = (
        b"".join(row % (number, number) for number in range(begin, begin + 1_000))
        for begin in range(1, 1_000_001, 1_000)
    )
    _with_part(path, "xl/worksheets/sheet1.xml", chain([SPREADSHEET], thousands, [b"</sheetData></worksheet>"]))


def _one_endless_line(path: Path) -> None:
    path.write_bytes(b"Client no," + b"x" * (45 << 20))


def _a_million_columns(path: Path) -> None:
    path.write_bytes(b"First name" + b",x" * 1_000_000 + b"\n")


def _open_quotes(path: Path) -> None:
    path.write_bytes(b'Client no,First name\n"' + b'a,"\n' * 5_000_000)


def _laughs(path: Path) -> None:
    document = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY l0 "lol">' + LAUGHS + b"]>" + SPREADSHEET
    document += b'<row r="1"><c r="A1" t="str"><v>&l9;</v></c></row></sheetData></worksheet>'
    _squeezed(path, "xl/worksheets/sheet1.xml", document, 1)


def _zeros(path: Path) -> None:
    _squeezed(path, "xl/worksheets/sheet1.xml", bytes(1 << 20), 2_000)


def _strings(path: Path) -> None:
    _squeezed(path, "xl/sharedStrings.xml", b"<si><t>" + b"x" * 1000 + b"</t></si>", 350_000)


def _many_parts(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for number in range(60_000):
            made.writestr(f"xl/{number}", "")


def _nested_mapping(path: Path) -> None:
    path.write_bytes(b"a." * 100_000 + b"b = 1\n" + b"x = " + b"[" * 50_000)


LARGE: dict[str, tuple[str, Callable[[Path], None], bool]] = {
    "a million rows": ("csv", _a_million_rows, False),
    "a million rows in a workbook": ("xlsx", _rows_of_a_workbook, True),
    "one endless line": ("csv", _one_endless_line, True),
    "a million columns": ("csv", _a_million_columns, False),
    "quotes that never close": ("csv", _open_quotes, True),
    "entities of entities": ("xlsx", _laughs, False),
    "two gigabytes of zeros": ("xlsx", _zeros, True),
    "350 megabytes of words": ("xlsx", _strings, True),
    "sixty thousand parts": ("xlsx", _many_parts, True),
    "a mapping without end": ("toml", _nested_mapping, False),
}


@pytest.mark.skipif(sys.platform == "win32", reason="limits of memory are of Unix")
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if large[2] else []) for name, large in LARGE.items()]
)
def test_a_file_that_swells_is_read_or_refused_with_little_memory(name: str, tmp_path: Path, proof: Proof) -> None:
    suffix, make, _is_slow = LARGE[name]
    path = tmp_path / f"large.{suffix}"
    make(path)
    program = READ_APART.replace("{memory}", str(MOST_MEMORY_MB))
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said, _peak_mb, seconds = json.loads(done.stdout)
    proof.tried()
    assert said in ("taken", "ImportUnreadable", "MappingUnreadable")
    assert seconds < MOST_SECONDS
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


# --- what goes out again ----------------------------------------------------------------------------------------------


@given(st.lists(st.text(max_size=12) | st.sampled_from(["=1+1", "+1", "-1", "@SUM(A1)", "\uff1d1+1"]), max_size=5))
def test_nothing_that_was_taken_over_is_a_formula_when_it_goes_out(words: list[str]) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    rows = [LogRow(seq, now, each, "note.added", each, each, each) for seq, each in enumerate(words)]
    table = as_table(rows).decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(table, newline="")))[1:]:
        assert not any(cell.startswith(tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")) for cell in row[2:])
