"""On a real X display: the keyboard of the system, and the tree a screen reader walks, before and after the lock."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
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

WORKER = Path(__file__).with_name("screen_worker.py")
TREE = Path(__file__).with_name("tree_of_names.py")
SYSTEM_PYTHON = "/usr/bin/python3"
GOAL, NOTE, GIVEN = "A door that I can lock", "She laughed when the bus came.", "Nadia"

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="no X display: run it under packaging/on_screen.py"),
]


def has_a_screen_reader() -> bool:
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    found = Path(SYSTEM_PYTHON).exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0
    return found and bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


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
            subprocess.run([SYSTEM_PYTHON, str(TREE), "nobody"], capture_output=True, check=False)
            time.sleep(0.5)
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER), str(folder)], env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self._said: IO[str] = self.process.stdout
        self.expect("ready")
        time.sleep(0.5)

    def expect(self, words: str) -> None:
        assert self._said.readline().strip() == words

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


def tree() -> list[tuple[str, str, bool, bool]]:
    done = subprocess.run(
        [SYSTEM_PYTHON, str(TREE), "Aftercare"], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [tuple(part) for part in json.loads(done.stdout)]


@pytest.mark.skipif(not has_a_screen_reader(), reason="needs at-spi2-core, python3-pyatspi and a session bus")
def test_a_screen_reader_finds_names_and_after_the_lock_no_word_of_a_person(window: Window) -> None:
    parts = tree()
    words = " ".join(name for _role, name, _focusable, _showing in parts)
    assert "S-0001" in words
    nameless = {role for role, name, focusable, showing in parts if focusable and showing and not name.strip()}
    assert nameless - {"scroll pane", "filler", "frame", "panel", "table cell"} == set()
    press_system_keys("ctrl+l")
    window.expect("locked")
    time.sleep(0.3)
    left = " ".join(name for _role, name, _focusable, _showing in tree())
    for word in ("S-0001", GOAL, NOTE, GIVEN):
        assert word not in left


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="needs xdotool")
def test_the_keyboard_of_the_system_writes_a_note_and_locks(window: Window, tmp_path: Path) -> None:
    press_system_keys("ctrl+n")
    time.sleep(1)
    subprocess.run(["xdotool", "type", "--delay", "25", "written on a real screen"], check=True)
    press_system_keys("ctrl+Return")
    time.sleep(1)
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
