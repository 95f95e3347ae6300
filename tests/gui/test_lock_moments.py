"""Row 10: the system says that somebody leaves, at the worst moments; and what the process holds afterwards."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from aftercare.domain.rows.notes import NoteFilter
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui.application import Screen
from aftercare.services.drafts import my_drafts
from aftercare.services.notes import list_notes
from aftercare.services.opening import open_office
from aftercare.services.survivors import list_survivors
from canaries import MARK, mark_every_text
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from hands import PATIENCE_MS, give_back_the_keyboard, named, pause, press, type_in, wait_for
from house import House
from makers import a_survivor
from proof import Proof
from rounds import few_or

PROBE = Path(__file__).with_name("lock_probe.py")
SIGNALS = ("sleep", "lock", "screen saver on", "gnome screen saver on")
WORDS = "Qorvalune, half a sent"
NAME = FIRST.login_name

pytestmark = [pytest.mark.promise(10), pytest.mark.timeout(600)]


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    copy = tmp_path / "records"
    shutil.copytree(template.folder, copy)
    with open_office(copy, NAME, PASSPHRASE, clock=CLOCK) as office:
        a_survivor(office.desk, "Nadia", "Farouk", contact_words="by phone", name_to_use="Nadia")
        mark_every_text(office.vault.engine)
    return copy


# --- moments ----------------------------------------------------------------------------------------------------------


@few_or(60, few=5)
def test_a_session_that_locks_during_the_unlock_lets_nobody_in(
    folder: Path, screen: Screen, qtbot: QtBot, rounds: int, proof: Proof
) -> None:
    chance = random.Random(rounds)
    for _turn in range(rounds):
        house = House(folder, CLOCK).start()
        house.try_key(NAME, PASSPHRASE)
        pause(chance.choice((0, 1, 5, 20, 60, 150, 300)))
        house.program.session_watch.away.emit()
        wait_for(lambda house=house: house.ends or house.program.jobs.is_idle, "the end of the unlock")  # type: ignore[misc]
        proof.tried()
        if house.ends != ["locked"]:  # she was not in yet: the door is shut, and says so
            assert house.program.workplace is None
            assert house.program.open_records is None
            assert house.door.isVisible()
        shown = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
        assert all(window is house.program.entrance.window for window in shown)
        house.leave()
        with open_office(folder, NAME, PASSPHRASE, clock=CLOCK) as again:  # nothing holds the records
            assert again.desk.actor.name


@few_or(60, few=3)
def test_a_lock_in_the_middle_of_saving_loses_no_word(
    folder: Path, screen: Screen, qtbot: QtBot, rounds: int, proof: Proof
) -> None:
    chance = random.Random(rounds)
    for turn in range(rounds):
        words = f"{WORDS} {turn}"
        house = House(folder, CLOCK).start()
        house.unlock(NAME, PASSPHRASE)
        opened = house.open_records.opened
        (row,) = opened.desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
        house.inside.open_person(row.survivor_id, "overview")
        house.rest()
        give_back_the_keyboard()
        page = house.inside.frame.page
        assert page is not None
        note = named(page, "Quick note", QPlainTextEdit)
        note.setFocus()
        press("Ctrl+A")
        type_in(words)
        press("Ctrl+Return")
        if moment := chance.choice((0, 0, 1, 3, 10)):
            pause(moment)
        house.program.session_watch.away.emit()
        wait_for(lambda house=house: house.ends == ["locked"], "the lock")  # type: ignore[misc]
        house.leave()
        with open_office(folder, NAME, PASSPHRASE, clock=CLOCK) as again:
            notes = [row.words for row in again.desk.ask(list_notes, row.case_id, NoteFilter(), None, 500).rows]
            drafts = str([draft.content for draft in again.desk.ask(my_drafts)])
        proof.tried()
        proof.lost(words not in notes and words not in drafts)
        assert notes.count(words) == 1 or words in drafts
        assert notes.count(words) <= 1


# --- what the process holds -------------------------------------------------------------------------------------------


def memory_holds(pid: int, secrets: dict[str, bytes]) -> set[str]:
    """Which of these are in the memory of a process that can be written to, in UTF-8 or as Qt keeps text."""
    found = set()
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            place = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if place is None or "[vvar" in line:
                continue
            begin, end = (int(number, 16) for number in place.groups())
            memory.seek(begin)
            try:
                content = memory.read(end - begin)
            except OSError:
                continue
            found |= {name for name, secret in secrets.items() if secret in content}
    return found


def command_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")


def is_new(pid: int) -> bool:
    """Whether another program runs there now."""
    return "-m" in command_of(pid)


def has_come_up(pid: int) -> bool:
    """Whether the entrance is there: Qt has its screen, and no thread wants to do anything for half a second."""
    if "libqoffscreen" not in Path(f"/proc/{pid}/maps").read_text():
        return False
    for _look in range(10):
        states = [path.read_text().rpartition(")")[2].split()[0] for path in Path(f"/proc/{pid}/task").glob("*/stat")]
        if set(states) != {"S"}:
            return False
        time.sleep(0.05)
    return True


def wait_until(condition: Callable[[int], bool], pid: int, what: str) -> None:
    """Ends as soon as it can; a loaded machine needs long."""
    begun = time.monotonic()
    while not condition(pid):
        assert time.monotonic() - begun < PATIENCE_MS / 1000, f"waited in vain: {what}"
        time.sleep(0.02)


@pytest.fixture
def working(folder: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Somebody at work in a process of their own, on a private bus."""
    if shutil.which("dbus-run-session") is None or not Path("/proc/self/mem").exists():
        pytest.skip("needs dbus-run-session and /proc")
    environment = os.environ | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path)}
    environment.pop("DBUS_SYSTEM_BUS_ADDRESS", None)
    command = ["dbus-run-session", "--", sys.executable, str(PROBE), str(folder), WORDS]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as bus:  # type: ignore[call-overload]
        assert bus.stdin is not None
        bus.stdin.write(PASSPHRASE + "\n")
        bus.stdin.flush()
        yield bus
        bus.stdin.close()
        bus.wait(PATIENCE_MS / 1000)


@pytest.mark.skipif(sys.platform != "linux", reason="logind, D-Bus and /proc are of Linux")
@pytest.mark.parametrize("signal", [SIGNALS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in SIGNALS[1:])])
def test_when_the_system_says_so_the_process_is_replaced_and_its_memory_with_it(
    working: subprocess.Popen[str], folder: Path, signal: str, proof: Proof
) -> None:
    assert working.stdin is not None
    assert working.stdout is not None
    told = working.stdout.readline().split()
    assert told[:1] == ["ready"]
    pid = int(told[1])
    secrets = {name: words.encode() for name, words in (("mark", MARK), ("typed", WORDS), ("password", PASSPHRASE))}
    secrets |= {f"{name} as Qt keeps it": secret.decode().encode("utf-16-le") for name, secret in secrets.items()}
    try:
        before = memory_holds(pid, secrets)
        working.stdin.write(f"{signal}\n")
        working.stdin.flush()
        wait_until(is_new, pid, "the process is replaced")
        wait_until(has_come_up, pid, "the entrance comes up")
        after = memory_holds(pid, secrets)
        assert command_of(pid)[1:5] == ["-m", "aftercare", "--vault", str(folder)]
    finally:
        os.kill(pid, 9)
    proof.tried()
    assert {"mark", "typed as Qt keeps it"} <= before  # the search would find it
    proof.lost(len(after))
    assert after == set()
    with open_office(folder, NAME, PASSPHRASE, clock=CLOCK) as again:
        assert WORDS in str([draft.content for draft in again.desk.ask(my_drafts)])
