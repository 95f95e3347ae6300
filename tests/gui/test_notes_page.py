"""Notes in the window: written in a few keys, filtered, paged, read, added to, moved, folded, undone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import Area, NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.permissions import Role
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.addendum import AddendumDialog
from aftercare.gui.dialogs.move_note import MoveNoteDialog
from aftercare.gui.dialogs.note import NoteDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.notes import NotesPage
from aftercare.gui.pages.overview_note import QuickNote
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.notes import list_notes, save_note
from hands import rest, take_the_keyboard
from makers import a_colleague, a_survivor

TODAY = date(2026, 11, 23)


def settle(office: Office, qtbot: QtBot) -> None:
    rest(office.jobs)


def shown(widget: QWidget, office: Office, qtbot: QtBot) -> None:
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(widget)
    widget.resize(1000, 700)
    widget.show()
    settle(office, qtbot)


def notes_page(office: Office, head: PersonHead, qtbot: QtBot) -> NotesPage:
    page = NotesPage(office)
    page.show_person(head)
    shown(page, office, qtbot)
    return page


def texts(page: NotesPage) -> list[str]:
    return [entry.text for entry in page._form.list.model_of_entries.rows]


def write(desk: Desk, head: PersonHead, words: str, **fields: object) -> UUID:
    return desk.do(save_note, head.case_id, NoteDraft(words, **fields)).value.id  # type: ignore[arg-type]


def words_kept(desk: Desk, head: PersonHead) -> list[str]:
    return [row.words for row in desk.ask(list_notes, head.case_id).rows]


# --- the quick note -----------------------------------------------------------------------------------------------


def quick_note(office: Office, head: PersonHead, qtbot: QtBot) -> QuickNote:
    note = QuickNote(office)
    note.show_person(head)
    shown(note, office, qtbot)
    return note


def test_a_quick_note_is_words_chips_and_ctrl_enter(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    note = quick_note(office, head, qtbot)
    take_the_keyboard(note)  # without it Ctrl+Enter saves nothing
    note.words.setFocus()
    qtbot.keyClicks(note.words, "Viewed the room")
    qtbot.keyClick(note.area, Qt.Key.Key_Down)
    note.minutes.choose("15")
    note.kind.choose(NoteKind.VISIT)
    with qtbot.waitSignal(office.undo_offered, timeout=20_000) as offered:
        qtbot.keyClick(note.words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert offered.args[0] == "Note saved"
    settle(office, qtbot)
    (row,) = desk.ask(list_notes, head.case_id).rows
    assert (row.words, row.area, row.kind, row.minutes) == ("Viewed the room", Area.HOUSING, NoteKind.VISIT, 15)
    assert note.words.toPlainText() == ""
    assert note.area.code == ""
    assert desk.ask(my_drafts) == ()


def test_an_empty_quick_note_is_not_saved_and_not_complained_about(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot
) -> None:
    note = quick_note(office, head, qtbot)
    note.words.setPlainText("   ")
    note.save()
    settle(office, qtbot)
    assert words_kept(desk, head) == []


def test_each_person_has_a_draft_of_their_own(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    other = a_survivor(desk)
    note = quick_note(office, head, qtbot)
    note.words.setPlainText("About the first")
    note.show_person(other)
    settle(office, qtbot)
    assert note.words.toPlainText() == ""
    note.show_person(head)
    settle(office, qtbot)
    assert note.words.toPlainText() == "About the first"


def test_a_counselling_note_cannot_be_made_open(office: Office, head: PersonHead, qtbot: QtBot) -> None:
    note = quick_note(office, head, qtbot)
    note.kind.choose(NoteKind.COUNSELLING)
    assert note.restricted.isChecked()
    assert not note.restricted.isEnabled()


# --- the form -----------------------------------------------------------------------------------------------------


def test_a_note_from_anywhere_asks_about_whom(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    dialog = NoteDialog(office, None)
    shown(dialog, office, qtbot)
    dialog._words.setPlainText("Called about the course")
    dialog.save()
    settle(office, qtbot)
    assert dialog.isVisible()
    assert "fill this in" in dialog.fields.rows["person"].message
    assert dialog._person is not None
    qtbot.keyClicks(dialog._person, "s-0001")
    settle(office, qtbot)
    dialog._person.editingFinished.emit()
    assert dialog._person.case_id == head.case_id
    dialog.save()
    settle(office, qtbot)
    assert words_kept(desk, head) == ["Called about the course"]


def test_what_cannot_be_saved_is_told_beside_the_field(office: Office, head: PersonHead, qtbot: QtBot) -> None:
    dialog = NoteDialog(office, head)
    shown(dialog, office, qtbot)
    dialog.save()
    settle(office, qtbot)
    assert dialog.isVisible()
    assert dialog.fields.rows["words"].message == "Please fill this in."


# --- the list -----------------------------------------------------------------------------------------------------


def test_the_list_is_filtered_while_typing(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    write(desk, head, "Viewed the room", area=Area.HOUSING)
    write(desk, head, "Called the school", kind=NoteKind.CALL)
    page = notes_page(office, head, qtbot)
    assert len(texts(page)) == 2
    qtbot.keyClicks(page._form.words, "sch")
    settle(office, qtbot)
    assert texts(page) == ["Call. Called the school"]
    assert page._form.count.text() == "1 note"
    qtbot.keyClicks(page._form.words, "zzz")
    settle(office, qtbot)
    assert not page._form.opened.isVisible()


def test_a_long_list_comes_page_by_page(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    for number in range(60):
        write(desk, head, f"Note {number}", on=TODAY - timedelta(days=number))
    page = notes_page(office, head, qtbot)
    model = page._form.list.model_of_entries
    assert (model.rowCount() <= 60, model.total) == (True, 60)
    while model.canFetchMore(page._form.list.rootIndex()):
        model.fetchMore(page._form.list.rootIndex())
        settle(office, qtbot)
    assert texts(page) == [f"Note {number}" for number in range(60)]


def test_a_narrative_is_folded_until_asked_for(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    write(desk, head, "What she told", kind=NoteKind.COUNSELLING, on=TODAY - timedelta(days=1))
    page = notes_page(office, head, qtbot)
    assert "told" not in texts(page)[0]
    assert "told" not in page._form.text.toPlainText()
    page._form.list.setFocus()
    page._form.list.setCurrentIndex(page._form.list.model_of_entries.index(0, 0))
    page._form.list.activated.emit(page._form.list.currentIndex())
    assert page._form.text.toPlainText() == "What she told"


def test_what_others_write_appears_by_itself(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    page = notes_page(office, head, qtbot)
    office.do(save_note, head.case_id, NoteDraft("Written elsewhere"), owner=office)
    settle(office, qtbot)
    assert texts(page) == ["Written elsewhere"]


def test_only_what_is_allowed_is_offered(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    write(desk, head, "My own")
    page = notes_page(office, head, qtbot)
    form = page._form
    assert (form.correct.isVisible(), form.add.isVisible(), form.move.isVisible()) == (True, True, True)
    desk.actor = a_colleague(desk, Role.VIEWER)
    seen = notes_page(office, head, qtbot)._form
    assert not any(part.isVisible() for part in (seen.correct, seen.add, seen.move, seen.new_note))


def test_a_note_is_added_to_and_moved_by_its_forms(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    other = a_survivor(desk)
    write(desk, head, "Viewed the room")
    row = desk.ask(list_notes, head.case_id).rows[0]
    added = AddendumDialog(office, row)
    shown(added, office, qtbot)
    added._words.setPlainText("With the landlord")
    added.save()
    settle(office, qtbot)
    assert [each.words for each in desk.ask(list_notes, head.case_id).rows[0].addenda] == ["With the landlord"]
    moved = MoveNoteDialog(office, row)
    shown(moved, office, qtbot)
    qtbot.keyClicks(moved._person, other.case_code)
    settle(office, qtbot)
    moved._person.editingFinished.emit()
    moved.save()
    settle(office, qtbot)
    assert words_kept(desk, head) == []
    assert words_kept(desk, other) == ["Viewed the room"]


def test_where_the_page_is_low_the_list_keeps_room_and_the_opened_note_is_brought_into_sight(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot
) -> None:
    for number in range(8):
        write(desk, head, f"We sat in the garden, day {number}.")
    page = notes_page(office, head, qtbot)
    page.resize(600, 260)
    settle(office, qtbot)
    form = page._form
    assert form.list.height() >= 200
    assert form.opened.visibleRegion().isEmpty()
    form.list.opened.emit(form.list.model_of_entries.rows[3])
    settle(office, qtbot)
    assert not form.opened.visibleRegion().isEmpty()
    page.resize(1000, 700)
    settle(office, qtbot)
    assert form.around.verticalScrollBar().maximum() == 0
