"""Coming in with a one-time code, and changing one's own password: what is typed, what is told, what then opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.errors import WrongPassphrase
from aftercare.domain.permissions import Role
from aftercare.domain.rows.staff import CodeIssued
from aftercare.gui.dialogs.change_password import ChangePasswordDialog
from aftercare.gui.dialogs.first_login import FirstLoginDialog
from aftercare.services.opening import open_office
from aftercare.services.staff import add_staff
from aftercare.settings import load_settings
from aftercare.vault import CHEAP_KDF
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import click, part, wait_for, words_on
from house import House

OWN = "seven lamps along the quay"
NADJA = StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.vault.members.measured_kdf", lambda: CHEAP_KDF)


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    """Records of A. Rahman that nobody has open."""
    copy = tmp_path / "records"
    shutil.copytree(template.folder, copy)
    return copy


@pytest.fixture
def code(folder: Path) -> CodeIssued:
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        return office.desk.do(add_staff, office.keys(), NADJA).value


@pytest.fixture
def house(folder: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    made = House(folder, CLOCK, load_settings(tmp_path / "settings.json")).start()
    yield made
    made.leave()


def line(dialog: QDialog, name: str) -> QLineEdit:
    return next(edit for edit in dialog.findChildren(QLineEdit) if edit.accessibleName() == name)


def first_login(house: House, name: str = "") -> FirstLoginDialog:
    part(house.door, QLineEdit, "who").setText(name)
    click(part(house.door, QPushButton, "one_time_code"))
    (dialog,) = house.door.findChildren(FirstLoginDialog)
    return dialog


def fill(dialog: QDialog, **typed: str) -> None:
    names = {
        "who": "Who is working",
        "code": "One-time code",
        "current": "Current password",
        "new": "New password",
        "again": "Once more",
    }
    for key, words in typed.items():
        line(dialog, names[key]).setText(words)


def done(dialog: QDialog) -> None:
    click(part(dialog, QPushButton, "done"))


# --- the first login ---------------------------------------------------------------------------------------------


def test_a_code_and_a_password_of_ones_own_lead_inside(house: House, code: CodeIssued) -> None:
    dialog = first_login(house, "nadja")
    assert line(dialog, "Who is working").text() == "nadja"
    fill(dialog, code=code.text.lower(), new=OWN, again=OWN)
    done(dialog)
    wait_for(lambda: house.program.workplace is not None, "the workplace")
    house.rest()
    assert house.inside.office.actor.name == "Nadja K."
    house.leave()
    open_office(house.folder, "nadja", OWN, clock=CLOCK).close()


def test_a_mistyped_group_is_named_before_anything_is_tried(house: House, code: CodeIssued) -> None:
    dialog = first_login(house, "nadja")
    wrong = code.groups[2][:-1] + ("0" if code.groups[2][-1] != "0" else "1")
    fill(dialog, code="-".join((*code.groups[:2], wrong, code.groups[3])), new=OWN, again=OWN)
    done(dialog)
    wait_for(lambda: "Group 3" in words_on(dialog), "the wrong group")
    fill(dialog, code=code.groups[0])
    done(dialog)
    wait_for(lambda: "four groups of five characters" in words_on(dialog), "the missing groups")


def test_a_wrong_name_and_a_wrong_code_are_told_alike(house: House, code: CodeIssued) -> None:
    dialog = first_login(house, "nobody")
    fill(dialog, code=code.text, new=OWN, again=OWN)
    done(dialog)
    words = "The name or the code is not right, or the code was used already."
    wait_for(lambda: words in words_on(dialog), "the refusal")
    assert part(dialog, QPushButton, "done").isEnabled()


def test_what_speaks_against_a_password_is_told_beside_it_and_the_code_stays_good(
    house: House, code: CodeIssued
) -> None:
    dialog = first_login(house, "nadja")
    fill(dialog, code=code.text, new="nadja", again="nadja")
    done(dialog)
    assert "fewer than 15 characters" in words_on(dialog)
    fill(dialog, new=OWN, again=OWN + "!")
    done(dialog)
    assert "The two are not the same." in words_on(dialog)
    fill(dialog, new="Nadja K. Nadja K. Nadja", again="Nadja K. Nadja K. Nadja")
    done(dialog)
    wait_for(lambda: "too easy to guess" in words_on(dialog), "the name in the password")
    fill(dialog, new=OWN, again=OWN)
    done(dialog)
    wait_for(lambda: house.program.workplace is not None, "the workplace")


def test_whoever_leaves_has_changed_nothing(house: House, code: CodeIssued) -> None:
    dialog = first_login(house, "nadja")
    fill(dialog, code=code.text, new=OWN, again=OWN)
    click(part(dialog, QPushButton, "cancel"))
    house.rest()
    with pytest.raises(WrongPassphrase):
        open_office(house.folder, "nadja", OWN, clock=CLOCK)


def test_a_suggestion_is_shown_and_typed_once_more(house: House) -> None:
    dialog = first_login(house)
    click(part(dialog, QPushButton, "suggest"))
    new = line(dialog, "New password")
    assert new.echoMode() is QLineEdit.EchoMode.Normal
    assert len(new.text().split("-")) == 6
    assert line(dialog, "Once more").text() == ""


def test_caps_lock_is_noticed_in_every_password_field(house: House) -> None:
    dialog = first_login(house)
    caps = part(dialog, QLabel, "caps")
    for name in ("New password", "Once more"):
        edit = line(dialog, name)
        edit.setFocus()
        press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
        QApplication.sendEvent(edit, press)
        assert caps.isVisible(), name
        QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, press.modifiers(), "a"))
        assert not caps.isVisible(), name


# --- one's own password ------------------------------------------------------------------------------------------


def change(house: House) -> ChangePasswordDialog:
    house.unlock(FIRST.login_name, PASSPHRASE)
    house.inside.frame.show_page("settings")
    house.rest()
    click(part(house.inside.frame, QPushButton, "change_password"))
    (dialog,) = house.inside.frame.findChildren(ChangePasswordDialog)
    return dialog


def test_a_password_is_changed_at_ones_own_desk(house: House) -> None:
    dialog = change(house)
    said: list[str] = []
    house.inside.office.said.connect(said.append)
    fill(dialog, current=PASSPHRASE, new=OWN, again=OWN)
    done(dialog)
    wait_for(lambda: said == ["Password changed"], "the word that it is done")
    house.leave()
    open_office(house.folder, FIRST.login_name, OWN, clock=CLOCK).close()
    with pytest.raises(WrongPassphrase):
        open_office(house.folder, FIRST.login_name, PASSPHRASE, clock=CLOCK)


def test_the_wrong_current_password_changes_nothing(house: House) -> None:
    dialog = change(house)
    done(dialog)
    assert "Please fill this in." in words_on(dialog)
    fill(dialog, current=OWN, new=OWN, again=OWN)
    done(dialog)
    wait_for(lambda: "This is not your password." in words_on(dialog), "the refusal")
    click(part(dialog, QPushButton, "cancel"))
    house.leave()
    open_office(house.folder, FIRST.login_name, PASSPHRASE, clock=CLOCK).close()
