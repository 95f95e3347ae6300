"""Every page, dialog and state as a screen reader meets it: walked over AT-SPI on a real X display.

What is shown comes from the rounds that make the pictures, so that a new page is walked as soon as it has a picture.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from screen_reader import Part, ScreenReader, call_the_registry, has_a_screen_reader

WORKER = Path(__file__).with_name("round_worker.py")
PATIENCE = 1_500  # seconds; about 70 where nothing else works
ROLES = {  # what can have the keys, and is said to be what it is
    "check box",
    "combo box",
    "filler",  # what is scrolled; with a name, as everything here
    "label",  # text to select and copy
    "link",
    "list",
    "list item",
    "page tab",
    "page tab list",
    "panel",
    "password text",
    "push button",
    "radio button",
    "slider",
    "spin button",
    "table",
    "table cell",
    "text",
    "toggle button",
    "tree table",
}
OF_A_LIST = ("table cell", "list item")  # told apart by their row; an empty cell has no words
WITH_A_NAME = ("person-name-shown", "long-names-shown")  # where somebody asked to see the name
NO_WORDS = re.compile(
    r"\bQ[A-Z][a-z]\w+"  # a class of Qt
    r"|\b[a-z]+(?:_[a-z]+)+\b"  # a code or a name of the program
    r"|\b[A-Z][a-z]+(?:Page|Dialog|Edit|Picker|Button|Combo|Table|Card|View|Entry)\b"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-"  # a key of a record
    r"|\{[a-z_]*\}"  # a place in a sentence that was not filled
)

pytestmark = [
    pytest.mark.screen,
    pytest.mark.timeout(PATIENCE + 300),
    pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="no X display: run it under packaging/on_screen.py"),
    pytest.mark.skipif(not has_a_screen_reader(), reason="needs at-spi2-core, python3-pyatspi and a session bus"),
]


class Walk:
    """One round through everything; what is wrong is kept under the question it fails, with where it was met."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.shots: list[str] = []
        self.incidents: list[str] = []
        self.fewest_parts = 10_000
        call_the_registry()
        shown = subprocess.Popen(
            [sys.executable, str(WORKER)],
            env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        reader = ScreenReader("Aftercare")
        patience = Timer(PATIENCE, shown.kill)
        patience.start()
        try:
            self._go_round(shown, reader)
        finally:
            patience.cancel()
            reader.leave()
            shown.kill()
            shown.communicate()

    def _go_round(self, shown: subprocess.Popen[str], reader: ScreenReader) -> None:
        assert shown.stdin is not None
        assert shown.stdout is not None
        for line in shown.stdout:
            heard = json.loads(line)
            if "incidents" in heard:
                self.incidents = heard["incidents"]
                return
            self._inspect(heard["shot"], heard["people"], reader.in_front())
            shown.stdin.write("seen\n")
            shown.stdin.flush()
        self.incidents = ["the round ended before it was over"]

    def _inspect(self, shot: str, people: list[str], parts: list[Part]) -> None:
        self.shots.append(shot)
        self.fewest_parts = min(self.fewest_parts, len(parts))
        stops = [part for part in parts if part["focusable"]]
        for part in stops:
            if not part["name"].strip() and part["role"] not in OF_A_LIST:
                self._note("named", f"{part['role']} below {_around(part, parts)}", shot)
            if part["role"] not in ROLES:
                self._note("roles", f"{part['role']} {part['name']!r}", shot)
        for part in parts:
            spoken = f"{part['name']} {part['description']}"
            if NO_WORDS.search(spoken):
                self._note("words", f"{part['role']} {spoken!r}", shot)
            if shot not in WITH_A_NAME and any(name in spoken for name in people):
                self._note("people", f"{part['role']} below {_around(part, parts)}", shot)
        for twin in _twins(stops, parts):
            self._note("twins", twin, shot)

    def _note(self, question: str, line: str, shot: str) -> None:
        self.found[question][line].append(shot)

    def report(self, question: str) -> str:
        """Each complaint once, with the first place where it was met."""
        return "\n".join(f"{line} ({where[0]})" for line, where in sorted(self.found[question].items()))


def _twins(stops: list[Part], parts: list[Part]) -> Iterator[str]:
    """Parts that nobody could tell apart by ear: same role, same name, same groups around them."""
    alike = Counter(
        (part["role"], part["name"], _around(part, parts)) for part in stops if part["role"] not in OF_A_LIST
    )
    for (role, name, around), times in alike.items():
        if times > 1 and name.strip():
            yield f"{times} × {role} {name!r} below {around}"


def _around(part: Part, parts: list[Part]) -> tuple[str, ...]:
    """The names of the groups around it, the nearest first; a plain widget is no group, nobody announces its name."""
    names = []
    while part["above"] >= 0:
        part = parts[part["above"]]
        if part["role"] != "filler" and part["name"].strip():
            names.append(part["name"])
    return tuple(names)


@pytest.fixture(scope="module")
def walk() -> Walk:
    return Walk()


def test_the_whole_round_is_walked(walk: Walk) -> None:
    assert not walk.incidents, "\n".join(walk.incidents)
    assert len(walk.shots) > 100
    assert {"unlock", "today", "person-plan", "dialog-agreement", "search-people", "empty-today"} <= set(walk.shots)
    assert walk.fewest_parts > 2  # no window was missed


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("named", id="what can have the keys has a name"),
        pytest.param("words", id="names are words, never classes or codes"),
        pytest.param("twins", id="no two parts side by side are called the same"),
        pytest.param("roles", id="roles say what a part is"),
        pytest.param("people", id="a person is read out by the code alone"),
    ],
)
def test_a_screen_reader_can_tell_what_is_what(walk: Walk, question: str) -> None:
    assert not walk.report(question), walk.report(question)
