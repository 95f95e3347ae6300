"""Backups by themselves while the window is open: every few hours, at lock, and their age at the foot of the rail.

Planned on the vault's thread (milliseconds), carried out in the pool on a connection of its own, so nobody waits for
them. Trouble is told once, in the bar above the page, and never keeps anything from locking.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer

from aftercare.domain.errors import BackupPlaceMissing, Problem
from aftercare.domain.rows.backups import BackupDone, BackupReason, BackupStatus
from aftercare.gui import notices
from aftercare.gui.jobs import Progress, Ticket
from aftercare.gui.office import Office
from aftercare.gui.window import Frame
from aftercare.i18n import current, tr, trn
from aftercare.services import backups
from aftercare.services.backups import BackupPlan
from aftercare.services.forgetting import finish_if_possible
from aftercare.services.opening import OpenOffice

_LOOK_EVERY_MS = 60_000
_AFTER_TROUBLE = timedelta(minutes=30)


class BackingUp(QObject):
    """Lives as long as the window is open; `finish` makes the last backup of the day, as far as there is time."""

    def __init__(self, opened: OpenOffice, office: Office, frame: Frame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._office = office
        self._frame = frame
        self._ticket: Ticket[BackupDone | None] | None = None
        self._deleting: Ticket[bool] | None = None
        self._not_before: datetime | None = None
        self._is_told = False
        self._is_finishing = False
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)
        office.backup_asked.connect(self.back_up_now)
        self._show(tr("Looking for backups…"))

    def start(self) -> None:
        """Show the age now; a backup that is due begins with the next look, when people have found their place."""
        self._not_before = self._office.clock.now() + timedelta(milliseconds=_LOOK_EVERY_MS // 2)
        self._look()
        self._timer.start()

    def back_up_now(self) -> None:
        """Somebody pressed the button: also where nothing changed, and told when it is done."""
        if self._ticket is not None or self._is_finishing:
            return
        self._is_told = False
        opened = self._opened

        def planning() -> BackupPlan:
            return backups.plan_backup(opened, reason=BackupReason.ASKED)

        self._office.jobs.ask(planning, self._carry_out_asked, owner=self, otherwise=self._tell, topic="back up now")

    def _carry_out_asked(self, plan: BackupPlan) -> None:
        if self._ticket is None:
            self._show(tr("Backing up…"))
            self._run(plan, backups.carry_out)

    def stop(self) -> None:
        """There is nothing to back up any more."""
        self._timer.stop()
        self._is_finishing = True
        for ticket in (self._ticket, self._deleting):
            if ticket is not None:
                ticket.cancel()

    def finish(self, milliseconds: int) -> None:
        """At lock: back up what changed, wait at most so long, and leave nothing half done.

        What the last one tells cannot be ready is not begun: then the next is made while people work.
        """
        self._timer.stop()
        self._is_finishing = True
        if self._deleting is not None:
            self._deleting.cancel()  # it goes on when somebody is back
        jobs = self._office.jobs
        jobs.drain(milliseconds // 4)  # one that is under way may just have time to end
        if self._ticket is None or self._ticket.is_cancelled:
            self._ticket = None
            self._ask(partial(self._carry_out_in_time, milliseconds / 1000))
        jobs.drain(milliseconds)
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
            jobs.drain(milliseconds // 4)

    # --- looking -------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        self._ask(self._judge)
        self._go_on_deleting()

    def _go_on_deleting(self) -> None:
        """What a crash stopped, or what waits for a place that may be back; nothing to do on nearly every day."""
        if self._deleting is not None and not self._deleting.is_cancelled:
            return
        opened, jobs = self._opened, self._office.jobs
        self._deleting = jobs.beside_with_progress(
            lambda progress: finish_if_possible(opened, progress.report, jobs.on_vault),
            lambda _went_on: None,
            owner=self,
            on_progress=lambda _done: None,
            otherwise=self._tell,
            finally_=self._has_deleted,
        )

    def _has_deleted(self) -> None:
        self._deleting = None

    def _ask(self, then: Callable[[BackupPlan, BackupStatus], None]) -> None:
        opened = self._opened

        def planning() -> tuple[BackupPlan, BackupStatus]:
            plan = backups.plan_backup(opened)
            return plan, backups.backup_status(plan)

        self._office.jobs.ask(
            planning, lambda found: then(*found), owner=self, otherwise=self._tell, topic="plan a backup"
        )

    def _judge(self, plan: BackupPlan, status: BackupStatus) -> None:
        if self._ticket is not None:
            return
        now = self._office.clock.now()
        self._show(age_in_words(status, now), is_late=status.is_old or status.problem is not None)
        if self._must_wait():
            return
        if backups.is_due(plan, now):
            self._carry_out(plan, status)
        elif status.copy_waits:
            self._run(plan, backups.catch_up)
        elif status.problem is not None:
            self._tell(status.problem)

    def _must_wait(self) -> bool:
        return self._not_before is not None and self._office.clock.now() < self._not_before

    # --- doing ---------------------------------------------------------------------------------------------------

    def _carry_out(self, plan: BackupPlan, _status: BackupStatus) -> None:
        if self._ticket is None:
            self._show(tr("Backing up…"))
            self._run(plan, backups.carry_out)

    def _carry_out_in_time(self, seconds: float, plan: BackupPlan, status: BackupStatus) -> None:
        if plan.changed and plan.seconds_needed <= seconds:
            self._carry_out(plan, status)

    def _run(
        self, plan: BackupPlan, work: Callable[[BackupPlan, Callable[[int, int], None]], BackupDone | None]
    ) -> None:
        def working(progress: Progress) -> BackupDone | None:
            return work(plan, progress.report)

        self._ticket = self._office.jobs.beside_with_progress(
            working,
            self._note,
            owner=self,
            on_progress=lambda _done: None,
            otherwise=self._tell,
            finally_=self._rest,
        )

    def _note(self, done: BackupDone | None) -> None:
        if done is None:
            return
        self._not_before = None
        then: Callable[[None], None] = partial(self._say_done, done)
        self._office.do(backups.note_backup, done, then=then, owner=self, otherwise=self._tell)
        if done.problem is not None:
            self._tell(done.problem)
        else:
            self._is_told = False

    def _say_done(self, done: BackupDone, _nothing: None) -> None:
        if done.reason is BackupReason.ASKED and not self._is_finishing:
            self._office.said.emit(tr("Backed up"))

    def _rest(self) -> None:
        self._ticket = None
        if not self._is_finishing:
            self._look()

    # --- telling -------------------------------------------------------------------------------------------------

    def _tell(self, problem: Problem) -> None:
        """Once, calmly, and then again only after it went well in between."""
        self._not_before = self._office.clock.now() + _AFTER_TROUBLE
        # what unlocking had to say is read first; there is another look soon
        if not self._is_told and not self._is_finishing and not self._frame.banner.isVisible():
            self._is_told = True
            notices.show_problem_in(self._frame.banner, problem)

    def _show(self, words: str, *, is_late: bool = False) -> None:
        self._frame.show_status(self._office.actor.name, words, is_late=is_late)


def age_in_words(status: BackupStatus, now: datetime) -> str:
    """The line at the foot of the rail."""
    # the tick is for what is as it should be
    age = _age(status.newest, now, " ⚠" if status.is_old else " ✓")
    if isinstance(status.problem, BackupPlaceMissing):
        return tr("Backup place not found") + "\n" + age
    if status.problem is not None:
        return tr("Backup place cannot be used") + "\n" + age
    return age


def _age(newest: datetime | None, now: datetime, mark: str) -> str:
    if newest is None:
        return tr("No backup yet")
    minutes = int((now - newest).total_seconds() // 60)
    if minutes < 0 or minutes >= 30 * 24 * 60:
        # also where the clock was set back: the date is true, an age is not
        return tr("Backed up on {day}", day=current().date(newest.date())) + mark
    if minutes < 1:
        return tr("Backed up just now") + mark
    if minutes < 60:
        return trn("Backed up {n} min ago", "Backed up {n} min ago", minutes) + mark
    if minutes < 48 * 60:
        return trn("Backed up {n} hour ago", "Backed up {n} hours ago", minutes // 60) + mark
    return trn("Backed up {n} day ago", "Backed up {n} days ago", minutes // (24 * 60)) + mark
