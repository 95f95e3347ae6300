"""The program as a whole: garbage, warnings at the door, undo from the bar, settings, the way to and from training."""

from __future__ import annotations

import gc
import shutil
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare import i18n
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.new_person import NewPerson
from aftercare.gui.garbage import GarbageOnGuiThread
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.details import DetailsPage
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.style import Scheme
from aftercare.services.opening import open_office
from aftercare.services.survivors import list_survivors
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import click, named, open_dialog, part, press, settle, type_in, wait_for, words_on
from house import House
from makers import a_survivor


@pytest.fixture
def house(template: Template, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    """Unlocked, with two survivors in the records."""
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk, "Nadia", "Farouk")
        a_survivor(office.desk, "Amara", "Okafor")
    made = House(folder, CLOCK).start()
    made.unlock(FIRST.login_name, PASSPHRASE)
    yield made
    made.leave()


def person_page(house: House, at: int = 0) -> PersonPage:
    press("Ctrl+2")
    house.rest()
    press("Ctrl+F")
    type_in(f"S-000{at + 1}")
    house.rest()
    wait_for(lambda: "1 person" in words_on(house.inside.frame))
    press("Return")
    house.rest()
    page = house.inside.frame.page
    assert isinstance(page, PersonPage)
    return page


# --- garbage ---------------------------------------------------------------------------------------------------------


