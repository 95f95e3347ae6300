"""Hands for rounds: a workplace on invented records, and hands that open its pages, people and dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

import shiboken6
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem
from aftercare.domain.rows.backups import BackupStatus
from aftercare.domain.rows.survivors import KnownPerson, SurvivorFilter, SurvivorRow
from aftercare.gui import icons, mnemonics
from aftercare.gui.announcements import Announcements
from aftercare.gui.backing_up import age_in_words
from aftercare.gui.dialogs.make_training import TRAINING_LOGIN, TRAINING_PASSPHRASE
from aftercare.gui.jobs import Incident, Jobs
from aftercare.gui.office import Office
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.workplace import Workplace
from aftercare.services.office import show_settings
from aftercare.services.opening import FirstPerson, OpenOffice, create_office, open_office
from aftercare.services.plans import open_plan
from aftercare.services.survivors import known_people, list_survivors
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.services.work import Work
from aftercare.settings import Settings, load_settings

P = ParamSpec("P")
T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
SIZE = (1366, 820)
_PATIENCE_MS = 120_000  # it ends as soon as it can; a loaded machine needs long
_LONGEST_PAUSE_MS = 500
_FIRST = FirstPerson(TRAINING_LOGIN, "A. Rahman")


@dataclass(frozen=True)
class Folders:
    """Where records may be made: `work` is thrown away."""

    work: Path
    training: Path

    @property
    def empty(self) -> Path:
        return self.work / "empty"


class Tour:
    """Opened on the first need, on training records or on a vault with nobody in it; `close` it at the end."""

    def __init__(
        self, folders: Folders, clock: Clock, complain: Callable[[str], None], size: tuple[int, int] = SIZE
    ) -> None:
        self.size = size
        self.folders = folders
        self.clock = clock
        self.settings: Settings = load_settings(None)
        self._complain = complain
        self._opened: OpenOffice | None = None
        self._folder: Path | None = None
        self._jobs: Jobs | None = None
        self._workplace: Workplace | None = None
        self._person: UUID | None = None
        self.has_added = False
        self._loose: list[QWidget] = []

    # --- the workplace -------------------------------------------------------------------------------------------

    @property
    def workplace(self) -> Workplace:
        """On the training records."""
        return self._open(self.folders.training)

    @property
    def empty_workplace(self) -> Workplace:
        """On records of nobody."""
        return self._open(self.folders.empty)

    @property
    def jobs(self) -> Jobs:
        if self._jobs is None:
            self._jobs = Jobs()
            self._jobs.failed.connect(self._on_failed)
            self._jobs.explained.connect(self._on_explained)
        return self._jobs

    def _open(self, folder: Path) -> Workplace:
        if self._workplace is not None and self._folder == folder:
            return self._workplace
        self.close()
        opened = self._opened = self._office(folder)
        self._folder = folder
        office = Office(opened.desk, self.jobs, Announcements(self.jobs), opened.desk.ask(show_settings), self.jobs)
        office.opened = opened
        workplace = self._workplace = Workplace(office, self.settings, "Aftercare")
        workplace.frame.resize(*self.size)
        workplace.start()
        workplace.frame.activateWindow()
        self._tell_of_backup(workplace)
        self.rest()
        return workplace

    def _tell_of_backup(self, workplace: Workplace) -> None:
        """As it stands a while after one: the backups themselves are not made on a round."""
        now = self.clock.now()
        made = BackupStatus(now - timedelta(minutes=12), None, is_old=False)
        workplace.frame.show_status(workplace.office.actor.name, age_in_words(made, now))

    def _office(self, folder: Path) -> OpenOffice:
        if folder.exists() and any(folder.iterdir()):
            return open_office(folder, TRAINING_LOGIN, TRAINING_PASSPHRASE, clock=self.clock)
        if folder == self.folders.empty:
            return create_office(folder, _FIRST, TRAINING_PASSPHRASE, clock=self.clock, training=True)[0]
        order = TrainingOrder(login_name=TRAINING_LOGIN)
        return make_training_office(folder, order, TRAINING_PASSPHRASE, clock=self.clock)[0]

    def _on_failed(self, incident: Incident) -> None:
        self._complain(f"incident {incident.number}")

    def _on_explained(self, problem: Problem) -> None:
        self._complain(f"refused: {type(problem).__name__}")

    @property
    def is_open(self) -> bool:
        return self._opened is not None

    @property
    def opened(self) -> OpenOffice:
        """The office behind the workplace that is shown."""
        assert self._opened is not None
        return self._opened

    # --- hands ---------------------------------------------------------------------------------------------------

    def rest(self) -> None:
        """Until everything asked is answered, shown and laid out, also what waits for a pause in the typing."""
        for _ in range(3):
            if not self.jobs.drain(_PATIENCE_MS):
                self._complain("waited in vain for an answer")
            self._let_pauses_pass()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QCoreApplication.processEvents()

    def _let_pauses_pass(self) -> None:
        patience = QDeadlineTimer(_PATIENCE_MS)
        while is_pausing():
            if patience.hasExpired():
                self._complain("waited in vain for a pause")
                return
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self.jobs.drain(_PATIENCE_MS)

    def do(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Change something before it is shown."""
        self.has_added = True
        return self.opened.desk.do(service, *args, **kwargs).value

    def known_people(self) -> tuple[KnownPerson, ...]:
        _ = self.workplace
        return self.do(known_people)

    def page(self, key: str) -> QWidget:
        """The frame with this page of the rail."""
        workplace = self._workplace or self.workplace
        workplace.frame.show_page(key)
        self.rest()
        return workplace.frame

    def person(self, tab: str) -> PersonPage:
        """The person whose record holds the most, on this tab."""
        workplace = self.workplace
        if self._person is None:
            self._person = self._fullest()
        workplace.open_person(self._person, tab)
        self.rest()
        page = workplace.frame.page
        assert isinstance(page, PersonPage)
        return page

    def part(self, tab: str, kind: type[W]) -> W:
        """One tab of that person."""
        found = self.person(tab).part(tab)
        assert isinstance(found, kind)
        return found

    def _fullest(self) -> UUID:
        desk = self.opened.desk
        rows = desk.ask(list_survivors, SurvivorFilter(), None, 100).rows

        def fullness(row: SurvivorRow) -> tuple[int, int]:
            plan = desk.ask(open_plan, row.case_id)
            goals = sum(len(area.goals) for area in plan.areas)
            return (plan.in_force is not None) + len(plan.areas), goals

        return max(rows, key=lambda row: (fullness(row), -row.number)).survivor_id

    def loose(self, window: W) -> W:
        """A window of its own (the entrance): shown alone, and closed when the scene is over."""
        for earlier in self._loose:
            earlier.hide()
        self._loose.append(window)
        icons.dress(window)
        window.resize(*self.size) if not isinstance(window, QDialog) else None
        window.show()
        self.rest()
        return window

    def after(self, act: Callable[[], object]) -> Iterator[QDialog]:
        """What appears over the window after `act`; it is closed again when the next is asked for."""
        before = set(self._dialogs())
        act()
        self.rest()
        self._undo()
        for dialog in self._dialogs():
            if dialog not in before:
                yield dialog
                if shiboken6.isValid(dialog):
                    dialog.reject()
                self.rest()

    def _undo(self) -> None:
        """What looked like a door and was a deed is taken back."""
        bar = self._workplace.frame.undo_bar if self._workplace is not None else None
        button = bar.findChild(QAbstractButton, "undo") if bar is not None and bar.isVisible() else None
        if isinstance(button, QAbstractButton):
            button.click()
            self.rest()

    def openers(self, root: QWidget) -> list[QAbstractButton]:
        """The buttons of a page that open a form: by «…», or the lines and links of facts."""
        return [button for button in root.findChildren(QAbstractButton) if button.isVisible() and _opens(button)]

    def tidy(self) -> None:
        """Between two scenes: no dialog is left open, no loose window."""
        for window in [*self._dialogs(), *self._loose]:
            if shiboken6.isValid(window):
                window.close()
                window.deleteLater()
        self._loose.clear()
        self.rest()

    def close(self) -> None:
        if self._jobs is not None:
            self.rest()
            if self._opened is not None:
                self._jobs.ask(self._opened.close, lambda _nothing: None, owner=self._jobs)
                self._jobs.drain(_PATIENCE_MS)
            self._jobs.close()
            self._jobs.deleteLater()
        if self._workplace is not None:
            self._workplace.frame.hide()
            self._workplace.frame.deleteLater()
        self._jobs = self._opened = self._workplace = self._folder = self._person = None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _dialogs(self) -> list[QDialog]:
        return [
            window for window in QApplication.topLevelWidgets() if isinstance(window, QDialog) and window.isVisible()
        ]


def is_pausing() -> bool:
    """Whether a part of some window lets a moment pass (a pause in the typing, say) before it asks or shows."""
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= _LONGEST_PAUSE_MS
        for window in QApplication.topLevelWidgets()
        for timer in window.findChildren(QTimer)
    )


def _opens(button: QAbstractButton) -> bool:
    if not button.isEnabled() or button.isCheckable():
        return False
    if button.objectName().endswith("menu"):
        return False  # a menu runs a loop of its own
    words = mnemonics.plain(button.text())
    return words.endswith("…") or button.objectName().startswith(("fact_", "link_"))
