"""What every card of the form about a person has: it shows its part of a draft, and writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aftercare.domain.drafts.people import PersonDraft
from aftercare.domain.errors import FieldProblem
from aftercare.gui.drafting import Field, field_of
from aftercare.gui.widgets.card import FormCard
from aftercare.gui.widgets.fields import FieldForm

T = TypeVar("T")


class Reading:
    """Reads fields one by one, and collects what cannot be understood."""

    def __init__(self) -> None:
        self.wrong: list[FieldProblem] = []

    def take(self, field: str, take: Callable[[], T], otherwise: T) -> T:
        """What `take` gives; `otherwise` where it cannot be understood, which is noted under the draft's `field`."""
        try:
            return take()
        except FieldProblem as problem:
            self.wrong.append(FieldProblem(field, problem.reason, problem.value))
            return otherwise


class PersonCard(FormCard):
    """A part of a person: `show_draft` shows it, `written` gives a draft with what stands here in its place."""

    changed = Signal()
    names_changed = Signal()  # anything that makes people alike: names, birth, phone, papers

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field] = {}  # what a draft keeps of it, by the name it is kept under

    def show_draft(self, draft: PersonDraft) -> None:
        raise NotImplementedError

    def written(self, draft: PersonDraft, reading: Reading) -> PersonDraft:
        raise NotImplementedError

    def leave_out(self, field: str) -> None:
        """Do not show this field, where it is on this card."""

    def _keep(self, **fields: QWidget) -> None:
        """These are kept in a draft."""
        self.fields = {name: field_of(widget) for name, widget in fields.items()}
        for field in self.fields.values():
            field.changed.connect(lambda *_what: self.changed.emit())


class RowsCard(PersonCard):
    """A card whose fields stand in rows, each with its label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FieldForm(self)
        self.add(self.rows)

    def leave_out(self, field: str) -> None:
        if field in self.rows.rows:
            self.rows.rows[field].hide()