class Knot(QObject):
    """Holds itself: only the collector of cycles lets it go."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_nothing_of_the_window_is_freed_on_another_thread(screen: Screen) -> None:
    freed_on: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: freed_on.append(threading.get_ident()))
    del knot

    def work() -> None:
        for _ in range(20_000):
            ring: list[object] = []
            ring.append(ring)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not freed_on
    garbage = screen.application.findChild(GarbageOnGuiThread)
    assert isinstance(garbage, GarbageOnGuiThread)
    garbage.collect_if_due()
    if not freed_on:
        gc.collect()
    assert freed_on == [threading.get_ident()]


def test_what_has_lived_long_is_looked_through_in_a_quiet_moment(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    garbage = GarbageOnGuiThread(screen.application)
    taken: list[int] = []
    monkeypatch.setattr("aftercare.gui.garbage.gc.collect", taken.append)
    counts = [(5_000, 11, 11), (0, 0, 12), (100, 11, 11)]
    monkeypatch.setattr("aftercare.gui.garbage.gc.get_count", lambda: counts[0])
    while counts:
        garbage.collect_if_due()
        counts.pop(0)
    garbage.deleteLater()
    assert taken == [1, 2]


# --- undo ------------------------------------------------------------------------------------------------------------


def test_taking_somebody_in_is_undone_from_the_bar(house: House) -> None:
    press("Ctrl+Shift+N")
    dialog = open_dialog(NewPerson)
    house.rest()
    named(dialog, "Given name").setFocus()
    type_in("Sahar")
    press("Ctrl+S")
    wait_for(lambda: house.inside.frame.undo_bar.isVisible(), "the undo bar")
    house.rest()
    page = house.inside.frame.page
    assert isinstance(page, PersonPage)
    assert "Person taken in" in words_on(house.inside.frame.undo_bar)
    click(part(house.inside.frame.undo_bar, QPushButton, "undo"))
    house.rest()
    wait_for(lambda: not isinstance(house.inside.frame.page, PersonPage), "the list")
    house.leave()
    with open_office(house.folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        assert office.desk.ask(list_survivors, SurvivorFilter(), None, 10).total == 2


def test_undo_is_reached_with_f6(house: House) -> None:
    house.inside.frame.undo_bar.offer("Step deleted", lambda: done.append(True))
    done: list[bool] = []
    for _ in range(6):
        press("F6")
        here = QApplication.focusWidget()
        if here is not None and here.objectName() == "undo":
            break
    press("Space")
    assert done == [True]


# --- one person ------------------------------------------------------------------------------------------------------


def test_the_name_is_shown_only_when_asked_and_hidden_again(house: House) -> None:
    page = person_page(house)
    assert "Nadia" not in words_on(page)
    click(part(page, QPushButton, "show_name"))
    house.rest()
    assert "Nadia Farouk" in words_on(page)
    page._hiding.timeout.emit()
    assert "Nadia" not in words_on(page)
    click(part(page, QPushButton, "show_name"))
    house.rest()
    house.inside.frame.show_page("today")
    assert "Nadia" not in words_on(house.inside.frame)


def test_every_tab_opens_by_its_alt_key_and_the_next_person_without_going_back(house: House) -> None:
    page = person_page(house)
    for number, tab in enumerate(("overview", "plan", "notes", "scores", "details", "history"), start=1):
        press(f"Alt+{number}")
        house.rest()
        assert page.tab == tab
    press("Alt+Up")
    house.rest()
    assert house.inside.frame.key == "survivors"
    assert not isinstance(house.inside.frame.page, PersonPage)


def test_the_next_and_previous_person_of_the_list(house: House) -> None:
    press("Ctrl+2")
    house.rest()
    press("Ctrl+F")
    press("Return")
    house.rest()
    page = house.inside.frame.page
    assert isinstance(page, PersonPage)
    assert page.head is not None
    assert page.head.case_code == "S-0001"
    press("Alt+Right")
    house.rest()
    assert page.head.case_code == "S-0002"
    press("Alt+Left")
    house.rest()
    assert page.head.case_code == "S-0001"


def test_details_are_saved_as_a_whole_and_another_name_is_kept(house: House) -> None:
    page = person_page(house)
    press("Alt+5")
    house.rest()
    details = page.part("details")
    assert isinstance(details, DetailsPage)
    named(details, "In own words").setFocus()
    type_in("a gardener")
    was_changed = details.is_changed
    press("Ctrl+S")
    house.rest()
    assert (was_changed, details.is_changed) == (True, False)
    assert house.inside.frame.undo_bar.isVisible()


def test_details_that_are_not_understood_stay_as_typed_beside_their_message(house: House) -> None:
    page = person_page(house)
    press("Alt+5")
    house.rest()
    details = page.part("details")
    assert isinstance(details, DetailsPage)
    born = named(details, "Date of birth", QLineEdit)
    born.setFocus()
    type_in("some day in spring")
    press("Ctrl+S")
    house.rest()
    assert born.text() == "some day in spring"
    assert born.accessibleDescription()
    born.clear()


# --- settings --------------------------------------------------------------------------------------------------------


def test_the_look_changes_at_once_and_is_kept(house: House, screen: Screen) -> None:
    press("Ctrl+5")
    house.rest()
    page = house.inside.frame.page
    assert page is not None
    choose(page, "Colours", "Dark")
    choose(page, "Text size", "150 %")
    assert (screen.style.look.scheme, screen.style.look.text_percent) == (Scheme.DARK, 150)
    assert (house.kept.scheme, house.kept.text_percent) == ("dark", 150)


def test_the_language_changes_the_words_of_the_open_window(house: House) -> None:
    press("Ctrl+5")
    house.rest()
    page = house.inside.frame.page
    assert page is not None
    choose(page, "Language", "Test words (long)")
    house.rest()
    assert i18n.current().tag == "en-XA"
    assert "[" in part(house.inside.frame, QPushButton, "new_note").text()


def test_minutes_until_the_lock_hold_at_once(house: House) -> None:
    house.inside.frame.show_page("administration")
    page = house.inside.frame.page
    assert isinstance(page, AdministrationPage)
    page.open("policy")
    house.rest()
    minutes = named(page, "Lock after", QWidget)
    minutes.setFocus()
    press("Ctrl+A")
    type_in("7")
    press("Tab")
    click(named(page, "Save", QPushButton))
    house.rest()
    assert house.inside.office.settings.idle_lock_minutes == 7
    assert house.open_records.idle._minutes() == 7


def choose(root: QWidget, name: str, choice: str) -> None:
    box = named(root, name, QComboBox)
    box.setFocus()
    press("Home")
    while box.currentText() != choice:
        press("Down")
    box.activated.emit(box.currentIndex())
    settle()


# --- the entrance ----------------------------------------------------------------------------------------------------


def test_training_records_are_a_click_away_and_so_is_the_way_back(
    template: Template, tmp_path: Path, qtbot: QtBot
) -> None:
    folder, training = tmp_path / "records", tmp_path / "training"
    shutil.copytree(template.folder, folder)
    shutil.copytree(template.folder, training)
    house = House(folder, CLOCK)
    house.kept.vault_folder = str(folder)
    house.start()
    click(part(house.door, QPushButton, "training"))
    assert house.program.folder == training
    click(part(house.door, QPushButton, "training"))
    assert house.program.folder == folder
    house.leave()


def test_a_window_title_never_shows_a_person(house: House) -> None:
    person_page(house)
    titles = {window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible()}
    assert not any("S-0001" in title or "Nadia" in title for title in titles)
