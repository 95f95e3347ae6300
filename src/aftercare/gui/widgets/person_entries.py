"""The small repeated forms about a person: a name, a language, a paper, somebody she cares for, an alert."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.codes import IdentityKind, NameKind, RelativeKind
from aftercare.domain.drafts.people import AlertDraft, DependantDraft, IdentityDraft, LanguageDraft, NameDraft
from aftercare.gui import style
from aftercare.gui.drafting import field_of
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit, PartialDateEdit
from aftercare.gui.widgets.flow import FieldsLayout
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.gui.widgets.world import CountryCombo, LanguageCombo
from aftercare.i18n import tr
from aftercare.words import label


def choices(codes: Sequence[StrEnum]) -> list[tuple[str, str]]:
    """(code, label) pairs of a vocabulary, for combos and chips."""
    return [(code.value, label(code)) for code in codes]


def _line(parent: QWidget, name: str, width: int = 0) -> QLineEdit:
    line = QLineEdit(parent)
    line.setAccessibleName(name)
    line.setPlaceholderText(name)
    line.setMinimumWidth(line.fontMetrics().horizontalAdvance(name) + style.scaled(24))  # its name is to be read
    if width:
        line.setMaximumWidth(width)
    return line


class _EntryRow(QWidget):
    """Parts side by side as far as there is room; the key of the record they correct goes along, also into a draft."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.record_id: UUID | None = None

    def _put(self, *parts: tuple[QWidget, int]) -> None:
        """Show these parts in their order; each takes up so much of the room."""
        self._fields = [field_of(part) for part, _stretch in parts]
        for field in self._fields:
            field.changed.connect(lambda *_what: self.changed.emit())
        row = FieldsLayout(self)
        for part, stretch in parts:
            row.add(part, stretch)

    def draft_value(self) -> dict[str, Any]:
        """What stands in the parts, understood or not."""
        return {"id": str(self.record_id or ""), "parts": [field.read() for field in self._fields]}

    def show_draft_value(self, kept: dict[str, Any]) -> None:
        self.record_id = UUID(kept["id"]) if kept["id"] else None
        for field, value in zip(self._fields, kept["parts"], strict=False):
            field.fill(value)


class NameEntry(_EntryRow):
    """Kind, given and family name, and the language of the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = CodeCombo(self)
        self.kind.setAccessibleName(tr("Kind of name"))
        self.kind.show_choices(choices(tuple(NameKind)), blank="")
        self.kind.show_code(NameKind.LEGAL.value)
        self.given, self.family = _line(self, tr("Given name")), _line(self, tr("Family name"))
        self.language = LanguageCombo(self)
        self.language.setAccessibleName(tr("Language of the name"))
        self._put((self.kind, 2), (self.given, 3), (self.family, 3), (self.language, 2))

    def value(self) -> NameDraft | None:
        if not (self.given.text() + self.family.text()).strip():
            return None
        kind = NameKind(self.kind.code or NameKind.LEGAL)
        return NameDraft(kind, self.given.text(), self.family.text(), self.language.code(), id=self.record_id)

    def show_value(self, value: Any) -> None:
        self.record_id = value.id
        self.kind.show_code(value.kind.value)
        self.given.setText(value.given)
        self.family.setText(value.family)
        self.language.show_code(value.language)


class LanguageEntry(_EntryRow):
    """A language, and whether an interpreter is needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.language = LanguageCombo(self)
        self.language.setAccessibleName(tr("Spoken language"))
        self.interpreter = TickBox(tr("interpreter needed"), self)
        self.reads = TickBox(tr("reads it"), self)
        self._put((self.language, 3), (self.interpreter, 2), (self.reads, 1))

    def value(self) -> LanguageDraft | None:
        tag = self.language.code()
        if not tag:
            return None
        return LanguageDraft(tag, self.interpreter.isChecked(), self.reads.isChecked() or None, id=self.record_id)

    def show_value(self, value: Any) -> None:
        self.record_id = value.id
        self.language.show_code(value.tag)
        self.interpreter.setChecked(value.interpreter)
        self.reads.setChecked(bool(value.reads))


