"""The last card of the keys: erasing everything, where the organisation has decided that this may be done."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from aftercare.gui.dialogs.erase_everything import ErasedDialog, EraseEverythingDialog
from aftercare.gui.pages.administration_part import AdministrationPart, deed_button
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import tr
from aftercare.services.erasing import Erased
from aftercare.services.office import OfficeSettings, show_settings


class ErasingCard:
    """Belongs to a part of the administration; says why nothing can be erased where that is so."""

    def __init__(self, part: AdministrationPart) -> None:
        self._part = part
        card = part.add_card(tr("Erase everything"), tr("when the organisation closes"))
        part.explain_in(
            card,
            tr("Keys and records are destroyed, for everybody and for good."),
            tr("A legal hold on any record forbids it. A certificate is made, because nothing else remains."),
        )
        self.forbidden = PlainLabel(
            tr("Not allowed here. A manager allows it under “Retention”, among the terms."), "muted", wrap=True
        )
        self.begin: QPushButton = deed_button(tr("Erase everythin&g…"), self.ask, "danger")
        card.add(self.forbidden)
        card.add(self.begin)
        self.show_settings(part.office.settings)

    def refresh(self) -> None:
        """Whether it is allowed by now."""
        part = self._part
        part.office.ask(show_settings, then=self.show_settings, owner=part, topic="may erase", otherwise=part.explain)

    def show_settings(self, settings: OfficeSettings) -> None:
        is_allowed = settings.may_erase_everything and self._part.office.opened is not None
        self.forbidden.setVisible(not is_allowed)
        self.begin.setVisible(is_allowed)

    def ask(self) -> None:
        dialog = EraseEverythingDialog(self._part.office, self._part.window())
        dialog.saved.connect(self._show_erased)
        dialog.open()

    def _show_erased(self, erased: Erased) -> None:
        """Nothing is asked or backed up any more; the program leaves when this is closed."""
        office = self._part.office
        office.erased.emit()
        dialog = ErasedDialog(office, erased, self._part.window())
        dialog.accepted.connect(office.left_erased)
        dialog.open()


__all__ = ["ErasingCard"]
