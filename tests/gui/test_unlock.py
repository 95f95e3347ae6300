"""The door: who gets in, what stops it in plain words, and that what stops it writes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, current_thread

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.gui.first_run import FirstRun
from aftercare.gui.unlock import UnlockWindow
from aftercare.services.opening import OpenOffice, open_office
from aftercare.settings import load_settings
from aftercare.vault.at_rest import sum_at_rest
from aftercare.vault.cipher import connect
from aftercare.vault.files import Layout
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import click, part, press, type_in, wait_for, words_on
from house import House, prints
from makers import a_survivor

NAME = FIRST.login_name


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    """Records of A. Rahman that nobody has open."""
    copy = tmp_path / "records"
    shutil.copytree(template.folder, copy)
    return copy


@pytest.fixture
def house(folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    made = House(folder, CLOCK, load_settings(tmp_path / "settings.json")).start()
    yield made
    made.leave()


def trouble(door: UnlockWindow) -> str:
    wait_for(lambda: part(door, QLabel, "problem").isVisible(), "the explanation")
    return part(door, QLabel, "problem").text()


def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that takes ten minutes to make, as on a very slow computer."""
    monkeypatch.setattr(
        "aftercare.vault.derive._command", lambda: [sys.executable, "-c", "import time; time.sleep(600)"]
    )


def test_the_right_name_and_password_open_the_workplace(house: House) -> None:
    inside = house.unlock(NAME, PASSPHRASE)
    assert inside.frame.isVisible()
    assert inside.office.actor.name == "A. Rahman"
    assert house.program.entrance.window is None


def test_it_is_opened_with_the_keyboard_alone(house: House) -> None:
    type_in(NAME)
    press("Return")
    type_in(PASSPHRASE)
    press("Return")
    wait_for(lambda: house.program.workplace is not None)
    house.rest()


def test_a_wrong_password_is_told_in_plain_words_and_can_be_typed_again(house: House) -> None:
    before = prints(house.folder)
    house.try_key(NAME, "not this one at all")
    assert trouble(house.door) == (
        "The name or the password is not right. "
        "Check Caps Lock and the keyboard layout. If it is lost, use the recovery code or ask an administrator."
    )
    assert part(house.door, QLineEdit, "who").text() == NAME
    assert part(house.door, QLineEdit, "password").text() == ""
    assert part(house.door, QLineEdit, "password").hasFocus()
    after = prints(house.folder)
    after.pop("attempts")  # the one thing that is kept: that somebody failed
    assert after == before
    house.unlock(NAME, PASSPHRASE)


def test_an_unknown_name_looks_the_same(house: House) -> None:
    house.try_key("nobody", PASSPHRASE)
    assert trouble(house.door).startswith("The name or the password is not right.")


def test_nothing_is_asked_before_both_fields_are_filled(house: House) -> None:
    house.try_key("", PASSPHRASE)
    assert part(house.door, QLineEdit, "who").hasFocus()
    house.try_key(NAME, "")
    assert part(house.door, QLineEdit, "password").hasFocus()
    assert house.program.jobs.is_idle or not part(house.door, QLabel, "problem").isVisible()


def test_caps_lock_is_noticed_while_typing(house: House) -> None:
    password, caps = part(house.door, QLineEdit, "password"), part(house.door, QLabel, "caps")
    password.setFocus()
    QTest.keyClicks(password, "a")
    assert not caps.isVisible()
    # with Caps Lock a letter arrives large without Shift
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier, "B")
    QApplication.sendEvent(password, key)
    assert "Caps Lock is on" in words_on(house.door)
    QTest.keyClicks(password, "c")
    assert "Caps Lock is on" not in words_on(house.door)
    assert password.text() == "aBc"


