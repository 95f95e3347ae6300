"""Damaged records at the door: what can be read is offered to be saved, and told by kind of record."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from aftercare.domain.errors import DatabaseDamaged, WrongPassphrase
from aftercare.gui.dialogs.salvage_records import SalvageRecords
from aftercare.gui.jobs import Jobs
from aftercare.gui.unlock import UnlockWindow
from aftercare.services.opening import create_office, open_office
from aftercare.services.survivors import list_survivors
from aftercare.settings import load_settings
from aftercare.vault import CHEAP_KDF, RecoveryCode
from conftest import CLOCK, FIRST, PASSPHRASE
from hands import click, open_dialog, part, press, rest, take_the_keyboard, type_in, wait_for, words_on
from house import House
from makers import a_survivor

Made = tuple[Path, RecoveryCode]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("whole") / "records"
    office, code = create_office(folder, FIRST, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    for number in range(40):
        a_survivor(office.desk, f"Given {number}", "Family", contact_words="words " * 200)
    office.close()
    return folder, code


@pytest.fixture
def damaged(whole: Made, tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    shutil.copytree(whole[0], folder)
    folder.chmod(0o700)
    content = bytearray((folder / "records.db").read_bytes())
    content[len(content) // 2 + 700] ^= 0x40
    (folder / "records.db").write_bytes(content)
    return folder


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.drain()
    made.close()


@pytest.fixture
def dialog(damaged: Path, jobs: Jobs) -> Iterator[SalvageRecords]:
    made = SalvageRecords(damaged, jobs, CLOCK)
    made.show()
    yield made
    if isValid(made):
        made.close()
    rest(jobs)


def line(dialog: SalvageRecords, called: str) -> QLineEdit:
    return next(edit for edit in dialog.findChildren(QLineEdit) if edit.accessibleName() == called)


def saved(dialog: SalvageRecords) -> str:
    result = part(dialog, QPlainTextEdit, "result")
    wait_for(result.isVisible, "the result")
    return result.toPlainText()


def test_it_is_offered_where_records_are_damaged_and_only_there(qtbot: QtBot, tmp_path: Path) -> None:
    door = UnlockWindow(load_settings(None), tmp_path)
    qtbot.addWidget(door)
    door.show()
    offer = part(door, QPushButton, "salvage")
    assert not offer.isVisible()
    door.show_problem(DatabaseDamaged())
    assert offer.isVisible()
    assert part(door, QPushButton, "restore").isVisible()
    door.show_problem(WrongPassphrase())
    assert not offer.isVisible()


def test_what_can_be_read_is_saved_by_keyboard_and_the_damaged_file_is_only_read(
    dialog: SalvageRecords, damaged: Path
) -> None:
    before = hashlib.sha256((damaged / "records.db").read_bytes()).hexdigest()
    take_the_keyboard(dialog)
    line(dialog, "Sign-in name").setFocus()
    type_in(FIRST.login_name)
    press("Tab")
    type_in(PASSPHRASE)
    press("Return")
    told = saved(dialog)
    assert "records are saved." in told
    assert " lost." in told or "nothing tells" in told
    asked: list[Path] = []
    dialog.open_asked.connect(asked.append)
    press("Return")
    assert asked == [damaged.with_name("records-saved")]
    assert hashlib.sha256((damaged / "records.db").read_bytes()).hexdigest() == before
    with open_office(asked[0], FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        assert len(office.desk.ask(list_survivors).rows) > 20


def test_the_recovery_code_does_it_too(dialog: SalvageRecords, whole: Made) -> None:
    click(part(dialog, QRadioButton, "by_code"))
    line(dialog, "Recovery code").setText(whole[1].text)
    click(part(dialog, QPushButton, "salvage"))
    assert "records are saved." in saved(dialog)


def test_a_wrong_password_is_told_beside_it_and_makes_nothing(
    dialog: SalvageRecords, damaged: Path, jobs: Jobs
) -> None:
    line(dialog, "Sign-in name").setText(FIRST.login_name)
    line(dialog, "Password").setText("seven lamps along the quay")
    click(part(dialog, QPushButton, "salvage"))
    rest(jobs)
    assert "The name or the password is not right." in words_on(dialog)
    assert sorted(path.name for path in damaged.parent.iterdir() if "saved" in path.name) == []


def test_stopping_makes_nothing(dialog: SalvageRecords, damaged: Path, jobs: Jobs) -> None:
    line(dialog, "Sign-in name").setText(FIRST.login_name)
    line(dialog, "Password").setText(PASSPHRASE)
    click(part(dialog, QPushButton, "salvage"))
    dialog.reject()
    rest(jobs)
    assert sorted(path.name for path in damaged.parent.iterdir() if "saved" in path.name) == []


def test_a_folder_that_holds_records_is_refused(dialog: SalvageRecords, damaged: Path, jobs: Jobs) -> None:
    part(dialog, QLineEdit, "folder").setText(str(damaged))
    line(dialog, "Sign-in name").setText(FIRST.login_name)
    line(dialog, "Password").setText(PASSPHRASE)
    click(part(dialog, QPushButton, "salvage"))
    rest(jobs)
    assert part(dialog, QLabel, "problem").isVisible()


def test_the_door_leads_from_damage_to_the_saved_records(damaged: Path, tmp_path: Path, qtbot: QtBot) -> None:
    house = House(damaged, CLOCK, load_settings(tmp_path / "settings.json")).start()
    door = house.door
    door.show_problem(DatabaseDamaged())
    click(part(door, QPushButton, "salvage"))
    dialog = open_dialog(SalvageRecords)
    line(dialog, "Sign-in name").setText(FIRST.login_name)
    line(dialog, "Password").setText(PASSPHRASE)
    click(part(dialog, QPushButton, "salvage"))
    saved(dialog)
    click(part(dialog, QPushButton, "open_saved"))
    wait_for(lambda: house.door.folder == damaged.with_name("records-saved"), "the door of the saved records")
    house.leave()
