"""The real program on a vault, unlocked and used, in a process of its own; tells its figures as one line of JSON.

python -m benchmarks.use_window today|list|unlock-today|unlock-list|person|key|stall FOLDER TURNS
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from aftercare.gui.application import prepare
from aftercare.gui.program import Program
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.gui.workplace import Workplace
from aftercare.settings import Settings
from benchmarks.conditions import CLOCK, LOGIN, PASSPHRASE
from benchmarks.measuring import resident_megabytes, seconds
from benchmarks.waiting import Paints, derive_as_people_wait, derive_beforehand, until, wait

_TICK_MS = 2


def watch(kind: type[Any], method: str) -> list[float]:
    """The moments at which a method of a page was called."""
    called: list[float] = []
    plain = getattr(kind, method)

    def noted(self: Any, *arguments: Any) -> Any:
        answer = plain(self, *arguments)
        called.append(time.perf_counter())
        return answer

    setattr(kind, method, noted)
    return called


class House:
    """The program from its entrance to an open workplace."""

    def __init__(self, folder: Path, derive: Callable[[], object] = derive_beforehand) -> None:
        self.screen = prepare(["bench"])
        leave_slots_as_they_are()
        self.program = Program(folder, Settings(), CLOCK, title="bench", training_folder=folder.with_name("none"))
        derive()
        self.program.start()
        wait(50)
        self._type()

    def _type(self) -> None:
        """A password takes seconds to type: meanwhile the data layer is read and the closed file summed up."""
        window: Any = self.program.entrance.window
        QTest.keyClicks(window.findChild(PasswordEdit), PASSPHRASE)
        until(lambda: self.program.jobs.is_idle)

    def unlock(self) -> float:
        """Open; the moment at which it was asked for."""
        asked = time.perf_counter()
        self.program.entrance.unlock(LOGIN, PASSPHRASE, False)
        until(lambda: self.program.workplace is not None)
        return asked

    @property
    def workplace(self) -> Workplace:
        assert self.program.workplace is not None
        return self.program.workplace

    def quiet(self) -> None:
        """Until nothing is asked any more and everything has painted."""
        until(lambda: self.program.jobs.is_idle)
        wait(150)
        until(lambda: self.program.jobs.is_idle)

    def until_painted_after(self, paints: Paints, answered: list[float], known: int) -> float:
        """The moment at which the first answer after the known ones was on the screen."""
        until(lambda: len(answered) > known and paints.last > answered[known])
        return paints.last


def leave_slots_as_they_are() -> None:
    """A made vault stretches passphrases cheaply: the program would seal its slots anew while it is measured."""
    from aftercare.gui.resealing import Resealing

    setattr(Resealing, Resealing.start.__name__, lambda _self: None)


def begin_at(page: str) -> None:
    """Have the workplace open where this person was last: on this page."""
    from aftercare.services import drafts
    from aftercare.services.work import Work

    def find_place(_work: Work) -> tuple[str, None, str]:
        return page, None, ""

    setattr(drafts, find_place.__name__, find_place)


# --- what is measured -----------------------------------------------------------------------------------------------


def open_at(folder: Path, page: str) -> dict[str, Any]:
    """Megabytes with the page painted with what is on it."""
    answered = _begun_at(page)
    house = House(folder)
    house.unlock()
    house.until_painted_after(Paints(house.workplace.frame), answered, 0)
    house.quiet()
    return {"memory": resident_megabytes()}


def wait_at_unlock(folder: Path, page: str) -> dict[str, Any]:
    """Seconds from unlock to the page painted, with a key as new vaults get; and those that the key alone takes."""
    answered = _begun_at(page)
    stretched: list[Callable[[], object]] = []
    house = House(folder, lambda: stretched.append(derive_as_people_wait()))
    alone = min(seconds(stretched[0]) for _ in range(2))
    asked = house.unlock()
    painted = house.until_painted_after(Paints(house.workplace.frame), answered, 0)
    return {"values": [painted - asked], "key": alone}


def _begun_at(page: str) -> list[float]:
    """The moments at which this page, where the workplace opens, was given what is on it."""
    from aftercare.gui.pages.survivors import SurvivorsPage
    from aftercare.gui.pages.today import TodayPage

    begin_at(page)
    return watch(TodayPage, "show_view") if page == "today" else watch(SurvivorsPage, "show_rows")


def open_people(folder: Path, turns: int) -> dict[str, Any]:
    """Milliseconds from the click to the person with thousands of notes painted, overview and notes in turn."""
    from aftercare.gui.pages.person import PersonPage
    from benchmarks.vaults import BUSY_PERSON

    begin_at("survivors")
    house = House(folder)
    house.unlock()
    house.quiet()
    page: Any = house.workplace.frame.page
    other = page._model.rows[7].survivor_id
    busy = next(row.survivor_id for row in page._model.rows if row.case_code == BUSY_PERSON)
    paints = Paints(house.workplace.frame)
    shown = watch(PersonPage, "show_head")
    values: list[float] = []
    details: dict[str, Any] = {}
    for turn in range(turns):
        for tab in ("overview", "notes"):
            house.workplace.open_person(other, "overview")
            house.quiet()
            known, asked = len(shown), time.perf_counter()
            house.workplace.open_person(busy, tab)
            house.until_painted_after(paints, shown, known)
            until(lambda: house.program.jobs.is_idle)
            before = paints.count
            wait(60)
            taken = ((paints.last if paints.count > before else time.perf_counter() - 0.06) - asked) * 1000
            if turn:
                values.append(taken)
            else:
                details[f"first_{tab}_ms"] = taken
    return {"values": values, "details": details}


def type_keys(folder: Path, turns: int) -> dict[str, Any]:
    """Milliseconds from a key in the list's filter to the filtered rows painted."""
    from aftercare.gui.pages.survivors import SurvivorsPage

    begin_at("survivors")
    answered = watch(SurvivorsPage, "show_rows")
    house = House(folder)
    house.unlock()
    house.quiet()
    page: Any = house.workplace.frame.page
    field = page._form.words
    field.setFocus()
    paints = Paints(house.workplace.frame)
    values = []
    for word in ("maria", "sel", "am", "s-004", "ivan", "na")[: max(2, turns)]:
        field.clear()
        page.refresh()
        house.quiet()
        for key in word:
            known, pressed = len(answered), time.perf_counter()
            QTest.keyClicks(field, key)
            values.append((house.until_painted_after(paints, answered, known) - pressed) * 1000)
            house.quiet()
    return {"values": values}


