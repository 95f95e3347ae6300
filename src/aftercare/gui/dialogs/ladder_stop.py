"""Stopping the way to reunification for safety, and lifting a stop by whoever must."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import StopKind
from aftercare.domain.drafts.family import LiftDraft, StopDraft
from aftercare.domain.errors import LadderStands, Problem
from aftercare.domain.reunification import LIFTED_BY, Lifter
from aftercare.domain.rows.family import LadderRow, StopRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import current, tr
from aftercare.services.family import lift_stop, stop_ladder
from aftercare.words import label

_REASONED = (StopKind.NEW_THREAT, StopKind.CONSENT_WITHDRAWN, StopKind.ASSESSMENT_FAILED)


class LadderStopDialog(FormDialog):
    """For stops that have a reason; the survivor's own needs no form."""

    def __init__(self, office: Office, ladder: LadderRow, parent: QWidget | None = None) -> None:
        super().__init__(office, tr("Stop the way to reunification"), parent=parent)
        self._ladder = ladder
        self._kind = self.fields.choice("kind", tr("Why"), _REASONED, blank=tr("Please choose"))
        self._on = self.fields.day("on", tr("Since"), office.clock.today())
        self._words = self.fields.text("words", tr("What happened"))
        self.begin("ladder_stop", str(ladder.id))

    def saving(self) -> Deed:
        draft = StopDraft(chosen(StopKind, self._kind), self._on.value, words_of(self._words))
        return Deed(stop_ladder, (self._ladder.id, draft), tr("Way to reunification stopped"))


class LiftStopDialog(FormDialog):
    """Hers is lifted at her own word; one for safety by a manager."""

    def __init__(self, office: Office, stop: StopRow, parent: QWidget | None = None) -> None:
        by_survivor = LIFTED_BY[stop.kind] is Lifter.SURVIVOR
        who = tr("Only the survivor can lift this stop.") if by_survivor else tr("A manager lifts this stop.")
        what = tr("{day}: {reason}.", day=current().date(stop.on), reason=label(stop.kind))
        intro = "\n".join(part for part in (what, stop.words, who) if part)
        super().__init__(office, tr("Lift the stop"), intro, parent)
        self._stop = stop
        self._on = self.fields.day("on", tr("Lifted on"), office.clock.today())
        self._at_her_word = TickBox(tr("Asked for freely"))
        self.fields.part("at_her_word", tr("The survivor’s wish"), self._at_her_word)
        self.show_row("at_her_word", by_survivor)
        self._words = self.fields.text("words", tr("What changed"))
        self.begin("lift_stop", str(stop.id))

    def show_problem(self, problem: Problem) -> bool:
        if isinstance(problem, LadderStands) and self.fields.rows["at_her_word"].isVisible():
            self.fields.rows["at_her_word"].show_problem(
                tr("Please tick this once the survivor has asked for it: nobody else can lift the stop.")
            )
            return True
        return super().show_problem(problem)

    def saving(self) -> Deed:
        draft = LiftDraft(self._on.value, self._at_her_word.isChecked(), words_of(self._words))
        return Deed(lift_stop, (self._stop.id, draft), tr("Stop lifted"))
