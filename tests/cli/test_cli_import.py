"""A caseload taken over from the command line: looked at, refused with reasons, or taken as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from terminal import Run, to

CASELOAD = "Client no;First name;Surname;Sex;Arrival\nK-0001;Ada;Lovely;f;3.8.2026\n"


def test_a_caseload_is_looked_at_and_then_taken_over(run: Run, vault: Path, tmp_path: Path) -> None:
    file, mapping = tmp_path / "caseload.csv", tmp_path / "map.toml"
    file.write_text(CASELOAD, encoding="utf-8")
    mapping.write_text('[columns]\n"Client no" = "reference"\n', encoding="utf-8")
    looked = run("import", "people", str(file), "--mapping", str(mapping), "--dry-run", *to(vault))
    assert looked.code == 0
    assert "1 person" in looked.out
    done = json.loads(run("import", "people", str(file), *to(vault), "--json").out)
    assert done == {"people": 1, "first": "S-0007", "last": "S-0007", "left_out": 0}
    again = run("import", "people", str(file), *to(vault))
    assert again.code == 1
    assert "Row 2 may be S-0007" in again.err
    assert "1 row was left out" in run("import", "people", str(file), *to(vault), "--known", "skip").err


def test_wrong_rows_are_told_in_plain_words_and_nothing_is_imported(run: Run, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "caseload.csv"
    file.write_text(CASELOAD + "K-0002;Bo;;purple;31.2.2026\n", encoding="utf-8")
    ran = run("import", "people", str(file), *to(vault))
    assert ran.code == 1
    assert "Row 3, Sex: “purple”" in ran.err
    assert "Row 3, Arrival: “31.2.2026”: there is no such day" in ran.err
    assert run("import", "people", str(tmp_path / "nowhere.xlsx"), *to(vault)).code == 1


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize("only_look", [("--dry-run",), ()], ids=["looked at", "imported"])
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04" + b"no archive " * 90, "it is damaged"),
        (bytes(range(256)) * 20, "it is neither a spreadsheet nor a text table"),
        (_OLE + b"\0" * 4000, "it is in an older or another format"),
        (_OLE + "EncryptedPackage".encode("utf-16-le").rjust(4000, b"\0"), "it is protected by a password"),
        (b"", "there is nothing in it"),
    ],
    ids=["rubbish", "bytes", "old", "encrypted", "empty"],
)
def test_what_is_no_spreadsheet_is_told_and_makes_nothing(
    run: Run, vault: Path, tmp_path: Path, content: bytes, words: str, only_look: tuple[str, ...]
) -> None:
    file = tmp_path / "caseload.xlsx"
    file.write_bytes(content)
    ran = run("import", "people", str(file), *only_look, *to(vault))
    assert (ran.code, ran.out) == (1, "")
    assert f"This file cannot be taken over: {words}. Nothing was changed." in ran.err
    assert len(json.loads(run("list", "survivors", *to(vault), "--json").out)) == 6
    assert not list((vault / "backups").glob("*.backup"))
