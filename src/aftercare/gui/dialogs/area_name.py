"""How the organisation calls an area of the plan; one of its own can go while no record names it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import tr
from aftercare.services.areas import remove_own_area, rename_area
from aftercare.words import area_label


class AreaNameDialog(FormDialog):
    """A built-in area gets its own name back when the field is emptied."""

    def __init__(self, office: Office, area: OfficeAreaRow, parent: QWidget | None = None) -> None:
        intro = tr("Plans, notes and reports show the name from now on. Plans that were agreed keep all they hold.")
        super().__init__(office, tr("Area of the plan"), intro, parent)
        self._area = area
        hint = tr("Empty: {name}", name=area_label(area.area)) if area.is_built_in else ""
        self._name = self.fields.line("label", tr("Name"), area_name(area), hint)
        self._name.selectAll()
        self.begin("area_name", area.area, area.version)

    def drafted(self) -> list[QWidget]:
        """None: a name is typed in one go."""
        return []

    def saving(self) -> Deed:
        area, name = self._area, words_of(self._name)
        if area.is_built_in and name == area_label(area.area):
            name = ""
        return Deed(rename_area, (area.area, name, area.colour, area.version), tr("Area renamed"))

    def removing(self) -> Deed | None:
        if self._area.is_built_in:
            return None
        return Deed(remove_own_area, (self._area.area, self._area.version), tr("Area removed"))
