"""In the window: a slot is sealed stronger in the background, and a password is tied to this computer in two steps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from aftercare.vault import resealing as vault_resealing
from aftercare.vault.kdf import MEBIBYTE, KdfParameters
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import click, part, settle, wait_for, words_on
from house import House
from key_store import Store

STRONG = KdfParameters(64 * MEBIBYTE, 3, 1)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(vault_resealing, "measure_apart", lambda _cancelled: STRONG)
    return Store(monkeypatch)


@pytest.fixture
def folder(template: Template, tmp_path: Path, store: Store) -> Path:
    shutil.copytree(template.folder, tmp_path / "records")
    return tmp_path / "records"


@pytest.fixture
def house(folder: Path, qtbot: QtBot) -> Iterator[House]:
    made = unlocked(folder)
    yield made
    made.leave()


def unlocked(folder: Path) -> House:
    made = House(folder, CLOCK).start()
    made.unlock(FIRST.login_name, PASSPHRASE)
    return made


def seal_now(house: House) -> None:
    """What begins by itself some seconds after the door was opened."""
    house.open_records.resealing.begin()
    house.rest()


def kdf_of(house: House) -> KdfParameters:
    opened = house.open_records.opened
    slot = vault_resealing.slot_of(opened.vault)
    assert slot is not None
    return slot.kdf


def tick(house: House) -> QCheckBox:
    house.inside.frame.show_page("settings")
    house.rest()
    return part(house.inside.frame, QCheckBox, "tie_password")


def test_a_weak_slot_becomes_strong_while_they_work_and_nobody_is_told(house: House) -> None:
    assert not house.inside.frame.banner.isVisible()
    seal_now(house)
    wait_for(lambda: kdf_of(house) == STRONG)
    assert not house.inside.frame.banner.isVisible()


def test_leaving_while_it_is_made_leaves_the_slot_and_opens_again(folder: Path, qtbot: QtBot) -> None:
    house = unlocked(folder)
    house.open_records.resealing.begin()
    house.leave()
    again = unlocked(folder)
    again.leave()


def test_a_password_is_tied_when_the_second_sign_in_proved_it(folder: Path, store: Store, qtbot: QtBot) -> None:
    house = unlocked(folder)
    click(tick(house))
    wait_for(lambda: "From your next sign-in on" in words_on(house.inside.frame))
    assert len(store.kept) == 1
    house.leave()
    house = unlocked(folder)
    seal_now(house)
    wait_for(lambda: kdf_of(house) == STRONG)
    box = tick(house)
    wait_for(lambda: box.isChecked() and box.accessibleDescription().startswith("On."))
    click(box)
    wait_for(lambda: "Until your next sign-in." in words_on(house.inside.frame))
    house.leave()
    store.kept.clear()
    locked_out = House(folder, CLOCK).start()
    locked_out.try_key(FIRST.login_name, PASSPHRASE)
    wait_for(lambda: "tied to another computer" in words_on(locked_out.door))
    assert "recovery code" in words_on(locked_out.door)
    locked_out.leave()


def test_a_computer_without_a_key_store_says_why(house: House, store: Store) -> None:
    store.trouble = "none_here"
    box = tick(house)
    wait_for(lambda: not box.isEnabled())
    assert "there is no key store that Aftercare knows" in words_on(house.inside.frame)


def test_a_key_store_that_refuses_leaves_it_off_and_says_so(house: House, store: Store) -> None:
    box = tick(house)
    settle()
    store.trouble = "refused"
    click(box)
    wait_for(lambda: "it refused" in words_on(house.inside.frame))
    assert not box.isChecked()
    assert box.isEnabled()
