"""«This record is not among yours»: opened with a reason, for a while, and looked at by a manager afterwards."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.rows.access import OpenedGlass
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import tr
from aftercare.services.break_glass import open_glass


class BreakGlassDialog(FormDialog):
    """Opens the person's page when the reason was given."""

    def __init__(self, office: Office, case_code: str, parent: QWidget | None = None) -> None:
        intro = tr(
            "You can open it for {minutes} minutes if you need it now. Your reason is kept, and a manager looks at it.",
            minutes=office.settings.glass_minutes,
        )
        title = tr("{code} is not among your records", code=case_code)
        super().__init__(office, title, intro, parent)
        self.setWindowTitle(tr("Not among your records"))
        self._case_code = case_code
        self._reason = self.fields.text("reason", tr("Why you need it"), lines=3)
        self.form.save.setText(tr("&Open the record"))
        self.saved.connect(self._go_there)
        self.begin("break_glass", case_code)

    def saving(self) -> Deed:
        return Deed(open_glass, (self._case_code, words_of(self._reason)), "")

    def _go_there(self, opened: OpenedGlass) -> None:
        self.office.person_wanted.emit(opened.survivor_id, "")
