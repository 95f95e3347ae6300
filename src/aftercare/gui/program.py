"""The program as a whole: the entrance, open records, the lock. One of the three is on the screen at any time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from aftercare.domain.clock import Clock
from aftercare.gui.entrance import Entrance
from aftercare.gui.jobs import Jobs
from aftercare.gui.session_watch import SessionWatch
from aftercare.settings import Settings

if TYPE_CHECKING:  # what loads the database is imported when somebody is in: the entrance paints before
    from aftercare.gui.open_records import OpenRecords
    from aftercare.gui.unlocking import Arrival
    from aftercare.gui.workplace import Workplace


class Program(QObject):
    """Shows the entrance for a folder; after unlocking the workplace; after a lock it is over (`locked`).

    Python cannot wipe its memory: whoever hears `locked` replaces this process by a fresh one.
    """

    locked = Signal()
    finished = Signal()

    def __init__(self, folder: Path, settings: Settings, clock: Clock, *, title: str, training_folder: Path) -> None:
        super().__init__()
        self.settings = settings
        self.title = title
        self.jobs = Jobs(self)
        self.session_watch = SessionWatch(self)
        self.session_watch.away.connect(self.lock)
        self.session_watch.told_to_close.connect(self._told_to_close)
        self.entrance = Entrance(folder, training_folder, settings, clock, self.jobs, title=title, parent=self)
        self.entrance.painted.connect(self.session_watch.listen)
        self.entrance.arrived.connect(self._let_in)
        self.entrance.closed.connect(self._finish)
        self.open_records: OpenRecords | None = None
        self._is_leaving = False

    @property
    def folder(self) -> Path:
        """Where the records are whose entrance or workplace is shown."""
        return self.entrance.folder

    @property
    def workplace(self) -> Workplace | None:
        return self.open_records.workplace if self.open_records is not None else None

    def start(self) -> None:
        """Show the entrance."""
        self.entrance.start()

    def hide_and_lock(self) -> None:
        """F12: nothing is on the screen any more, at once; the rest follows."""
        for window in QApplication.topLevelWidgets():
            window.hide()
        self.lock()

    def lock(self) -> None:
        """Drafts are saved, everything is closed and dropped; `locked` says that the process can be replaced."""
        self._leave(self.locked.emit)

    def close(self) -> None:
        """The window was closed: the same, and the program ends."""
        self._leave(self.finished.emit)

    def _let_in(self, arrival: Arrival) -> None:
        from aftercare.gui.open_records import OpenRecords

        records = OpenRecords(arrival, self.jobs, self.settings, title=self.title, parent=self)
        records.lock_asked.connect(self.lock)
        records.hide_asked.connect(self.hide_and_lock)
        records.closed.connect(self.close)
        self.open_records = records
        records.start(self.entrance.place_on_screen)
        self.entrance.leave()

    def _told_to_close(self) -> None:
        """By the system or an installer, wherever the person is: as if she had closed the window herself."""
        if self.open_records is None:
            self.entrance.close()
        else:
            self.close()

    def _finish(self) -> None:
        if not self._is_leaving:
            self._is_leaving = True
            self.jobs.close()
            self.finished.emit()

    def _leave(self, then: Callable[[], None]) -> None:
        if self._is_leaving:
            return
        if self.open_records is None:
            self.entrance.stop()
            return
        self._is_leaving = True
        self.open_records.leave()
        self.open_records = None
        then()
