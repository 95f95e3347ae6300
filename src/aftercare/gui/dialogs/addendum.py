"""An addendum: what is added to a note, or put right in one that is locked."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.rows.notes import NoteRow
from aftercare.gui import style
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.note_words import day_words
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.i18n import tr
from aftercare.services.notes import add_to_note


class AddendumDialog(FormDialog):
    """It stands below the note, with who wrote it; the note itself stays as it was."""

    def __init__(self, office: Office, row: NoteRow, parent: QWidget | None = None) -> None:
        day = day_words(row.on, office.clock.today())
        intro = tr("To the note of {day} by {author}, which stays as it is.", day=day, author=row.author)
        super().__init__(office, tr("Addendum"), intro, parent)
        self._row = row
        self._words = self.fields.text("words", tr("What is added"))
        self._words.setMinimumHeight(style.scaled(110))
        self._words.setMaximumHeight(style.scaled(220))
        self.begin("addendum", str(row.id))

    def saving(self) -> Deed:
        return Deed(add_to_note, (self._row.id, words_of(self._words)), tr("Addendum saved"))
