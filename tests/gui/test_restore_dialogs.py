"""Restoring a backup and using the recovery code at the door: what is typed, what is told, what is left unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare import i18n
from aftercare.domain.permissions import Role
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog
from aftercare.gui.dialogs.restore_backup import RestoreBackup
from aftercare.gui.jobs import Jobs
from aftercare.gui.notices import Notice
from aftercare.gui.style import Look, Scheme
from aftercare.services import backups
from aftercare.services.opening import OpenOffice, create_office, open_office
from aftercare.vault import CHEAP_KDF, RecoveryCode
from aftercare.vault.recovery_parts import split
from conftest import CLOCK, FIRST, PASSPHRASE
from hands import click, open_dialog, part, press, settle, type_in, wait_for, words_on
from makers import a_colleague, a_survivor

ANOTHER = "seven lamps along the quay"


@dataclass(frozen=True)
class Backed:
    """A vault with one survivor in its backup and a second one since; and its recovery code."""

    folder: Path
    backup: Path
    code: RecoveryCode


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Backed:
    folder = tmp_path_factory.mktemp("backed") / "records"
    office, code = create_office(folder, FIRST, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    a_survivor(office.desk)
    done = backups.back_up(office)
    a_survivor(office.desk)
    office.close()
    return Backed(folder, done.path, code)


@pytest.fixture
def backed(made_once: Backed, tmp_path: Path) -> Backed:
    folder = tmp_path / "records"
    shutil.copytree(made_once.folder, folder)
    folder.chmod(0o700)
    return Backed(folder, folder / "backups" / made_once.backup.name, made_once.code)


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.drain()
    made.close()


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.vault.recover.measured_kdf", lambda: CHEAP_KDF)


def survivors(folder: Path, passphrase: str = PASSPHRASE) -> int:
    from aftercare.services.survivors import list_survivors

    with open_office(folder, FIRST.login_name, passphrase, clock=CLOCK) as office:
        return len(office.desk.ask(list_survivors).rows)


def line(dialog: QWidget, name: str) -> QLineEdit:
    """The editor whose accessible name this is."""
    return next(edit for edit in dialog.findChildren(QLineEdit) if edit.accessibleName() == name)


# --- restoring ---------------------------------------------------------------------------------------------------


@pytest.fixture
def restore(backed: Backed, jobs: Jobs) -> Iterator[RestoreBackup]:
    dialog = RestoreBackup(backed.folder, jobs, CLOCK)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    dialog.activateWindow()
    yield dialog
    dialog.close()
    jobs.drain()
    dialog.deleteLater()


def choose(dialog: RestoreBackup, path: Path) -> None:
    dialog.choose(path)
    wait_for(lambda: part(dialog, QLineEdit, "file").text() or part(dialog, QLabel, "problem").isVisible())


def test_a_backup_of_other_records_is_told_before_it_takes_their_place(
    restore: RestoreBackup, backed: Backed, tmp_path: Path
) -> None:
    told = "This backup is not of the records in that folder"
    choose(restore, backed.backup)
    wait_for(lambda: part(restore, QLabel, "ways_in").isVisible())
    assert told not in words_on(restore)
    other = tmp_path / "other"
    office, _code = create_office(other, FIRST, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    office.close()
    part(restore, QLineEdit, "folder").setText(str(other))
    restore.show_place()
    wait_for(lambda: told in words_on(restore))
    assert "They are kept" in words_on(restore)


def test_a_chosen_backup_says_when_it_was_made(restore: RestoreBackup, backed: Backed) -> None:
    choose(restore, backed.backup)
    assert "Backup number 1, made on 23 Nov 2026 at 09:00." in words_on(restore)


def test_a_backup_is_looked_for_beside_the_records_first(
    restore: RestoreBackup, backed: Backed, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose_nothing(_parent: object, _title: str, where: str, _kinds: str) -> tuple[str, str]:
        asked.append(where)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose_nothing)
    click(part(restore, QPushButton, "choose_file"))
    assert asked == [str(backed.folder / "backups")]


def test_another_file_is_told_and_not_taken(restore: RestoreBackup, tmp_path: Path) -> None:
    letter = tmp_path / "letter.backup"
    letter.write_text("dear")
    choose(restore, letter)
    assert "This file is not a backup of Aftercare" in part(restore, QLabel, "problem").text()
    assert part(restore, QLineEdit, "file").text() == ""


def test_restoring_keeps_the_present_records_aside_and_says_where(
    restore: RestoreBackup, backed: Backed, qtbot: QtBot
) -> None:
    wait_for(lambda: "They are kept" in part(restore, QLabel, "place_words").text())
    choose(restore, backed.backup)
    type_in(FIRST.login_name)
    press("Tab")
    type_in(PASSPHRASE)
    heard: list[Path] = []
    restore.restored.connect(heard.append)
    press("Return")
    notice = open_dialog(Notice)
    assert "The backup of 23 Nov 2026, 09:00 is restored." in words_on(notice)
    assert "records-before-2026-11-23-1" in words_on(notice)
    assert "Sign in with the password you have today." in words_on(notice), "nobody changed one since"
    assert heard == []
    click(part(notice, QPushButton, "accept"))
    assert heard == [backed.folder]
    assert not restore.isVisible()
    assert survivors(backed.folder) == 1
    assert survivors(backed.folder.with_name("records-before-2026-11-23-1")) == 2


def test_a_refusal_does_not_tell_whether_the_name_or_the_password_is_wrong_and_changes_nothing(
    restore: RestoreBackup, backed: Backed, tmp_path: Path
) -> None:
    choose(restore, backed.backup)
    line(restore, "Sign-in name").setText(FIRST.login_name)
    line(restore, "Password").setText("not this one at all")
    click(part(restore, QPushButton, "restore"))
    problem = part(restore, QLabel, "problem")
    wait_for(lambda: problem.text().startswith("The name or the password is not right."), "the refusal")
    assert not line(restore, "Sign-in name").property("problem")
    assert not line(restore, "Password").property("problem")
    assert line(restore, "Password").text() == ""
    assert part(restore, QPushButton, "restore").isEnabled()
    assert [path.name for path in tmp_path.iterdir()] == ["records"]


def test_the_recovery_code_restores_into_another_folder(restore: RestoreBackup, backed: Backed, tmp_path: Path) -> None:
    choose(restore, backed.backup)
    click(part(restore, QRadioButton, "by_code"))
    line(restore, "Recovery code").setText(backed.code.text)
    part(restore, QLineEdit, "folder").setText(str(tmp_path / "elsewhere"))
    click(part(restore, QPushButton, "restore"))
    click(part(open_dialog(Notice), QPushButton, "accept"))
    assert survivors(tmp_path / "elsewhere") == 1
    assert survivors(backed.folder) == 2


def test_both_parts_of_a_code_are_typed_into_the_one_field(
    restore: RestoreBackup, backed: Backed, tmp_path: Path
) -> None:
    choose(restore, backed.backup)
    click(part(restore, QRadioButton, "by_code"))
    assert "If it is in two parts, type both here" in words_on(restore)
    one, other = split(backed.code)
    line(restore, "Recovery code").setText(f"{other.text} {one.text}")
    part(restore, QLineEdit, "folder").setText(str(tmp_path / "elsewhere"))
    click(part(restore, QPushButton, "restore"))
    click(part(open_dialog(Notice), QPushButton, "accept"))
    assert survivors(tmp_path / "elsewhere") == 1


def test_nothing_begins_without_a_backup(restore: RestoreBackup) -> None:
    click(part(restore, QPushButton, "restore"))
    assert part(restore, QLabel, "problem").text() == "Please choose a backup."


# --- the recovery code -------------------------------------------------------------------------------------------


@pytest.fixture
def recovery(backed: Backed, jobs: Jobs) -> Iterator[RecoveryCodeDialog]:
    dialog = RecoveryCodeDialog(backed.folder, jobs, CLOCK)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.show()
    dialog.activateWindow()
    yield dialog
    dialog.reject()
    jobs.drain()
    dialog.deleteLater()


def step(dialog: RecoveryCodeDialog) -> str:
    return part(dialog, QLabel, "progress").text()


def to_the_password(dialog: RecoveryCodeDialog, backed: Backed) -> None:
    line(dialog, "Recovery code").setFocus()
    type_in(backed.code.text)
    press("Return")
    wait_for(lambda: step(dialog) == "Step 2 of 3")


def test_the_code_leads_by_keyboard_to_a_new_password_and_a_new_code(
    recovery: RecoveryCodeDialog, backed: Backed
) -> None:
    offices: list[OpenOffice] = []
    recovery.recovered.connect(offices.append)
    to_the_password(recovery, backed)
    assert "A. Rahman (rahman)" in words_on(recovery)
    type_in(ANOTHER)
    press("Tab")
    type_in(ANOTHER)
    press("Return")
    wait_for(lambda: step(recovery) == "Step 3 of 3")
    new_code = part(recovery, QLabel, "code").text()
    type_in(backed.code.text)
    press("Return")
    assert "This is a code, but not the one above." in words_on(recovery)
    line(recovery, "Type the code here").setText(new_code.replace("\n", " ").lower())
    press("Return")
    wait_for(lambda: offices, "the open office")
    assert offices[0].desk.actor.name == "A. Rahman"
    offices[0].close()
    assert survivors(backed.folder, ANOTHER) == 2


def test_among_several_administrators_nobody_loses_their_password_unless_they_are_chosen(
    recovery: RecoveryCodeDialog, backed: Backed
) -> None:
    with open_office(backed.folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        a_colleague(office.desk, Role.ADMINISTRATOR)
    to_the_password(recovery, backed)
    who = next(box for box in recovery.findChildren(QComboBox) if box.accessibleName() == "Administrator")
    assert (who.count(), who.currentIndex()) == (2, -1)
    assert who.hasFocus()
    line(recovery, "New password").setText(ANOTHER)
    line(recovery, "Once more").setText(ANOTHER)
    click(part(recovery, QPushButton, "next"))
    assert "Please choose who gets the new password." in words_on(recovery)
    assert step(recovery) == "Step 2 of 3"
    who.setCurrentIndex(who.findText("A. Rahman (rahman)"))
    click(part(recovery, QPushButton, "next"))
    assert step(recovery) == "Step 3 of 3"


def test_a_wrong_code_is_told_beside_the_field(recovery: RecoveryCodeDialog, backed: Backed) -> None:
    groups = list(backed.code.groups)
    groups[4] = "00000"
    line(recovery, "Recovery code").setText("-".join(groups))
    press("Return")
    wait_for(lambda: "Group 5" in words_on(recovery))
    line(recovery, "Recovery code").setText(RecoveryCode(bytes(20)).text)
    press("Return")
    wait_for(lambda: "This code does not open these records" in words_on(recovery))
    assert step(recovery) == "Step 1 of 3"


def test_leaving_before_the_end_changes_no_key_and_unlocks_the_folder(
    recovery: RecoveryCodeDialog, backed: Backed, jobs: Jobs
) -> None:
    to_the_password(recovery, backed)
    press("Escape")
    assert jobs.drain()
    assert survivors(backed.folder) == 2


def test_leaving_while_the_code_is_tried_holds_nothing_open(
    recovery: RecoveryCodeDialog, backed: Backed, jobs: Jobs
) -> None:
    line(recovery, "Recovery code").setText(backed.code.text)
    press("Return")
    recovery.reject()
    assert jobs.drain()
    assert survivors(backed.folder) == 2


def test_a_weak_password_and_two_that_differ_are_told(recovery: RecoveryCodeDialog, backed: Backed) -> None:
    to_the_password(recovery, backed)
    line(recovery, "New password").setText("rahman")
    press("Return")
    assert "too easy to guess" in words_on(recovery)
    line(recovery, "New password").setText(ANOTHER)
    line(recovery, "Once more").setText(ANOTHER + "s")
    press("Return")
    assert "The two are not the same." in words_on(recovery)
    assert step(recovery) == "Step 2 of 3"


@pytest.mark.parametrize("tag", [i18n.PSEUDO, i18n.PSEUDO_RTL])
@pytest.mark.parametrize("kind", [RestoreBackup, RecoveryCodeDialog])
def test_nothing_is_clipped_in_long_words_at_200_percent(
    kind: type[RestoreBackup] | type[RecoveryCodeDialog], tag: str, backed: Backed, jobs: Jobs, screen: Screen
) -> None:
    screen.style.wear(Look(Scheme.LIGHT, 200))
    screen.interpreter.speak(tag)
    dialog = kind(backed.folder, jobs, CLOCK)
    dialog.show()
    settle()
    for button in dialog.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width() - 1, button.text()
    for focusable in dialog.findChildren(QWidget):
        if focusable.isVisible() and focusable.focusPolicy() & Qt.FocusPolicy.TabFocus:
            words = focusable.accessibleName() or getattr(focusable, "text", str)()
            assert words or focusable.objectName() == "scroll", focusable.objectName()
    dialog.close()
    jobs.drain()


def test_a_code_in_two_parts_is_taken_in_any_order_and_one_part_asks_for_the_other(
    recovery: RecoveryCodeDialog, backed: Backed
) -> None:
    one, other = split(backed.code)
    line(recovery, "Recovery code").setText(other.text)
    click(part(recovery, QPushButton, "next"))
    wait_for(lambda: "Type part 1 too." in words_on(recovery))
    second = line(recovery, "The other part")
    second.setText(other.text.lower())
    click(part(recovery, QPushButton, "next"))
    wait_for(lambda: "Both are part 2" in words_on(recovery))
    second.setText("-".join((*one.groups[:4], "00000", *one.groups[5:])))
    click(part(recovery, QPushButton, "next"))
    wait_for(lambda: "Group 5 of part 1" in words_on(recovery))
    second.setText(split(backed.code)[0].text)
    click(part(recovery, QPushButton, "next"))
    wait_for(lambda: "different recovery codes" in words_on(recovery))
    second.setText(one.text)
    click(part(recovery, QPushButton, "next"))
    wait_for(lambda: step(recovery) == "Step 2 of 3")
    assert line(recovery, "The other part").text() == ""
