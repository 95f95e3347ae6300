"""The program on a real screen with records of one invented survivor, for tests that touch it from outside.

    python screen_worker.py FOLDER

Says `ready` when the person's page is shown, and afterwards `locked` when the window locked itself.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QTimer

from aftercare.domain.clock import stopped_at
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui import application
from aftercare.gui.style import Look, Scheme
from aftercare.services.survivors import list_survivors
from house import House

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    dressed = application.prepare(["aftercare"], look=Look(Scheme.LIGHT, 100))
    house = House(folder, CLOCK).start()
    house.unlock("rahman", "orchard lantern violet harbour")
    opened = house.program._open_office
    assert opened is not None
    (row, *_others) = opened.desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    house.inside.open_person(row.survivor_id, "overview")
    house.rest()
    house.program.locked.connect(lambda: say("locked"))
    say("ready")
    QTimer.singleShot(120_000, dressed.application, dressed.application.quit)
    dressed.application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
