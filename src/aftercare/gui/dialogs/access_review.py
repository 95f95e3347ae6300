"""Who opened records that are not among theirs: each access with its reason, to be looked at by a manager."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QWidget

from aftercare._built.forms.ui_access_review import Ui_AccessReviewDialog
from aftercare.domain.rows.access import GlassReviewRow
from aftercare.gui import forms
from aftercare.gui.office import Office
from aftercare.gui.widgets.card import Card, empty_layout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import current, tr
from aftercare.services.break_glass import list_for_review, mark_reviewed


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
            self._form.column.addWidget(self._card(row))
        if not rows:
            self._form.column.addWidget(PlainLabel(tr("Every access has been reviewed."), "muted", wrap=True))
        self._form.column.addStretch(1)

    def _ask(self) -> None:
        self._office.ask(list_for_review, then=self.show_accesses, owner=self, topic="accesses")

    def _card(self, row: GlassReviewRow) -> Card:
        when = self._office.clock.local(row.opened_at)
        title = tr("{name} opened {code}", name=row.display_name, code=row.case_code)
        card = Card(title, f"{current().date(when.date())}, {current().time(when)}")
        card.add(PlainLabel(row.reason, wrap=True))
        if not row.may_review:
            card.add(PlainLabel(tr("Somebody else reviews your own access."), "muted", wrap=True))
            return card
        words = QLineEdit()
        words.setPlaceholderText(tr("What came of it"))
        words.setAccessibleName(tr("What came of it: {access}", access=title))
        reviewed = QPushButton(tr("Mark as reviewed"))
        reviewed.setAutoDefault(False)
        reviewed.setAccessibleName(tr("Mark as reviewed: {access}", access=title))
        reviewed.setSizePolicy(reviewed.sizePolicy().Policy.Maximum, reviewed.sizePolicy().Policy.Fixed)
        reviewed.clicked.connect(lambda: self._mark(row, words.text()))
        card.add(words)
        card.add(reviewed)
        return card

    def _mark(self, row: GlassReviewRow, words: str) -> None:
        self._office.do(mark_reviewed, row.id, words, row.version, owner=self, undo=tr("Access reviewed"))
