"""What the doctor finds, from outside and from inside, and that a damaged vault is told and saved on the terminal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare import policy
from aftercare.cli.commands import AppCommands, build
from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import WrongPassphrase
from aftercare.notices.doctor import AILMENTS, ailment_words
from aftercare.services.backups import back_up
from aftercare.services.doctor import Examined, examine, examine_with_passphrase
from aftercare.services.opening import FirstPerson, create_office
from aftercare.vault import CHEAP_KDF
from aftercare.vault.doctor import SEVERITY, Symptom
from makers import a_survivor

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
PASSPHRASE = "the heron sings at dusk"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("doctor") / "vault"
    office, _code = create_office(folder, FirstPerson("rahman", "A. Rahman"), PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    with office:
        a_survivor(office.desk)
        back_up(office)
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "vault")
    (tmp_path / "vault").chmod(0o700)
    return tmp_path / "vault"


def found_inside(folder: Path) -> Examined:
    return examine_with_passphrase(folder, "rahman", PASSPHRASE, clock=CLOCK)


def codes(examined: Examined) -> set[str]:
    # what this computer is like is not the vault's doing
    return {one.code for one in examined.ailments} - {"core_dumps", "disk_nearly_full", "network_drive"}


def turn_both_key_files(folder: Path) -> None:
    for name in ("header.a", "header.b"):
        turn_a_byte(folder / name, 900)


def turn_a_byte(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x20
    path.write_bytes(content)


def test_a_sound_vault_has_nothing_wrong_inside_and_outside(folder: Path) -> None:
    assert codes(examine(folder)) == set()
    inside = found_inside(folder)
    assert (codes(inside), inside.inside) == (set(), True)


def test_an_examination_from_outside_writes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    examine(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda folder: folder.chmod(0o755), "open_to_others"),
        (lambda folder: turn_a_byte(folder / "header.b", 900), "header_copy_damaged"),
        (turn_both_key_files, "headers_damaged"),
        (lambda folder: (folder / "records.db").unlink(), "database_missing"),
        (lambda folder: (folder / "records.db").write_bytes(b"short"), "database_cut"),
        (lambda folder: (folder / "trial").mkdir(), "leftover"),
        (lambda folder: (folder / "reserve").unlink(), "no_reserve"),
        (lambda folder: turn_a_byte(next((folder / "backups").iterdir()), 5000), "backup_damaged"),
        (lambda folder: shutil.rmtree(folder / "backups"), "no_backup"),
        (lambda folder: (folder / ".stfolder").mkdir(), "synced_folder"),
        (lambda folder: shutil.rmtree(folder), "no_vault"),
    ],
)
def test_each_harm_has_its_name_from_outside(folder: Path, harm: Callable[[Path], object], code: str) -> None:
    harm(folder)
    assert codes(examine(folder)) == {code}


def test_a_bad_page_is_counted_with_the_key(folder: Path) -> None:
    turn_a_byte(folder / "records.db", 40 * 4096 + 77)
    inside = found_inside(folder)
    assert "pages" in codes(inside)
    assert inside.worst == "damage"


def test_records_that_do_not_open_are_a_finding_and_a_wrong_passphrase_is_none(folder: Path) -> None:
    turn_a_byte(folder / "records.db", 77)
    inside = found_inside(folder)
    assert codes(inside) == {"does_not_open", "pages"}
    assert not inside.inside
    with pytest.raises(WrongPassphrase):
        examine_with_passphrase(folder, "rahman", "seven lamps along the quay", clock=CLOCK)


def test_a_policy_that_is_not_understood_is_named_by_its_entry(folder: Path) -> None:
    policy.obey(policy.judged({"lock.idle_minutes": 5, "lock.idle_hours": 1}, "policy.toml"))
    try:
        found = examine(folder)
    finally:
        policy.obey(policy.NOTHING_DECIDED)
    assert [one.detail for one in found.ailments if one.code == "policy_not_understood"] == ["lock.idle_hours"]
    assert found.worst == "warning"
    assert "policy_not_understood" not in codes(examine(folder))


def test_everything_that_can_be_found_has_words_and_a_weight() -> None:
    assert set(AILMENTS) == {symptom.value for symptom in Symptom}
    assert set(SEVERITY) == set(Symptom)
    for symptom in Symptom:
        words = ailment_words(symptom.value, 3, "x.backup")
        assert words.what
        assert words.do
        assert "{" not in f"{words.what}{words.safe}{words.do}"


def test_the_terminal_examines_and_salvages(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command_line = build(AppCommands(lambda _: 0, lambda _: 0, lambda _, __: 0))
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    key = ("--login", "rahman", "--passphrase-file", str(tmp_path / "passphrase"))

    def run(*arguments: str) -> tuple[int, str]:
        code = command_line(args=list(arguments), prog_name="aftercare", standalone_mode=False)
        return int(code or 0), capsys.readouterr().out

    (folder / "header.b").write_bytes(b"rotten")
    code, told = run("doctor", "--outside", "--vault", str(folder))
    assert code == 3
    assert "One of the two copies of the key file is damaged." in told
    turn_a_byte(folder / "records.db", 77)
    code, told = run("doctor", "--vault", str(folder), "--json", *key)
    assert code == 1
    assert json.loads(told)["worst"] == "damage"
    code, told = run("salvage", "--vault", str(folder), "--to", str(tmp_path / "saved"), "--json", *key)
    assert code == 0
    assert json.loads(told)["lost"] == 0
    assert codes(found_inside(tmp_path / "saved")) == {"no_backup"}
