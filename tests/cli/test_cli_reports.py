"""Reports and the log from the command line: files that tell nothing by their names."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from terminal import Run, files_of, to


def test_a_progress_report_for_one_person_and_period(run: Run, vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    ran = run("report", "progress", *to(vault), "--case", "S-0003", "--from", "2026-01-01", "--to", "2026-06-30",
              "--profile", "internal", "--out", str(out))  # fmt: skip
    assert ran.code == 0
    assert out.read_bytes().startswith(b"%PDF-")
    assert os.name != "posix" or stat.S_IMODE(out.stat().st_mode) == 0o600


def test_reports_for_everyone_have_names_that_tell_nothing(run: Run, vault: Path, tmp_path: Path) -> None:
    ran = run("report", "progress", *to(vault), "--all", "--out-dir", str(tmp_path / "out"), "--json")
    assert json.loads(ran.out)["files"] == len(list((tmp_path / "out").iterdir())) > 1
    assert not any("S-0" in name.name for name in (tmp_path / "out").iterdir())
    assert run("report", "plan-sheet", *to(vault), "--case", "s-2", "--out", str(tmp_path / "p.pdf")).code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("--case", "S-0001"),
        ("--all", "--out", "x.pdf"),
        ("--all", "--case", "S-0001", "--out-dir", "x"),
        ("--case", "S-0001", "--out", "x.pdf", "--out-dir", "x"),
        ("--case", "S-0001", "--out", "x.pdf", "--from", "yesterday"),
        ("--case", "S-0001", "--out", "x.pdf", "--profile", "police"),
    ],
)
def test_reports_that_cannot_be_meant_are_wrong_use(run: Run, vault: Path, arguments: tuple[str, ...]) -> None:
    assert run("report", "progress", *to(vault), *arguments).code == 2


def test_a_word_that_is_not_known_is_told_with_those_that_are(run: Run, vault: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    ran = run("report", "progress", *to(vault), "--case", "S-0001", "--out", str(out), "--profile", "police")
    assert (ran.code, ran.out) == (2, "")
    assert "--profile: “police” is not one of “internal”, “survivors_copy” and “anonymous”" in ran.err
    assert not out.exists()
    both = run("list", "survivors", *to(vault), "--stage", "intake", "--stage", "asleep")
    assert both.code == 2
    assert "“asleep” is not one of “intake”" in both.err


@pytest.mark.parametrize(
    "command", [("report", "progress", "--all", "--out-dir"), ("log", "export", "--out")], ids=["report", "log"]
)
def test_a_period_turned_round_is_wrong_use_and_writes_nothing(
    run: Run, vault: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    before = files_of(vault)
    turned = ("--from", "2026-06-30", "--to", "2026-01-01")
    ran = run(*command, str(tmp_path / "out"), *turned, *to(vault))
    assert (ran.code, ran.out) == (2, "")
    assert "2026-06-30 is after 2026-01-01" in ran.err
    assert not (tmp_path / "out").exists()
    assert files_of(vault) == before


def test_a_period_before_the_case_and_an_unknown_code_are_problems(run: Run, vault: Path, tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "x.pdf"))
    turned = run("report", "progress", *to(vault), "--case", "S-0001", "--from", "2031-01-01", *out)
    assert turned.code == 1
    assert "The end is before the beginning. Nothing was changed.\n" in turned.err
    assert run("report", "progress", *to(vault), "--case", "S-9999", *out).code == 1
    assert not (tmp_path / "x.pdf").exists()


def test_the_log_is_listed_newest_first_by_code(run: Run, vault: Path) -> None:
    run("report", "progress", *to(vault), "--case", "S-0001", "--out", str(vault.parent / "one.pdf"))
    listed = json.loads(run("log", "list", *to(vault), "--person", "s-0001", "--only", "left", "--json").out)
    assert [line["about"] for line in listed] == ["S-0001"]
    words = run("log", "list", *to(vault), "--most", "3").out
    assert len(words.splitlines()) == 3
    left = run("log", "list", *to(vault), "--person", "s-0001", "--only", "left").out
    assert re.search(r"Saved as a file  Printed report  S-0001  .*1 copy", left)
    looked = run("log", "list", *to(vault), "--only", "looked", "--most", "1").out
    assert "Looked at  The log" in looked


def test_an_exported_log_is_checked_without_records(run: Run, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    told = json.loads(run("log", "export", *to(vault), "--out", str(file), "--json").out)
    assert json.loads(run("log", "check", str(file), "--json").out)["fingerprint"] == told["fingerprint"]
    file.write_bytes(file.read_bytes() + b"one more line\r\n")
    spoilt = run("log", "check", str(file))
    assert spoilt.code == 1
    assert "not what was signed" in spoilt.err
