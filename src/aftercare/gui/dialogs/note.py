"""A note: a new one from anywhere, or the correction of one's own before it locks."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QWidget

from aftercare.domain.codes import Area, NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.domain.rows.notes import NoteRow
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import style
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.dialogs.note_person import PersonField
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.fact_fields import chosen, words_of
from aftercare.i18n import current, tr
from aftercare.services.areas import office_areas
from aftercare.services.notes import save_note
from aftercare.words import area_label, voice


def area_choices(rows: tuple[OfficeAreaRow, ...] = ()) -> list[tuple[str, str]]:
    """Codes and names of the areas that a note can be about; ours, until the organisation's own are known."""
    if not rows:
        return [(area.value, area_label(area)) for area in Area]
    return [(row.area, row.label or area_label(row.area)) for row in rows if not row.hidden]


class NoteDialog(FormDialog):
    """About `head`; without one the first field asks whom it is about. `row` is the note to be corrected."""

    def __init__(
        self,
        office: Office,
        head: PersonHead | None,
        parent: QWidget | None = None,
        row: NoteRow | None = None,
    ) -> None:
        title = tr("Correct a note") if row else tr("New note")
        super().__init__(office, title, _intro(office, head, row), parent)
        self._row, self._case_id = row, row.case_id if row else head.case_id if head else None
        fields = self.fields
        self._person: PersonField | None = None
        if self._case_id is None:
            self._person = PersonField(office)
            fields.part("person", tr("About whom"), self._person, tr("Code, name or phone; Enter takes the first"))
        self._words = fields.text("words", tr("What happened"), row.words if row else "")
        self._words.setPlaceholderText(voice(head.gender if head else None).write_own_words)
        self._words.setMinimumHeight(style.scaled(130))
        self._words.setMaximumHeight(style.scaled(260))
        self._area = CodeCombo()
        self._area.show_choices(area_choices(), blank=tr("No area"))
        self._area.show_code(row.area if row else None)
        fields.part("area", tr("Area"), self._area)
        self._kind = fields.choice("kind", tr("Kind"), NoteKind, row.kind if row else NoteKind.OTHER)
        self._minutes = fields.minutes("minutes", tr("How long"), row.minutes if row else None)
        self._on = fields.day("on", tr("Day"), row.on if row else office.clock.today())
        self._at = fields.time("at", tr("Time"), row.at if row else None)
        self._at.setMaximumWidth(16_777_215)  # as wide as the day above it
        self._present = fields.line("present", tr("Who was there"), row.present if row else "")
        self._restricted = QCheckBox(tr("Restricted"))
        self._restricted.setChecked(row.restricted if row else False)
        fields.part("restricted", "", self._restricted, tr("Only for those who may read restricted notes"))
        self._kind.currentIndexChanged.connect(lambda _at: self._follow_kind())
        self._follow_kind()
        about = str(row.id) if row else str(self._case_id or "")
        self.begin("note", about, row.version if row else None, "person" if self._person else "words")
        office.ask(office_areas, then=self._show_areas, owner=self)

    def saving(self) -> Deed:
        case_id = self._about_whom()
        draft = NoteDraft(
            words=words_of(self._words),
            area=self._area.code,
            kind=chosen(NoteKind, self._kind) or NoteKind.OTHER,
            on=self._on.value,
            at=self._at.value,
            minutes=self._minutes.minutes,
            present=words_of(self._present),
            restricted=self._restricted.isChecked(),
            id=self._row.id if self._row else None,
            version=self._row.version if self._row else None,
        )
        return Deed(save_note, (case_id, draft), tr("Note corrected") if self._row else tr("Note saved"))

    def _about_whom(self) -> UUID:
        case_id = self._case_id or (self._person.case_id if self._person else None)
        if case_id is None:
            raise DraftProblems((FieldProblem("person", "required"),))
        return case_id

    def _follow_kind(self) -> None:
        """A counselling note is always restricted."""
        always = self._kind.code == NoteKind.COUNSELLING
        self._restricted.setEnabled(not always)
        if always:
            self._restricted.setChecked(True)

    def _show_areas(self, rows: tuple[OfficeAreaRow, ...]) -> None:
        self._area.show_choices(area_choices(rows), blank=tr("No area"))


def _intro(office: Office, head: PersonHead | None, row: NoteRow | None) -> str:
    if row is not None:
        local = office.clock.local(row.locks_at)
        day = current().day(local.date())
        return tr("It can be corrected until {day}, {time}; then by addenda.", day=day, time=current().time(local))
    return tr("About {code}", code=head.case_code) if head else ""
