"""First run: four steps, each refusal in plain words beside its field, and nothing half made wherever it is left."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLabel, QLineEdit, QPushButton, QStackedWidget
from pytestqt.qtbot import QtBot

from aftercare import settings
from aftercare.domain.clock import Clock
from aftercare.domain.permissions import Permission
from aftercare.gui import printing
from aftercare.gui.first_run import FirstRun
from aftercare.gui.jobs import Jobs
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.services import door
from aftercare.services.office import show_settings
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.recovery import open_with_code
from aftercare.settings import Settings
from aftercare.vault import CHEAP_KDF
from conftest import CLOCK
from hands import click, named, part, press, settle, type_in, wait_for, words_on

PASSWORD = "seven herons over the lake"


class Setting:
    """A first run on the screen, and what came of it."""

    def __init__(self, folder: Path, kept: Settings, clock: Clock) -> None:
        self.kept = kept
        self.folder = folder
        self.jobs = Jobs()
        self.window = FirstRun(folder, kept, self.jobs, clock)
        self.created: list[OpenOffice] = []
        self.chosen: list[Path] = []
        self.window.created.connect(self.created.append)
        self.window.folder_chosen.connect(self.chosen.append)
        self.window.show()
        self.window.activateWindow()

    def field(self, name: str) -> QLineEdit:
        return named(self.window, name, QLineEdit)

    def next(self) -> None:
        click(part(self.window, QPushButton, "next"))

    @property
    def step(self) -> int:
        return part(self.window, QStackedWidget, "steps").currentIndex() + 1

    @property
    def trouble(self) -> str:
        label = part(self.window, QLabel, "problem")
        return label.text() if label.isVisible() else ""

    @property
    def code(self) -> str:
        return part(self.window, QLabel, "code").text()

    def fill_account(self, password: str = PASSWORD, again: str = PASSWORD) -> None:
        self.field("Your name").setText("A. Rahman")
        self.field("Sign-in name").setText("rahman")
        self.field("Password").setText(password)
        self.field("Once more").setText(again)

    def go_to(self, step: int) -> None:
        """Fill the steps before this one."""
        if step > 1:
            self.next()
        if step > 2:
            self.fill_account()
            self.next()
        if step > 3:
            self.field("Type the code here").setText(self.code)
            self.next()
        assert self.step == step


@pytest.fixture
def first(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    monkeypatch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
    setting = Setting(tmp_path / "records", settings.load_settings(tmp_path / "settings.json"), CLOCK)
    yield setting
    setting.jobs.close()
    for office in setting.created:
        office.close()
    setting.window.close()
    setting.window.deleteLater()
    settle()


def test_four_steps_make_records_that_open_with_what_was_typed(first: Setting, tmp_path: Path) -> None:
    first.go_to(4)
    assert not first.folder.exists()
    first.next()
    wait_for(lambda: first.created)
    (office,) = first.created
    assert office.desk.actor.name == "A. Rahman"
    assert Permission.WRITE_RECORDS in office.desk.actor.permissions
    assert office.desk.ask(show_settings).backup_folder == str(tmp_path / "aftercare-backups")
    office.close()
    first.created.clear()
    assert stat.S_IMODE(first.folder.stat().st_mode) == 0o700
    assert first.kept.vault_folder == str(first.folder)
    with open_office(first.folder, "RAHMAN", PASSWORD, clock=CLOCK) as again:
        assert again.desk.actor.name == "A. Rahman"
    assert all(not edit.text() for edit in first.window.findChildren(PasswordEdit))


def test_an_administrator_who_does_not_work_with_survivors_sees_no_records(first: Setting) -> None:
    first.go_to(2)
    part(first.window, QCheckBox, "with_survivors").setChecked(False)
    first.fill_account()
    first.next()
    first.field("Type the code here").setText(first.code)
    first.next()
    first.next()
    wait_for(lambda: first.created)
    assert Permission.SEE_RECORDS not in first.created[0].desk.actor.permissions


def test_it_is_done_with_the_keyboard_alone(first: Setting) -> None:
    press("Return")
    assert first.step == 2
    type_in("A. Rahman")
    press("Tab")
    press("Tab")
    type_in(PASSWORD)
    press("Tab")
    type_in(PASSWORD)
    press("Return")
    assert first.step == 3
    type_in(first.code.replace("\n", " "))
    press("Return")
    assert first.step == 4
    press("Return")
    wait_for(lambda: first.created)


@pytest.mark.parametrize("wrong", ["records", "~nobody-here/records", "letter.txt/records", "x" * 300])
def test_a_folder_that_cannot_be_made_is_refused_before_anything_else_is_asked(
    first: Setting, tmp_path: Path, wrong: str
) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    first.field("Folder of the records").setText(wrong if wrong[0] in "r~" else str(tmp_path / wrong))
    first.next()
    assert first.step == 1
    assert first.trouble


def test_a_place_for_backups_that_is_not_there_is_refused_before_the_records_are_made(
    first: Setting, tmp_path: Path
) -> None:
    first.go_to(4)
    for wrong in ("backups", str(tmp_path / "stick" / "backups"), str(first.folder / "backups"), str(first.folder)):
        first.field("Folder of the backups").setText(wrong)
        first.next()
        assert first.step == 4
        assert first.trouble
        assert not first.folder.exists()
    first.field("Folder of the backups").clear()
    first.next()
    wait_for(lambda: first.created)
    assert first.created[0].desk.ask(show_settings).backup_folder == ""


def test_the_place_suggested_for_backups_follows_the_place_of_the_records(first: Setting, tmp_path: Path) -> None:
    first.next()
    click(part(first.window, QPushButton, "back"))
    first.field("Folder of the records").setText(str(tmp_path / "elsewhere" / "records"))
    first.next()
    assert part(first.window, QLineEdit, "backup_folder").text() == str(tmp_path / "elsewhere" / "aftercare-backups")


def test_a_folder_with_other_files_or_none_is_refused(first: Setting, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear")
    first.field("Folder of the records").setText(str(tmp_path / "letters"))
    first.next()
    assert first.trouble == "This folder holds other files. Please choose an empty or a new folder."
    first.field("Folder of the records").setText(str(tmp_path / "letters" / "letter.txt"))
    first.next()
    assert first.step == 1
    first.field("Folder of the records").setText("  ")
    first.next()
    assert first.trouble == "Please choose a folder."
    first.field("Folder of the records").setText(str(tmp_path / "new"))
    first.next()
    assert (first.step, first.trouble) == (2, "")


def test_a_folder_that_cannot_be_written_or_read_is_told_before_anything_is_typed(
    first: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> Iterator[Path]:
        raise PermissionError(13, "no")

    (tmp_path / "closed").mkdir()
    monkeypatch.setattr(Path, "iterdir", refuse)
    first.field("Folder of the records").setText(str(tmp_path / "closed"))
    first.next()
    assert first.step == 1
    assert first.trouble


def test_a_folder_that_holds_records_is_unlocked_instead(first: Setting, template: object, tmp_path: Path) -> None:
    folder: Path = template.folder  # type: ignore[attr-defined]
    first.field("Folder of the records").setText(str(folder))
    first.next()
    assert first.chosen == [folder]
    assert first.step == 1


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "too easy to guess"),
        ("passwordpassword", "passwordpassword", "too easy to guess"),
        ("rahman rahman rahman", "rahman rahman rahman", "too easy to guess"),
        (PASSWORD, PASSWORD + "s", "The two are not the same."),
        ("", "", "too easy to guess"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused_beside_its_field(
    first: Setting, password: str, again: str, words: str
) -> None:
    first.go_to(2)
    first.fill_account(password, again)
    first.next()
    assert first.step == 2
    assert words in words_on(first.window)
    assert isinstance(QApplication.focusWidget(), PasswordEdit)


def test_a_sign_in_name_is_needed_and_suggested(first: Setting) -> None:
    first.go_to(2)
    first.fill_account()
    first.field("Your name").clear()
    first.field("Sign-in name").clear()
    first.next()
    assert "Please fill this in." in words_on(first.window)
    first.field("Your name").setFocus()
    type_in("A. Rahman")
    press("Tab")
    assert first.field("Sign-in name").text() == "rahman"


def test_suggested_words_are_shown_and_typed_once_more(first: Setting) -> None:
    first.go_to(2)
    first.fill_account("", "")
    click(part(first.window, QPushButton, "suggest"))
    suggested = first.field("Password")
    assert suggested.echoMode() is QLineEdit.EchoMode.Normal
    assert door.passphrase_faults(suggested.text()) == ()
    first.next()
    assert first.step == 2
    first.field("Once more").setText(suggested.text())
    first.next()
    assert first.step == 3


def test_a_mistyped_code_names_the_group_and_another_code_is_told_apart(first: Setting) -> None:
    first.go_to(3)
    groups = first.code.split()
    wrong = ("A" if groups[2][0] != "A" else "B") + groups[2][1:]
    first.field("Type the code here").setText(" ".join([*groups[:2], wrong, *groups[3:]]))
    first.next()
    assert first.step == 3
    assert "Group 3" in words_on(first.window)
    first.field("Type the code here").setText(" ".join(door.new_recovery_kit().sheets[0].groups))
    first.next()
    assert "This is a code, but not the one above." in words_on(first.window)
    first.field("Type the code here").setText(" ".join(groups[:7]))
    first.next()
    assert "eight groups" in words_on(first.window)
    first.field("Type the code here").clear()
    first.next()
    assert first.step == 3
    first.field("Type the code here").setText(first.code.lower().replace("\n", "  "))
    first.next()
    assert first.step == 4


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_closing_it_at_any_step_leaves_nothing(first: Setting, step: int, tmp_path: Path) -> None:
    first.go_to(step)
    first.window.close()
    settle()
    assert not first.folder.exists()
    assert [path.name for path in tmp_path.iterdir()] == []
    assert first.created == []


def test_stopping_while_the_records_are_made_leaves_nothing_and_can_be_tried_again(
    first: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    first.go_to(4)
    first.next()
    first.window._form.busy.cancelled.emit()  # what its Cancel does once it appeared
    wait_for(lambda: first.trouble)
    assert "stopped" in first.trouble
    assert door.look_at(first.folder).found is door.Found.NOTHING
    first.next()
    wait_for(lambda: first.created)


def test_going_back_keeps_what_was_typed(first: Setting) -> None:
    first.go_to(3)
    click(part(first.window, QPushButton, "back"))
    assert first.step == 2
    assert first.field("Sign-in name").text() == "rahman"
    first.next()
    assert first.step == 3


def test_the_code_is_printed_from_memory_and_checked_by_typing(first: Setting, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[bytes] = []

    def print_document(_printer: object, pdf: bytes) -> int:
        printed.append(pdf)
        return 1

    monkeypatch.setattr(printing, "ask_for_printer", lambda _parent, _pages=1: object())
    monkeypatch.setattr(printing, "print_document", print_document)
    first.go_to(3)
    click(part(first.window, QPushButton, "print_code"))
    wait_for(lambda: "on its way to the printer" in words_on(first.window))
    assert printed[0].startswith(b"%PDF")


def test_the_code_is_saved_where_somebody_says_and_nowhere_else(
    first: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "stick" / "page.pdf"
    file.parent.mkdir()
    proposed: list[str] = []

    def ask(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(ask))
    first.go_to(3)
    click(part(first.window, QPushButton, "save_code"))
    wait_for(lambda: "delete it" in words_on(first.window))
    assert proposed == ["page.pdf"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["stick"]
    file.parent.chmod(0o500)
    click(part(first.window, QPushButton, "save_code"))
    wait_for(lambda: "could not be written" in words_on(first.window) or "delete it" in words_on(first.window))
    file.parent.chmod(0o700)


def test_the_code_may_be_split_between_two_people(first: Setting) -> None:
    first.go_to(3)
    whole = first.code
    click(part(first.window, QCheckBox, "for_two"))
    parts = [first.code, part(first.window, QLabel, "second_code").text()]
    assert [len(shown.split()) for shown in parts] == [9, 9]
    assert whole.split()[0] not in first.code
    first.field("Type part 1 here").setText(parts[0])
    first.next()
    assert (first.step, "eight groups" in words_on(first.window)) == (3, True)
    first.field("Type part 2 here").setText(parts[0])
    first.next()
    assert "This is a code, but not the one above." in words_on(first.window)
    first.field("Type part 2 here").setText(parts[1].lower())
    first.next()
    first.next()
    wait_for(lambda: first.created)
    first.created[0].close()
    first.created.clear()
    with open_with_code(first.folder, *reversed(parts), clock=CLOCK) as opened:
        assert [who.display_name for who in opened.administrators] == ["A. Rahman"]


def test_changing_ones_mind_about_two_people_makes_another_code(first: Setting) -> None:
    first.go_to(3)
    before = first.code
    first.field("Type the code here").setText(before)
    click(part(first.window, QCheckBox, "for_two"))
    click(part(first.window, QCheckBox, "for_two"))
    assert first.code != before
    assert first.field("Type the code here").text() == ""


def test_folders_are_chosen_in_the_systems_dialog(
    first: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_args: str(tmp_path / "chosen")))
    click(part(first.window, QPushButton, "choose_folder"))
    assert first.field("Folder of the records").text() == str(tmp_path / "chosen")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_args: ""))
    click(part(first.window, QPushButton, "choose_folder"))
    assert first.field("Folder of the records").text() == str(tmp_path / "chosen")
