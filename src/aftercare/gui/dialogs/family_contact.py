"""A line of the contact log: with whom, when, how, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import FamilyContactWay
from aftercare.domain.drafts.family import FamilyContactDraft
from aftercare.domain.rows.family import FamilyContactRow, RelativeRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.family import remove_family_contact, save_family_contact
from aftercare.words import label


def relative_words(relative: RelativeRow) -> str:
    """«Sister Lia», «Sister»."""
    return f"{label(relative.relation)} {relative.name}".strip()


def relative_combo(relatives: Sequence[RelativeRow], chosen_id: UUID | None, blank: str | None = None) -> CodeCombo:
    """One of the relatives; its code is the record's key."""
    combo = CodeCombo()
    combo.show_choices([(str(relative.id), relative_words(relative)) for relative in relatives], blank=blank)
    if chosen_id is not None:
        combo.show_code(str(chosen_id))
    elif blank is None and relatives:
        combo.setCurrentIndex(0)
    return combo


class FamilyContactDialog(FormDialog):
    def __init__(
        self,
        office: Office,
        case_id: UUID,
        relatives: Sequence[RelativeRow],
        row: FamilyContactRow | None = None,
        relative_id: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(office, tr("Contact with family"), parent=parent)
        self._case_id, self._row = case_id, row
        fields = self.fields
        self._relative = relative_combo(relatives, row.relative_id if row else relative_id)
        fields.part("relative_id", tr("With"), self._relative)
        self._on = fields.day("on", tr("Day"), row.on if row else office.clock.today())
        self._way = fields.choice("way", tr("How"), FamilyContactWay, row.way if row else FamilyContactWay.CALL)
        self._minutes = fields.minutes("minutes", tr("How long"), row.minutes if row else None)
        self._words = fields.text("words", tr("How it was"), row.words if row else "")
        self.begin(
            "family_contact", str(row.id if row else case_id), row.version if row else None, "" if row else "words"
        )

    def saving(self) -> Deed:
        draft = FamilyContactDraft(
            relative_id=UUID(self._relative.code) if self._relative.code else None,
            on=self._on.value,
            way=chosen(FamilyContactWay, self._way),
            minutes=self._minutes.minutes,
            words=words_of(self._words),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_family_contact, (self._case_id, draft), tr("Contact saved"))

    def removing(self) -> Deed | None:
        if self._row is None:
            return None
        return Deed(remove_family_contact, (self._row.id, self._row.version), tr("Contact removed"))
