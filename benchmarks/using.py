"""The real program on a vault, unlocked and used, in a process of its own; tells its figures as one line of JSON.

python -m benchmarks.use_window today|list|person|key|stall|bare FOLDER TURNS
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

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from aftercare.gui.application import prepare
from aftercare.gui.program import Program
from aftercare.gui.workplace import Workplace
from aftercare.settings import Settings
from benchmarks.conditions import CLOCK, LOGIN, PASSPHRASE
from benchmarks.measuring import resident_megabytes

_MOST_MS = 60_000
KEYS = "BENCH_KEYS"
_TICK_MS = 2


class Paints(QObject):
    """When a window last finished painting."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.last = 0.0
        self.count = 0
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.UpdateRequest, QEvent.Type.Paint):
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        self.last = time.perf_counter()
        self.count += 1


def until(is_so: Callable[[], bool]) -> None:
    """Let the window live until something is so; asked often, and without holding its events up."""
    if is_so():
        return
    loop, asking = QEventLoop(), QTimer(interval=1)
    ends = time.perf_counter() + _MOST_MS / 1000

    def ask() -> None:
        if is_so() or time.perf_counter() > ends:
            loop.quit()

    asking.timeout.connect(ask)
    asking.start()
    loop.exec()
    if not is_so():
        raise TimeoutError("the window did not come so far")


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    ends = time.perf_counter() + milliseconds / 1000
    until(lambda: time.perf_counter() >= ends)


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

    def __init__(self, folder: Path) -> None:
        self.screen = prepare(["bench"])
        self.program = Program(folder, Settings(), CLOCK, title="bench", training_folder=folder.with_name("none"))
        derive_beforehand()
        self.program.start()
        wait(50)
        until(lambda: self.program.jobs.is_idle)  # the data layer is read while somebody types

    def unlock(self) -> float:
        """Open; the moment at which it was asked for."""
        asked = time.perf_counter()
        self.program._unlock(LOGIN, PASSPHRASE, False)
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


def derive_beforehand() -> None:
    """Take the keys that window.py stretched: unlocking takes what it takes without, in time and in memory."""
    from aftercare.vault import derive, kdf, slots
    from aftercare.vault.kdf import KdfParameters

    known = {salt: bytes.fromhex(key) for salt, key in json.loads(os.environ[KEYS]).items()}

    def remembered(_secret: bytes, salt: bytes, _kdf: KdfParameters) -> bytes:
        return known[salt.hex()]

    for home, name, instead in (
        (derive, "derive_apart", lambda _cancelled: remembered),
        (kdf, "derive_here", remembered),
        (slots, "derive_here", remembered),
    ):
        setattr(home, name, instead)


def begin_at(page: str) -> None:
    """Have the workplace open where this person was last: on this page."""
    from aftercare.services import drafts
    from aftercare.services.work import Work

    def find_place(_work: Work) -> tuple[str, None, str]:
        return page, None, ""

    setattr(drafts, find_place.__name__, find_place)


# --- what is measured -----------------------------------------------------------------------------------------------


def open_at(folder: Path, page: str) -> dict[str, Any]:
    """Seconds from unlock to the page painted with what is on it, and the memory then."""
    from aftercare.gui.pages.survivors import SurvivorsPage
    from aftercare.gui.pages.today import TodayPage

    begin_at(page)
    answered = watch(TodayPage, "show_view") if page == "today" else watch(SurvivorsPage, "show_rows")
    house = House(folder)
    asked = house.unlock()
    painted = house.until_painted_after(Paints(house.workplace.frame), answered, 0)
    house.quiet()
    return {"values": [painted - asked], "memory": resident_megabytes()}


def bare(folder: Path) -> dict[str, Any]:
    """The least: our engine, fifty rows, a table painted."""
    from PySide6.QtWidgets import QTableWidget, QTableWidgetItem
    from sqlalchemy import text

    from benchmarks.vaults import opened

    prepare(["bare"])
    derive_beforehand()
    started = time.perf_counter()
    with opened(folder) as office:
        with office.vault.engine.connect() as connection:
            rows = connection.execute(text("SELECT case_code, gender, birth_date FROM survivor LIMIT 50")).all()
        table = QTableWidget(len(rows), 3)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                table.setItem(at, column, QTableWidgetItem(str(value)))
        paints = Paints(table)
        table.show()
        until(lambda: paints.count > 0)
        taken = paints.last - started
        memory = resident_megabytes()
    return {"values": [taken], "memory": memory}


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

    def do(what: str, act: Callable[[], object]) -> None:
        QTest.keyClick(frame, Qt.Key.Key_Shift)  # nothing begins without a key or a click
        heart.begin(what)
        act()
        house.quiet()

    def close_dialogs() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()

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
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
        do("type a name", partial(QTest.keyClicks, dialog.focusWidget() or dialog, "selam tesfaye"))
        do("leave person", close_dialogs)
        do("search", lambda: QTest.keyClicks(frame.search_field, "room"))
        frame.search_field.clear()
        do("reports", lambda: frame.show_page("reports"))
        do("settings", lambda: frame.show_page("settings"))
        do("today", lambda: frame.show_page("today"))
        if turn == 0:
            first, heart.stalls, heart.worked = dict(heart.stalls), {}, {}
    stalls = {what: taken for what, taken in heart.stalls.items() if what}
    details = {
        "later": _rounded(stalls), "worked": _rounded(heart.worked), "first_time": _rounded(first), "turns": turns,
    }  # fmt: skip
    return {"values": list(stalls.values()), "details": details}


def _rounded(stalls: dict[str, float]) -> dict[str, float]:
    return {what: round(taken, 1) for what, taken in sorted(stalls.items(), key=lambda one: -one[1]) if what}


def main() -> None:
    """Measure what was asked for, tell it and end without tidying."""
    what, folder, turns = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    uses: dict[str, Callable[[], dict[str, Any]]] = {
        "today": lambda: open_at(folder, "today"),
        "list": lambda: open_at(folder, "survivors"),
        "bare": lambda: bare(folder),
        "person": lambda: open_people(folder, turns),
        "key": lambda: type_keys(folder, turns),
        "stall": lambda: journey(folder, turns),
    }
    print("USED " + json.dumps(uses[what]()), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
