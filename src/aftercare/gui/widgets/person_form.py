"""The form about a person: everything optional, one column of cards; used for a new person and for corrections.

Only the names are made before it is shown, see `growing`. What stands in a card that is not made yet is
kept here: the draft that was shown, and what came back from a draft that was left.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.drafts.people import PersonDraft
from aftercare.domain.errors import DraftProblems, Problem
from aftercare.gui.widgets.fields import FieldForm, show_problem_in
from aftercare.gui.widgets.growing import Growth, tab_on
from aftercare.gui.widgets.person_card import PersonCard, Reading, RowsCard
from aftercare.gui.widgets.person_cards import (
    AboutCard,
    AlertsCard,
    ContactCard,
    DependantsCard,
    NamesCard,
    NeedsCard,
    PapersCard,
)
from aftercare.gui.widgets.person_entries import NameEntry
from aftercare.gui.widgets.repeated import Repeated


class PersonForm(QWidget):
    """`draft` is what stands in the form; DraftProblems names every field that cannot be understood."""

    changed = Signal()
    grew = Signal(dict)  # what `draft_value` tells of more than before, as it is saved
    names_changed = Signal()  # anything that makes people alike: names, birth, phone, papers
    names_asked = Signal()  # covered names are to be shown

    def __init__(self, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        clock = clock or Clock()
        self._draft = PersonDraft()
        self._left_behind: dict[str, Any] = {}  # of a draft, for fields that are not made yet
        self._left_out: Collection[str] = ()
        self._cards: list[PersonCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addStretch(1)  # while there are few cards
        self._names = NamesCard(self)
        self._names.asked.connect(self.names_asked)
        self._put(self._names)
        lower: list[Callable[[QWidget], PersonCard]] = [
            AboutCard,
            ContactCard,
            partial(AlertsCard, clock),
            partial(PapersCard, clock),
            DependantsCard,
            NeedsCard,
        ]
        self.growth = Growth(self, [partial(self._grow, make) for make in lower])
        self.growth.done.connect(self._forget_what_was_left)

    # --- what a page calls ---------------------------------------------------------------------------------------

    def draft(self) -> PersonDraft:
        """Everything as it stands; raises DraftProblems with each field that cannot be understood."""
        if self._left_behind:
            self.growth.finish()
        reading, draft = Reading(), self._draft
        for card in self._cards:
            draft = card.written(draft, reading)
        if reading.wrong:
            raise DraftProblems(tuple(reading.wrong))
        return draft

    def show_draft(self, draft: PersonDraft) -> None:
        self._draft, self._left_behind = draft, {}
        for card in self._cards:
            card.show_draft(draft)

    def draft_value(self) -> dict[str, Any]:
        """What stands in every field, understood or not, for a draft; of cards that are not made, what came back."""
        made = {name: field.read() for card in self._cards for name, field in card.fields.items()}
        return self._left_behind | made

    def show_draft_value(self, kept: dict[str, Any]) -> None:
        made = {name: field for card in self._cards for name, field in card.fields.items()}
        self._left_behind = {} if self.growth.is_done else {name: kept[name] for name in kept.keys() - made.keys()}
        for name in kept.keys() & made.keys():
            made[name].fill(kept[name])

    def show_problem(self, problem: Problem, *below: FieldForm) -> bool:
        """Beside the fields it is about, also in what stands below the cards; False if it has no field there."""
        self.growth.finish()
        forms = [card.rows for card in self._cards if isinstance(card, RowsCard)]
        return show_problem_in([*forms, *below], problem)

    def leave_out(self, fields: Collection[str]) -> None:
        """Do not show these fields: what stands in them is not for whoever sits here."""
        self._left_out = fields
        for card in self._cards:
            self._bare(card)

    def begin_with_the_name(self) -> None:
        """Whoever is new is asked for a name first: the next key is its first letter."""
        first = self.names.first
        if isinstance(first, NameEntry):
            first.given.setFocus(Qt.FocusReason.TabFocusReason)

    def cover_names(self, covered: bool) -> None:
        """Put a button in the place of the names, or show them; what stands in their fields stays."""
        self.names.setVisible(not covered)
        self.show_names.setVisible(covered)

    @property
    def names(self) -> Repeated:
        return self._names.names

    @property
    def show_names(self) -> QPushButton:
        return self._names.show_names

    def behind(self, parts: Sequence[QWidget]) -> None:
        """Have Tab come to these, which were made before the lower cards, behind them."""
        self.growth.done.connect(partial(tab_on, parts))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab passes every card."""
        self.growth.finish()
        return super().focusNextPrevChild(forward)

    # --- the cards -------------------------------------------------------------------------------------------------

    def _put(self, card: PersonCard) -> None:
        card.changed.connect(self.changed)
        card.names_changed.connect(self.names_changed)
        self._column.insertWidget(self._column.count() - 1, card)
        self._cards.append(card)

    def _grow(self, make: Callable[[QWidget], PersonCard]) -> None:
        """One more card: first as the record has it, then with the words that were left."""
        card = make(self)
        card.show_draft(self._draft)
        self._put(card)
        self.grew.emit({name: field.read() for name, field in card.fields.items()})
        for name in self._left_behind.keys() & card.fields.keys():
            card.fields[name].fill(self._left_behind.pop(name))
        card.show()
        self._bare(card)

    def _forget_what_was_left(self) -> None:
        """Every field has its own; a draft of an earlier version may have had more."""
        self._left_behind.clear()

    def _bare(self, card: PersonCard) -> None:
        for field in self._left_out:
            card.leave_out(field)