def test_unlocking_can_be_stopped(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    before = prints(house.folder)
    slowly(monkeypatch)
    house.try_key(NAME, PASSPHRASE)
    cancel = part(house.door, QPushButton, "cancel")
    wait_for(cancel.isVisible, "Cancel")
    assert not part(house.door, QLineEdit, "password").isEnabled()
    click(cancel)
    assert trouble(house.door).startswith("Unlocking was stopped.")
    assert part(house.door, QLineEdit, "password").isEnabled()
    assert prints(house.folder) == before


def test_a_session_that_locks_while_unlocking_stays_locked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    house.try_key(NAME, PASSPHRASE)
    house.program.session_watch.away.emit()
    assert trouble(house.door).startswith("Unlocking was stopped.")
    assert house.program.workplace is None


def test_a_session_that_locks_after_the_key_was_made_stays_locked_too(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocking = house.program.entrance.unlocking
    enter = unlocking.enter

    def late(office: OpenOffice) -> None:
        house.program.jobs.ask(lambda: None, lambda _nothing: None, owner=house.program)
        house.program.session_watch.away.emit()
        enter(office)

    monkeypatch.setattr(unlocking, "enter", late)
    house.try_key(NAME, PASSPHRASE)
    assert trouble(house.door).startswith("Unlocking was stopped.")
    house.rest()
    assert house.program.workplace is None
    monkeypatch.undo()
    house.unlock(NAME, PASSPHRASE)


def test_closing_the_door_while_unlocking_ends_the_program(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    slowly(monkeypatch)
    house.try_key(NAME, PASSPHRASE)
    house.door.close()
    wait_for(lambda: house.ends == ["finished"])
    with open_office(house.folder, NAME, PASSPHRASE, clock=CLOCK) as again:
        assert again.desk.actor.name == "A. Rahman"


def test_records_open_in_another_window_are_left_alone(house: House) -> None:
    with open_office(house.folder, NAME, PASSPHRASE, clock=CLOCK):
        before = prints(house.folder)
        house.try_key(NAME, PASSPHRASE)
        assert trouble(house.door).startswith("The records are open in another window of this program.")
        assert prints(house.folder) == before
    house.unlock(NAME, PASSPHRASE)


def break_headers(layout: Layout) -> None:
    for header in layout.headers:
        header.write_bytes(header.read_bytes()[:40])


def drop_database(layout: Layout) -> None:
    layout.database.unlink()


def scramble_database(layout: Layout) -> None:
    content = bytearray(layout.database.read_bytes())
    content[:4096] = os.urandom(4096)
    layout.database.write_bytes(content)


def plain_database(layout: Layout) -> None:
    layout.database.unlink()
    with sqlite3.connect(layout.database) as plain:
        plain.execute("CREATE TABLE t (a)")
    plain.close()


def foreign_key_file(layout: Layout) -> None:
    """Another vault's records under this key file."""
    database = layout.database.read_bytes()
    layout.database.write_bytes(database[:16] + os.urandom(len(database) - 16))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (break_headers, "Both key files of these records are damaged"),
        (drop_database, "The key file is here, but the records are not."),
        (scramble_database, "records"),
        (plain_database, "not encrypted"),
        (foreign_key_file, "records"),
    ],
)
def test_damage_is_explained_and_nothing_is_written_over_it(
    folder: Path, harm: Callable[[Layout], None], words: str, qtbot: QtBot
) -> None:
    harm(Layout(folder))
    before = prints(folder)
    house = House(folder, CLOCK).start()
    house.try_key(NAME, PASSPHRASE)
    assert words in trouble(house.door)
    house.rest()
    house.leave()
    assert prints(folder) == before


def test_a_key_file_of_a_newer_program_is_told_before_anything_is_typed(folder: Path, qtbot: QtBot) -> None:
    for header in Layout(folder).headers:
        content = header.read_bytes()
        magic, _checksum, body = content.split(b"\n", 2)
        fields = json.loads(body)
        fields["format"] += 1
        body = json.dumps(fields).encode()
        header.write_bytes(b"\n".join((magic, hashlib.sha256(body).hexdigest().encode(), body)))
    before = prints(folder)
    house = House(folder, CLOCK).start()
    assert "newer version of Aftercare" in trouble(house.door)
    house.leave()
    assert prints(folder) == before


def test_records_of_a_newer_program_are_left_alone(folder: Path, qtbot: QtBot) -> None:
    change(folder, "PRAGMA user_version=999")
    before = prints(folder)
    house = House(folder, CLOCK).start()
    house.try_key(NAME, PASSPHRASE)
    assert trouble(house.door).startswith("These records were written by a newer version of Aftercare.")
    house.leave()
    assert prints(folder) == before


def change(folder: Path, statement: str) -> None:
    with open_office(folder, NAME, PASSPHRASE, clock=CLOCK) as office:
        key = office.vault.unlocked.raw_database_key
    connection = connect(Layout(folder).database, key)
    connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_older_records_open_only_when_the_person_says_so(folder: Path, tmp_path: Path, qtbot: QtBot) -> None:
    database = Layout(folder).database
    shutil.copy(database, tmp_path / "last-week.db")
    with open_office(folder, NAME, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk)
    shutil.copy(tmp_path / "last-week.db", database)
    before = prints(folder)
    house = House(folder, CLOCK).start()
    house.try_key(NAME, PASSPHRASE)
    assert "older" in trouble(house.door)
    assert prints(folder) == before
    go_on = part(house.door, QPushButton, "go_on")
    assert go_on.isVisible()
    click(go_on)
    assert trouble(house.door) == "Type the password once more to open the older records."
    type_in(PASSPHRASE)
    press("Return")
    wait_for(lambda: house.program.workplace is not None)
    house.rest()
    banner = house.inside.frame.banner
    read = []
    while banner.isVisible():  # one thing to know after the other
        read.append(words_on(banner))
        click(part(banner, QAbstractButton, "dismiss"))
    assert "older" in read[0]
    assert not [words for words in read if "guarded less well" in words]
    house.leave()


def test_folders_and_files_that_cannot_be_written_are_told(template: Template, qtbot: QtBot) -> None:
    if os.name != "posix":
        pytest.skip("permissions of POSIX")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "records"
        shutil.copytree(template.folder, folder)
        for path in [*folder.rglob("*"), folder]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        Path(place).chmod(0o755)
        before = prints(folder)
        as_root = os.geteuid() == 0
        try:
            if as_root:
                for path in [*folder.rglob("*"), folder]:
                    os.chown(path, 65534, 65534)
                os.seteuid(65534)  # permissions do not bind root
            house = House(folder, CLOCK).start()
            house.try_key(NAME, PASSPHRASE)
            assert trouble(house.door).startswith("The records can be read here but not written.")
            house.leave()
        finally:
            if as_root:
                os.seteuid(0)
        assert prints(folder) == before


def test_another_folder_is_chosen_and_remembered(
    house: House, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "empty"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_args: ""))
    click(part(house.door, QPushButton, "other_place"))
    assert house.program.folder == house.folder
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_args: str(empty)))
    click(part(house.door, QPushButton, "other_place"))
    assert isinstance(house.entrance, FirstRun)
    assert house.kept.vault_folder == str(empty)
    assert not empty.exists()


