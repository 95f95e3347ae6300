"""Moving a note that was written about the wrong person; where it stood stays known."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from aftercare.domain.errors import FieldProblem
from aftercare.domain.rows.notes import NoteRow
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.dialogs.note_person import PersonField
from aftercare.gui.office import Office
from aftercare.i18n import tr
from aftercare.services.notes import move_note


class MoveNoteDialog(FormDialog):
    """Asks to whom; the note takes its addenda with it."""

    def __init__(self, office: Office, row: NoteRow, parent: QWidget | None = None) -> None:
        intro = tr("The note goes to the person it is about, with its addenda. Both records keep a trace of the move.")
        super().__init__(office, tr("Move a note"), intro, parent)
        self._row = row
        self._person = PersonField(office)
        self.fields.part("case", tr("To whom"), self._person, tr("Code, name or phone; Enter takes the first"))
        self.form.save.setText(tr("&Move"))
        self.begin("move_note", str(row.id))

    def saving(self) -> Deed:
        if self._person.case_id is None:
            raise FieldProblem("case", "required")
        return Deed(move_note, (self._row.id, self._person.case_id), tr("Note moved"))
