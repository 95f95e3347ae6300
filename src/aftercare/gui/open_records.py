"""Records that are open: the workplace on the screen, what goes on behind it, and how everything is left."""

from __future__ import annotations

from functools import partial
from threading import Event

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from aftercare.domain.errors import Problem, WeakKeyDerivation
from aftercare.domain.rows.drafts import Place
from aftercare.gui import notices
from aftercare.gui.announcements import Announcements
from aftercare.gui.backing_up import BackingUp
from aftercare.gui.drafting import save_all_drafts
from aftercare.gui.idle import IdleWatch
from aftercare.gui.jobs import Jobs
from aftercare.gui.lock_keys import LockKeys
from aftercare.gui.office import Office
from aftercare.gui.resealing import Resealing
from aftercare.gui.unlocking import Arrival
from aftercare.gui.veil import Veil
from aftercare.gui.widgets.banner import Banner
from aftercare.gui.workplace import Workplace
from aftercare.i18n import tr
from aftercare.services.backup_pace import AT_LOCK_SECONDS
from aftercare.services.confirming import confirm_identity
from aftercare.services.drafts import keep_place
from aftercare.services.opening import OpenOffice
from aftercare.settings import Settings

_DRAIN_MS = 4_000


class OpenRecords(QObject):
    """From the unlock to the lock: `leave` saves what was typed, closes the vault and drops what was shown."""

    lock_asked = Signal()
    hide_asked = Signal()
    closed = Signal()  # the window, by whoever works here

    def __init__(
        self, arrival: Arrival, jobs: Jobs, settings: Settings, *, title: str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.opened = opened = arrival.opened
        self._jobs = jobs
        self._place = arrival.place
        self._is_erased = False
        office = Office(
            opened.desk, jobs, Announcements(self), arrival.settings, self, confirm=partial(confirm, opened)
        )
        office.opened = opened
        office.erased.connect(self._forget_erased)
        office.left_erased.connect(self.lock_asked)
        # the name of the program stands last: Qt would write it once more
        self.workplace = Workplace(office, settings, tr("Training") + " · " + title if opened.vault.training else title)
        self.workplace.lock_asked.connect(self.lock_asked)
        self.workplace.hide_asked.connect(self.hide_asked)
        self.workplace.frame.closed.connect(self.closed)
        self.idle = IdleWatch(lambda: office.settings.idle_lock_minutes, self)
        self.idle.idle.connect(self.lock_asked)
        self._lock_keys = LockKeys(self)
        self._lock_keys.hide_pressed.connect(self.hide_asked)
        self._lock_keys.lock_pressed.connect(self.lock_asked)
        self.backing_up = BackingUp(opened, office, self.workplace.frame, self)
        self.resealing = Resealing(opened, office, self)

    def start(self, where: QRect | None) -> None:
        """Show the window, where the one of the entrance stood, on the page where this person was last."""
        if where is not None:
            self.workplace.frame.setGeometry(where)
        self.workplace.start(self._place)
        _show_warnings(self.workplace.frame.banner, list(self.opened.warnings))
        self.backing_up.start()
        self.resealing.start()

    # --- leaving -------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Nothing is on the screen any more, what was typed is kept, the vault is backed up and closed."""
        QGuiApplication.inputMethod().commit()  # a word in the middle of its letters: no veil takes it
        place, veil = self.workplace.place, Veil(self)
        if not self._is_erased:
            save_all_drafts()
        for window in QApplication.topLevelWidgets():
            window.hide()
        if not self._is_erased:
            self._stop_listening()
            self._keep_place(place)
        self._jobs.stop_long_work()
        self._jobs.drain(_DRAIN_MS)
        if not self._is_erased:
            self.backing_up.finish(AT_LOCK_SECONDS * 1000)
        self._close_vault()
        _clear_clipboard()
        veil.lift()
        self._let_go()

    def _forget_erased(self) -> None:
        """Everything was erased: nothing is asked of it any more, and leaving keeps nothing."""
        self._is_erased = True
        self._stop_listening()
        self.backing_up.stop()

    def _stop_listening(self) -> None:
        """What is answered from now on shows nothing more: no notice, no news."""
        for watch in (self.idle, self._lock_keys, self.resealing):
            watch.stop()
        self._jobs.explained.disconnect()
        self._jobs.failed.disconnect()

    def _keep_place(self, place: Place) -> None:
        self.workplace.office.do(keep_place, place, owner=self, otherwise=lambda _problem: None)

    def _close_vault(self) -> None:
        # on the vault's own thread, behind everything that was asked before
        self._jobs.ask(self.opened.close, lambda _nothing: None, owner=self)
        self._jobs.drain(_DRAIN_MS)
        self._jobs.close()

    def _let_go(self) -> None:
        """Nothing that lives on holds a page, and with it the rows it showed."""
        self.workplace.frame.deleteLater()
        self.deleteLater()


def confirm(opened: OpenOffice, passphrase: str, cancelled: Event) -> None:
    """Whether the person who is signed in typed this; raises what `services.confirming` raises."""
    confirm_identity(opened, passphrase, cancelled=cancelled)


def _show_warnings(banner: Banner, problems: list[Problem]) -> None:
    """One after the other: the next when this one was read and put away."""

    def show_next() -> None:
        if problems:
            notices.show_problem_in(banner, problems.pop(0))

    # what is mended by itself while they work is no news for anybody
    problems = [problem for problem in problems if not isinstance(problem, WeakKeyDerivation)]
    banner.dismissed.connect(show_next)
    show_next()


def _clear_clipboard() -> None:
    """What was copied or only selected in this program is not pasted elsewhere after the lock."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