class IdentityEntry(_EntryRow):
    """A paper: kind, number, country, valid until, where it is."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = CodeCombo(self)
        self.kind.setAccessibleName(tr("Kind of paper"))
        self.kind.show_choices(choices(tuple(IdentityKind)), blank="")
        self.kind.show_code(IdentityKind.PASSPORT.value)
        self.number = _line(self, tr("Number"))
        self.country = CountryCombo(self)
        self.country.setAccessibleName(tr("Country of the paper"))
        self.valid_until = DayEdit(self, clock=clock)
        self.valid_until.setAccessibleName(tr("Valid until"))
        self.whereabouts = _line(self, tr("Where it is"))
        self._put((self.kind, 3), (self.number, 3), (self.country, 3), (self.valid_until, 2), (self.whereabouts, 3))

    def value(self) -> IdentityDraft | None:
        if not self.number.text().strip():
            return None
        return IdentityDraft(
            IdentityKind(self.kind.code or IdentityKind.OTHER),
            self.number.text(),
            self.country.code(),
            self.valid_until.value,
            self.whereabouts.text(),
            id=self.record_id,
        )

    def show_value(self, value: Any) -> None:
        self.record_id = value.id
        self.kind.show_code(value.kind.value)
        self.number.setText(value.number)
        self.country.show_code(value.country)
        self.valid_until.show_value(value.valid_until)
        self.whereabouts.setText(value.whereabouts)


class DependantEntry(_EntryRow):
    """Somebody she cares for: who, born when, living with her or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.relation = CodeCombo(self)
        self.relation.setAccessibleName(tr("Who it is"))
        self.relation.show_choices(choices(tuple(RelativeKind)), blank="")
        self.relation.show_code(RelativeKind.CHILD.value)
        self.name = _line(self, tr("Name"))
        self.born = PartialDateEdit(self)
        self.born.setAccessibleName(tr("Born"))
        self.born.setPlaceholderText(tr("born, for example 2019"))
        self.with_her = TickBox(tr("lives here too"), self)
        self._put((self.relation, 2), (self.name, 3), (self.born, 2), (self.with_her, 2))

    def value(self) -> DependantDraft | None:
        born = self.born.value
        if not self.name.text().strip() and born is None and self.record_id is None:
            return None
        return DependantDraft(
            self.name.text().strip(),
            RelativeKind(self.relation.code or RelativeKind.CHILD),
            born.edtf if born else "",
            self.with_her.isChecked(),
            id=self.record_id,
        )

    def show_value(self, value: Any) -> None:
        from aftercare.domain.partial_date import PartialDate

        self.record_id = value.id
        self.relation.show_code(value.relation.value)
        self.name.setText(value.name)
        self.born.show_value(PartialDate.from_edtf(value.birth_date) if value.birth_date else None)
        self.with_her.setChecked(bool(value.lives_with_her))


class AlertEntry(_EntryRow):
    """What everyone must see first, perhaps until a day."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = _line(self, tr("Alert"))
        self.words.setPlaceholderText(tr("for example: allergic to penicillin"))
        self.until = DayEdit(self, clock=clock)
        self.until.setAccessibleName(tr("Shown until"))
        self._put((self.words, 5), (self.until, 2))

    def value(self) -> AlertDraft | None:
        words = self.words.text().strip()
        return AlertDraft(words, self.until.value, id=self.record_id) if words else None

    def show_value(self, value: Any) -> None:
        self.record_id = value.id
        self.words.setText(value.words)
        self.until.show_value(value.until)


class CitizenshipEntry(CountryCombo):
    """A country whose citizen she is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Citizenship"))

    def value(self) -> str | None:
        return self.code() or None

    def show_value(self, value: str) -> None:
        self.show_code(value)

    def draft_value(self) -> str:
        return self.currentText()

    def show_draft_value(self, kept: str) -> None:
        self.setEditText(kept)
