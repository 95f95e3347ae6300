"""The window's way of importing: a file, how columns are understood, what is wrong, and one undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTableWidget, QWidget
from shiboken6 import isValid

from aftercare.domain.errors import BackupPlaceFull, Problem
from aftercare.domain.importing import Alike, Imported, ImportField
from aftercare.gui import mnemonics
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.import_people import ImportPeople
from aftercare.gui.notices import Notice
from aftercare.gui.office import Office
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.i18n import PSEUDO_RTL
from aftercare.services.desk import Desk
from aftercare.services.survivors import list_survivors
from hands import click, part, press, settle, take_the_keyboard, wait_for, words_on
from inspecting import cut_words, not_mirrored, out_of_reach_of_tab
from makers import a_survivor

CASELOAD = """Client no;First name;Surname;Sex;Arrival;Shoes
K-0001;Selam;Tesfay;f;3.8.2026;38
K-0002;Ada;Lovely;f;4.8.2026;39
"""


@pytest.fixture
def dialog(office: Office) -> Iterator[ImportPeople]:
    dialog = ImportPeople(office)
    dialog.show()
    yield dialog
    if isValid(dialog):
        dialog.close()
    settle()


def a_file(folder: Path, text: str = CASELOAD) -> Path:
    file = folder / "caseload.csv"
    file.write_text(text, encoding="utf-8")
    return file


def looked_at(dialog: ImportPeople, office: Office, file: Path) -> None:
    dialog.look_at(file)
    wait_for(lambda: office.jobs.is_idle, "the preview")


def import_button(dialog: ImportPeople) -> QPushButton:
    return part(dialog, QPushButton, "import_now")


def column_box(dialog: ImportPeople, header: str) -> CodeCombo:
    table = part(dialog, QTableWidget, "columns")
    for at in range(table.rowCount()):
        item = table.item(at, 0)
        if item is not None and item.text() == header:
            box = table.cellWidget(at, 2)
            assert isinstance(box, CodeCombo)
            return box
    raise AssertionError(f"no column {header}")


def choose(box: CodeCombo, code: str | None) -> None:
    box.setCurrentIndex(box.findData(code))
    box.activated.emit(box.currentIndex())


def test_a_file_is_understood_and_imported_with_one_undo(
    dialog: ImportPeople, office: Office, desk: Desk, tmp_path: Path
) -> None:
    offered: list[tuple[str, object]] = []
    done: list[Imported] = []
    office.undo_offered.connect(lambda words, request: offered.append((words, request)))
    dialog.imported.connect(done.append)
    assert not import_button(dialog).isEnabled()
    looked_at(dialog, office, a_file(tmp_path))
    assert "2 people" in part(dialog, QLabel, "summary").text()
    assert column_box(dialog, "Surname").code == ImportField.FAMILY_NAME
    assert column_box(dialog, "Shoes").code is None
    click(import_button(dialog))
    wait_for(lambda: done, "the import")
    assert desk.ask(list_survivors).total == 2
    assert offered[0][0] == "2 people imported"


def test_a_wrong_cell_is_told_and_nothing_can_be_imported(dialog: ImportPeople, office: Office, tmp_path: Path) -> None:
    looked_at(dialog, office, a_file(tmp_path, CASELOAD.replace("4.8.2026", "31.2.2026")))
    assert "Row 3, Arrival" in part(dialog, QPlainTextEdit, "problems").toPlainText()
    assert "1 cell to correct" in part(dialog, QLabel, "summary").text()
    assert not import_button(dialog).isEnabled()


def test_a_column_that_is_left_out_takes_its_mistakes_with_it(
    dialog: ImportPeople, office: Office, tmp_path: Path
) -> None:
    looked_at(dialog, office, a_file(tmp_path, CASELOAD.replace("4.8.2026", "31.2.2026")))
    choose(column_box(dialog, "Arrival"), None)
    wait_for(lambda: office.jobs.is_idle, "the preview")
    assert import_button(dialog).isEnabled()
    choose(column_box(dialog, "Shoes"), ImportField.NOTE)
    wait_for(lambda: office.jobs.is_idle, "the preview")
    assert column_box(dialog, "Arrival").code is None
    assert column_box(dialog, "Shoes").code == ImportField.NOTE


def test_people_who_are_known_need_a_decision(dialog: ImportPeople, office: Office, desk: Desk, tmp_path: Path) -> None:
    a_survivor(desk, "Selam", "Tesfay")
    looked_at(dialog, office, a_file(tmp_path))
    assert not import_button(dialog).isEnabled()
    assert "may be S-0001" in part(dialog, QPlainTextEdit, "alike").toPlainText()
    choose(part(dialog, CodeCombo, "known"), Alike.SKIP)
    assert import_button(dialog).isEnabled()


def test_what_is_no_table_is_explained_in_the_dialog(dialog: ImportPeople, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "picture.csv"
    file.write_bytes(b"\x89PNG\0\0")
    looked_at(dialog, office, file)
    assert "neither a spreadsheet nor a text table" in words_on(dialog)
    assert not import_button(dialog).isEnabled()


@pytest.mark.parametrize("look", [Look(Scheme.LIGHT, 100), Look(Scheme.DARK, 200)])
def test_everything_has_a_name_and_its_own_key(
    dialog: ImportPeople, office: Office, screen: Screen, tmp_path: Path, look: Look
) -> None:
    screen.style.wear(look)
    looked_at(dialog, office, a_file(tmp_path))
    unnamed = [
        widget.objectName()
        for kind in (QLineEdit, QTableWidget, QPlainTextEdit, CodeCombo)
        for widget in dialog.findChildren(kind)
        if not widget.accessibleName()
    ]
    assert unnamed == []
    texts = [button.text() for button in dialog.findChildren(QPushButton)]
    texts += [words.text() for words in dialog.findChildren(QLabel)]
    keys = [key for text in texts if (key := mnemonics.key_of(text))]
    assert len(keys) == len(set(keys))


def test_nothing_is_cut_off_at_twice_the_size(
    dialog: ImportPeople, office: Office, screen: Screen, tmp_path: Path
) -> None:
    screen.style.wear(Look(Scheme.LIGHT, 200))
    looked_at(dialog, office, a_file(tmp_path))
    settle()
    for button in dialog.findChildren(QPushButton):
        assert not button.isVisible() or button.width() >= button.minimumSizeHint().width()


def test_without_a_backup_from_before_nobody_imports_unawares(
    dialog: ImportPeople, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, otherwise: Callable[[Problem], None], **__: object) -> None:
        otherwise(BackupPlaceFull())

    done: list[Imported] = []
    dialog.imported.connect(done.append)
    monkeypatch.setattr(office, "back_up_before", refused)
    looked_at(dialog, office, a_file(tmp_path))
    click(import_button(dialog))
    (question,) = dialog.findChildren(Notice)
    assert "no backup" in words_on(question)
    question.reject()
    settle()
    assert done == []
    assert import_button(dialog).isEnabled()
    click(import_button(dialog))
    dialog.findChildren(Notice)[-1].accept()
    wait_for(lambda: bool(done), "the import")
    assert done[0].people == 2


@pytest.mark.parametrize("language", ["en", PSEUDO_RTL])
def test_a_caseload_is_imported_by_keys_alone_from_either_side(
    screen: Screen, office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    screen.interpreter.speak(language)
    file = a_file(tmp_path)
    monkeypatch.setattr("aftercare.gui.dialogs.import_people.QFileDialog.getOpenFileName", lambda *_: (str(file), ""))
    dialog = ImportPeople(office)
    done: list[Imported] = []
    dialog.imported.connect(done.append)
    dialog.show()
    take_the_keyboard(dialog)
    walk_to(part(dialog, QPushButton, "browse"))
    press("Space")
    wait_for(lambda: office.jobs.is_idle and import_button(dialog).isEnabled(), "the preview")
    assert out_of_reach_of_tab(dialog) == []
    if language == PSEUDO_RTL:
        assert not_mirrored(dialog) == []
        assert cut_words(dialog) == []
    shoes = column_box(dialog, "Shoes")
    walk_to(shoes)
    press("Home")
    walk_to(import_button(dialog))
    press("Space")
    wait_for(lambda: done, "the import")
    assert desk.ask(list_survivors).total == 2
    settle()


def walk_to(stop: QWidget) -> None:
    """With Tab, as somebody without a mouse."""
    for _ in range(60):
        if stop.hasFocus():
            return
        press("Tab")
    raise AssertionError(f"Tab never came to {stop.objectName()}")
