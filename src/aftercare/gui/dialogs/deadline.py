"""A deadline: what ends or must be done by a day."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.drafts.diary import DeadlineDraft
from aftercare.domain.rows.diary import DeadlineRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.deadlines import remove_deadline, save_deadline


class DeadlineDialog(FormDialog):
    def __init__(
        self,
        office: Office,
        case_id: UUID,
        area: str,
        row: DeadlineRow | None = None,
        parent: QWidget | None = None,
        focus: str = "",
    ) -> None:
        super().__init__(office, tr("Deadline"), parent=parent)
        self._case_id, self._area, self._row = case_id, area, row
        fields = self.fields
        self._kind = fields.choice(
            "kind", tr("What ends"), DeadlineKind, row.kind if row else None, blank=tr("Please choose")
        )
        self._words = fields.line("words", tr("In a few words"), row.words if row else "")
        self._starts_on = fields.day("starts_on", tr("Begins"), row.starts_on if row else None)
        self._ends_on = fields.day("ends_on", tr("Ends"), row.ends_on if row else None)
        self._settled_on = fields.day(
            "settled_on", tr("Settled on"), row.settled_on if row else None, tr("Done or no longer needed")
        )
        self.begin("deadline", str(row.id if row else f"{case_id} {area}"), row.version if row else None, focus)

    def saving(self) -> Deed:
        draft = DeadlineDraft(
            area=self._row.area if self._row else self._area,
            kind=chosen(DeadlineKind, self._kind),
            words=words_of(self._words),
            starts_on=self._starts_on.value,
            ends_on=self._ends_on.value,
            settled_on=self._settled_on.value,
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_deadline, (self._case_id, draft), tr("Deadline saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_deadline, (self._row.id, self._row.version), tr("Deadline removed"))
