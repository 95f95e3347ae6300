"""A round through every page and dialog on a real screen, each held until somebody outside has looked at it.

    python round_worker.py [SCENE ...]

Prints a line of JSON for each: {"shot": name, "people": [names of the people in the records]}; goes on after a line on
standard input. The last line is {"incidents": [...]}. With scenes, those whose names begin with one of these.
"""

from __future__ import annotations

import json
import sys
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QWidget

from aftercare.gui import rounds
from aftercare.gui.rounds_manners import Manner
from aftercare.gui.rounds_tour import Tour
from aftercare.services.survivors import known_people
from aftercare.vault import CHEAP_KDF


def show(name: str, _widget: QWidget, tour: Tour) -> None:
    """Hold it until a line comes in, while the window goes on working: it answers the questions from outside."""
    say({"shot": name, "people": _people_of(tour)})
    loop = QEventLoop()
    outside = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    outside.activated.connect(loop.quit)
    loop.exec()
    outside.setEnabled(False)
    sys.stdin.readline()


def _people_of(tour: Tour) -> list[str]:
    if not tour.is_open:
        return []
    known = tour.opened.desk.ask(known_people)
    return sorted({name for person in known for name in person.names})


def say(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main(scenes: list[str]) -> None:
    with patch("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF):
        say({"incidents": rounds.go_round([Manner("")], show, only=scenes)})


if __name__ == "__main__":
    main(sys.argv[1:])
