"""Bad input to every command: clear words on standard error and the exit code that is promised, never a traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from terminal import Ran, Run, files_of, to

ON_RECORDS = [
    ("unlock-check",),
    ("verify",),
    ("backup",),
    ("salvage", "--to", "{new}"),
    ("rotate", "--yes"),
    ("recovery-kit", "--out", "{new}"),
    ("list", "survivors"),
    ("import", "people", "{table}"),
    ("report", "progress", "--case", "S-0001", "--out", "{new}"),
    ("report", "plan-sheet", "--case", "S-0001", "--out", "{new}"),
    ("log", "list"),
    ("log", "export", "--out", "{new}"),
    ("retention", "list"),
    ("retention", "purge", "--case", "S-0001"),
    ("retention", "finish"),
    ("retention", "certificate", "--number", "1", "--out", "{new}"),
    ("retention", "erase-everything", "--confirm", "erase everything"),
]


def named(command: tuple[str, ...], tmp_path: Path) -> list[str]:
    table = tmp_path / "caseload.csv"
    table.write_text("Client no;Arrival\nK-0001;3.8.2026\n", encoding="utf-8")
    return [word.format(new=tmp_path / "new", table=table) for word in command]


def is_told(ran: Ran, code: int, *words: str) -> None:
    """Nothing on standard output, the words on standard error, and not as a mistake of ours."""
    assert (ran.code, ran.out) == (code, ""), ran.err
    assert "incident" not in ran.err
    assert "Traceback" not in ran.err
    for part in words:
        assert part in ran.err


@pytest.mark.parametrize("command", ON_RECORDS, ids=lambda command: " ".join(command[:2]))
def test_a_folder_without_records_is_told_by_every_command(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    is_told(run(*named(command, tmp_path), *to(tmp_path / "nowhere")), 1, "There are no records in this folder.")
    assert not (tmp_path / "nowhere").exists()
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("report", "progress", "--case", "S-0001", "--out"),
        ("report", "plan-sheet", "--case", "S-0001", "--out"),
        ("report", "plan-sheet", "--case", "S-0001", "--out-dir"),
        ("log", "export", "--out"),
    ],
    ids=lambda command: " ".join((*command[:2], command[-1])),
)
def test_a_place_that_cannot_be_written_is_told(
    run: Run, vault: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    a_file, a_folder = tmp_path / "file", tmp_path / "folder"
    a_file.write_text("somebody's")
    a_folder.mkdir()
    wrong = a_file if command[-1] == "--out-dir" else a_folder
    is_told(run(*command, str(wrong), *to(vault)), 1, "cannot be written")
    is_told(run(*command, str(a_file / "below"), *to(vault)), 1, "cannot be written")
    assert a_file.read_text() == "somebody's"
    assert list(a_folder.iterdir()) == []


def test_the_folder_one_stands_in_is_no_file_to_write(
    run: Run, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    is_told(run("log", "export", "--out", ".", *to(vault)), 1, "cannot be written")
    is_told(run("recovery-kit", "--out", ".", *to(vault)), 2, "a new file in an existing folder")


def test_pictures_and_the_self_test_want_a_folder_of_their_own(run: Run, vault: Path, tmp_path: Path) -> None:
    a_file = tmp_path / "file"
    a_file.write_text("somebody's")
    is_told(run("screenshots", "--out", str(a_file)), 1, "cannot be written")
    is_told(run("self-test", "--vault", str(a_file)), 1, "cannot be written")
    before = files_of(vault)
    is_told(run("self-test", "--vault", str(vault)), 1, "There are records in this folder already.")
    assert files_of(vault) == before
    is_told(run("self-test", "--vault", str(tmp_path)), 1, "This folder holds other files.")
    assert run("self-test", "--vault", str(tmp_path / "fresh")).code == 0


def test_a_backup_that_is_not_there_is_a_file_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    into = ("--into", str(tmp_path / "new"), "--passphrase-file", "-")
    is_told(run("restore", str(tmp_path / "no.backup"), *into), 1, "The file cannot be read")
    is_told(run("restore", str(tmp_path), *into), 1, "The file cannot be read")
    other = tmp_path / "letter.backup"
    other.write_text("Dear colleague")
    is_told(run("restore", str(other), *into), 1, "not a backup of Aftercare")
    assert not (tmp_path / "new").exists()


def test_a_log_without_its_signature_says_which_file_is_missing(run: Run, tmp_path: Path) -> None:
    alone = tmp_path / "log.csv"
    is_told(run("log", "check", str(alone)), 1, "The file cannot be read")
    alone.write_text("number,utc\r\n")
    is_told(run("log", "check", str(alone)), 1, "The signature of this file is not beside it: log.csv.signature.json.")


def test_a_language_that_nobody_speaks_is_wrong_use(run: Run, vault: Path, tmp_path: Path) -> None:
    for paper in ("progress", "plan-sheet"):
        asked = ("report", paper, "--case", "S-0001", "--out", str(tmp_path / "x.pdf"), "--language")
        is_told(run(*asked, "klingon", *to(vault)), 2, "--language: this language is not known")
    assert run(*asked, "ckb", *to(vault)).code == 0


def test_kinds_of_words_are_told_and_do_not_go_with_the_whole_record(run: Run, vault: Path) -> None:
    purge = ("retention", "purge", "--case", "S-0001")
    is_told(run(*purge, "--kind", "letters", *to(vault)), 2, "“letters” is not one of “contact”")
    for kinds in (("--kind", "whole"), ("--whole", "--kind", "health")):
        is_told(run(*purge, *kinds, *to(vault)), 2, "--kind: it names words; the whole record is --whole alone")


def test_what_is_wrong_is_told_beside_the_data_as_well(run: Run, vault: Path, tmp_path: Path) -> None:
    table = tmp_path / "caseload.csv"
    table.write_text("Client no;Sex\nK-0001;purple\n", encoding="utf-8")
    looked = run("import", "people", str(table), "--json", *to(vault))
    assert looked.code == 1
    assert json.loads(looked.out)["problem_count"] == 1
    assert "Row 2, Sex: “purple”" in looked.err
    damaged = bytearray((vault / "records.db").read_bytes())
    damaged[-2000] ^= 0xFF
    (vault / "records.db").write_bytes(damaged)
    verified = run("verify", "--json", *to(vault))
    assert verified.code == 1
    assert not json.loads(verified.out)["sound"]
    assert "The records are damaged." in verified.err


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights of a file mean nothing to root")
@pytest.mark.parametrize("command", [("verify",), ("salvage",), ("doctor",), ("init",)], ids=lambda command: command[0])
def test_a_folder_that_may_not_be_entered_is_told(run: Run, vault: Path, command: tuple[str, ...]) -> None:
    vault.parent.chmod(0o000)
    try:
        told = run(*command, *to(vault))
    finally:
        vault.parent.chmod(0o700)
    is_told(told, 1, "The folder of these records belongs to another user of this computer.")


def test_every_command_says_in_one_line_what_it_does(run: Run) -> None:
    for group in ((), ("list",), ("import",), ("report",), ("log",), ("retention",)):
        told = run(*group, "--help").out
        assert "Commands:" in told
        assert "..." not in told.split("Commands:")[1]


def test_records_without_their_key_files_are_not_told_to_be_missing(run: Run, vault: Path) -> None:
    for header in ("header.a", "header.b"):
        (vault / header).unlink()
    for command in (("unlock-check",), ("verify",), ("retention", "list")):
        ran = run(*command, *to(vault))
        is_told(ran, 1, "key file")
        assert "make a new vault" not in ran.err


def test_a_backup_of_other_records_says_so_before_it_takes_their_place(run: Run, vault: Path, tmp_path: Path) -> None:
    run("backup", "--to", str(tmp_path / "stick"), *to(vault))
    (backup,) = (tmp_path / "stick").iterdir()
    other = tmp_path / "other"
    run("init", "--login", "okafor", "--recovery-file", str(tmp_path / "code"), *to(other))
    told = "not of the records in that folder"
    key = ("--passphrase-file", "-", "--login", "rahman")
    assert told not in run("restore", str(backup), "--into", str(vault), *key).err
    ran = run("restore", str(backup), "--into", str(other), *key, typed="not this one\n")
    is_told(ran, 1, told, "training records")
    assert not list(tmp_path.glob("other-before-*"))
