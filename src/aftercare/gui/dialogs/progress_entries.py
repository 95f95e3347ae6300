"""The earlier entries about an area, the newest first; each can be corrected or taken away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from aftercare._built.forms.ui_progress_entries import Ui_ProgressEntries
from aftercare.domain.codes import Level
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.plan import AreaRow, ProgressRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, style
from aftercare.gui.dialogs.progress_entry import ProgressEntryDialog
from aftercare.gui.dialogs.sizes import open_at
from aftercare.gui.office import Office
from aftercare.gui.pages.plan_words import area_name, level_words, quoted
from aftercare.gui.widgets.card import empty_layout
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.gui.widgets.levels import LevelDots
from aftercare.i18n import current, tr
from aftercare.services.progress import progress_entries, remove_progress
from aftercare.words import voice


class ProgressEntries(QDialog):
    """Asks again when an entry changed."""

    def __init__(self, office: Office, head: PersonHead, area: AreaRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._head, self._area = office, head, area
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._form = forms.fill(self, Ui_ProgressEntries)
        title = tr("How it went: {area}", area=area_name(area))
        self.setWindowTitle(title)
        self._form.title.setText(title)
        self._form.close.clicked.connect(self.accept)
        open_at(self, style.scaled(560), style.scaled(600))
        office.listen(self, {"progress_entry"}, lambda _topic, _about: self._ask())
        self._ask()

    def show_entries(self, entries: Sequence[ProgressRow]) -> None:
        empty_layout(self._form.entries)
        for entry in entries:
            self._form.entries.addWidget(self._card(entry))
        if not entries:
            self._form.entries.addWidget(PlainLabel(tr("No entry yet."), "muted"))

    # --- inside --------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self._office.ask(
            progress_entries,
            self._head.case_id,
            self._area.area,
            then=self.show_entries,
            owner=self,
            topic="progress_entries",
        )

    def _card(self, entry: ProgressRow) -> QFrame:
        day = current().date(entry.on)
        card = QFrame()
        card.setProperty("role", "card")
        card.setAccessibleName(day)
        whole = QVBoxLayout(card)
        whole.setContentsMargins(16, 12, 16, 14)
        title = QHBoxLayout()
        title.addWidget(PlainLabel(day, "cardTitle"), 1)
        title.addWidget(PlainLabel(entry.by, "aside"))
        if entry.restricted:
            title.addWidget(Pill(tr("restricted")))
        whole.addLayout(title)
        said = QWidget()
        levels = FlowLayout(said, spacing=16)
        levels.setContentsMargins(0, 0, 0, 0)
        speaks = voice(self._head.gender)
        for who, level in ((tr("Staff"), entry.staff_level), (speaks.themself, entry.own_level)):
            if level is not None:
                levels.addWidget(_dots(who, level))
        whole.addWidget(said)
        if entry.narrative:
            whole.addWidget(PlainLabel(entry.narrative, wrap=True))
        if entry.steps:
            whole.addWidget(PlainLabel(current().listed([quoted(step) for step in entry.steps]), "muted", wrap=True))
        if Permission.WRITE_RECORDS in self._office.actor.permissions:
            whole.addLayout(self._buttons(entry, day))
        return card

    def _buttons(self, entry: ProgressRow, day: str) -> QHBoxLayout:
        line = QHBoxLayout()
        for words, name, then in (
            (tr("Correct"), tr("Correct the entry of {day}", day=day), self._correct),
            (tr("Take away"), tr("Take the entry of {day} away", day=day), self._remove),
        ):
            button = QPushButton(words)
            button.setProperty("role", "link")
            button.setAccessibleName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, then=then: then(entry))
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _correct(self, entry: ProgressRow) -> None:
        ProgressEntryDialog(self._office, self._head, self._area, entry, self).open()

    def _remove(self, entry: ProgressRow) -> None:
        self._office.do(remove_progress, entry.id, entry.version, owner=self, undo=tr("Entry taken away"))


def _dots(who: str, level: Level) -> LevelDots:
    dots = LevelDots()
    dots.show_level(level.step, level_words(level), who)
    return dots
