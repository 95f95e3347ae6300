"""A step: what is done, by whom, until when, how often, and what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from aftercare.domain.codes import StepBarrier, StepDoer
from aftercare.domain.drafts.plan import StepDraft
from aftercare.domain.recurrence import Repeat, preset_of, preset_rule
from aftercare.domain.rows.plan import PlanRow, StaffChoice, StepRow
from aftercare.gui.dialogs.goal_entry import EntryDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.person_entries import choices
from aftercare.i18n import tr
from aftercare.services.steps import correct_step
from aftercare.words import Voice, label

_SAME = "same"  # a rule of another make than the presets: kept as it is


class StepDialog(EntryDialog):
    """One step that is corrected; a new one is typed into its goal's card."""

    def __init__(
        self,
        office: Office,
        plan: PlanRow,
        step: StepRow,
        staff: Sequence[StaffChoice],
        voice: Voice,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(office, tr("Step"), "", parent)
        self._step = step
        self._words = QLineEdit(step.words)
        self._doer, self._staff = CodeCombo(), CodeCombo()
        self._provider = QLineEdit(step.provider)
        self._due_on = DayEdit(clock=office.clock)
        self._repeat, self._barrier, self._waits_for = CodeCombo(), CodeCombo(), CodeCombo()
        self._barrier_words = QLineEdit(step.barrier_words)
        self._fill(plan, staff, voice)
        self.row("words", tr("What is done"), self._words)
        self.row("doer", tr("Who does it"), self._doer)
        self.row("staff_id", tr("Staff"), self._staff)
        self.row("provider", tr("Provider"), self._provider)
        self.row("due_on", tr("Until"), self._due_on)
        self.row("repeat", tr("Repeats"), self._repeat)
        self.row("barrier", tr("In the way"), self._barrier)
        self.row("waits_for_id", tr("Waits for"), self._waits_for)
        self.row("barrier_words", tr("More about it"), self._barrier_words)
        self._doer.currentIndexChanged.connect(self._follow)
        self._barrier.currentIndexChanged.connect(self._follow)
        self._follow()
        self.keep_drafts("step", str(step.id), step.version)
        self._words.setFocus()

    def focus_barrier(self) -> None:
        """Begin with what stands in the way."""
        self._barrier.setFocus(Qt.FocusReason.TabFocusReason)

    def save(self) -> None:
        draft = self.read(self._draft)
        if draft is not None:
            self.hand_in(correct_step, draft, undo=tr("Step saved"))

    # --- inside --------------------------------------------------------------------------------------------------

    def _fill(self, plan: PlanRow, staff: Sequence[StaffChoice], voice: Voice) -> None:
        step = self._step
        doers = [(doer.value, voice.themself if doer is StepDoer.SURVIVOR else label(doer)) for doer in StepDoer]
        self._doer.show_choices(doers)
        self._doer.show_code(step.doer)
        self._staff.show_choices([(str(each.id), each.name) for each in staff])
        self._staff.show_code(str(step.staff_id or self.office.actor.id))
        self._due_on.show_value(step.due_on)
        preset = preset_of(step.repeat)
        others = [(_SAME, tr("as until now"))] if preset is None else []
        self._repeat.show_choices(choices(tuple(Repeat)), others=others)
        self._repeat.show_code(_SAME if preset is None else preset)
        self._barrier.show_choices(choices(tuple(StepBarrier)), blank=tr("Nothing"))
        self._barrier.show_code(step.barrier)
        awaited = [
            (str(each.id), each.words)
            for area in plan.areas
            for each in area.steps
            if each.id != step.id and (each.is_waiting or each.id == step.waits_for_id)
        ]
        self._waits_for.show_choices(awaited, blank=tr("Choose a step"))
        self._waits_for.show_code(str(step.waits_for_id) if step.waits_for_id else None)

    def _follow(self) -> None:
        """Ask only what belongs to the answers given."""
        barrier = self._barrier.code
        self.show_row("staff_id", self._doer.code == StepDoer.STAFF)
        self.show_row("provider", self._doer.code == StepDoer.PROVIDER)
        self.show_row("waits_for_id", barrier == StepBarrier.ANOTHER_STEP)
        self.show_row("barrier_words", barrier not in (None, StepBarrier.ANOTHER_STEP))

    def _draft(self) -> StepDraft:
        due_on = self._due_on.value
        repeat, barrier, waits_for = self._repeat.code, self._barrier.code, self._waits_for.code
        rule = self._step.repeat
        if repeat != _SAME and Repeat(repeat or Repeat.NEVER) is not preset_of(rule):
            rule = preset_rule(Repeat(repeat or Repeat.NEVER), due_on)
        return StepDraft(
            words=self._words.text(),
            doer=StepDoer(self._doer.code or StepDoer.STAFF),
            staff_id=UUID(self._staff.code) if self._staff.code else None,
            provider=self._provider.text(),
            due_on=due_on,
            repeat=rule,
            barrier=StepBarrier(barrier) if barrier else None,
            barrier_words=self._barrier_words.text(),
            waits_for_id=UUID(waits_for) if waits_for else None,
            id=self._step.id,
            version=self._step.version,
        )
