"""Locking: by key, idle or the system, with anything open; words are kept, and then nothing is shown or held."""

from __future__ import annotations

import dataclasses
import gc
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from aftercare.domain.drafts.people import AlertDraft
from aftercare.domain.rows.survivors import PersonHead, SurvivorRow
from aftercare.gui.dialogs.new_person import NewPerson
from aftercare.gui.drafting import Drafting
from aftercare.gui.idle import IdleWatch
from aftercare.gui.jobs import Progress
from aftercare.gui.pages.person import PersonPage
from aftercare.services.drafts import find_draft
from aftercare.services.opening import OpenOffice, open_office
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import click, named, open_dialog, pause, press, settle, type_in, wait_for
from house import House
from makers import a_survivor

pytestmark = pytest.mark.promise(10)

NAME = FIRST.login_name


@pytest.fixture
def house(template: Template, tmp_path: Path, qtbot: QtBot) -> Iterator[House]:
    """Unlocked, with one survivor in the records."""
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    with open_office(folder, NAME, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk, "Nadia", "Farouk", alerts=(AlertDraft("allergic to penicillin"),))
    made = House(folder, CLOCK).start()
    made.unlock(NAME, PASSPHRASE)
    yield made
    made.leave()


def nothing_is_shown() -> bool:
    return not any(window.isVisible() for window in QApplication.topLevelWidgets())


def reopened(house: House) -> OpenOffice:
    return open_office(house.folder, NAME, PASSPHRASE, clock=CLOCK)


def a_form_with_words(house: House, words: str) -> QPlainTextEdit:
    """Somebody is typing on the page, within the last two seconds."""
    field = QPlainTextEdit(house.inside.frame)
    field.setObjectName("words")
    Drafting(house.inside.office, "lock-test", "", field).start()
    house.rest()
    field.show()
    field.setFocus()
    field.insertPlainText(words)
    return field


def draft_words(house: House) -> str:
    with reopened(house) as office:
        draft = office.desk.ask(find_draft, "lock-test")
    assert draft is not None
    return str(draft.content["fields"]["words"])


# --- by key ----------------------------------------------------------------------------------------------------------


def test_ctrl_l_locks_and_what_was_typed_is_kept(house: House) -> None:
    a_form_with_words(house, "She laughed when the bus came")
    press("Ctrl+L")
    wait_for(lambda: house.ends == ["locked"])
    assert nothing_is_shown()
    assert draft_words(house) == "She laughed when the bus came"


