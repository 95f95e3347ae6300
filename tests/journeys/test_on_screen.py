"""On a real X display: the keyboard of the system, and the tree a screen reader walks, before and after the lock."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest

from aftercare.domain.codes import Area
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.plan import GoalDraft
from aftercare.domain.rows.notes import NoteFilter
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.services.desk import Desk
from aftercare.services.notes import list_notes, save_note
from aftercare.services.opening import open_office
from aftercare.services.plans import add_goal
from aftercare.services.survivors import list_survivors
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from makers import a_survivor
from screen_reader import ScreenReader, call_the_registry, has_a_screen_reader

WORKER = Path(__file__).with_name("screen_worker.py")
GOAL, NOTE, GIVEN = "A door that I can lock", "She laughed when the bus came.", "Nadia"

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="no X display: run it under packaging/on_screen.py"),
]


class Window:
    """The program as its own process, with somebody's page open."""

    def __init__(self, folder: Path) -> None:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "xcb",
            "QT_ACCESSIBILITY": "1",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        if has_a_screen_reader():  # on a desktop the registry runs before any program
            call_the_registry()
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER), str(folder)], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self._said: IO[str] = self.process.stdout
        self.expect("ready")

    def expect(self, words: str) -> None:
        """Wait until it says so; what it says before that is of no matter here."""
        assert any(line.strip() == words for line in iter(self._said.readline, "")), f"it ended without {words!r}"

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self._said.close()


@pytest.fixture
def window(template: Template, tmp_path: Path) -> Iterator[Window]:
    folder = tmp_path / "records"
    shutil.copytree(template.folder, folder)
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        head = a_survivor(office.desk, GIVEN)
        office.desk.do(add_goal, head.case_id, GoalDraft(Area.HOUSING.value, GOAL))
        office.desk.do(save_note, head.case_id, NoteDraft(words=NOTE))
    shown = Window(folder)
    yield shown
    shown.end()


@pytest.fixture
def reader() -> Iterator[ScreenReader]:
    made = ScreenReader("Aftercare")
    yield made
    made.leave()


def words_in(reader: ScreenReader) -> str:
    return " ".join(f"{part['name']} {part['description']}" for part in reader.everything())


@pytest.mark.skipif(not has_a_screen_reader(), reason="needs at-spi2-core, python3-pyatspi and a session bus")
def test_after_the_lock_a_screen_reader_finds_no_word_of_a_person(window: Window, reader: ScreenReader) -> None:
    before = words_in(reader)
    assert "S-0001" in before
    assert GOAL in before
    press_system_keys("ctrl+l")
    window.expect("locked")
    left = words_in(reader)
    assert "Aftercare" in left
    for word in ("S-0001", GOAL, NOTE, GIVEN):
        assert word not in left


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="needs xdotool")
def test_the_keyboard_of_the_system_writes_a_note_and_locks(window: Window, tmp_path: Path) -> None:
    press_system_keys("ctrl+n")
    window.expect("writing")
    subprocess.run(["xdotool", "type", "--delay", "25", "written on a real screen"], check=True)
    press_system_keys("ctrl+Return")
    window.expect("note")
    press_system_keys("F12")
    window.expect("locked")
    window.end()
    with open_office(tmp_path / "records", FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        assert "written on a real screen" in notes_of_everybody(office.desk)


def notes_of_everybody(desk: Desk) -> str:
    (row,) = desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    return " ".join(note.words for note in desk.ask(list_notes, row.case_id, NoteFilter(), None, 50).rows)


def press_system_keys(keys: str) -> None:
    subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)
