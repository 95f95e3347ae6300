"""The program on a real screen with records of one invented survivor, for tests that touch it from outside.

    python screen_worker.py FOLDER

Says `ready` when the person's page is shown and the window has the keyboard; afterwards `writing` when the keys are in
a field for words, `note` when one was saved and the window has the keyboard again, and `locked` when it locked itself.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from aftercare.domain.clock import stopped_at
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui import application
from aftercare.gui.style import Look, Scheme
from aftercare.services.survivors import list_survivors
from hands import wait_for
from house import House

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    dressed = application.prepare(["aftercare"], look=Look(Scheme.LIGHT, 100))
    house = House(folder, CLOCK).start()
    house.unlock("rahman", "orchard lantern violet harbour")
    opened = house.open_records.opened
    (row, *_others) = opened.desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    house.inside.open_person(row.survivor_id, "overview")
    house.rest()

    def has_keyboard() -> bool:
        return QApplication.activeWindow() is house.inside.frame

    def tell_note() -> None:
        """Between two windows a key reaches none of them, so wait until the dialog is gone."""
        if has_keyboard():
            say("note")
        else:
            QTimer.singleShot(20, house.inside, tell_note)

    wait_for(has_keyboard, "the keyboard")
    house.program.locked.connect(lambda: say("locked"))
    house.inside.office.listen(house.inside, {"note"}, lambda _kind, _person: tell_note())
    dressed.application.focusObjectChanged.connect(
        lambda part: say("writing") if isinstance(part, QPlainTextEdit) else None
    )
    say("ready")
    QTimer.singleShot(600_000, dressed.application, dressed.application.quit)  # nobody is left to end it
    dressed.application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
