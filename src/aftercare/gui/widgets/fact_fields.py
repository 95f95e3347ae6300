"""The fields of a fact's form: each kept in a draft by its name, each read back as the draft of the domain wants it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.codes import Answer
from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.gui import style
from aftercare.gui.widgets.answers import AnswerPicker
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo, MinutesEdit
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.i18n import current, tr
from aftercare.words import label
from aftercare.written_numbers import read_amount
from aftercare.written_times import read_time

C = TypeVar("C", bound=StrEnum)


class TimeField(QLineEdit):
    """A time of day as people write it: «9», «9:30», «14.15»; may be empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._tidy)

    @property
    def value(self) -> time | None:
        """The time as typed; FieldProblem when it cannot be understood."""
        return read_time(self.text()) if self.text().strip() else None

    def show_value(self, value: time | None) -> None:
        self.setText(current().time(value) if value is not None else "")

    def _tidy(self) -> None:
        try:
            self.show_value(self.value)
        except FieldProblem:
            return  # what was typed stays; saving says what is wrong with it


class MoneyField(QWidget):
    """An amount and its currency by three letters."""

    changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.amount, self.currency_field = QLineEdit(self), QLineEdit(self)
        self.currency_field.setMaxLength(3)
        self.currency_field.setMaximumWidth(style.scaled(70))
        self.currency_field.setAccessibleName(tr("Currency, three letters"))
        self.currency_field.setToolTip(tr("For example EUR"))
        line.addWidget(self.amount, 1)
        line.addWidget(self.currency_field)
        self.setFocusProxy(self.amount)
        for part in (self.amount, self.currency_field):
            part.textChanged.connect(self.changed)

    @property
    def value(self) -> Decimal | None:
        """The amount as typed; FieldProblem when it is no number."""
        typed = self.amount.text().strip()
        return read_amount(typed) if typed else None

    @property
    def currency(self) -> str:
        """As typed («EUR»); empty where only the amount is known."""
        return self.currency_field.text().strip().upper()

    def show_value(self, value: Decimal | None, currency: str) -> None:
        self.amount.setText(str(value) if value is not None else "")
        self.currency_field.setText(currency)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.amount.setAccessibleName(name)

    def draft_value(self) -> list[str]:
        return [self.amount.text(), self.currency_field.text()]

    def show_draft_value(self, value: list[str]) -> None:
        self.amount.setText(value[0])
        self.currency_field.setText(value[1])


class FactFields(FieldForm):
    """Rows of a fact's form; `parts` are its editors by the names of the draft's fields."""

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.parts: dict[str, QWidget] = {}

    # --- making rows -----------------------------------------------------------------------------------------------

    def part(self, name: str, words: str, editor: QWidget, hint: str = "") -> None:
        """A row with any editor that a draft can be kept of."""
        editor.setObjectName(name)
        self.parts[name] = editor
        row = self.add(name, words, editor, hint)
        if isinstance(editor, QPlainTextEdit):
            row.label.setBuddy(editor)

    def line(self, name: str, words: str, text: str = "", hint: str = "") -> QLineEdit:
        editor = QLineEdit(text, self)
        self.part(name, words, editor, hint)
        return editor

    def text(self, name: str, words: str, text: str = "", hint: str = "", lines: int = 4) -> QPlainTextEdit:
        """A field for a few lines in which Tab goes on to the next field."""
        editor = QPlainTextEdit(text, self)
        editor.setTabChangesFocus(True)
        editor.setFixedHeight(editor.fontMetrics().lineSpacing() * lines + style.scaled(18))
        editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.part(name, words, editor, hint)
        return editor

    def day(self, name: str, words: str, value: date | None = None, hint: str = "") -> DayEdit:
        editor = DayEdit(self, clock=self._clock)
        editor.show_value(value)
        self.part(name, words, editor, hint)
        return editor

    def time(self, name: str, words: str, value: time | None = None, hint: str = "") -> TimeField:
        editor = TimeField()
        editor.show_value(value)
        self.part(name, words, editor, hint)
        return editor

    def minutes(self, name: str, words: str, value: int | None = None) -> MinutesEdit:
        editor = MinutesEdit(self)
        editor.show_minutes(value)
        self.part(name, words, editor)
        return editor

    def choice(
        self, name: str, words: str, codes: Iterable[StrEnum], value: StrEnum | None = None, blank: str | None = None
    ) -> CodeCombo:
        editor = CodeCombo(self)
        editor.show_choices([(code.value, label(code)) for code in codes], blank=blank)
        editor.show_code(value.value if value is not None else None)
        if value is None and blank is None:
            editor.setCurrentIndex(0)
        self.part(name, words, editor)
        return editor

    def chips(self, name: str, words: str, codes: Iterable[StrEnum], values: Sequence[StrEnum] = ()) -> ChoiceChips:
        editor = ChoiceChips(self)
        editor.show_choices([(code.value, label(code)) for code in codes])
        editor.show_codes([code.value for code in values])
        self.part(name, words, editor)
        return editor

    def answer(self, name: str, words: str, value: Answer = Answer.NOT_KNOWN, hint: str = "") -> AnswerPicker:
        editor = AnswerPicker(self)
        editor.show_answer(value)
        self.part(name, words, editor, hint)
        return editor

    # --- reading them ----------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Raise DraftProblems with every field whose text cannot be understood."""
        wrong = []
        for name, editor in self.parts.items():
            try:
                if isinstance(editor, DayEdit | TimeField | MoneyField):
                    _ = editor.value
            except FieldProblem as problem:
                wrong.append(FieldProblem(name, problem.reason, problem.value))
        if wrong:
            raise DraftProblems(tuple(wrong))


def chosen(kind: type[C], combo: CodeCombo) -> C | None:
    """The code that a combo shows, as a value of its vocabulary."""
    return kind(combo.code) if combo.code else None


def words_of(editor: QPlainTextEdit | QLineEdit) -> str:
    return (editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()).strip()
