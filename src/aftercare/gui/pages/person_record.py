"""What a manager can begin with a whole record from the head of its page: holding it, and deleting of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from aftercare.domain.permissions import Permission
from aftercare.domain.rows.retention import HoldRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.hold import HoldDialog, LiftHoldDialog
from aftercare.gui.dialogs.purge import PurgeDialog
from aftercare.gui.office import Office
from aftercare.i18n import tr


class RecordMenu(QMenu):
    """Drops down from `button`, which only those see who may; told whom it is about, and whether a hold stands."""

    purge_ordered = Signal(object)  # PurgeOrder: the administration carries it out

    def __init__(self, office: Office, button: QToolButton, page: QWidget) -> None:
        super().__init__(page)
        self._office = office
        self._page = page
        self._head: PersonHead | None = None
        self._hold: HoldRow | None = None
        button.setVisible(Permission.PURGE_RECORDS in office.actor.permissions)
        button.clicked.connect(lambda: self.exec(button.mapToGlobal(QPoint(0, button.height()))))
        self._set = self._entry(tr("Legal hold…"), self.ask_to_hold)
        self._lift = self._entry(tr("Lift the legal hold…"), self.ask_to_lift)
        self.addSeparator()
        self._delete = self._entry(tr("Delete data of this person…"), self.ask_to_purge)
        self.show_hold(None)

    def show_head(self, head: PersonHead) -> None:
        self._head = head

    def show_hold(self, hold: HoldRow | None) -> None:
        """One that stands can be lifted; until then nothing can be deleted."""
        self._hold = hold
        self._set.setVisible(hold is None)
        self._lift.setVisible(hold is not None)
        self._delete.setEnabled(hold is None)

    def ask_to_hold(self) -> None:
        if self._head is not None:
            HoldDialog(self._office, self._head.survivor_id, self._head.case_code, self._page.window()).open()

    def ask_to_lift(self) -> None:
        if self._hold is not None:
            LiftHoldDialog(self._office, self._hold, self._page.window()).open()

    def ask_to_purge(self) -> None:
        if self._head is None:
            return
        dialog = PurgeDialog(self._office, self._head.survivor_id, self._head.case_code, (), self._page.window())
        dialog.ordered.connect(self.purge_ordered)
        dialog.open()

    def _entry(self, words: str, then: Callable[[], None]) -> QAction:
        action = QAction(words, self)
        action.triggered.connect(lambda: then())
        self.addAction(action)
        return action


__all__ = ["RecordMenu"]
