"""Who opened records that are not among theirs: each access with its reason, to be looked at by a manager."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from aftercare._built.forms.ui_access_review import Ui_AccessReviewDialog
from aftercare.domain.rows.access import GlassReviewRow
from aftercare.gui import forms
from aftercare.gui.office import Office
from aftercare.gui.widgets.access_card import AccessCard
from aftercare.gui.widgets.card import empty_layout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import tr
from aftercare.services.break_glass import list_for_review


class AccessReviewDialog(QDialog):
    """A card for each access that nobody has looked at yet; it goes when it was."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._form = forms.fill(self, Ui_AccessReviewDialog)
        self._form.close_button.clicked.connect(self.accept)
        forms.give_room(self, 620, 480)
        office.listen(self, {"glass_opening"}, lambda _topic, _about: self._ask())
        self._ask()

    def show_accesses(self, rows: tuple[GlassReviewRow, ...]) -> None:
        empty_layout(self._form.column)
        for row in rows:
            self._form.column.addWidget(AccessCard(self._office, row))
        if not rows:
            self._form.column.addWidget(PlainLabel(tr("Every access has been reviewed."), "muted", wrap=True))
        self._form.column.addStretch(1)

    def _ask(self) -> None:
        self._office.ask(list_for_review, then=self.show_accesses, owner=self, topic="accesses")
