"""Setting a legal hold on a person's record, and lifting it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.drafts.retention import HoldDraft
from aftercare.domain.errors import FieldProblem
from aftercare.domain.retention import HoldReason
from aftercare.domain.rows.retention import HoldRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import tr
from aftercare.services.retention import lift_hold, set_hold
from aftercare.words import label


class HoldDialog(FormDialog):
    """Why, since when, and until when if that is known."""

    def __init__(self, office: Office, survivor_id: UUID, case_code: str, parent: QWidget | None = None) -> None:
        intro = tr("Until it is lifted or ends, nothing of this record can be deleted. Everybody sees that it is held.")
        super().__init__(office, tr("Legal hold on {code}", code=case_code), intro, parent)
        self.setWindowTitle(tr("Legal hold"))
        self._survivor_id = survivor_id
        self._reason = self.fields.choice("reason", tr("Reason"), HoldReason, blank=tr("Please choose"))
        self._since = self.fields.day("since", tr("Since"), office.clock.today())
        self._until = self.fields.day("until", tr("Until"), hint=tr("Leave it empty where nobody knows yet"))
        self._words = self.fields.text("words", tr("In words"), lines=3, hint=tr("Only whoever decides reads this"))
        self.form.save.setText(tr("&Set the hold"))
        self.begin("legal_hold", str(survivor_id))

    def saving(self) -> Deed:
        reason = chosen(HoldReason, self._reason)
        if reason is None:
            raise FieldProblem("reason", "required")
        draft = HoldDraft(reason, words_of(self._words), self._since.value, self._until.value)
        return Deed(set_hold, (self._survivor_id, draft), tr("Legal hold set"))


class LiftHoldDialog(FormDialog):
    """The reason is over; the record follows its terms again."""

    def __init__(self, office: Office, hold: HoldRow, parent: QWidget | None = None) -> None:
        title = tr("Lift the hold on {code}", code=hold.case_code)
        intro = tr("{reason}. What is due of this record can be deleted afterwards.", reason=label(hold.reason))
        super().__init__(office, title, intro, parent)
        self.setWindowTitle(tr("Legal hold"))
        self._hold = hold
        self._words = self.fields.text("words", tr("What changed"), lines=3)
        self.form.save.setText(tr("&Lift the hold"))
        self.begin("lift_hold", str(hold.id))

    def saving(self) -> Deed:
        return Deed(lift_hold, (self._hold.id, words_of(self._words), self._hold.version), tr("Legal hold lifted"))
