"""Leaving in the middle of what hands do: a word of an input method, a capital letter, a password half typed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethod, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.gui.dialogs.restore_backup import RestoreBackup
from aftercare.gui.drafting import Drafting
from aftercare.gui.idle import IdleWatch
from aftercare.services.drafts import find_draft
from aftercare.services.opening import open_office
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import click, named, open_dialog, part, pause, press, settle, type_in, wait_for, words_on
from house import House

NAME = FIRST.login_name

pytestmark = pytest.mark.promise(10, 16)


@pytest.fixture
def house(template: Template, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    """The door of records that nobody has open."""
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    made = House(folder, CLOCK).start()
    yield made
    made.leave()


class UnfinishedWord:
    """An input method that shows a word under its line, and hands it over when it is told to."""

    def __init__(self, field: QPlainTextEdit, word: str) -> None:
        self._field, self._word = field, word
        QApplication.sendEvent(field, QInputMethodEvent(word, []))

    def commit(self) -> None:
        event = QInputMethodEvent()
        event.setCommitString(self._word)
        QApplication.sendEvent(self._field, event)


def by_the_system(house: House) -> None:
    house.program.session_watch.away.emit()


def by_hiding(house: House) -> None:
    house.program.hide_and_lock()


@pytest.mark.parametrize("leave", [by_the_system, by_hiding])
def test_a_word_in_the_middle_of_its_letters_is_kept(
    house: House, monkeypatch: pytest.MonkeyPatch, leave: Callable[[House], None]
) -> None:
    house.unlock(NAME, PASSPHRASE)
    field = QPlainTextEdit(house.inside.frame)
    field.setObjectName("words")
    Drafting(house.inside.office, "lock-test", "", field).start()
    house.rest()
    field.show()
    field.setFocus()
    field.insertPlainText("chi ")
    word = UnfinishedWord(field, "người")
    monkeypatch.setattr(QInputMethod, "commit", word.commit)
    assert field.toPlainText() == "chi "
    leave(house)
    wait_for(lambda: house.ends == ["locked"])
    with open_office(house.folder, NAME, PASSPHRASE, clock=CLOCK) as office:
        draft = office.desk.ask(find_draft, "lock-test")
    assert draft is not None
    assert draft.content["fields"]["words"] == "chi người"


def test_whoever_writes_with_an_input_method_is_at_the_desk(qtbot: QtBot) -> None:
    """It takes the keys for itself: the program sees words only."""
    minutes = [30.0]
    said: list[bool] = []
    watch = IdleWatch(lambda: minutes[0])
    watch.idle.connect(lambda: said.append(True))
    field = QLineEdit()
    qtbot.addWidget(field)
    minutes[0] = 0.05 / 60
    QApplication.sendEvent(field, QInputMethodEvent("ngu", []))  # the minutes are asked anew at a sign of life
    wait_for(lambda: said == [True])
    watch.stop()


def test_f12_hides_in_the_middle_of_a_capital_letter(house: House) -> None:
    house.unlock(NAME, PASSPHRASE)
    press("Shift+F12")
    wait_for(lambda: house.ends == ["locked"])


# --- at the door -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["F12", "Ctrl+L"])
def test_the_keys_stop_an_unlock_that_is_under_way(house: House, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    unlocking = house.program.entrance.unlocking
    enter = unlocking.enter

    def late(office: object) -> None:
        house.program.jobs.ask(lambda: None, lambda _nothing: None, owner=house.program)
        press(key)
        enter(office)  # type: ignore[arg-type]

    monkeypatch.setattr(unlocking, "enter", late)
    house.try_key(NAME, PASSPHRASE)
    wait_for(lambda: part(house.door, QLabel, "problem").isVisible(), "the explanation")
    house.rest()
    assert "Unlocking was stopped." in words_on(house.door)
    assert house.program.workplace is None
    assert house.door.isVisible()
    monkeypatch.undo()
    house.unlock(NAME, PASSPHRASE)


def half_typed(house: House) -> QLineEdit:
    part(house.door, QLineEdit, "who").setText(NAME)
    password = part(house.door, QLineEdit, "password")
    password.setFocus()
    type_in("orchard lantern")
    password.actions()[0].setChecked(True)  # shown
    assert password.displayText() == "orchard lantern"
    return password


def test_a_password_half_typed_is_not_left_for_whoever_wakes_the_screen(house: House) -> None:
    password = half_typed(house)
    house.program.session_watch.away.emit()
    assert password.text() == ""
    assert password.echoMode() is QLineEdit.EchoMode.Password
    assert part(house.door, QLineEdit, "who").text() == NAME
    house.unlock(NAME, PASSPHRASE)


def test_a_password_half_typed_and_left_alone_is_forgotten(house: House) -> None:
    password = half_typed(house)
    house.door._forget.setInterval(50)
    pause(100)
    settle()
    assert password.text() == ""


def test_a_code_typed_to_restore_a_backup_is_not_left_for_whoever_wakes_the_screen(house: House) -> None:
    click(named(house.door, "Restore a backup…", QPushButton))
    dialog = open_dialog(RestoreBackup)
    dialog._code.setText("KORVA-23987")
    dialog._password.setText("orchard lantern")
    house.program.session_watch.away.emit()
    assert dialog.isVisible()
    assert (dialog._code.text(), dialog._password.text()) == ("", "")


# --- the process that cannot be replaced ------------------------------------------------------------------------------


def test_where_the_program_is_gone_the_process_ends_all_the_same(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from aftercare.app import restart\n"
        f"sys.executable = {str(tmp_path / 'gone')!r}\n"
        "try: restart(Path('records'))\n"
        "finally: print('still here')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
