"""A worker who writes notes and steps through the window until the process is killed; each thing done is told at once.

    python journey_to_kill.py FOLDER FIRST_NUMBER

Lines on standard output: `ready`, `draft TEXT` (what was offered again), `typed SECONDS NUMBER LENGTH` after each key,
`saved NUMBER` and `step NUMBER` when the window showed that it is saved. Seconds are those that the program lived.
"""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from datetime import UTC, datetime

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from aftercare.domain.clock import stopped_at
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui import application
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.style import Look, Scheme
from aftercare.services.survivors import list_survivors
from hands import give_back_the_keyboard, named, press, type_in, wait_for
from house import House
from killed_words import seconds_lived, step_of, words_of

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
NAME, PASSPHRASE = "rahman", "orchard lantern violet harbour"


def say(line: str) -> None:
    os.write(1, (line + "\n").encode())


def work(house: House, first: int) -> None:
    inside = house.inside
    desk = house.open_records.opened.desk
    (row,) = desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    inside.open_person(row.survivor_id, "overview")
    house.rest()
    page = inside.frame.page
    assert isinstance(page, PersonPage)
    give_back_the_keyboard()
    note = named(page, "Quick note", QPlainTextEdit)
    say("draft " + note.toPlainText())
    say("ready")
    for number in count(first):
        write_note(house, note, number)
        add_step(house, page, number)


def write_note(house: House, note: QPlainTextEdit, number: int) -> None:
    press("Alt+1")
    house.rest()
    note.setFocus()
    press("Ctrl+A")
    for at, letter in enumerate(words_of(number), start=1):
        type_in(letter)
        say(f"typed {seconds_lived(os.getpid())} {number} {at}")
        time.sleep(0.012)
    press("Ctrl+Return")
    wait_for(lambda: not note.toPlainText(), "the note to be saved")
    say(f"saved {number}")


def add_step(house: House, page: PersonPage, number: int) -> None:
    press("Alt+2")
    house.rest()
    line = next(line for line in page.findChildren(QLineEdit, "new_step") if line.isVisible())
    line.setFocus()
    type_in(step_of(number))
    press("Return")
    wait_for(lambda: not line.text(), "the step to be saved")
    house.rest()
    say(f"step {number}")


def main(folder: Path, first: int) -> None:
    application.prepare(["aftercare"], look=Look(Scheme.LIGHT, 100))
    house = House(folder, CLOCK).start()
    house.unlock(NAME, PASSPHRASE)
    work(house, first)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
