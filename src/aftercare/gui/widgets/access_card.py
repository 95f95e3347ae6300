"""One access to a record that is not among somebody's own: who, when, why, and what came of looking at it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from aftercare.domain.rows.access import GlassReviewRow
from aftercare.gui.office import Office
from aftercare.gui.widgets.card import Card
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import current, tr
from aftercare.services.break_glass import mark_reviewed


class AccessCard(Card):
    """Marks the access as reviewed; whoever shows it hears of that and shows the rest anew."""

    def __init__(self, office: Office, row: GlassReviewRow, parent: QWidget | None = None) -> None:
        when = office.clock.local(row.opened_at)
        title = tr("{name} opened {code}", name=row.display_name, code=row.case_code)
        super().__init__(title, f"{current().date(when.date())}, {current().time(when)}", parent)
        self._office, self._row = office, row
        self.add(PlainLabel(row.reason, wrap=True))
        if not row.may_review:
            self.add(PlainLabel(tr("Somebody else reviews your own access."), "muted", wrap=True))
            return
        self._words = QLineEdit()
        self._words.setPlaceholderText(tr("What came of it"))
        self._words.setAccessibleName(tr("What came of it: {access}", access=title))
        reviewed = QPushButton(tr("Mark as reviewed"))
        reviewed.setAutoDefault(False)
        reviewed.setAccessibleName(tr("Mark as reviewed: {access}", access=title))
        reviewed.setSizePolicy(reviewed.sizePolicy().Policy.Maximum, reviewed.sizePolicy().Policy.Fixed)
        reviewed.clicked.connect(self._mark)
        self.add(self._words)
        self.add(reviewed)

    def _mark(self) -> None:
        row = self._row
        self._office.do(mark_reviewed, row.id, self._words.text(), row.version, owner=self, undo=tr("Access reviewed"))
