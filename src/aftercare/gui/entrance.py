"""The entrance: whatever stands before closed records, until somebody is let in or goes away."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem
from aftercare.gui import forms
from aftercare.gui.first_paint import after_first_paint
from aftercare.gui.jobs import Incident, Jobs
from aftercare.gui.lock_keys import LockKeys
from aftercare.gui.side_doors import SideDoors, put_codes_away
from aftercare.gui.unlock import UnlockWindow
from aftercare.gui.unlocking import Unlocking
from aftercare.i18n import tr
from aftercare.services import door
from aftercare.settings import Settings, place_of_records

if TYPE_CHECKING:  # what loads the database is imported when it is needed: the entrance paints before
    from aftercare.gui.first_run import FirstRun
    from aftercare.services.opening import OpenOffice


class Entrance(QObject):
    """Shows the first run or the door of `folder`, one window at a time, and the other ways in above it."""

    painted = Signal()  # a window is on the screen
    arrived = Signal(object)  # Arrival: the window stays until `leave`
    closed = Signal()  # by whoever sits here: nobody comes in any more

    def __init__(
        self,
        folder: Path,
        training_folder: Path,
        settings: Settings,
        clock: Clock,
        jobs: Jobs,
        *,
        title: str,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.window: QWidget | None = None
        self._training_folder = training_folder
        self._settings = settings
        self._clock = clock
        self._jobs = jobs
        self._title = title
        self.unlocking = Unlocking(jobs, clock, self)
        self.unlocking.unlocked.connect(self._remember)
        self.unlocking.arrived.connect(self.arrived)
        self.unlocking.refused.connect(self._turn_away)
        self._side_doors = SideDoors(jobs, clock, self)
        self._side_doors.opened.connect(self.unlocking.enter_by_code)
        self._side_doors.made.connect(self._go_to_made)
        self._lock_keys = LockKeys(self)
        self._lock_keys.hide_pressed.connect(self.stop)
        self._lock_keys.lock_pressed.connect(self.stop)
        jobs.explained.connect(self._explain)
        jobs.failed.connect(self._apologise)

    @property
    def place_on_screen(self) -> QRect | None:
        """Where its window is, for the one that comes next."""
        return self.window.geometry() if self.window is not None else None

    def start(self) -> None:
        """First run where the folder holds nothing, else unlock."""
        door.complete_interrupted_restore(self.folder)
        there = door.look_at(self.folder)
        if there.found is door.Found.NOTHING:
            self._show(self._first_run())
            return
        unlock = self._unlock_window(there.training)
        self._show(unlock)
        if there.problem is not None:
            unlock.show_problem(there.problem)
        after_first_paint(unlock, self.unlocking.warm_up, self)

    def stop(self) -> None:
        """No records to lock here: an unlock that is under way is stopped, what opens them is not left in a field."""
        if self.window is not None:
            put_codes_away(self.window)
        if isinstance(self.window, UnlockWindow):
            self.window.forget_password()
        if not self._jobs.is_idle:
            self.unlocking.cancel()

    def close(self) -> None:
        """Nobody comes in any more."""
        self.unlocking.end()
        self.closed.emit()

    def leave(self) -> None:
        """Somebody is in: the last window goes, and trouble is told elsewhere."""
        self._lock_keys.stop()
        self._jobs.explained.disconnect(self._explain)
        self._jobs.failed.disconnect(self._apologise)
        self._put_away(self.window)
        self.window = None

    # --- what stands here ----------------------------------------------------------------------------------------

    def _first_run(self) -> FirstRun:
        from aftercare.gui.first_run import FirstRun

        first = FirstRun(self.folder, self._settings, self._jobs, self._clock)
        first.created.connect(partial(self._enter_new, first))
        first.folder_chosen.connect(self._use_folder)
        first.training_asked.connect(self._go_training)
        first.restore_asked.connect(lambda folder: self._side_doors.restore_backup(folder, self.window))
        return first

    def _unlock_window(self, training: bool) -> UnlockWindow:
        doors = self._side_doors
        unlock = UnlockWindow(self._settings, self.folder, training=training)
        unlock.typing_began.connect(lambda: self.unlocking.expect(self.folder))
        for elsewhere in (unlock.recovery_asked, unlock.restore_asked, unlock.salvage_asked):
            elsewhere.connect(self.unlocking.let_go)
        unlock.unlock_asked.connect(self.unlock)
        unlock.cancel_asked.connect(self.unlocking.cancel)
        unlock.training_asked.connect(self._go_training)
        unlock.other_folder_asked.connect(self._choose_folder)
        unlock.first_login_asked.connect(lambda name: doors.log_in_first(self.folder, name, self.window))
        unlock.recovery_asked.connect(lambda: doors.use_recovery_code(self.folder, self.window))
        unlock.restore_asked.connect(lambda: doors.restore_backup(self.folder, self.window))
        unlock.salvage_asked.connect(lambda: doors.salvage(self.folder, self.window))
        return unlock

    def _show(self, window: QWidget) -> None:
        previous, self.window = self.window, window
        window.setWindowTitle(self._title)
        window.closed.connect(self.close)  # type: ignore[attr-defined]
        if previous is not None:
            window.setGeometry(previous.geometry())
        else:
            forms.give_room(window, window.width(), window.height())
        after_first_paint(window, self.painted.emit, self)
        window.show()
        self._put_away(previous)

    def _put_away(self, window: QWidget | None) -> None:
        if window is not None:
            window.closed.disconnect()  # type: ignore[attr-defined]
            window.close()
            window.deleteLater()

    # --- at which records ----------------------------------------------------------------------------------------

    def _use_folder(self, folder: Path) -> None:
        self._settings.keep_records_in(folder)
        self._go_to(folder)

    def _go_to(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window, tr("Where the records are"), str(self.folder.parent))
        if chosen:
            self._use_folder(Path(chosen))

    def _go_to_made(self, folder: Path) -> None:
        if folder == self.folder.absolute():
            self.start()
        elif folder == self._training_folder.absolute():
            self._go_to(self._training_folder)
        else:
            self._use_folder(folder)

    def _go_training(self) -> None:
        """The training vault beside the real one, and back; it is made first where there is none."""
        if self.folder == self._training_folder:
            self._go_to(place_of_records(self._settings))
        elif door.look_at(self._training_folder).found is door.Found.NOTHING:
            self._side_doors.make_training(self._training_folder, self.window)
        else:
            self._go_to(self._training_folder)

    # --- in ------------------------------------------------------------------------------------------------------

    def unlock(self, login_name: str, passphrase: str, accept_older: bool) -> None:
        """Try the password; `arrived` follows, or the door says why not."""
        assert isinstance(self.window, UnlockWindow)
        self.window.show_busy()
        self.unlocking.unlock(self.folder, login_name, passphrase, accept_older=accept_older)

    def _enter_new(self, first: FirstRun, opened: OpenOffice) -> None:
        self.folder = first.folder
        self.unlocking.enter(opened)

    def _remember(self) -> None:
        if isinstance(self.window, UnlockWindow):
            self.window.remember()

    def _turn_away(self, problem: Problem) -> None:
        """Nobody comes in after all, and the door says why."""
        if isinstance(self.window, UnlockWindow):
            self.window.show_problem(problem)
        else:
            self.start()

    # --- trouble -------------------------------------------------------------------------------------------------

    def _explain(self, problem: Problem) -> None:
        from aftercare.gui import notices

        notices.show_problem(self.window, problem)

    def _apologise(self, incident: Incident) -> None:
        from aftercare.gui import notices

        notices.show_incident(self.window, incident)
