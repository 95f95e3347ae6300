"""What the parts of the administration share: a bar for trouble, cards below each other, long work in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from aftercare._built.forms.ui_administration_part import Ui_AdministrationPart
from aftercare.domain.errors import ApprovalNeeded, ConfirmationNeeded, Problem
from aftercare.gui import forms, notices, style
from aftercare.gui.jobs import Ticket
from aftercare.gui.office import Office
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

Q = TypeVar("Q")
T = TypeVar("T")
_MOST_WIDTH = 760


class AdministrationPart(QWidget):
    """Cards in a column that scrolls; `look` asks anew what they show, wherever there is a vault to ask."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.form = forms.fill(self, Ui_AdministrationPart)
        self.form.banner.hide()
        self._ticket: Ticket[Any] | None = None
        self._stopped: Callable[[], None] | None = None
        self.form.busy.cancelled.connect(self._stop)

    # --- making ----------------------------------------------------------------------------------------------------

    def add_card(self, title: str, aside: str = "", *, is_wide: bool = False) -> Card:
        """A card below the others; one of words and fields is no wider than is read well."""
        card = Card(title, aside)
        if is_wide:
            self.form.column.addWidget(card)
        else:
            self.place_card(card)
        return card

    def place_card(self, card: Card) -> None:
        """One of a kind of its own, below the others and as wide as is read well."""
        # beside nothing: a column alone asks how high a card is at the width of the page, and its words would be cut
        line = QHBoxLayout()
        card.setMaximumWidth(style.scaled(_MOST_WIDTH))
        line.addWidget(card, 1000)
        line.addStretch(1)
        self.form.column.addLayout(line)

    def explain_in(self, card: Card, *sentences: str) -> None:
        """What something is for and what it does, a sentence below the other."""
        for sentence in sentences:
            card.add(PlainLabel(sentence, "muted", wrap=True))

    def end_cards(self) -> None:
        """What room is left stays below the last card."""
        self.form.column.addStretch(1)

    # --- asking and doing ------------------------------------------------------------------------------------------

    def look(self, question: Callable[[OpenOffice], T], then: Callable[[T], None], topic: str) -> None:
        """Ask something of the open vault; nothing at a desk alone."""
        if self.office.opened is not None:
            self.office.ask_vault(question, then=then, owner=self, topic=topic, otherwise=self.explain)

    def look_at_disks(
        self,
        question: Callable[[OpenOffice], Q],
        measure: Callable[[Q], T],
        then: Callable[[T], None],
        topic: str,
    ) -> None:
        """The same where the answer says only where to look: disks may take long, and are asked beside the vault."""

        def look(answer: Q) -> None:
            self.office.jobs.beside(
                lambda: measure(answer), then, owner=self, otherwise=self.explain, topic=f"{topic} on disks"
            )

        self.look(question, look, topic)

    def work(
        self,
        words: str,
        deed: Callable[[OpenOffice, Callable[[int, int], None]], T],
        then: Callable[[T], None],
        *,
        otherwise: Callable[[Problem], None] | None = None,
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """Long work on the vault, told in the line above the cards; Cancel there stops it, `stopped` hears of that."""
        self._begin(words, stopped)
        self._ticket = self.office.work_on_vault(
            deed,
            then=then,
            owner=self,
            on_progress=self.form.busy.show_progress,
            otherwise=otherwise or self.explain,
            finally_=self._at_rest,
        )

    def work_beside(
        self,
        words: str,
        deed: Callable[[OpenOffice, Callable[[int, int], None], Callable[[Callable[[], Any]], Any]], T],
        then: Callable[[T], None],
        *,
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """The same for work of which only some steps need the vault's thread: the third argument does those."""
        self._begin(words, stopped)
        self._ticket = self.office.work_beside_vault(
            deed,
            then=then,
            owner=self,
            on_progress=self.form.busy.show_progress,
            otherwise=self.explain,
            finally_=self._at_rest,
        )

    def _begin(self, words: str, stopped: Callable[[], None] | None) -> None:
        self.form.banner.hide()
        self.form.busy.start(words)
        self.form.inside.setEnabled(False)
        self._stopped = stopped

    def explain(self, problem: Problem) -> None:
        """In the bar above the cards; what can be asked for or was given up is told elsewhere or not at all."""
        if isinstance(problem, ApprovalNeeded | ConfirmationNeeded):
            self.office.jobs.explained.emit(problem)
        else:
            notices.show_problem_in(self.form.banner, problem)

    def _stop(self) -> None:
        """Nobody hears of the work any more; what it came to is asked behind it."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._at_rest()
        if self._stopped is not None:
            self._stopped()

    def _at_rest(self) -> None:
        self.form.busy.finish()
        self.form.inside.setEnabled(True)


def deed_button(words: str, act: Callable[[], object], role: str = "", name: str = "") -> QPushButton:
    """A button as wide as its words; `name` says what it is for where several have the same words."""
    button = QPushButton(words)
    button.setAutoDefault(False)
    if role:
        button.setProperty("role", role)
    if name:
        button.setAccessibleName(name)
    button.setSizePolicy(button.sizePolicy().Policy.Maximum, button.sizePolicy().Policy.Fixed)
    button.clicked.connect(lambda: act())
    return button


def in_a_row(*buttons: QWidget) -> QWidget:
    """Beside each other, and below each other where there is no room."""
    row = QWidget()
    flow = FlowLayout(row, spacing=8)
    flow.setContentsMargins(0, 0, 0, 0)
    for button in buttons:
        flow.addWidget(button)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    return row


def open_folder(path: str) -> None:
    """Show a folder in the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(path))
