"""The command line: the examples that must work, exit codes, and a passphrase that is never an argument."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare import __version__
from aftercare.cli import AppCommands, build
from aftercare.domain.clock import stopped_at
from aftercare.domain.permissions import Reach
from aftercare.records.people import Staff
from aftercare.services import training
from aftercare.services.opening import open_office
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.vault import CHEAP_KDF

PASSPHRASE = "the heron sings at dusk"
CASELOAD = "Client no;First name;Surname;Sex;Arrival\nK-0001;Ada;Lovely;f;3.8.2026\n"


@dataclass
class Ran:
    """What a command left: its exit code, its data, and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def _training(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "vault"
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    office, _ = make_training_office(folder, TrainingOrder(6), PASSPHRASE, clock=stopped_at(now), kdf=CHEAP_KDF)
    office.close()
    return folder


@pytest.fixture
def vault(_training: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "vault"
    shutil.copytree(_training, copy)
    copy.chmod(0o700)
    return copy


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command in this process; `typed` is what comes through standard input."""
    monkeypatch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
    monkeypatch.setattr("aftercare.cli.asking.settings_path", lambda: tmp_path / "settings.json")
    monkeypatch.setattr("aftercare.settings.usual_vault_folder", lambda: tmp_path / "usual")

    def window(folder: Path | None) -> int:
        print(f"window {folder.name if folder else 'usual'}")  # noqa: T201
        return 0

    def screenshots(out: Path, only: Sequence[str]) -> int:
        print(f"pictures {out.name} {','.join(only)}")  # noqa: T201
        return 0

    def run(*arguments: str, typed: str = f"{PASSPHRASE}\n", self_test: int = 0) -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        command_line = build(AppCommands(window, lambda _folder: self_test, screenshots))
        with pytest.raises(SystemExit) as ended:
            command_line(args=list(arguments), prog_name="aftercare")
        out, err = capfd.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, out, err)

    return run


def to(vault: Path) -> list[str]:
    return ["--vault", str(vault), "--passphrase-file", "-"]


# --- making and opening -------------------------------------------------------------------------------------------


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
    ("typed", "words"), [("a wrong but long one\n", "passphrase is not right"), ("\n", "passphrase is not right")]
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


# --- asking -------------------------------------------------------------------------------------------------------


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


# --- printing -----------------------------------------------------------------------------------------------------


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


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- importing ----------------------------------------------------------------------------------------------------


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


# --- ending -------------------------------------------------------------------------------------------------------


def test_ctrl_c_leaves_nothing_half_and_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "tell_person", pressed)
    ran = run("demo", *to(tmp_path / "made"), "--survivors", "2")
    assert ran.code == 130
    assert "Stopped" in ran.err
    assert not (tmp_path / "made").exists()


def test_a_mistake_of_ours_has_a_number_and_no_words_of_anybody(
    run: Run, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Selam Tesfay")

    monkeypatch.setattr("aftercare.services.survivors.queries.list_survivors", broken)
    ran = run("list", "survivors", *to(vault))
    assert ran.code == 1
    assert "incident" in ran.err
    assert "Selam" not in ran.err + ran.out


def test_without_a_command_the_window_opens(run: Run, tmp_path: Path) -> None:
    assert run().out.strip() == "window usual"
    assert run("--vault", str(tmp_path)).out.strip() == f"window {tmp_path.name}"


def test_self_test_and_screenshots_end_with_what_the_window_says(run: Run, tmp_path: Path) -> None:
    assert run("self-test").code == 0
    assert run("self-test", self_test=1).code == 1
    assert run("screenshots", "today", "--out", str(tmp_path / "png")).out.strip() == "pictures png today"


@pytest.mark.parametrize("arguments", [("nonsense",), ("list",), ("demo", "--survivors", "0"), ("import", "people")])
def test_wrong_use_gives_exit_code_two(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).code == 2


def test_the_command_line_loads_neither_qt_nor_the_database_to_say_its_help() -> None:
    script = (
        "import sys; from aftercare import app\n"
        "try: app.run_command_line(['--help'])\n"
        "except SystemExit: pass\n"
        "print([name for name in ('PySide6', 'sqlalchemy', 'reportlab', 'sqlcipher3') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# --- the log ------------------------------------------------------------------------------------------------------


def test_the_log_is_listed_newest_first_by_code(run: Run, vault: Path) -> None:
    run("report", "progress", *to(vault), "--case", "S-0001", "--out", str(vault.parent / "one.pdf"))
    listed = json.loads(run("log", "list", *to(vault), "--person", "s-0001", "--only", "left", "--json").out)
    assert [line["about"] for line in listed] == ["S-0001"]
    words = run("log", "list", *to(vault), "--most", "3").out
    assert len(words.splitlines()) == 3


def test_an_exported_log_is_checked_without_records(run: Run, vault: Path, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    told = json.loads(run("log", "export", *to(vault), "--out", str(file), "--json").out)
    assert json.loads(run("log", "check", str(file), "--json").out)["fingerprint"] == told["fingerprint"]
    file.write_bytes(file.read_bytes() + b"one more line\r\n")
    spoilt = run("log", "check", str(file))
    assert spoilt.code == 1
    assert "not what was signed" in spoilt.err
