"""Erasing everything in the window: allowed first, meant, told what is not reached, certified, and nothing left."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.gui.dialogs.erase_everything import ErasedDialog, EraseEverythingDialog
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.administration_keys import KeysPart
from aftercare.i18n import tr, use
from aftercare.services import door
from aftercare.services.opening import open_office
from aftercare.services.retention import choose_terms
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import named, open_dialog, wait_for, words_on
from house import House
from makers import a_survivor


@pytest.fixture
def house(template: Template, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk, "Nadia", "Farouk")
    made = House(folder, CLOCK).start()
    made.unlock(FIRST.login_name, PASSPHRASE)
    yield made
    made.leave()


def keys_of(house: House) -> KeysPart:
    page = house.inside.frame.show_page("administration")
    assert isinstance(page, AdministrationPage)
    page.open("keys")
    house.rest()
    part = page.part("keys")
    assert isinstance(part, KeysPart)
    part.refresh()
    house.rest()
    return part


def allow(house: House) -> None:
    house.inside.office.do(choose_terms, {}, True, owner=house.inside.frame)
    house.rest()


def test_until_it_is_allowed_there_is_nothing_to_press(house: House) -> None:
    part = keys_of(house)
    assert part.erasing.forbidden.isVisibleTo(part)
    assert not part.erasing.begin.isVisibleTo(part)
    allow(house)
    part = keys_of(house)
    assert part.erasing.begin.isVisibleTo(part)


def test_what_was_allowed_on_the_page_beside_shows_when_one_comes_back(house: House) -> None:
    part = keys_of(house)
    page = house.inside.frame.page
    assert isinstance(page, AdministrationPage)
    page.open("retention")
    house.rest()
    allow(house)
    page.open("keys")
    house.rest()
    assert page.part("keys") is part
    assert part.erasing.begin.isVisibleTo(part)


@pytest.mark.parametrize("language", ["en", "en-XA"])
def test_the_words_are_asked_for_in_the_language_of_the_window(house: House, language: str) -> None:
    allow(house)
    part = keys_of(house)
    use(language)
    try:
        part.erasing.ask()
        dialog = open_dialog(EraseEverythingDialog)
        wanted = tr("erase everything")
        assert f"“{wanted}”" in words_on(dialog)
        dialog._typed.setText(wanted[:-1])
        assert not dialog.form.save.isEnabled()
        for typed in (wanted, f" {wanted.upper()} ", "erase everything"):
            dialog._typed.setText(typed)
            assert dialog.form.save.isEnabled()
        dialog.reject()
    finally:
        use("en")


def test_everything_is_erased_and_a_certificate_stands_in(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = house.inside.office.opened.vault.folder  # type: ignore[union-attr]
    allow(house)
    part = keys_of(house)
    part.erasing.ask()
    dialog = open_dialog(EraseEverythingDialog)
    for told in ("Solid-state", "paper with the recovery code", "by hand", "kept aside by a restore"):
        assert told in words_on(dialog)
    assert not dialog._backups.isChecked()
    dialog._typed.setText("erase")
    assert not dialog.form.save.isEnabled()
    dialog._typed.setText("Erase everything")
    dialog._backups.setChecked(True)
    dialog.form.save.click()
    wait_for(
        lambda: any(
            isinstance(w, ErasedDialog) and w.isVisible() for w in house.inside.frame.findChildren(ErasedDialog)
        )
    )
    erased = open_dialog(ErasedDialog)
    assert {path.name for path in folder.iterdir()} <= {"backups", "lock"}
    erased.reject()
    assert erased.isVisible()
    paper = tmp_path / "certificate.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_asked: (str(paper), "")))
    named(erased, "Save the certificate…", QPushButton).click()
    assert "The certificate is saved" in words_on(erased)
    with pypdfium2.PdfDocument(BytesIO(paper.read_bytes())) as pdf:
        assert "Certificate of erasure" in pdf[0].get_textpage().get_text_bounded()
    left: list[bool] = []
    house.program.locked.connect(lambda: left.append(True))
    named(erased, "Close", QPushButton).click()
    wait_for(lambda: left)
    assert door.look_at(folder).found is door.Found.NOTHING
    assert list((folder / "backups").glob("*")) == []
