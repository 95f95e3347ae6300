"""Making, opening, listing and verifying from the command line; a passphrase is never an argument."""

from __future__ import annotations

import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare import __version__
from aftercare.domain.clock import stopped_at
from aftercare.domain.permissions import Reach
from aftercare.records.people import Staff
from aftercare.services.opening import open_office
from terminal import PASSPHRASE, Ran, Run, to


def test_the_version_is_all_that_is_printed(run: Run) -> None:
    for words in (["--version"], ["--version", "--vault", "elsewhere"]):
        ran = run(*words)
        assert (ran.code, ran.out, ran.err) == (0, f"{__version__}\n", "")


def test_demo_makes_a_training_vault_that_unlocks(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    assert run("demo", *to(folder), "--survivors", "2", "--seed", "7").code == 0
    found = json.loads(run("unlock-check", *to(folder), "--json").out)
    assert (found["name"], found["training"]) == ("A. Rahman", True)
    assert run("demo", *to(folder)).code == 1


def test_init_prints_the_recovery_code_once_as_the_only_data(run: Run, tmp_path: Path) -> None:
    ran = run("init", *to(tmp_path / "made"), "--login", "osei", "--name", "L. Osei")
    assert ran.code == 0
    assert len(ran.out.strip().split("-")) == 8
    assert run("unlock-check", *to(tmp_path / "made"), "--login", "osei").code == 0


def test_init_writes_the_recovery_code_for_its_owner_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "code.txt"
    ran = run("init", *to(tmp_path / "made"), "--recovery-file", str(file))
    assert (ran.code, ran.out) == (0, "")
    assert len(file.read_text().strip().split("-")) == 8
    assert os.name != "posix" or stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("init", *to(tmp_path / "other"), "--recovery-file", str(file)).code == 2
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("typed", "words"), [("a wrong but long one\n", "password is not right"), ("\n", "password is not right")]
)
def test_a_wrong_passphrase_is_explained_on_standard_error(run: Run, vault: Path, typed: str, words: str) -> None:
    ran = run("unlock-check", *to(vault), typed=typed)
    assert (ran.code, ran.out) == (1, "")
    assert words in ran.err


def test_a_weak_passphrase_makes_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("init", *to(tmp_path / "made"), typed="short\n")
    assert ran.code == 1
    assert "fewer than 15 characters" in ran.err
    assert not (tmp_path / "made").exists()


def test_a_passphrase_is_the_first_line_of_its_file_blanks_included(run: Run, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "pp"
    file.write_text(f"\ufeff{PASSPHRASE}\r\nsomething else\n", encoding="utf-8")
    arguments = ("unlock-check", "--vault", str(vault), "--passphrase-file", str(file))
    assert run(*arguments).code == 0
    file.write_text(f" {PASSPHRASE}\n", encoding="utf-8")
    assert run(*arguments).code == 1
    file.write_bytes(b"\xff\xfe\xfa")
    assert "UTF-8" in run(*arguments).err
    assert run(*arguments[:-1], str(tmp_path / "nowhere")).code == 1


def test_without_a_terminal_and_without_a_file_nothing_is_asked(run: Run, vault: Path) -> None:
    ran = run("unlock-check", "--vault", str(vault))
    assert ran.code == 2
    assert "--passphrase-file" in ran.err


def test_no_option_takes_a_passphrase(run: Run) -> None:
    for command in (["init"], ["demo"], ["unlock-check"], ["verify"], ["list", "survivors"], ["report", "progress"]):
        told = run(*command, "--help").out
        assert "--passphrase-file" in told
        assert "--passphrase " not in told
        assert "Exit codes" in told


def test_a_missing_vault_is_explained(run: Run, tmp_path: Path) -> None:
    ran = run("list", "survivors", *to(tmp_path / "nowhere"))
    assert ran.code == 1
    assert "no records in this folder" in ran.err


def test_survivors_are_listed_by_code_without_names(run: Run, vault: Path) -> None:
    listed = json.loads(run("list", "survivors", *to(vault), "--json").out)
    assert all(row["code"].startswith("S-000") for row in listed)
    assert "name" not in listed[0]
    lines = run("list", "survivors", *to(vault)).out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [row["code"] for row in listed]
    assert run("list", "survivors", *to(vault), "--stage", "asleep").code == 2


def test_whoever_sees_only_their_own_people_lists_no_others(run: Run, vault: Path) -> None:
    everybody = codes(run("list", "survivors", *to(vault), "--json"))
    mine = codes(run("list", "survivors", *to(vault), "--mine", "--json"))
    assert mine < everybody
    narrow(vault, Reach.OWN)
    assert codes(run("list", "survivors", *to(vault), "--json")) == mine
    assert {line.split("\t")[0] for line in run("list", "survivors", *to(vault)).out.splitlines()} == mine


def codes(ran: Ran) -> set[str]:
    return {row["code"] for row in json.loads(ran.out)}


def narrow(vault: Path, reach: Reach) -> None:
    """From the next sign-in this is whom the person sees who works in the training vault."""
    with open_office(vault, "rahman", PASSPHRASE, clock=stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))) as office:
        office.desk.do(lambda work: setattr(work.get(Staff, work.actor.id), "reach", reach))


def test_everything_is_verified(run: Run, vault: Path) -> None:
    found = json.loads(run("verify", *to(vault), "--json").out)
    assert found["sound"]
    assert found["audit_entries"] > 0


def test_the_records_get_a_new_key_when_that_is_meant(run: Run, vault: Path) -> None:
    asked = ("rotate", "--vault", str(vault), "--passphrase-file", "-")
    refused = run(*asked)
    assert refused.code == 2
    assert "--yes" in refused.err
    done = run(*asked, "--yes", "--json")
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["generation"] == 2
    assert Path(told["backup"]["file"]).exists()
    assert run("verify", "--vault", str(vault), "--passphrase-file", "-").code == 0


def test_damage_is_found_and_gives_exit_code_one(run: Run, vault: Path) -> None:
    path = vault / "records.db"
    content = bytearray(path.read_bytes())
    content[len(content) - 2000] ^= 0xFF
    path.write_bytes(content)
    ran = run("verify", *to(vault))
    assert ran.code == 1
    assert "damaged" in ran.err
