"""Moving a case to another stage; closing it asks for a reason and shows what is still to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from aftercare._built.forms.ui_stage import Ui_StageDialog
from aftercare.domain.closing import ReadinessPoint
from aftercare.domain.codes import ClosureReason, Stage
from aftercare.domain.drafts.plan import ClosingDraft
from aftercare.domain.errors import FieldProblem, Problem
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, notices, style
from aftercare.gui.dialogs.goal_entry import never_cut, open_at, several_lines
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.gui.widgets.card import empty_layout
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.person_entries import choices
from aftercare.i18n import tr
from aftercare.services.stages import close_case, move_to_stage, readiness_to_close
from aftercare.words import label, readiness_words

_FOR_CLOSING = ("on", "reason", "plan_follow_ups")


class StageDialog(QDialog):
    """The checklist is asked for anew with each answer that matters to it."""

    def __init__(self, office: Office, head: PersonHead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._head = office, head
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = self._form = forms.fill(self, Ui_StageDialog)
        form.now.setText(tr("{code} is in the stage “{stage}”.", code=head.case_code, stage=label(head.stage)))
        self._make_rows()
        form.checklist.show_title(tr("Before it is closed"))
        form.cancel.clicked.connect(self.reject)
        form.save.clicked.connect(self.save)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self.save)
        open_at(self, style.scaled(520), style.scaled(340))
        self._drafting = Drafting(office, "stage", str(head.case_id), self._words)
        self._drafting.start()
        self._follow()
        self._stage.setFocus()

    def save(self) -> None:
        self._form.rows.clear_problems()
        try:
            draft = self._closing_draft()
        except FieldProblem as problem:
            self._explain(problem)
            return
        self._form.save.setEnabled(False)
        stage = Stage(self._stage.code or self._head.stage)
        case_id, words = self._head.case_id, self._words.toPlainText()
        if stage is Stage.CLOSED:
            self._drafting.save(
                close_case, case_id, draft, then=self._leave, undo=tr("Case closed"), otherwise=self._explain
            )
            return
        done = tr("Case reopened") if self._head.stage is Stage.CLOSED else tr("Stage changed")
        self._drafting.save(move_to_stage, case_id, stage, words, then=self._leave, undo=done, otherwise=self._explain)

    def show_readiness(self, points: Sequence[ReadinessPoint]) -> None:
        """What is asked before closing, ticked where it is done."""
        empty_layout(self._form.checklist.body)
        for point in points:
            if point.asked:
                mark = "✓" if point.done else "○"
                role = "" if point.done else "warning"
                self._form.checklist.add(PlainLabel(f"{mark} {readiness_words(point.obstacle)}", role, wrap=True))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        never_cut(self._form.scroll)

    # --- inside --------------------------------------------------------------------------------------------------

    def _make_rows(self) -> None:
        rows = self._form.rows
        self._stage, self._reason = CodeCombo(), CodeCombo()
        self._stage.show_choices(choices(tuple(Stage)))
        self._stage.show_code(_next(self._head.stage))
        self._reason.show_choices(choices(tuple(ClosureReason)), blank=tr("Not chosen yet"))
        self._on = DayEdit(clock=self._office.clock)
        self._on.show_value(self._office.clock.today())
        self._follow_ups = QCheckBox(tr("Visits after 3, 6 and 12 months"))
        self._follow_ups.setChecked(True)
        self._words = several_lines("")
        self._words.setObjectName("words")
        rows.add("stage", tr("Stage"), self._stage)
        rows.add("on", tr("Closed on"), self._on)
        rows.add("reason", tr("Reason"), self._reason)
        rows.add("plan_follow_ups", tr("Follow-ups"), self._follow_ups)
        rows.add("words", tr("In a few words"), self._words)
        self._stage.currentIndexChanged.connect(self._follow)
        self._reason.currentIndexChanged.connect(self._ask_readiness)
        self._follow_ups.toggled.connect(self._ask_readiness)
        self._on.changed.connect(self._ask_readiness)

    def _follow(self) -> None:
        """Ask for what belongs to the stage chosen."""
        stage = Stage(self._stage.code or self._head.stage)
        closes = stage is Stage.CLOSED
        for name in _FOR_CLOSING:
            self._form.rows.rows[name].setVisible(closes)
        self._form.checklist.setVisible(closes)
        reopens = self._head.stage is Stage.CLOSED and not closes
        self._form.save.setText(tr("Close the case") if closes else tr("Reopen") if reopens else tr("Move"))
        self._form.save.setEnabled(stage is not self._head.stage)
        if closes:
            open_at(self, self.width(), max(self.height(), style.scaled(620)))
            self._ask_readiness()

    def _ask_readiness(self) -> None:
        if self._stage.code != Stage.CLOSED:
            return
        try:
            draft = self._closing_draft()
        except FieldProblem:
            return  # half a date: the next key completes it
        self._office.ask(
            readiness_to_close, self._head.case_id, draft, then=self.show_readiness, owner=self, topic="readiness"
        )

    def _closing_draft(self) -> ClosingDraft:
        return ClosingDraft(
            on=self._on.value or self._office.clock.today(),
            reason=ClosureReason(self._reason.code) if self._reason.code else None,
            words=self._words.toPlainText(),
            plan_follow_ups=self._follow_ups.isChecked(),
        )

    def _leave(self, _value: None) -> None:
        self.accept()

    def _explain(self, problem: Problem) -> None:
        self._form.save.setEnabled(True)
        if not self._form.rows.show_problem(problem):
            notices.show_problem(self, problem)


def _next(stage: Stage) -> Stage:
    """The stage that usually follows; a closed case goes back to the beginning of work."""
    order = tuple(Stage)
    return Stage.STABILISING if stage is Stage.CLOSED else order[order.index(stage) + 1]
