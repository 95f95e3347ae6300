"""Beginning the reunification ladder: towards whom, and whether the protection of a child applies."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QWidget

from aftercare.domain.drafts.family import LadderDraft
from aftercare.domain.rows.family import Family, LadderRow
from aftercare.gui.dialogs.family_contact import relative_combo
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import tr
from aftercare.services.family import save_ladder


class LadderDialog(FormDialog):
    def __init__(
        self,
        office: Office,
        case_id: UUID,
        family: Family,
        row: LadderRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        intro = tr("It begins with a wish. Every step from here needs consent, and may be stopped at any time.")
        super().__init__(office, tr("Way to reunification"), intro, parent)
        self._case_id, self._row = case_id, row
        relative = row.relative.id if row and row.relative else None
        if row is None and len(family.relatives) == 1:
            relative = family.relatives[0].id
        self._relative = relative_combo(family.relatives, relative, blank=tr("A household"))
        self.fields.part("relative_id", tr("Towards"), self._relative)
        self._household = self.fields.line("household", tr("Household"), row.household if row else "")
        self._is_child = QCheckBox(tr("Under 18"))
        self._is_child.setChecked(row.state.is_child if row else family.is_child)
        needed = tr("Every step then needs assent, a guardian and a best-interest decision.")
        self.fields.part("is_child", tr("Protection"), self._is_child, needed)
        self._relative.currentIndexChanged.connect(lambda _at: self._follow_relative())
        self._follow_relative()
        self.begin("ladder", str(row.id if row else case_id), row.version if row else None)

    def _follow_relative(self) -> None:
        self.show_row("household", self._relative.code is None)

    def saving(self) -> Deed:
        code = self._relative.code
        draft = LadderDraft(
            relative_id=UUID(code) if code else None,
            household="" if code else words_of(self._household),
            is_child=self._is_child.isChecked(),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_ladder, (self._case_id, draft), tr("Way to reunification saved"))
