"""A look at a place: an answer for each point, concerns in words, by whoever writes it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import Answer, SafetyCheckPoint
from aftercare.domain.drafts.housing import SafetyCheckDraft
from aftercare.domain.rows.housing import SafetyCheckRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import N_, tr
from aftercare.services.housing import save_safety_check

QUESTIONS = {
    SafetyCheckPoint.DOOR: N_("Does the door lock?"),
    SafetyCheckPoint.STREET: N_("Are the street and the way home safe?"),
    SafetyCheckPoint.NEIGHBOURS: N_("Are the neighbours no worry?"),
    SafetyCheckPoint.TRAFFICKERS_REACH: N_("Is it out of the traffickers’ reach?"),
    SafetyCheckPoint.PHONE_SIGNAL: N_("Is there phone signal?"),
}
"""Asked so that «yes» is always the safe answer."""

CONCERNS = {
    SafetyCheckPoint.DOOR: N_("door or lock"),
    SafetyCheckPoint.STREET: N_("street or way home"),
    SafetyCheckPoint.NEIGHBOURS: N_("neighbours"),
    SafetyCheckPoint.TRAFFICKERS_REACH: N_("within the traffickers’ reach"),
    SafetyCheckPoint.PHONE_SIGNAL: N_("no phone signal"),
}
"""What «no» means."""


class SafetyCheckDialog(FormDialog):
    def __init__(
        self,
        office: Office,
        case_id: UUID,
        placement_id: UUID,
        row: SafetyCheckRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        intro = tr("Looked at by {name}", name=row.by) if row and row.by else ""
        super().__init__(office, tr("Safety check of the place"), intro, parent)
        self._case_id, self._placement_id, self._row = case_id, placement_id, row
        self._on = self.fields.day("on", tr("Looked at on"), row.on if row else office.clock.today())
        known = dict(row.answers) if row else {}
        self._points = {
            point: self.fields.answer(point.value, tr(question), known.get(point, Answer.NOT_KNOWN))
            for point, question in QUESTIONS.items()
        }
        self._concerns = self.fields.text(
            "concerns", tr("Concerns"), row.concerns if row else "", tr("Empty: no concerns")
        )
        self.begin("safety_check", str(row.id if row else placement_id), row.version if row else None)

    def saving(self) -> Deed:
        draft = SafetyCheckDraft(
            placement_id=self._placement_id,
            on=self._on.value,
            answers=tuple((point, picker.answer) for point, picker in self._points.items()),
            concerns=words_of(self._concerns),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_safety_check, (self._case_id, draft), tr("Safety check saved"))
