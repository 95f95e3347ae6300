"""A step: what is done, by whom, until when, how often, and what stands in its way."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import StepBarrier, StepDoer
from aftercare.domain.drafts.plan import StepDraft
from aftercare.domain.recurrence import Repeat, preset_of, preset_rule
from aftercare.domain.rows.plan import PlanRow, StaffChoice, StepRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.person_entries import choices
from aftercare.i18n import tr
from aftercare.services.steps import correct_step
from aftercare.words import Voice, label

_SAME = "same"  # a rule of another make than the presets: kept as it is


class StepDialog(FormDialog):
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
        fields = self.fields
        self._doer, self._staff, self._repeat, self._waits_for = CodeCombo(), CodeCombo(), CodeCombo(), CodeCombo()
        self._fill(plan, staff, voice)
        self._words = fields.line("words", tr("What is done"), step.words)
        fields.part("doer", tr("Who does it"), self._doer)
        fields.part("staff_id", tr("Staff"), self._staff)
        self._provider = fields.line("provider", tr("Provider"), step.provider)
        self._due_on = fields.day("due_on", tr("Until"), step.due_on)
        fields.part("repeat", tr("Repeats"), self._repeat)
        self._barrier = fields.choice("barrier", tr("In the way"), StepBarrier, step.barrier, blank=tr("Nothing"))
        fields.part("waits_for_id", tr("Waits for"), self._waits_for)
        self._barrier_words = fields.line("barrier_words", tr("More about it"), step.barrier_words)
        self._doer.currentIndexChanged.connect(self._follow)
        self._barrier.currentIndexChanged.connect(self._follow)
        self._follow()
        self.begin("step", str(step.id), step.version)

    def focus_barrier(self) -> None:
        """Begin with what stands in the way."""
        self.focus_on("barrier")

    def saving(self) -> Deed:
        return Deed(correct_step, (self._draft(),), tr("Step saved"))

    # --- inside --------------------------------------------------------------------------------------------------

    def _fill(self, plan: PlanRow, staff: Sequence[StaffChoice], voice: Voice) -> None:
        step = self._step
        doers = [(doer.value, voice.themself if doer is StepDoer.SURVIVOR else label(doer)) for doer in StepDoer]
        self._doer.show_choices(doers)
        self._doer.show_code(step.doer)
        self._staff.show_choices([(str(each.id), each.name) for each in staff])
        self._staff.show_code(str(step.staff_id or self.office.actor.id))
        preset = preset_of(step.repeat)
        others = [(_SAME, tr("as until now"))] if preset is None else []
        self._repeat.show_choices(choices(tuple(Repeat)), others=others)
        self._repeat.show_code(_SAME if preset is None else preset)
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
        repeat, waits_for = self._repeat.code, self._waits_for.code
        rule = self._step.repeat
        if repeat != _SAME and Repeat(repeat or Repeat.NEVER) is not preset_of(rule):
            rule = preset_rule(Repeat(repeat or Repeat.NEVER), due_on)
        return StepDraft(
            words=words_of(self._words),
            doer=chosen(StepDoer, self._doer) or StepDoer.STAFF,
            staff_id=UUID(self._staff.code) if self._staff.code else None,
            provider=words_of(self._provider),
            due_on=due_on,
            repeat=rule,
            barrier=chosen(StepBarrier, self._barrier),
            barrier_words=words_of(self._barrier_words),
            waits_for_id=UUID(waits_for) if waits_for else None,
            id=self._step.id,
            version=self._step.version,
        )
