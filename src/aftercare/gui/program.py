"""The program as a whole: entrance, open office, lock. One of the three is on the screen at any time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, UnlockCancelled, WeakKeyDerivation
from aftercare.gui import forms
from aftercare.gui.announcements import Announcements
from aftercare.gui.first_paint import after_first_paint
from aftercare.gui.garbage import GarbageOnGuiThread
from aftercare.gui.idle import IdleWatch
from aftercare.gui.jobs import Incident, Jobs
from aftercare.gui.lock_keys import LockKeys
from aftercare.gui.session_watch import SessionWatch
from aftercare.gui.unlock import UnlockWindow
from aftercare.i18n import tr
from aftercare.services import door
from aftercare.settings import Settings, place_of_records

if TYPE_CHECKING:  # what loads the database is imported when it is needed: the entrance paints before
    from aftercare.domain.rows.drafts import Place
    from aftercare.gui.backing_up import BackingUp
    from aftercare.gui.first_run import FirstRun
    from aftercare.gui.office import Office
    from aftercare.gui.resealing import Resealing
    from aftercare.gui.widgets.banner import Banner
    from aftercare.gui.workplace import Workplace
    from aftercare.services.office import OfficeSettings
    from aftercare.services.opening import OpenOffice

_DRAIN_MS = 4_000
_LAST_BACKUP_MS = 6_000


class Program(QObject):
    """Shows the entrance for a folder; after unlocking the workplace; after a lock it is over (`locked`).

    Python cannot wipe its memory: whoever hears `locked` replaces this process by a fresh one.
    """

    locked = Signal()
    finished = Signal()
    opened = Signal(object)  # Workplace

    def __init__(self, folder: Path, settings: Settings, clock: Clock, *, title: str, training_folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.settings = settings
        self.clock = clock
        self.title = title
        self.training_folder = training_folder
        self.jobs = Jobs(self)
        self.workplace: Workplace | None = None
        self.entrance: QWidget | None = None
        self._open_office: OpenOffice | None = None
        self._cancelled = Event()
        self._is_leaving = False
        self._is_erased = False
        self._hide_early = SessionWatch(self)
        self._hide_early.away.connect(self.lock)
        self._hide_early.told_to_close.connect(self._told_to_close)
        self._idle: IdleWatch | None = None
        self._lock_keys: LockKeys | None = None
        self._announcements: Announcements | None = None
        self._backing_up: BackingUp | None = None
        self._resealing: Resealing | None = None
        self.jobs.explained.connect(self._explain)
        self.jobs.failed.connect(self._apologise)

    # --- the entrance --------------------------------------------------------------------------------------------

    def start(self) -> None:
        """First run where the folder holds nothing, else unlock."""
        door.complete_interrupted_restore(self.folder)
        there = door.look_at(self.folder)
        if there.found is door.Found.NOTHING:
            self._show(self._first_run())
            return
        unlock = UnlockWindow(self.settings, self.folder, training=there.training)
        unlock.unlock_asked.connect(self._unlock)
        unlock.cancel_asked.connect(self._cancelled.set)
        unlock.training_asked.connect(self._go_training)
        unlock.other_folder_asked.connect(self._other_folder)
        unlock.first_login_asked.connect(self._log_in_first)
        unlock.recovery_asked.connect(self._use_recovery_code)
        unlock.restore_asked.connect(lambda: self._restore_backup(self.folder))
        unlock.salvage_asked.connect(self._salvage)
        self._show(unlock)
        if there.problem is not None:
            unlock.show_problem(there.problem)
        after_first_paint(unlock, self._warm_up)

    def _first_run(self) -> FirstRun:
        from aftercare.gui.first_run import FirstRun

        first = FirstRun(self.folder, self.settings, self.jobs, self.clock)
        first.created.connect(partial(self._enter_new, first))
        first.folder_chosen.connect(self._use_folder)
        first.training_asked.connect(self._go_training)
        first.restore_asked.connect(self._restore_backup)
        return first

    def _show(self, window: QWidget) -> None:
        previous, self.entrance = self.entrance, window
        window.setWindowTitle(self.title)
        window.closed.connect(self._entrance_closed)  # type: ignore[attr-defined]
        if previous is not None:
            window.setGeometry(previous.geometry())
        else:
            forms.give_room(window, window.width(), window.height())
        after_first_paint(window, self._hide_early.listen)
        window.show()
        if previous is not None:
            previous.closed.disconnect()  # type: ignore[attr-defined]
            previous.close()
            previous.deleteLater()

    def _entrance_closed(self) -> None:
        self._cancelled.set()
        self._finish()

    def _warm_up(self) -> None:
        """Read the data layer from disk while the password is typed."""

        def load() -> None:
            import aftercare.gui.workplace  # noqa: F401
            from aftercare.services.opening import load_ahead

            load_ahead()

        self.jobs.ask(load, lambda _nothing: _spare_what_stays(), owner=self)

    def _use_folder(self, folder: Path) -> None:
        self.folder = folder
        self.settings.keep_records_in(folder)
        self.start()

    def _other_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.entrance, tr("Where the records are"), str(self.folder.parent))
        if chosen:
            self._use_folder(Path(chosen))

    def _log_in_first(self, name: str) -> None:
        from aftercare.gui.dialogs.first_login import FirstLoginDialog

        dialog = FirstLoginDialog(self.folder, self.jobs, self.clock, self.entrance, name=name)
        dialog.entered.connect(self._enter_by_code)
        dialog.open()

    def _use_recovery_code(self) -> None:
        from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog

        dialog = RecoveryCodeDialog(self.folder, self.jobs, self.clock, self.entrance)
        dialog.recovered.connect(self._enter_by_code)
        dialog.open()

    def _enter_by_code(self, opened: OpenOffice) -> None:
        self._cancelled = Event()
        self._enter(opened)

    def _restore_backup(self, folder: Path) -> None:
        from aftercare.gui.dialogs.restore_backup import RestoreBackup

        dialog = RestoreBackup(folder, self.jobs, self.clock, self.entrance)
        dialog.restored.connect(self._show_restored)
        dialog.open()

    def _salvage(self) -> None:
        from aftercare.gui.dialogs.salvage_records import SalvageRecords

        dialog = SalvageRecords(self.folder, self.jobs, self.clock, self.entrance)
        dialog.open_asked.connect(self._show_restored)
        dialog.open()

    def _show_restored(self, folder: Path) -> None:
        if folder == self.folder.absolute():
            self.start()
        elif folder == self.training_folder.absolute():
            self._enter_training()
        else:
            self._use_folder(folder)

    def _go_training(self) -> None:
        """The training vault beside the real one, and back; it is made first where there is none."""
        if self.folder == self.training_folder:
            self.folder = place_of_records(self.settings)
            self.start()
            return
        if door.look_at(self.training_folder).found is door.Found.NOTHING:
            from aftercare.gui.dialogs.make_training import MakeTraining

            dialog = MakeTraining(self.training_folder, self.jobs, self.clock, self.entrance)
            dialog.made.connect(self._enter_training)
            dialog.open()
            return
        self._enter_training()

    def _enter_training(self) -> None:
        self.folder = self.training_folder
        self.start()

    def _unlock(self, login_name: str, passphrase: str, accept_older: bool) -> None:
        entrance = self.entrance
        assert isinstance(entrance, UnlockWindow)
        self._cancelled = Event()
        cancelled = self._cancelled
        folder, clock = self.folder, self.clock
        entrance.cancel_asked.connect(cancelled.set)

        def opening() -> OpenOffice:
            from aftercare.services.opening import open_office

            opened = open_office(
                folder, login_name, passphrase, clock=clock, cancelled=cancelled, accept_older=accept_older
            )
            if cancelled.is_set():  # the key was made just before
                opened.close()
                raise UnlockCancelled
            return opened

        entrance.show_busy()
        self.jobs.ask(opening, self._enter, owner=self, otherwise=entrance.show_problem)

    # --- inside --------------------------------------------------------------------------------------------------

    def _enter_new(self, first: FirstRun, opened: OpenOffice) -> None:
        self.folder = first.folder
        self._enter(opened)

    def _enter(self, opened: OpenOffice) -> None:
        """Somebody unlocked, or made new records."""
        from aftercare.services.drafts import find_place
        from aftercare.services.office import show_settings

        if self._is_leaving:
            opened.close()
            return
        if self._cancelled.is_set():
            self._turn_away(opened, UnlockCancelled())
            return
        self._open_office = opened
        if isinstance(self.entrance, UnlockWindow):
            self.entrance.remember()

        def look() -> tuple[OfficeSettings, Place]:
            return opened.desk.ask(show_settings), opened.desk.ask(find_place)

        self.jobs.ask(
            look, partial(self._show_workplace, opened), owner=self, otherwise=partial(self._turn_away, opened)
        )

    def _turn_away(self, opened: OpenOffice, problem: Problem) -> None:
        """Nobody comes in after all: the records are closed again, and the door says why."""
        self._open_office = None
        self.jobs.ask(opened.close, lambda _nothing: None, owner=self)
        if isinstance(self.entrance, UnlockWindow):
            self.entrance.show_problem(problem)
        else:
            self.start()

    def _show_workplace(self, opened: OpenOffice, found: tuple[OfficeSettings, Place]) -> None:
        from aftercare.gui.backing_up import BackingUp
        from aftercare.gui.office import Office
        from aftercare.gui.resealing import Resealing
        from aftercare.gui.workplace import Workplace

        if self._cancelled.is_set():
            self._turn_away(opened, UnlockCancelled())
            return
        settings, place = found
        announcements = self._announcements = Announcements(self)
        confirm = partial(_confirm, opened)
        office = Office(opened.desk, self.jobs, announcements, settings, self, confirm=confirm)
        office.opened = opened
        office.erased.connect(self._forget_erased)
        office.left_erased.connect(self.lock)
        # the name of the program stands last: Qt would write it once more
        title = tr("Training") + " · " + self.title if opened.vault.training else self.title
        workplace = self.workplace = Workplace(office, self.settings, title)
        workplace.lock_asked.connect(self.lock)
        workplace.hide_asked.connect(self.hide_and_lock)
        workplace.frame.closed.connect(self.close)
        self._idle = IdleWatch(lambda: office.settings.idle_lock_minutes, self)
        self._idle.idle.connect(self.lock)
        self._lock_keys = LockKeys(self)
        self._lock_keys.hide_pressed.connect(self.hide_and_lock)
        self._lock_keys.lock_pressed.connect(self.lock)
        self.jobs.explained.disconnect(self._explain)
        self.jobs.failed.disconnect(self._apologise)
        entrance, self.entrance = self.entrance, None
        if entrance is not None:
            workplace.frame.setGeometry(entrance.geometry())
            entrance.closed.disconnect()  # type: ignore[attr-defined]
        workplace.start(place)
        if entrance is not None:
            entrance.close()
            entrance.deleteLater()
        self._show_warnings(workplace.frame.banner, list(opened.warnings))
        self._backing_up = BackingUp(opened, office, workplace.frame, self)
        self._backing_up.start()
        self._resealing = Resealing(opened, office, self)
        self._resealing.start()
        self.opened.emit(workplace)

    def _show_warnings(self, banner: Banner, problems: list[Problem]) -> None:
        """One after the other: the next when this one was read and put away."""

        from aftercare.gui import notices

        def show_next() -> None:
            if problems:
                notices.show_problem_in(banner, problems.pop(0))

        # what is mended by itself while they work is no news for anybody
        problems = [problem for problem in problems if not isinstance(problem, WeakKeyDerivation)]
        banner.dismissed.connect(show_next)
        show_next()

    # --- leaving -------------------------------------------------------------------------------------------------

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

    def _told_to_close(self) -> None:
        """By the system or an installer, wherever the person is: as if she had closed the window herself."""
        if self.workplace is None:
            self._entrance_closed()
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
        if self.workplace is None:
            # at the entrance there is nothing to lock; an unlock that is under way is stopped, a code is put away
            self._put_code_away()
            if not self.jobs.is_idle:
                self._cancelled.set()
            return
        self._is_leaving = True
        from aftercare.gui.drafting import save_all_drafts

        place, office = self.workplace.place, self.workplace.office
        if not self._is_erased:
            save_all_drafts()
        for window in QApplication.topLevelWidgets():
            window.hide()
        if not self._is_erased:
            self._stop_listening()
            self._keep_place(office, place)
        self.jobs.stop_long_work()
        self.jobs.drain(_DRAIN_MS)
        if self._backing_up is not None and not self._is_erased:
            self._backing_up.finish(_LAST_BACKUP_MS)
        self._close_vault()
        _clear_clipboard()
        self._let_go(self.workplace)
        self.workplace = None
        then()

    def _forget_erased(self) -> None:
        """Everything was erased: nothing is asked of it any more, and leaving keeps nothing."""
        self._is_erased = True
        self._stop_listening()
        if self._backing_up is not None:
            self._backing_up.stop()

    def _put_code_away(self) -> None:
        from aftercare.gui.dialogs.first_login import FirstLoginDialog
        from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog
        from aftercare.gui.dialogs.salvage_records import SalvageRecords

        if self.entrance is not None:
            for kind in (RecoveryCodeDialog, FirstLoginDialog, SalvageRecords):
                for dialog in self.entrance.findChildren(kind):
                    dialog.reject()

    def _stop_listening(self) -> None:
        """What is answered from now on shows nothing more: no notice, no news."""
        for watch in (self._idle, self._lock_keys, self._resealing):
            if watch is not None:
                watch.stop()
        self.jobs.explained.disconnect()
        self.jobs.failed.disconnect()

    def _let_go(self, workplace: Workplace) -> None:
        """Nothing that lives on holds a page, and with it the rows it showed."""
        watches = (self._announcements, self._idle, self._lock_keys, self._backing_up, self._resealing)
        inside = (*watches, workplace.office, workplace.frame)
        for part in inside:
            if part is not None:
                part.deleteLater()
        self._announcements = self._idle = self._lock_keys = self._backing_up = self._resealing = None

    def _keep_place(self, office: Office, place: Place) -> None:
        from aftercare.services.drafts import keep_place

        office.do(keep_place, place, owner=self, otherwise=lambda _problem: None)

    def _close_vault(self) -> None:
        opened, self._open_office = self._open_office, None
        if opened is not None:
            # on the vault's own thread, behind everything that was asked before
            self.jobs.ask(opened.close, lambda _nothing: None, owner=self)
            self.jobs.drain(_DRAIN_MS)
        self.jobs.close()

    # --- trouble at the entrance ---------------------------------------------------------------------------------

    def _explain(self, problem: Problem) -> None:
        from aftercare.gui import notices

        notices.show_problem(self.entrance, problem)

    def _apologise(self, incident: Incident) -> None:
        from aftercare.gui import notices

        notices.show_incident(self.entrance, incident)


def _confirm(opened: OpenOffice, passphrase: str, cancelled: Event) -> None:
    from aftercare.services.confirming import confirm_identity

    confirm_identity(opened, passphrase, cancelled=cancelled)


def _spare_what_stays() -> None:
    application = QApplication.instance()
    garbage = application.findChild(GarbageOnGuiThread) if application is not None else None
    if garbage is not None:
        garbage.spare_what_stays()


def _clear_clipboard() -> None:
    """What was copied or only selected in this program is not pasted elsewhere after the lock."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
