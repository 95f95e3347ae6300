"""The setting that ties one's password to this computer: on, off, and what takes effect at the next sign-in."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aftercare import notices
from aftercare.domain.errors import ConfirmationNeeded, DeviceSecretMissing, Problem
from aftercare.domain.rows.device_tie import TieRow, TieState
from aftercare.gui import notices as shown
from aftercare.gui.office import Office
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import N_, tr
from aftercare.services import device_tie

_WORDS = {
    TieState.OFF: N_("With it on, your password opens the records on this computer only, also from a copied disk."),
    TieState.PENDING: N_("From your next sign-in on, if this computer then still knows its part."),
    TieState.ON: N_("On. On another computer, or if this one forgets, a one-time code or the recovery code opens."),
    TieState.ENDING: N_("Until your next sign-in."),
}


class PasswordTie(QWidget):
    """A tick and a sentence; where this computer cannot do it, the sentence says why."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._row = TieRow(TieState.OFF)
        self._trouble_here = ""
        self._tick = TickBox(tr("&Tie my password to this computer"))
        self._tick.setObjectName("tie_password")
        self._says = PlainLabel("", "muted", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._tick, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._says)
        self._tick.clicked.connect(self._wish)
        self._show()
        if office.opened is None:
            self._tick.setEnabled(False)
            return
        # what was wanted is proved some seconds after the sign-in
        office.keys_changed.connect(self._ask)
        self._ask()
        office.jobs.beside(device_tie.trouble_here, self.show_trouble, owner=self)

    def show_tie(self, row: TieRow) -> None:
        self._row = row
        self._show()

    def show_trouble(self, trouble: str) -> None:
        """Whether this computer has a key store at all."""
        self._trouble_here = trouble
        self._show()

    # --- inside --------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._row.state
        is_impossible = state is TieState.OFF and bool(self._trouble_here)
        self._tick.setChecked(state in (TieState.PENDING, TieState.ON))
        self._tick.setEnabled(not is_impossible)
        if is_impossible:
            words = tr("Not possible on this computer: {reason}.", reason=_reason(self._trouble_here))
        elif state is TieState.OFF and self._row.trouble:
            words = tr("Turned off again when the key store was tried: {reason}.", reason=_reason(self._row.trouble))
        else:
            words = tr(_WORDS[state])
        self._says.setText(words)
        self._tick.setAccessibleDescription(words)

    def _ask(self) -> None:
        self._office.ask_vault(device_tie.show_tie, then=self.show_tie, owner=self, topic="tie")

    def _wish(self, wanted: bool) -> None:
        self._tick.setEnabled(False)
        if wanted:
            self._office.ask_vault(device_tie.begin_tie, then=self._make, owner=self, otherwise=self._explain)
        else:
            self._office.ask_vault(device_tie.untie_password, then=self.show_tie, owner=self, otherwise=self._explain)

    def _make(self, row: TieRow | None) -> None:
        if row is not None:
            self.show_tie(row)
            return
        self._says.setText(tr("Asking the key store of this computer…"))
        self._office.jobs.beside(device_tie.make_tie, self._keep, owner=self, otherwise=self._explain)

    def _keep(self, tie: Any) -> None:
        self._office.ask_vault(
            lambda opened: device_tie.keep_tie(opened, tie),
            then=self.show_tie,
            owner=self,
            otherwise=self._explain,
        )

    def _explain(self, problem: Problem) -> None:
        if isinstance(problem, DeviceSecretMissing):
            self._row = TieRow(self._row.state, problem.reason)
        elif not isinstance(problem, ConfirmationNeeded):
            shown.show_problem(self, problem)
        self._show()


def _reason(code: str) -> str:
    return tr(notices.REASONS[code])
