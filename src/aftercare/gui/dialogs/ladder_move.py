"""A move on the reunification ladder: consent, safety, willingness, means; and what still stands against it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain import reunification as rules
from aftercare.domain.codes import Rung
from aftercare.domain.drafts.family import LadderMoveDraft
from aftercare.domain.errors import FieldProblem, LadderStands, Problem
from aftercare.domain.rows.family import LadderRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import tr
from aftercare.services.family import move_on_ladder
from aftercare.words import obstacle_words


class LadderMoveDialog(FormDialog):
    """Says while it is filled in what is still missing; going down never asks for anything."""

    def __init__(self, office: Office, ladder: LadderRow, parent: QWidget | None = None) -> None:
        intro = tr("The survivor may say no, or stop, at any time and without a reason.")
        super().__init__(office, tr("Next step to reunification"), intro, parent)
        self._ladder = ladder
        self._make_step()
        self._make_consent()
        self._make_circumstances()
        self._obstacles = PlainLabel("", "warning", wrap=True)
        self.form.column.addWidget(self._obstacles)
        for part in self.fields.parts.values():
            changed = getattr(part, "textChanged", None) or getattr(part, "toggled", None)
            changed = changed or getattr(part, "currentIndexChanged", None) or getattr(part, "changed", None)
            if isinstance(part, DayEdit):
                changed = part.field.textChanged
            if changed is not None:
                changed.connect(self._follow)
        self._follow()
        self.begin("ladder_move", f"{ladder.id} {ladder.state.rung.value}")

    # --- the rows ------------------------------------------------------------------------------------------------

    def _make_step(self) -> None:
        state = self._ladder.state
        others = [rung for rung in Rung if rung is not state.rung]
        self._rung = self.fields.choice("rung", tr("Move to"), others, state.next_rung or others[-1])
        self._on = self.fields.day("on", tr("Day of the step"), self.office.clock.today())

    def _make_consent(self) -> None:
        fields = self.fields
        self._consent_on = fields.day("consent_on", tr("Consent given on"))
        self._assent_on = fields.day("assent_on", tr("The child agreed on"))
        self._guardian = fields.line("guardian", tr("Guardian"))
        self._best_interest_on = fields.day("best_interest_on", tr("Best-interest decision of"))

    def _make_circumstances(self) -> None:
        fields = self.fields
        self._safety_answered = TickBox(tr("Asked and answered"))
        fields.part(
            "safety_answered",
            tr("Safety question"),
            self._safety_answered,
            tr(
                "Was anyone in the household recruiter, trafficker, beneficiary or violent? "
                "Who knows where the survivor is? Is there debt? Stigma?"
            ),
        )
        self._safety_words = fields.text("safety_words", tr("What was answered"))
        self._safe = fields.answer("safe_to_proceed", tr("Safe to go on?"))
        self._she = fields.answer("she_is_willing", tr("Does the survivor want it?"))
        self._they = fields.answer("family_is_willing", tr("Does the family want it?"))
        self._means = fields.text(
            "means", tr("Means"), hint=tr("Money, housing, school or work there: from a trial visit on")
        )
        self._words = fields.text("words", tr("To remember"))

    # --- what stands against it ------------------------------------------------------------------------------------

    def _follow(self, *_whatever: object) -> None:
        is_child, going_up = self._ladder.state.is_child, self._goes_up()
        for name in ("assent_on", "guardian", "best_interest_on"):
            self.show_row(name, is_child and going_up)
        self.show_row("consent_on", not is_child and going_up)
        for name in ("safety_answered", "safe_to_proceed", "she_is_willing", "family_is_willing", "means"):
            self.show_row(name, going_up)
        self.show_row("safety_words", going_up)
        self._show_obstacles()

    def _goes_up(self) -> bool:
        rung = chosen(Rung, self._rung)
        return rung is not None and rules.LADDER.index(rung) > rules.LADDER.index(self._ladder.state.rung)

    def _show_obstacles(self) -> None:
        try:
            draft = self._draft()
        except FieldProblem:
            return  # a day half typed: what was said before still stands
        if draft.on is None:
            return
        move = rules.Move(
            rung=draft.rung,
            on=draft.on,
            consent_on=draft.consent_on,
            assent_on=draft.assent_on,
            guardian=draft.guardian,
            best_interest_on=draft.best_interest_on,
            safety_answered=draft.safety_answered,
            safe_to_proceed=draft.safe_to_proceed,
            she_is_willing=draft.she_is_willing,
            family_is_willing=draft.family_is_willing,
            means=draft.means,
        )
        found = rules.obstacles_to_climb(self._ladder.state, move)
        lines = [f"• {obstacle_words(obstacle.value)}" for obstacle in found]
        self._obstacles.setText("\n".join([tr("Not possible yet:"), *lines]) if lines else "")
        self._obstacles.setVisible(bool(lines))

    # --- saving --------------------------------------------------------------------------------------------------

    def show_problem(self, problem: Problem) -> bool:
        if isinstance(problem, LadderStands):
            self._show_obstacles()
            self.form.scroll.ensureWidgetVisible(self._obstacles)
            return bool(self._obstacles.text())
        return super().show_problem(problem)

    def _draft(self) -> LadderMoveDraft:
        return LadderMoveDraft(
            rung=chosen(Rung, self._rung) or self._ladder.state.rung,
            on=self._on.value,
            consent_on=self._consent_on.value,
            assent_on=self._assent_on.value,
            guardian=words_of(self._guardian),
            best_interest_on=self._best_interest_on.value,
            safety_answered=self._safety_answered.isChecked(),
            safety_words=words_of(self._safety_words),
            safe_to_proceed=self._safe.answer,
            she_is_willing=self._she.answer,
            family_is_willing=self._they.answer,
            means=words_of(self._means),
            words=words_of(self._words),
        )

    def saving(self) -> Deed:
        return Deed(move_on_ladder, (self._ladder.id, self._draft()), tr("Step to reunification saved"))