def test_the_name_is_remembered_only_where_that_was_asked_for(house: House, tmp_path: Path) -> None:
    part(house.door, QCheckBox, "remember").setChecked(False)
    house.unlock(NAME, PASSPHRASE)
    assert load_settings(tmp_path / "settings.json").remembered_login == ""
    house.leave()
    again = House(house.folder, CLOCK, house.kept).start()
    part(again.door, QCheckBox, "remember").setChecked(True)
    again.unlock(NAME, PASSPHRASE)
    assert load_settings(tmp_path / "settings.json").remembered_login == NAME
    again.leave()
    third = House(house.folder, CLOCK, house.kept).start()
    assert part(third.door, QLineEdit, "who").text() == NAME
    wait_for(part(third.door, QLineEdit, "password").hasFocus, "the keyboard in the password")
    third.leave()


def test_the_title_shows_neither_person_nor_folder(house: House) -> None:
    assert house.door.windowTitle() == "Aftercare"
    assert house.unlock(NAME, PASSPHRASE).frame.windowTitle() == "Aftercare"


def test_at_the_training_records_the_sign_in_name_stands_already(qtbot: QtBot) -> None:
    window = UnlockWindow(load_settings(None), Path("records"), training=True)
    qtbot.addWidget(window)
    assert part(window, QLineEdit, "who").text() == "rahman"


def test_the_closed_file_is_summed_up_while_the_password_is_typed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    where: list[str] = []

    def noted(layout: Layout, stopped: Event | None = None) -> bytes:
        where.append(current_thread().name)
        return sum_at_rest(layout, stopped)

    monkeypatch.setattr("aftercare.vault.at_rest.sum_at_rest", noted)
    part(house.door, QLineEdit, "password").setFocus()
    type_in(PASSPHRASE)
    house.rest()
    assert len(where) == 1
    house.unlock(NAME, PASSPHRASE)
    assert len(where) == 1
    assert where[0].startswith("pages")


def test_going_to_a_side_door_lets_go_of_the_file(house: House) -> None:
    part(house.door, QLineEdit, "password").setFocus()
    type_in("o")
    house.rest()
    summed = house.program.entrance.unlocking._ahead._summed
    assert summed is not None
    assert summed.is_recent
    click(part(house.door, QPushButton, "restore"))
    assert not summed.is_recent