def test_f12_hides_before_anything_else_happens(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    a_form_with_words(house, "half a sent")
    seen: list[bool] = []
    lock = house.program.lock

    def look_and_lock() -> None:
        seen.append(nothing_is_shown())
        lock()

    monkeypatch.setattr(house.program, "lock", look_and_lock)
    press("F12")
    wait_for(lambda: house.ends == ["locked"])
    assert seen == [True]
    assert draft_words(house) == "half a sent"


@pytest.mark.parametrize("key", ["F12", "Ctrl+L"])
def test_the_keys_lock_from_within_a_modal_dialog(house: House, key: str) -> None:
    house.inside.new_person()
    open_dialog(NewPerson)
    house.rest()
    assert QApplication.activeModalWidget() is not None
    press(key)
    wait_for(lambda: house.ends == ["locked"])
    assert nothing_is_shown()


@pytest.mark.parametrize("key", ["F12", "Ctrl+L"])
def test_what_is_typed_behind_the_key_lands_in_nothing_that_is_hidden(house: House, key: str) -> None:
    """The keys wait behind F12 and arrive while the records are being left: a word, and Return on a button."""
    field = a_form_with_words(house, "half a sent")
    pressed: list[bool] = []
    save = QPushButton("Save", field)
    save.clicked.connect(lambda: pressed.append(True))
    save.show()
    shown = house.inside.frame.windowHandle()

    def type_on() -> None:
        if field.isVisible():
            QTimer.singleShot(0, house.program, type_on)
            return
        field.setFocus()
        QTest.keyClick(shown, Qt.Key.Key_X)
        save.setFocus()
        QTest.keyClick(shown, Qt.Key.Key_Space)
        late.append(field.toPlainText())

    late: list[str] = []
    QTimer.singleShot(0, house.program, type_on)
    press(key)
    wait_for(lambda: house.ends == ["locked"])
    assert late == ["half a sent"]
    assert not pressed
    assert draft_words(house) == "half a sent"


def press_once(is_open: Callable[[], bool], key: str, owner: QObject) -> None:
    """Press this key as soon as what runs a loop of its own is open: before that nothing would end the loop."""
    hand = QTimer(owner, interval=20)

    def look() -> None:
        if is_open():
            hand.stop()
            press(key)

    hand.timeout.connect(look)
    hand.start()


def is_modal_and_has_the_keyboard() -> bool:
    dialog = QApplication.activeModalWidget()
    return dialog is not None and dialog.isActiveWindow()


@pytest.mark.parametrize("key", ["F12", "Ctrl+L"])
def test_the_keys_lock_while_a_menu_is_open(house: House, key: str) -> None:
    menu = QMenu(house.inside.frame)
    menu.addAction("Choose")
    press_once(lambda: QApplication.activePopupWidget() is menu, key, menu)
    menu.exec()
    wait_for(lambda: house.ends == ["locked"])
    assert nothing_is_shown()


def test_f12_locks_while_a_question_of_the_system_runs_a_loop_of_its_own(house: House) -> None:
    press_once(is_modal_and_has_the_keyboard, "F12", house.program)
    QInputDialog.getText(house.inside.frame, "Save this filter", "Name of the filter")
    wait_for(lambda: house.ends == ["locked"])
    assert nothing_is_shown()


# --- nobody at the desk ----------------------------------------------------------------------------------------------


def soon(house: House) -> None:
    """The policy becomes a tenth of a second, and somebody touches a key for the last time."""
    office = house.inside.office
    office.settings = dataclasses.replace(office.settings, idle_lock_minutes=0.1 / 60)  # type: ignore[arg-type]
    press("Shift")


def test_it_locks_when_nobody_touches_anything(house: House) -> None:
    a_form_with_words(house, "and then the phone rang")
    soon(house)
    wait_for(lambda: house.ends == ["locked"])
    assert draft_words(house) == "and then the phone rang"


def test_it_locks_with_a_menu_open(house: House) -> None:
    menu = QMenu(house.inside.frame)
    menu.addAction("Choose")
    soon(house)
    menu.exec()
    wait_for(lambda: house.ends == ["locked"])
    assert nothing_is_shown()


def test_it_locks_with_a_modal_dialog_open(house: House) -> None:
    dialog = QDialog(house.inside.frame)
    soon(house)
    dialog.exec()
    wait_for(lambda: house.ends == ["locked"])
    assert nothing_is_shown()


def test_each_key_and_each_move_of_the_mouse_counts_as_life(qtbot: QtBot) -> None:
    said: list[bool] = []
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    watch = IdleWatch(lambda: 1 / 60)
    watch.idle.connect(lambda: said.append(True))
    started = last = time.monotonic()
    while time.monotonic() - started < 1.6:
        if time.monotonic() - last > 0.3:  # the machine held the hand up: this was no life, begin anew
            said.clear()
            started = time.monotonic()
        last = time.monotonic()
        press("A")
        qtbot.mouseMove(field)
        pause(20)
    assert said == []
    wait_for(lambda: said == [True])
    watch.stop()


def test_a_change_of_policy_holds_at_once(qtbot: QtBot) -> None:
    minutes = [30.0]
    said: list[bool] = []
    watch = IdleWatch(lambda: minutes[0])
    watch.idle.connect(lambda: said.append(True))
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    minutes[0] = 0.05 / 60
    press("A")
    wait_for(lambda: said == [True])
    watch.stop()


# --- what is left ----------------------------------------------------------------------------------------------------


def test_the_vault_is_closed_before_locked_is_said(house: House) -> None:
    opened = house.open_records.opened
    free: list[bool] = []

    def look() -> None:
        with reopened(house) as office:
            free.append(office.desk.actor.name == "A. Rahman")

    house.program.locked.connect(look)
    house.program.lock()
    assert free == [True]
    assert opened.vault.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert house.program.open_records is None


def test_no_row_about_a_person_is_held_after_the_lock(house: House) -> None:
    inside = house.inside
    inside.frame.show_page("survivors")
    house.rest()
    row = inside.frame.page.findChild(QWidget, "table").rows_model.rows[0]  # type: ignore[union-attr]
    inside.open_person(row.survivor_id, "details")
    house.rest()
    del row, inside
    assert held() != set()
    house.program.lock()
    settle(50)
    settle()
    gc.collect()
    assert held() == set()


def held() -> set[str]:
    kinds = (SurvivorRow, PersonHead)
    return {type(thing).__name__ for thing in gc.get_objects() if isinstance(thing, kinds)}


def test_what_was_copied_is_not_pasted_elsewhere(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    clipboard = QApplication.clipboard()
    monkeypatch.setattr(type(clipboard), "ownsClipboard", lambda _self: True)  # no owner without a screen
    clipboard.setText("Nadia Farouk")
    house.program.lock()
    assert clipboard.text() == ""


def test_the_clipboard_of_another_program_is_left_alone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    clipboard = QApplication.clipboard()
    monkeypatch.setattr(type(clipboard), "ownsClipboard", lambda _self: False)
    clipboard.setText("a shopping list")
    house.program.lock()
    assert clipboard.text() == "a shopping list"
    clipboard.clear()


def test_coming_back_shows_the_same_person_and_tab(house: House) -> None:
    house.inside.frame.show_page("survivors")
    house.rest()
    press("Ctrl+F")
    press("Return")
    house.rest()
    page = house.inside.frame.page
    assert isinstance(page, PersonPage)
    press("Alt+5")
    house.rest()
    assert page.tab == "details"
    press("Ctrl+L")
    wait_for(lambda: house.ends == ["locked"])
    again = House(house.folder, CLOCK).start()
    again.unlock(NAME, PASSPHRASE)
    page = again.inside.frame.page
    assert isinstance(page, PersonPage)
    assert page.tab == "details"
    assert page.head is not None
    assert page.head.case_code == "S-0001"
    again.leave()


def test_closing_the_window_keeps_words_and_place_and_ends_the_program(house: House) -> None:
    a_form_with_words(house, "good night")
    house.inside.frame.close()
    wait_for(lambda: house.ends == ["finished"])
    assert draft_words(house) == "good night"


def test_long_work_on_the_records_is_stopped_and_the_words_are_still_kept(house: House) -> None:
    began, stopped, reached = threading.Event(), threading.Event(), list[int]()

    def long(progress: Progress) -> None:
        began.set()
        try:
            for number in range(3_000):
                progress.report(number, 3_000)
                reached.append(number)
                time.sleep(0.01)
        finally:
            stopped.set()

    owner = QObject()
    house.program.jobs.ask_with_progress(long, lambda _nothing: None, owner=owner, on_progress=lambda _done: None)
    wait_for(began.is_set)
    field = QPlainTextEdit(house.inside.frame)
    field.setObjectName("words")
    drafting = Drafting(house.inside.office, "lock-test", "", field)
    drafting._is_on = True
    field.insertPlainText("behind an import")
    house.program.lock()
    assert stopped.is_set()
    assert len(reached) < 3_000  # it was stopped, not waited for
    assert draft_words(house) == "behind an import"


def test_trouble_while_locking_shows_nothing(house: House) -> None:
    def fail() -> None:
        raise RuntimeError("ours")

    house.program.jobs.ask(fail, lambda _nothing: None, owner=house.program)
    house.program.lock()
    settle(50)
    assert nothing_is_shown()


def test_locking_twice_locks_once(house: House) -> None:
    house.program.lock()
    house.program.lock()
    house.program.hide_and_lock()
    assert house.ends == ["locked"]


def test_at_the_entrance_there_is_nothing_to_lock(template: Template, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    house = House(folder, CLOCK).start()
    house.program.session_watch.away.emit()
    assert house.ends == []
    assert house.door.isVisible()
    house.unlock(NAME, PASSPHRASE)
    house.leave()


def test_the_hide_button_is_for_the_mouse(house: House) -> None:
    click(named(house.inside.frame, "Hide"))
    wait_for(lambda: house.ends == ["locked"])
    assert nothing_is_shown()


def test_the_lock_is_a_key_away_for_somebody_who_is_typing(house: House) -> None:
    field = a_form_with_words(house, "")
    field.setFocus()
    type_in("one more th")
    press("Ctrl+L")
    wait_for(lambda: house.ends == ["locked"])
    assert draft_words(house) == "one more th"
