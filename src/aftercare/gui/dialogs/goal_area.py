"""Whether an area is worked on now, later or not at all, and why, in her words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.codes import AreaState
from aftercare.domain.drafts.plan import AreaDraft
from aftercare.domain.rows.plan import AreaRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.goal_entry import EntryDialog, several_lines
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.person_entries import choices
from aftercare.i18n import tr
from aftercare.services.plans import set_area


class AreaDialog(EntryDialog):
    """The answer about one area of the plan."""

    def __init__(self, office: Office, head: PersonHead, area: AreaRow, parent: QWidget | None = None) -> None:
        promise = tr("Every area is an offer. “Later” and “not wanted” are answers like any other.")
        super().__init__(office, area_name(area), promise, parent)
        self._case_id, self._area = head.case_id, area
        self._state = CodeCombo()
        self._state.show_choices(choices(tuple(AreaState)))
        self._state.show_code(area.state)
        self._words = several_lines(area.words)
        self.row("state", tr("Now"), self._state)
        self.row("words", tr("Why, in own words"), self._words)
        self.keep_drafts("plan_area", f"{head.case_id}/{area.area}", area.version)
        self._state.setFocus()

    def save(self) -> None:
        state = AreaState(self._state.code or AreaState.ACTIVE)
        draft = AreaDraft(self._area.area, state, self._words.toPlainText(), self._area.version)
        self.hand_in(set_area, self._case_id, draft, undo=tr("Area saved"))
