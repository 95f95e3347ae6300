"""The recovery kit from the command line: written where it was named, typed back, and only then in force."""

from __future__ import annotations

import io
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aftercare.cli import AppCommands, build
from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import WrongPassphrase
from aftercare.services import door
from aftercare.services.backups import back_up
from aftercare.services.opening import FirstPerson, create_office, open_office
from aftercare.services.recovery import open_with_code
from aftercare.vault import CHEAP_KDF, RecoveryKit
from aftercare.vault.recovery_parts import new_kit, split
from conftest import CLOCK, NOW, PASSPHRASE


class House:
    """A vault of one administrator, and the kit that the next command will make."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder, self.out = tmp_path / "vault", tmp_path / "page.pdf"
        self.passphrase = tmp_path / "passphrase"
        self.passphrase.write_text(PASSPHRASE)
        office, self.code = create_office(
            self.folder, FirstPerson("osei", "L. Osei"), PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF
        )
        self.backup = back_up(office).path
        office.close()
        self.kits = {for_two: new_kit(for_two=for_two) for for_two in (False, True)}

    def opens_with(self, *typed: str) -> bool:
        try:
            open_with_code(self.folder, *typed, clock=stopped_at(NOW)).close()
        except WrongPassphrase:
            return False
        return True


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    house = House(tmp_path)
    monkeypatch.setattr(door, "new_recovery_kit", lambda *, for_two=False: house.kits[for_two])
    monkeypatch.setattr("aftercare.vault.slot_changes.measured_kdf", lambda: CHEAP_KDF)
    monkeypatch.setattr("aftercare.cli.asking.Clock", lambda: CLOCK)
    return house


@pytest.fixture
def run(house: House, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
        with pytest.raises(SystemExit) as ended:
            build(AppCommands(lambda _: 0, lambda _: 0, lambda _out, _only: 0))(
                args=list(arguments), prog_name="aftercare"
            )
        out, err = capfd.readouterr()
        return (ended.value.code if isinstance(ended.value.code, int) else 0), out, err

    return run


def asked(house: House, *more: str) -> list[str]:
    who = ["--vault", str(house.folder), "--login", "osei", "--passphrase-file", str(house.passphrase)]
    return ["recovery-kit", *who, "--out", str(house.out), *more]


def lines(kit: RecoveryKit) -> str:
    return "".join("-".join(sheet.groups) + "\n" for sheet in kit.sheets)


def test_a_code_that_is_typed_back_takes_the_place_of_the_old_one(house: House, run: Run) -> None:
    kit = house.kits[False]
    code, out, err = run(*asked(house), typed="0" * 40 + "\n" + lines(kit).lower())
    assert (code, out) == (0, "")
    assert kit.code.groups[3] not in err
    assert house.out.read_bytes().startswith(b"%PDF")
    assert stat.S_IMODE(house.out.stat().st_mode) == 0o600
    assert not house.opens_with(house.code.text)
    assert house.opens_with(kit.code.text)


def test_two_people_type_their_parts_one_after_the_other(house: House, run: Run) -> None:
    kit = house.kits[True]
    assert run(*asked(house, "--two-people"), typed=lines(kit))[0] == 0
    assert house.opens_with(lines(kit))


@pytest.mark.parametrize("typed", ["", "0\n0\n0\n", "one part"])
def test_what_is_not_typed_back_leaves_the_old_code_and_no_file(house: House, run: Run, typed: str) -> None:
    one = lines(house.kits[True]).splitlines()[0]
    code, out, err = run(*asked(house, "--two-people"), typed=f"{one}\n" if typed == "one part" else typed)
    assert (code, out) == (1, "")
    assert "recovery code" in err
    assert not house.out.exists()
    assert house.opens_with(house.code.text)


def test_a_file_that_is_there_is_never_written_over(house: House, run: Run) -> None:
    house.out.write_text("dear")
    assert run(*asked(house), typed=lines(house.kits[False]))[0] == 2
    assert house.out.read_text() == "dear"


def test_a_backup_is_restored_with_both_parts_on_two_lines(house: House, run: Run, tmp_path: Path) -> None:
    one, other = split(house.code)
    parts = tmp_path / "parts"
    parts.write_text(f"{other.text}\n{one.text}\n")
    into = tmp_path / "restored"
    assert run("restore", str(house.backup), "--into", str(into), "--recovery-file", str(parts))[0] == 0
    with open_office(into, "osei", PASSPHRASE, clock=CLOCK) as office:
        assert office.desk.actor.name == "L. Osei"
