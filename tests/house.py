"""The whole program in a test: a folder of records, the entrance on the screen, and how the program said it ended."""

from __future__ import annotations

import hashlib
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget

from aftercare.domain.clock import Clock
from aftercare.gui.open_records import OpenRecords
from aftercare.gui.program import Program
from aftercare.gui.unlock import UnlockWindow
from aftercare.gui.workplace import Workplace
from aftercare.settings import Settings, load_settings
from hands import click, part, settle, wait_for

TITLE = "Aftercare"


class House:
    """Starts the program on a folder as app.py does; `leave` ends it however far it came."""

    def __init__(self, folder: Path, clock: Clock, kept: Settings | None = None) -> None:
        self.folder = folder
        self.kept = kept or load_settings(None)
        self.program = Program(folder, self.kept, clock, title=TITLE, training_folder=folder.with_name("training"))
        self.ends: list[str] = []
        self.program.locked.connect(lambda: self.ends.append("locked"))
        self.program.finished.connect(lambda: self.ends.append("finished"))

    def start(self) -> House:
        self.program.start()
        if self.program.entrance.window is not None:
            self.program.entrance.window.activateWindow()
        return self

    @property
    def entrance(self) -> QWidget:
        assert self.program.entrance.window is not None
        return self.program.entrance.window

    @property
    def door(self) -> UnlockWindow:
        assert isinstance(self.program.entrance.window, UnlockWindow)
        return self.program.entrance.window

    @property
    def open_records(self) -> OpenRecords:
        assert self.program.open_records is not None
        return self.program.open_records

    @property
    def inside(self) -> Workplace:
        assert self.program.workplace is not None
        return self.program.workplace

    def try_key(self, name: str, passphrase: str) -> None:
        """Fill in the door and press Unlock."""
        part(self.door, QLineEdit, "who").setText(name)
        part(self.door, QLineEdit, "password").setText(passphrase)
        click(part(self.door, QPushButton, "unlock"))

    def unlock(self, name: str, passphrase: str) -> Workplace:
        self.try_key(name, passphrase)
        wait_for(lambda: self.program.workplace is not None, "the workplace")
        self.rest()
        self.inside.frame.activateWindow()
        return self.inside

    def rest(self) -> None:
        """Until everything asked is answered and shown."""
        wait_for(lambda: self.program.jobs.is_idle, "the last answer")
        settle()

    def leave(self) -> None:
        if not shiboken6.isValid(self.program):
            return
        if not self.ends:
            self.program.close() if self.program.workplace is not None else self.entrance.close()
        self.program.jobs.close()
        for window in QApplication.topLevelWidgets():
            window.close()
        self.program.deleteLater()
        settle()


def prints(folder: Path) -> dict[str, str]:
    """What every file of a folder holds, as hashes; the lock is never written."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }
