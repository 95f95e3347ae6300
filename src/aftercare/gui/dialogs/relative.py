"""Someone of the family: who, what the survivor wishes, and what is known about safety."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import RelativeKind
from aftercare.domain.drafts.family import RelativeDraft
from aftercare.domain.rows.family import RelativeRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.family import remove_relative, save_relative


class RelativeDialog(FormDialog):
    def __init__(
        self,
        office: Office,
        case_id: UUID,
        row: RelativeRow | None = None,
        parent: QWidget | None = None,
        focus: str = "",
    ) -> None:
        super().__init__(office, tr("Someone of the family"), parent=parent)
        self._case_id, self._row = case_id, row
        fields = self.fields
        self._relation = fields.choice(
            "relation", tr("Who it is"), RelativeKind, row.relation if row else None, blank=tr("Please choose")
        )
        self._name = fields.line("name", tr("Name"), row.name if row else "")
        self._wish = fields.text("her_wish", tr("The survivor’s wish"), row.her_wish if row else "")
        self._whereabouts = fields.line("whereabouts", tr("Lives in"), row.whereabouts if row else "")
        self._phone = fields.line("phone", tr("Telephone"), row.phone if row else "")
        self._recruiter = fields.answer(
            "was_recruiter",
            tr("Recruiter, trafficker or violent?"),
            *((row.was_recruiter,) if row else ()),
        )
        self._knows = fields.answer(
            "knows_where_she_is",
            tr("Knows where the survivor is?"),
            *((row.knows_where_she_is,) if row else ()),
        )
        self._words = fields.text("words", tr("To remember"), row.words if row else "")
        self.begin("relative", str(row.id if row else case_id), row.version if row else None, focus)

    def saving(self) -> Deed:
        draft = RelativeDraft(
            name=words_of(self._name),
            relation=chosen(RelativeKind, self._relation),
            whereabouts=words_of(self._whereabouts),
            phone=words_of(self._phone),
            her_wish=words_of(self._wish),
            was_recruiter=self._recruiter.answer,
            knows_where_she_is=self._knows.answer,
            words=words_of(self._words),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_relative, (self._case_id, draft), tr("Relative saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_relative, (self._row.id, self._row.version), tr("Relative removed"))
