"""The questions of the safe-job check: yes, no or not known, a note, and what the answer means, in words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from aftercare.domain import safe_job
from aftercare.domain.codes import Answer, SafeJobQuestion
from aftercare.domain.drafts.employment import SafeJobAnswer
from aftercare.gui import style
from aftercare.gui.widgets.answers import AnswerPicker
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import current, tr
from aftercare.words import label
from aftercare.words.control import control_words


class SafeJobQuestionRow(QWidget):
    """One question with its answer and note; below it, why the answer is a red flag or a concern."""

    changed = Signal()

    def __init__(self, question: SafeJobQuestion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        words = label(question)
        self._words = PlainLabel(words, wrap=True)
        self.picker = AnswerPicker()
        self.picker.setAccessibleName(words)
        self.note = QLineEdit()
        self.note.setAccessibleName(tr("Note: {question}", question=words))
        self.note.setPlaceholderText(tr("Note"))
        self._meaning = PlainLabel("", "error", wrap=True)
        self._meaning.hide()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setVerticalSpacing(3)
        grid.addWidget(self._words, 0, 0, 1, 2)
        grid.addWidget(self.picker, 1, 0)
        grid.addWidget(self.note, 1, 1)
        grid.addWidget(self._meaning, 2, 0, 1, 2)
        grid.setColumnStretch(1, 1)
        self.picker.changed.connect(lambda _answer: self._follow())
        self.note.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def meaning(self) -> str:
        return self._meaning.text()

    @property
    def answer(self) -> SafeJobAnswer:
        return SafeJobAnswer(self.question, self.picker.answer, self.note.text().strip())

    def show_answer(self, answer: SafeJobAnswer) -> None:
        self.picker.show_answer(answer.answer)
        self.note.setText(answer.words)
        self._show_meaning()

    def _follow(self) -> None:
        self._show_meaning()
        self.changed.emit()

    def _show_meaning(self) -> None:
        unsafe = safe_job.is_unsafe(self.question, self.picker.answer)
        self._meaning.setVisible(unsafe)
        if not unsafe:
            self._meaning.setText("")
            return
        is_red = self.question in safe_job.RED_FLAGS
        means = [control_words(code) for code in safe_job.MEANS_OF_CONTROL.get(self.question, ())]
        flag = tr("Red flag") if is_red else tr("A concern")
        style.give_role(self._meaning, role="error" if is_red else "warning")
        self._meaning.setText(
            tr("{flag}: a known means of control: {means}", flag=flag, means=current().listed(means)) if means else flag
        )


class SafeJobQuestions(QWidget):
    """All questions in order; those that do not matter here (a licence without a recruiter) are not asked."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.rows = {question: SafeJobQuestionRow(question, self) for question in SafeJobQuestion}
        for row in self.rows.values():
            row.changed.connect(self._follow)
            column.addWidget(row)

    @property
    def answers(self) -> tuple[SafeJobAnswer, ...]:
        """Every question that is asked here, in order."""
        given = self.given
        return tuple(row.answer for question, row in self.rows.items() if safe_job.is_asked(question, given))

    @property
    def given(self) -> dict[SafeJobQuestion, Answer]:
        return {question: row.picker.answer for question, row in self.rows.items()}

    def show_answers(self, answers: Iterable[SafeJobAnswer]) -> None:
        for answer in answers:
            self.rows[answer.question].show_answer(answer)
        self._follow()

    def draft_value(self) -> dict[str, list[str]]:
        return {
            row.question.value: [row.picker.answer.value, row.note.text()]
            for row in self.rows.values()
            if row.picker.answer is not Answer.NOT_KNOWN or row.note.text()
        }

    def show_draft_value(self, value: dict[str, list[str]]) -> None:
        self.show_answers(SafeJobAnswer(SafeJobQuestion(key), Answer(kept[0]), kept[1]) for key, kept in value.items())

    def _follow(self) -> None:
        given = self.given
        for question, row in self.rows.items():
            row.setVisible(safe_job.is_asked(question, given))
        self.changed.emit()
