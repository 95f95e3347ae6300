"""The notes of a case: filtered while typing, paged as they are scrolled, the chosen one whole beside the list."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget

from aftercare._built.forms.ui_notes import Ui_NotesPage
from aftercare.domain.codes import NoteKind
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.notes import NoteFilter, NotePage, NoteRow
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, style
from aftercare.gui.dialogs.addendum import AddendumDialog
from aftercare.gui.dialogs.move_note import MoveNoteDialog
from aftercare.gui.dialogs.note import NoteDialog, area_choices
from aftercare.gui.note_words import day_words, note_entry, note_head, restricted_pill
from aftercare.gui.office import Office
from aftercare.gui.widgets.flow import wrapping
from aftercare.gui.widgets.timeline import TimelineEntry
from aftercare.i18n import current, tr, trn
from aftercare.services.areas import office_areas
from aftercare.services.notes import list_notes
from aftercare.services.overview import FOLDED
from aftercare.words import area_label, label

_WORDS_PIXELS = 170  # what a filter by words has at the least, at 100 % text size
_PAGE = 50
_LEAST_TEXT = 60  # pixels at 100 % text size of a note's words before the sheet around them scrolls
_TYPING_PAUSE_MS = 80
_ONE_COLUMN_BELOW = 760
_LEAST_LIST, _LEAST_OPENED = 200, 180  # pixels at 100 % text size, in one column
_LOOK_AGAIN_MS = 60_000  # a note may lock while it is looked at


class NotesPage(QWidget):
    """Counselling and incidents are folded in the list; the one chosen with Enter is read beside it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._head: PersonHead | None = None
        self._rows: dict[UUID, NoteRow] = {}
        self._names: dict[str, str] = {}
        self._chosen: UUID | None = None
        self._left: DraftRow | None = None
        form = self._form = forms.fill(self, Ui_NotesPage)
        form.parts.setStretch(0, 3)
        form.parts.setStretch(1, 2)
        form.opened_head.setStretch(1, 1)
        form.opened.setAutoFillBackground(False)  # what scrolls fills its corners by itself, and a card's are round
        form.text.setMinimumHeight(style.scaled(_LEAST_TEXT))
        form.words.setMinimumWidth(style.scaled(_WORDS_PIXELS))
        wrapping(form.filters, form.words)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self.refresh)
        form.words.textEdited.connect(lambda _text: self._typing.start())
        for box in (form.area, form.kind):
            box.chosen.connect(lambda _code: self.refresh())
        form.list.opened.connect(self._choose)
        form.list.selectionModel().currentChanged.connect(self._follow)
        form.new_note.clicked.connect(self.write)
        form.correct.clicked.connect(self._correct)
        form.add.clicked.connect(self._add)
        form.move.clicked.connect(self._move)
        form.new_note.setVisible(Permission.WRITE_NOTES in office.actor.permissions)
        scope = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Find, self, context=scope).activated.connect(form.words.setFocus)
        self._ageing = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._ageing.timeout.connect(self._show_chosen)
        self.retranslate()
        self._show_chosen()
        office.listen(self, {"note", "addendum", "own_area", "staff", "setting"}, self._hear)
        office.ask(office_areas, then=self._show_areas, owner=self)

    def retranslate(self) -> None:
        self._form.kind.show_choices([(kind.value, label(kind)) for kind in NoteKind], blank=tr("Every kind"))
        self._form.area.show_choices(area_choices(), blank=tr("Every area"))

    def show_person(self, head: PersonHead) -> None:
        if self._head is None or head.case_id != self._head.case_id:
            self._rows, self._chosen, self._left = {}, None, None
            self._form.words.clear()
        self._head = head
        self.refresh()

    def refresh(self) -> None:
        """Ask again from the first note."""
        if self._head is not None:
            self._office.ask(
                list_notes, self._head.case_id, self._wanted(), None, _PAGE,
                then=self.show_page, owner=self, topic="notes",
            )  # fmt: skip

    def show_page(self, page: NotePage) -> None:
        self._rows = {row.id: row for row in page.rows}
        form = self._form
        form.count.setText(trn("{n} note", "{n} notes", page.total))
        empty = form.list.empty
        if self._wanted().is_empty:
            empty.show_words(tr("Nothing has been written yet."))
        else:
            empty.show_words(tr("No note matches this filter."))
        form.list.show_entries([self._entry(row) for row in page.rows], page.total, self._ask_more)
        if self._chosen not in self._rows:
            self._chosen = next(iter(self._rows), None)
        self._show_chosen()
        self._open_left()

    def go_on(self, draft: DraftRow) -> None:
        """Open the form that was left with these words in it, about a note that is here or will be."""
        self._left = draft
        if self._rows:
            self._open_left()

    def write(self) -> None:
        if self._head is not None and Permission.WRITE_NOTES in self._office.actor.permissions:
            NoteDialog(self._office, self._head, self.window()).open()

    # --- inside --------------------------------------------------------------------------------------------------

    def _wanted(self) -> NoteFilter:
        kind = self._form.kind.code
        return NoteFilter(self._form.area.code, NoteKind(kind) if kind else None, self._form.words.text().strip())

    def _hear(self, topic: str, about: UUID | None) -> None:
        if topic == "own_area":
            self._office.ask(office_areas, then=self._show_areas, owner=self)
        elif self._head is not None and about in (None, self._head.survivor_id):
            self._typing.start()

    def _ask_more(self, _have: int) -> None:
        last = next(reversed(self._rows.values()), None)
        if last is not None and self._head is not None:
            self._office.ask(
                list_notes, self._head.case_id, self._wanted(), last.place, _PAGE,
                then=self._add_page, owner=self, topic="notes",
            )  # fmt: skip

    def _add_page(self, page: NotePage) -> None:
        self._rows |= {row.id: row for row in page.rows}
        self._form.list.add_entries([self._entry(row) for row in page.rows])

    def _entry(self, row: NoteRow) -> TimelineEntry:
        return note_entry(row, self._office.clock.today(), unfolded=row.kind not in FOLDED)

    def _open_left(self) -> None:
        """An older note than those that were asked for is not looked for: its list is where it is found."""
        draft, self._left = self._left, None
        row = next((row for row in self._rows.values() if draft is not None and str(row.id) == draft.about), None)
        if draft is None or row is None:
            return
        self._chosen = row.id
        self._show_chosen(unfolded=True)
        {"addendum": self._add, "move_note": self._move}.get(draft.form, self._correct)()

    def _follow(self, now: QModelIndex, _before: QModelIndex) -> None:
        """The keys moved: what is not folded is shown at once."""
        entry = self._form.list.model_of_entries.row_at(now)
        row = self._rows.get(entry.id) if entry is not None and isinstance(entry.id, UUID) else None
        if row is not None and row.kind not in FOLDED:
            self._chosen = row.id
            self._show_chosen()

    def _choose(self, entry: TimelineEntry) -> None:
        if isinstance(entry.id, UUID):
            self._chosen = entry.id
            self._show_chosen(unfolded=True)
            self._form.around.ensureWidgetVisible(self._form.opened_scroll, 0, 0)

    def _show_chosen(self, *, unfolded: bool = False) -> None:
        form, row = self._form, self._rows.get(self._chosen) if self._chosen else None
        form.opened_scroll.setVisible(row is not None)
        if row is None:
            return
        today = self._office.clock.today()
        form.swatch.setVisible(bool(row.area))
        form.swatch.show_area(row.area or "")
        area = self._names.get(row.area, "") or area_label(row.area) if row.area else ""
        form.title.setText(" · ".join(part for part in (day_words(row.on, today), area) if part))
        form.pill.show_pill(restricted_pill(row.restricted))
        form.facts.setText(self._facts(row))
        folded = row.kind in FOLDED and not unfolded
        text = tr("Press Enter in the list to read.") if folded else _whole(row)
        if form.text.toPlainText() != text:
            form.text.setPlainText(text)
        may_write = Permission.WRITE_NOTES in self._office.actor.permissions
        still_open = row.may_correct and self._office.clock.now() < row.locks_at
        form.correct.setVisible(still_open)
        form.add.setVisible(may_write and not row.is_hidden)
        form.move.setVisible(row.may_move)

    def _facts(self, row: NoteRow) -> str:
        """«Visit, 45 min · with Ana · L. Osei · locks today, 14:30»."""
        words, clock = current(), self._office.clock
        present = tr("with {people}", people=row.present) if row.present else ""
        moved = tr("moved from {code}", code=row.moved_from) if row.moved_from else ""
        local = clock.local(row.locks_at)
        when = f"{day_words(local.date(), clock.today())}, {words.time(local)}"
        lock = tr("can be corrected until {when}", when=when) if row.may_correct else ""
        parts = (note_head(row.kind, row.minutes, row.at), present, row.author, moved, lock)
        return " · ".join(part for part in parts if part)

    def _show_areas(self, rows: tuple[OfficeAreaRow, ...]) -> None:
        self._names = {row.area: row.label for row in rows}
        self._form.area.show_choices(area_choices(rows), blank=tr("Every area"))

    # --- what can be done with the chosen one --------------------------------------------------------------------

    @property
    def _chosen_row(self) -> NoteRow | None:
        return self._rows.get(self._chosen) if self._chosen else None

    def _correct(self) -> None:
        if self._chosen_row is not None:
            NoteDialog(self._office, self._head, self.window(), self._chosen_row).open()

    def _add(self) -> None:
        if self._chosen_row is not None:
            AddendumDialog(self._office, self._chosen_row, self.window()).open()

    def _move(self) -> None:
        if self._chosen_row is not None:
            MoveNoteDialog(self._office, self._chosen_row, self.window()).open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._ageing.stop()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._ageing.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < style.scaled(_ONE_COLUMN_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._form.parts.setDirection(direction)
        # below each other each keeps room to read in, and the page scrolls where it is too low for both
        self._form.list.setMinimumHeight(style.scaled(_LEAST_LIST) if is_narrow else 0)
        self._form.opened_scroll.setMinimumHeight(style.scaled(_LEAST_OPENED) if is_narrow else 0)


def _whole(row: NoteRow) -> str:
    """The note and below it each addendum, with who wrote it and when."""
    words = current()
    parts = [tr("A note that is not open to you.") if row.is_hidden else row.words]
    for addendum in row.addenda:
        head = tr("Addendum, {who}, {day}", who=addendum.author, day=words.date(addendum.written_at.date()))
        said = tr("Not open to you.") if addendum.is_hidden else addendum.words
        parts.append(f"{head}\n{said}")
    return "\n\n".join(parts)