class Heart(QObject):
    """Beats as often as the window lives; the longest time without a beat is a stall.

    `worked` is the longest that the window's thread itself was at work between two beats: on a busy computer a stall
    is mostly waiting for others.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stalls: dict[str, float] = {}
        self.worked: dict[str, float] = {}
        self.at = ""
        self._last, self._last_worked = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        taken = (now - self._last) * 1000 - _TICK_MS
        self.stalls[self.at] = max(self.stalls.get(self.at, 0.0), taken)
        self.worked[self.at] = max(self.worked.get(self.at, 0.0), (worked - self._last_worked) * 1000)
        self._last, self._last_worked = now, worked

    def begin(self, at: str) -> None:
        """From now on the person does this."""
        self._beat()
        self.at = at
        self._last, self._last_worked = time.perf_counter(), time.thread_time()


def journey(folder: Path, turns: int) -> dict[str, Any]:
    """Milliseconds of the longest stall of each part of a working day at the window, the second time round."""
    begin_at("today")
    house = House(folder)
    house.unlock()
    house.quiet()
    place, frame = house.workplace, house.workplace.frame
    heart = Heart()
    first: dict[str, float] = {}
    first_worked: dict[str, float] = {}

    def do(what: str, act: Callable[[], object]) -> None:
        QTest.keyClick(frame, Qt.Key.Key_Shift)  # nothing begins without a key or a click
        heart.begin(what)
        act()
        house.quiet()

    def shown_dialogs() -> list[QDialog]:
        return [found for found in QApplication.topLevelWidgets() if isinstance(found, QDialog) and found.isVisible()]

    def close_dialogs() -> None:
        for dialog in shown_dialogs():
            dialog.reject()

    for turn in range(2):
        do("list", lambda: frame.show_page("survivors"))
        page: Any = frame.page
        do("sort", partial(page._sort_by, "review", True))
        do("type", partial(QTest.keyClicks, page._form.words, "sel"))
        page._form.words.clear()
        do("clear", page.refresh)
        busy = page._model.rows[1].survivor_id
        do("person", partial(place.open_person, busy, "overview"))
        for tab in ("plan", "notes", "scores", "details"):
            do(tab, partial(place.open_person, busy, tab))
        do("new note", place.new_note)
        do("leave note", close_dialogs)
        do("new person", place.new_person)
        dialog = shown_dialogs()[0]
        do("type a name", partial(QTest.keyClicks, dialog.focusWidget() or dialog, "selam tesfaye"))
        do("leave person", close_dialogs)
        do("search", lambda: QTest.keyClicks(frame.search_field, "room"))
        frame.search_field.clear()
        do("reports", lambda: frame.show_page("reports"))
        do("settings", lambda: frame.show_page("settings"))
        do("today", lambda: frame.show_page("today"))
        if turn == 0:
            first, first_worked = dict(heart.stalls), dict(heart.worked)
            heart.stalls, heart.worked = {}, {}
    stalls = {what: taken for what, taken in heart.stalls.items() if what}
    details = {
        "later": _rounded(stalls),
        "worked": _rounded(heart.worked),
        "first_time": _rounded(first),
        "first_worked": _rounded(first_worked),
        "turns": turns,
    }
    return {"values": list(stalls.values()), "details": details}


def _rounded(stalls: dict[str, float]) -> dict[str, float]:
    return {what: round(taken, 1) for what, taken in sorted(stalls.items(), key=lambda one: -one[1]) if what}


def main() -> None:
    """Measure what was asked for, tell it and end without tidying."""
    what, folder, turns = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    uses: dict[str, Callable[[], dict[str, Any]]] = {
        "today": lambda: open_at(folder, "today"),
        "list": lambda: open_at(folder, "survivors"),
        "unlock-today": lambda: wait_at_unlock(folder, "today"),
        "unlock-list": lambda: wait_at_unlock(folder, "survivors"),
        "person": lambda: open_people(folder, turns),
        "key": lambda: type_keys(folder, turns),
        "stall": lambda: journey(folder, turns),
    }
    print("USED " + json.dumps(uses[what]()), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
