"""Answers that are on their way when somebody leaves: what they were to keep is kept, what they were to show is not."""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.rows.survivors import PersonHead
from aftercare.services.opening import open_office
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import settle, wait_for
from house import House
from makers import a_survivor


class Eyes(QObject):
    """Sees whatever is painted in any window, however short."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.saw: list[str] = []
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.saw.append(type(watched.window()).__name__)
        return False


class Standstill:
    """The vault's thread is busy with something else until `end`."""

    def __init__(self, house: House) -> None:
        self._gate = threading.Event()
        house.program.jobs.ask(lambda: self._gate.wait(120), lambda _ended: None, owner=house.program)

    def end_soon(self) -> None:
        threading.Timer(0.2, self._gate.set).start()


@pytest.fixture
def records(template: Template, tmp_path: Path) -> tuple[Path, PersonHead]:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        return folder, a_survivor(office.desk, "Nadia", "Farouk")


@pytest.fixture
def house(records: tuple[Path, PersonHead], qtbot: QtBot) -> Iterator[House]:
    made = House(records[0], CLOCK).start()
    made.unlock(FIRST.login_name, PASSPHRASE)
    yield made
    made.leave()


@pytest.fixture
def eyes(house: House, qapp: QApplication) -> Iterator[Eyes]:
    made = Eyes(qapp)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


def nothing_is_shown() -> bool:
    return not any(window.isVisible() for window in QApplication.topLevelWidgets())


def test_a_form_whose_answer_comes_after_f12_never_appears(
    house: House, eyes: Eyes, records: tuple[Path, PersonHead]
) -> None:
    busy = Standstill(house)
    house.inside._correct_case(records[1])
    eyes.saw.clear()
    busy.end_soon()
    house.program.hide_and_lock()
    settle()
    assert (house.ends, eyes.saw) == (["locked"], [])
    assert nothing_is_shown()


@pytest.mark.timeout(60)
def test_a_question_that_comes_after_f12_holds_up_no_lock(house: House, eyes: Eyes) -> None:
    answers: list[int] = []
    busy = Standstill(house)
    frame = house.inside.frame
    house.program.jobs.ask(
        lambda: "R-000317.pdf", lambda name: answers.append(QMessageBox(text=name, parent=frame).exec()), owner=frame
    )
    eyes.saw.clear()
    busy.end_soon()
    house.program.hide_and_lock()
    assert (house.ends, eyes.saw, len(answers)) == (["locked"], [], 1)


def test_a_mistake_of_ours_in_an_answer_holds_up_no_lock(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: told.append(kind.__name__))

    def fail(_answer: object) -> None:
        raise RuntimeError("ours")

    busy = Standstill(house)
    house.program.jobs.ask(lambda: 1, fail, owner=house.program)
    busy.end_soon()
    house.program.lock()
    assert (house.ends, told) == (["locked"], ["RuntimeError"])
    with open_office(house.folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:  # nothing holds the records
        assert office.desk.actor.name


def test_windows_appear_again_when_somebody_is_back(house: House, eyes: Eyes) -> None:
    house.program.hide_and_lock()
    settle()
    again = House(house.folder, CLOCK).start()
    again.unlock(FIRST.login_name, PASSPHRASE)
    eyes.saw.clear()
    again.inside.new_person()
    wait_for(lambda: any(isinstance(w, QDialog) and w.isVisible() for w in QApplication.topLevelWidgets()), "the form")
    wait_for(lambda: bool(eyes.saw), "the form on the screen")
    again.leave()
