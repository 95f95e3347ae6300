"""Whether an area is worked on now, later or not at all, and why, in her words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import AreaState
from aftercare.domain.drafts.plan import AreaDraft
from aftercare.domain.rows.plan import AreaRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.plans import set_area


class AreaDialog(FormDialog):
    """The answer about one area of the plan."""

    def __init__(self, office: Office, head: PersonHead, area: AreaRow, parent: QWidget | None = None) -> None:
        promise = tr("Every area is an offer. “Later” and “not wanted” are answers like any other.")
        super().__init__(office, area_name(area), promise, parent)
        self._case_id, self._area = head.case_id, area
        self._state = self.fields.choice("state", tr("Now"), AreaState, area.state)
        self._words = self.fields.text("words", tr("Why, in own words"), area.words)
        self.begin("plan_area", f"{head.case_id}/{area.area}", area.version)

    def saving(self) -> Deed:
        state = chosen(AreaState, self._state) or AreaState.ACTIVE
        draft = AreaDraft(self._area.area, state, words_of(self._words), self._area.version)
        return Deed(set_area, (self._case_id, draft), tr("Area saved"))
