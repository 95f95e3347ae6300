"""The real program on a private bus that plays the system: it works until the system says that the person leaves.

    dbus-run-session -- python lock_probe.py FOLDER WORDS

Says `ready PID` when words are typed and copied; each line on standard input is a signal to be sent (session_probe.py).
After the lock the process is replaced, as always.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from datetime import UTC, datetime

from PySide6.QtCore import QSocketNotifier
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from aftercare.app import keep_to_the_owner, restart
from aftercare.domain.clock import stopped_at
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui import application
from aftercare.gui.style import Look, Scheme
from aftercare.services.survivors import list_survivors
from hands import give_back_the_keyboard, named, type_in, wait_for
from house import House

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
NAME = "rahman"


def main(folder: Path, words: str) -> None:
    os.environ.setdefault("DBUS_SYSTEM_BUS_ADDRESS", os.environ["DBUS_SESSION_BUS_ADDRESS"])
    keep_to_the_owner()
    command = [sys.executable, str(Path(__file__).with_name("session_probe.py")), "system"]
    system = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert system.stdin is not None
    assert system.stdout is not None
    system.stdout.readline()
    screen = application.prepare(["aftercare"], look=Look(Scheme.LIGHT, 100))
    house = House(folder, CLOCK).start()
    house.program.locked.connect(lambda: restart(folder))
    house.unlock(NAME, sys.stdin.readline().rstrip("\n"))
    opened = house.open_records.opened
    (row, *_others) = opened.desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    house.inside.open_person(row.survivor_id, "details")
    house.rest()
    house.inside.open_person(row.survivor_id, "overview")
    house.rest()
    give_back_the_keyboard()
    page = house.inside.frame.page
    assert page is not None
    named(page, "Quick note", QPlainTextEdit).setFocus()
    type_in(words)
    QApplication.clipboard().setText(words)
    watch = house.program.session_watch
    wait_for(lambda: not watch.is_asking, "the system to say which session is ours")
    for its_bus in (QDBusConnection.sessionBus(), QDBusConnection.systemBus()):
        its_bus.interface().isServiceRegistered("nobody")  # answered: it knows what we want to hear
    heard = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, house.program)

    def pass_on() -> None:
        system.stdin.write(os.read(sys.stdin.fileno(), 100).decode())  # type: ignore[union-attr]
        system.stdin.flush()  # type: ignore[union-attr]

    heard.activated.connect(pass_on)
    os.write(1, f"ready {os.getpid()}\n".encode())
    screen.application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
