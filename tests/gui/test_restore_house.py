"""The whole program: backups at lock, the recovery code and a restored backup from the door to the workplace."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog
from aftercare.gui.dialogs.restore_backup import RestoreBackup
from aftercare.gui.first_run import FirstRun
from aftercare.gui.notices import Notice
from aftercare.services import backups
from aftercare.services.opening import create_office, open_office
from aftercare.vault import CHEAP_KDF, RecoveryCode
from conftest import CLOCK, FIRST, PASSPHRASE
from hands import click, named, open_dialog, part, press, type_in, wait_for, words_on
from house import House
from makers import a_survivor

NAME = FIRST.login_name
ANOTHER = "seven lamps along the quay"


@dataclass(frozen=True)
class Made:
    folder: Path
    code: RecoveryCode


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made") / "records"
    office, code = create_office(folder, FIRST, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    office.close()
    return Made(folder, code)


@pytest.fixture
def house(made_once: Made, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr("aftercare.vault.recover.measured_kdf", lambda: CHEAP_KDF)
    shutil.copytree(made_once.folder, tmp_path / "records")
    made = House(tmp_path / "records", CLOCK).start()
    yield made
    made.leave()


def backups_of(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "backups").glob("*"))


def test_locking_leaves_a_backup_of_what_was_done_and_none_when_nothing_was(house: House) -> None:
    inside = house.unlock(NAME, PASSPHRASE)
    assert "No backup yet" in words_on(inside.frame)
    a_survivor(inside.office._desk)
    press("Ctrl+L")
    wait_for(lambda: house.ends == ["locked"])
    assert backups_of(house.folder) == ["2026-11-23-0001.backup"]
    again = House(house.folder, CLOCK).start()
    try:
        inside = again.unlock(NAME, PASSPHRASE)
        assert "Backed up just now ✓" in words_on(inside.frame)
        press("Ctrl+L")
        wait_for(lambda: again.ends == ["locked"])
    finally:
        again.leave()
    assert backups_of(house.folder) == ["2026-11-23-0001.backup"]


def test_the_recovery_code_leads_from_the_door_into_the_workplace(house: House, made_once: Made) -> None:
    click(named(house.door, "Use a recovery code", QPushButton))
    dialog = open_dialog(RecoveryCodeDialog)
    named(dialog, "Recovery code", QLineEdit).setText(made_once.code.text)
    press("Return")
    wait_for(lambda: part(dialog, QLabel, "progress").text() == "Step 2 of 3")
    type_in(ANOTHER)
    press("Tab")
    type_in(ANOTHER)
    press("Return")
    named(dialog, "Type the code here", QLineEdit).setText(part(dialog, QLabel, "code").text())
    press("Return")
    wait_for(lambda: house.program.workplace is not None, "the workplace")
    house.rest()
    assert house.inside.office.actor.name == "A. Rahman"
    press("Ctrl+L")
    wait_for(lambda: house.ends == ["locked"])
    open_office(house.folder, NAME, ANOTHER, clock=CLOCK).close()


def test_the_system_locking_puts_an_opened_code_away(house: House, made_once: Made) -> None:
    click(named(house.door, "Use a recovery code", QPushButton))
    dialog = open_dialog(RecoveryCodeDialog)
    named(dialog, "Recovery code", QLineEdit).setText(made_once.code.text)
    press("Return")
    wait_for(lambda: part(dialog, QLabel, "progress").text() == "Step 2 of 3")
    house.program.lock()
    house.rest()
    assert house.program.entrance.window is not None
    open_office(house.folder, NAME, PASSPHRASE, clock=CLOCK).close()


def test_a_restored_backup_is_unlocked_at_the_same_door(house: House) -> None:
    with open_office(house.folder, NAME, PASSPHRASE, clock=CLOCK) as office:
        done = backups.back_up(office)
    click(named(house.door, "Restore a backup…", QPushButton))
    restore_in(open_dialog(RestoreBackup), done.path)
    house.rest()
    inside = house.unlock(NAME, PASSPHRASE)
    assert inside.office.actor.name == "A. Rahman"
    assert house.folder.with_name("records-before-2026-11-23-1").is_dir()


def test_a_new_computer_begins_with_a_backup(made_once: Made, tmp_path: Path, qtbot: QtBot) -> None:
    stick = tmp_path / "stick"
    shutil.copytree(made_once.folder, tmp_path / "old computer")
    with open_office(tmp_path / "old computer", NAME, PASSPHRASE, clock=CLOCK) as office:
        done = backups.back_up(office, stick)
    assert done.copied_to is not None
    house = House(tmp_path / "new computer", CLOCK).start()
    try:
        assert isinstance(house.entrance, FirstRun)
        click(named(house.entrance, "Restore a backup from another computer", QPushButton))
        restore_in(open_dialog(RestoreBackup), done.copied_to)
        house.rest()
        assert house.unlock(NAME, PASSPHRASE).office.actor.name == "A. Rahman"
    finally:
        house.leave()


def restore_in(dialog: RestoreBackup, path: Path) -> None:
    dialog.choose(path)
    wait_for(lambda: part(dialog, QLineEdit, "file").text())
    type_in(NAME)
    press("Tab")
    type_in(PASSPHRASE)
    press("Return")
    click(part(open_dialog(Notice), QPushButton, "accept"))
