"""Going through every area at once, together with the survivor: two voices, a few words, what each level means."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from aftercare import notices
from aftercare._built.forms.ui_assessment import Ui_Assessment
from aftercare.domain.codes import SCALE, STAFF_LEVELS, Level
from aftercare.domain.drafts.scores import AnswerDraft, AssessmentDraft
from aftercare.domain.errors import DraftProblems, FieldProblem, Problem
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, mnemonics
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.levels import LevelPicker
from aftercare.i18n import tr
from aftercare.services.areas import office_areas
from aftercare.services.scores import record_assessment
from aftercare.words import Voice, anchor, area_label, label, voice


class AreaAnswers(Card):
    """One area: what staff see, what she says, and the meaning of the level that was chosen last."""

    def __init__(self, row: OfficeAreaRow, phrases: Voice, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.area = row.area
        name = row.label or area_label(row.area)
        self.show_title(name, area=row.area)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.staff, self.own, self.words = LevelPicker(self), LevelPicker(self), QLineEdit(self)
        self._meaning = PlainLabel("", "muted", wrap=True, parent=self)
        voices = ((self.staff, tr("Staff"), "staff"), (self.own, phrases.themself, "own"))
        for line, (picker, who, key) in enumerate(voices):
            levels = STAFF_LEVELS if picker is self.staff else tuple(Level)
            picker.show_choices([(level.value, label(level)) for level in levels])
            picker.setObjectName(f"{key}_{row.area}")
            picker.setAccessibleName(tr("{area}, {who}", area=name, who=who))
            picker.chosen.connect(self._show_meaning)
            self._explain_levels(picker)
            grid.addWidget(PlainLabel(who, "fieldLabel", parent=self), line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(picker, line, 1)
        self.words.setObjectName(f"words_{row.area}")
        self.words.setAccessibleName(tr("{area}, in words", area=name))
        grid.addWidget(PlainLabel(tr("In words"), "fieldLabel", parent=self), 2, 0)
        grid.addWidget(self.words, 2, 1)
        grid.addWidget(self._meaning, 3, 1)
        self.add(grid)
        self._meaning.hide()

    @property
    def parts(self) -> list[QWidget]:
        return [self.staff, self.own, self.words]

    def draft(self) -> AnswerDraft:
        staff, own = self.staff.code, self.own.code
        return AnswerDraft(
            self.area, Level(staff) if staff else None, Level(own) if own else None, self.words.text().strip()
        )

    def _explain_levels(self, picker: LevelPicker) -> None:
        for level, button in zip(SCALE, picker.findChildren(QPushButton), strict=False):
            meaning = anchor(self.area, level)
            button.setToolTip(meaning)
            button.setAccessibleDescription(meaning)

    def _show_meaning(self, code: object) -> None:
        level = Level(code) if isinstance(code, str) else None
        meaning = anchor(self.area, level) if level is not None else ""
        told = tr("{level}: {meaning}", level=label(level), meaning=meaning) if level is not None and meaning else ""
        self._meaning.setText(told)
        self._meaning.setVisible(bool(told))


class AssessmentDialog(QDialog):
    """`saved` once it is kept. Arrows move between levels, Space chooses, Ctrl+S saves."""

    saved = Signal()

    def __init__(self, office: Office, head: PersonHead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._head = office, head
        self._drafting: Drafting | None = None
        self.areas: list[AreaAnswers] = []
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = self._form = forms.fill(self, Ui_Assessment)
        form.trouble.hide()
        self._occasion = FieldForm(self)
        self.on, self.setting, self.words = DayEdit(clock=office.clock), QLineEdit(self), QLineEdit(self)
        self.on.show_value(office.clock.today())
        for editor, name, words in (
            (self.on, "on", tr("Day")),
            (self.setting, "setting", tr("Where and with whom")),
            (self.words, "words", tr("On the whole")),
        ):
            editor.setObjectName(name)
            self._occasion.add(name, words, editor)
        form.cancel.clicked.connect(self.reject)
        form.save.clicked.connect(self.save)
        for keys in (QKeySequence(QKeySequence.StandardKey.Save), QKeySequence("Ctrl+Return")):
            QShortcut(keys, self).activated.connect(self.save)
        office.ask(office_areas, then=self.show_areas, owner=self)

    def show_areas(self, rows: tuple[OfficeAreaRow, ...]) -> None:
        """A card for each area that the organisation uses; what was left unfinished comes back."""
        phrases = voice(self._head.gender)
        form = self._form
        for row in rows:
            if not row.hidden:
                card = AreaAnswers(row, phrases, self)
                self.areas.append(card)
                form.column.addWidget(card)
        occasion = Card(tr("The occasion"), parent=self)
        occasion.add(self._occasion)
        form.column.addWidget(occasion)
        form.column.addStretch(1)
        parts = [part for card in self.areas for part in card.parts]
        order: list[QWidget] = [*parts, self.on, self.setting, self.words, form.cancel, form.save]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)
        mnemonics.settle(self, set())
        key = str(self._head.case_id)
        self._drafting = Drafting(
            self._office, "assessment", key, *parts, self.on, self.setting, self.words, line=form.draft_line
        )
        self._drafting.start()
        first_button = self.areas[0].staff.findChild(QPushButton) if self.areas else None
        if first_button is not None:
            QTimer.singleShot(0, first_button, lambda: first_button.setFocus(Qt.FocusReason.TabFocusReason))

    def save(self) -> None:
        if self._drafting is None:
            return
        self._form.trouble.hide()
        try:
            draft = AssessmentDraft(
                tuple(card.draft() for card in self.areas), self.on.value, self.setting.text(), self.words.text()
            )
        except FieldProblem as problem:
            self._explain(FieldProblem("on", problem.reason, problem.value))
            return
        self._form.save.setEnabled(False)
        self._drafting.save(
            record_assessment, self._head.case_id, draft, then=self._saved, undo=tr("Scores saved"),
            otherwise=self._explain,
        )  # fmt: skip

    def _saved(self, _key: object) -> None:
        self.saved.emit()
        self.accept()

    def _explain(self, problem: Problem) -> None:
        self._form.save.setEnabled(True)
        if self._occasion.show_problem(problem):
            return
        parts = problem.problems if isinstance(problem, DraftProblems) else ()
        if any(part.field == "answers" for part in parts):
            words = tr("Choose at least one level, or write a few words.")
        else:
            words = str(notices.explain(problem))
        self._form.trouble.setText(words)
        self._form.trouble.show()
