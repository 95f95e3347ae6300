"""A goal as a card: her words, its state, its steps, and a line into which the next step is typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QWidget

from aftercare._built.forms.ui_plan_goal import Ui_GoalCard
from aftercare.domain.codes import GoalState, StepState
from aftercare.domain.drafts.plan import StepDraft
from aftercare.domain.rows.plan import GoalRow
from aftercare.gui import forms, icons, style
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import goal_line, goal_pill, quoted, steps_done
from aftercare.gui.widgets.flow import turn
from aftercare.i18n import tr, trn
from aftercare.services.steps import add_step
from aftercare.words import Voice

_BESIDE_FROM = 380  # width in pixels at 100 % from which state and buttons stand beside the words


class GoalCard(QFrame):
    """`office` is only for the step that is typed here; everything else is said by signals."""

    edit_asked = Signal(object)  # GoalRow
    end_asked = Signal(object, object)  # GoalRow, GoalState
    reopen_asked = Signal(object)  # GoalRow
    move_asked = Signal(object, int)  # GoalRow, -1 up or 1 down
    unfolded = Signal(object, bool)  # GoalRow, whether its steps are shown

    def __init__(self, office: Office, voice: Voice, *, may_tick: bool, may_write: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._office = office
        self._voice = voice
        self._may_tick, self._may_write = may_tick, may_write
        self._drafting: Drafting | None = None
        self._is_unfolded = True
        self.goal: GoalRow | None = None
        form = self._form = forms.fill(self, Ui_GoalCard)
        form.head.setStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.steps = form.steps
        form.edit.clicked.connect(lambda: self.edit_asked.emit(self.goal))
        form.more.clicked.connect(self._show_menu)
        form.fold.clicked.connect(lambda: self.unfolded.emit(self.goal, not self._is_unfolded))
        form.new_step.returnPressed.connect(self._add_step)
        form.dropped.toggled.connect(lambda _: self._show_steps())

    def show_goal(self, goal: GoalRow, today: date, *, is_unfolded: bool) -> None:
        """Show the goal as it is now; what is being typed stays."""
        self.goal, self._today, self._is_unfolded = goal, today, is_unfolded
        form = self._form
        title = quoted(goal.words)
        form.words.setText(title)
        form.state.show_pill(*goal_pill(goal))
        form.line.setText(goal_line(goal, self._voice, today))
        form.line.setVisible(is_unfolded)
        form.folded.setText(steps_done(goal))
        form.folded.setVisible(not is_unfolded)
        self.setAccessibleName(title)
        form.edit.setVisible(self._may_write)
        form.more.setVisible(self._may_write)
        form.edit.setAccessibleName(tr("Edit the goal {goal}", goal=title))
        form.edit.setToolTip(tr("Edit this goal"))
        form.more.setAccessibleName(tr("More about the goal {goal}", goal=title))
        form.more.setToolTip(tr("Close, set aside or move this goal"))
        form.fold.setAccessibleName(
            tr("Fold the steps of {goal}", goal=title) if is_unfolded else tr("Show the steps of {goal}", goal=title)
        )
        form.fold.setToolTip(tr("Fold") if is_unfolded else tr("Show the steps"))
        icons.wear(form.fold, "up" if is_unfolded else "down")
        self._show_steps()

    def begin_step(self) -> None:
        """Put the keys where a step is added."""
        self._form.new_step.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for line in (self._form.head, self._form.adding):
            turn(line, beside=self.width() >= style.scaled(_BESIDE_FROM))

    def menu(self) -> QMenu:
        """What can be done with the goal."""
        goal = self.goal
        menu = QMenu(self)
        assert goal is not None

        def add(words: str, then: object) -> None:
            action = QAction(words, menu)
            action.triggered.connect(then)
            menu.addAction(action)

        if goal.is_open:
            add(tr("Achieved"), lambda: self.end_asked.emit(goal, GoalState.ACHIEVED))
            add(tr("Changed into another goal"), lambda: self.end_asked.emit(goal, GoalState.CHANGED))
            add(tr("Set aside"), lambda: self.end_asked.emit(goal, GoalState.SET_ASIDE))
        else:
            add(tr("Work on it again"), lambda: self.reopen_asked.emit(goal))
        menu.addSeparator()
        add(tr("Move up"), lambda: self.move_asked.emit(goal, -1))
        add(tr("Move down"), lambda: self.move_asked.emit(goal, 1))
        return menu

    # --- inside --------------------------------------------------------------------------------------------------

    def _show_steps(self) -> None:
        if self.goal is None:
            return
        form, goal = self._form, self.goal
        is_unfolded = self._is_unfolded
        dropped = [step for step in goal.steps if step.state is StepState.DROPPED]
        shown = [
            step
            for step in goal.steps
            if not step.is_followed and (step.state is not StepState.DROPPED or form.dropped.isChecked())
        ]
        form.steps.setAccessibleName(tr("Steps of {goal}", goal=quoted(goal.words)))
        form.steps.show_steps(shown, self._voice, self._today, may_tick=self._may_tick, may_write=self._may_write)
        form.steps.setVisible(is_unfolded and bool(shown))
        form.dropped.setVisible(is_unfolded and bool(dropped))
        words = trn("{n} dropped step", "{n} dropped steps", len(dropped))
        form.dropped.setText(tr("hide dropped") if form.dropped.isChecked() else words)
        adds = is_unfolded and self._may_write and goal.is_open
        form.plus.setVisible(adds)
        form.new_step.setVisible(adds)
        if adds and self._drafting is None:
            self._drafting = Drafting(self._office, "new_step", str(goal.id), form.new_step)
            self._drafting.start()

    def _add_step(self) -> None:
        words = self._form.new_step.text().strip()
        if not words or self.goal is None or self._drafting is None:
            return
        self._drafting.save(
            add_step, self.goal.id, StepDraft(words), then=lambda _key: self._clear_line(), undo=tr("Step added")
        )

    def _clear_line(self) -> None:
        self._form.new_step.clear()

    def _show_menu(self) -> None:
        button = self._form.more
        self.menu().exec(button.mapToGlobal(QPoint(0, button.height())))
