"""Typing is kept within two seconds and at once on hiding; it comes back with its cursor; saving ends it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from aftercare.domain.drafts.people import NameDraft, PersonDraft
from aftercare.domain.errors import DiskFull, Problem
from aftercare.gui import drafting
from aftercare.gui.drafting import Drafting, DraftLine, save_all_drafts
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import CodeCombo, MinutesEdit
from aftercare.services.desk import Desk
from aftercare.services.drafts import find_draft, my_drafts
from aftercare.services.survivors import correct_person
from hands import PATIENCE_MS
from makers import a_survivor


class Form(QDialog):
    """A form with one field of each sort that people type into."""

    def __init__(self, office: Office, about: str = "") -> None:
        super().__init__()
        self.words, self.present = QPlainTextEdit(self), QLineEdit(self)
        self.kind, self.minutes, self.line = CodeCombo(self), MinutesEdit(self), DraftLine(self)
        self.kind.show_choices([("call", "Call"), ("visit", "Visit")], blank="Not noted")
        column = QVBoxLayout(self)
        for name in ("words", "present", "kind", "minutes"):
            getattr(self, name).setObjectName(name)
            column.addWidget(getattr(self, name))
        column.addWidget(self.line)
        self.drafting = Drafting(
            office, "note", about, self.words, self.present, self.kind, self.minutes, line=self.line
        )
        self.drafting.start()


@pytest.fixture
def form(office: Office, qtbot: QtBot) -> Form:
    return opened(office, qtbot)


def opened(office: Office, qtbot: QtBot, about: str = "") -> Form:
    made = Form(office, about)
    qtbot.addWidget(made)
    made.show()
    assert office.jobs.drain()
    return made


def test_typing_is_kept_within_two_seconds_though_nobody_pauses(form: Form, office: Office, qtbot: QtBot) -> None:
    assert drafting.KEEP_AFTER_MS < 2_000
    kept: list[object] = []
    form.drafting.kept.connect(kept.append)
    typing = QElapsedTimer()
    typing.start()
    while not kept and typing.elapsed() < PATIENCE_MS:
        qtbot.keyClicks(form.words, "ab ")
        qtbot.wait(50)
    assert kept
    assert form.line.words == "draft saved 0 s ago"


def test_a_draft_comes_back_whole_with_its_cursor(form: Form, office: Office, desk: Desk, qtbot: QtBot) -> None:
    form.words.setFocus()
    qtbot.waitUntil(form.words.hasFocus)
    form.words.insertPlainText("She laughed 🙂 when the bus came")
    form.words.moveCursor(QTextCursor.MoveOperation.Start)
    form.words.moveCursor(QTextCursor.MoveOperation.NextWord)
    form.kind.show_code("visit")
    form.minutes.setValue(20)
    form.present.setText("Her sister")
    form.close()
    assert office.jobs.drain()

    again = opened(office, qtbot)
    assert again.words.toPlainText() == "She laughed 🙂 when the bus came"
    assert again.words.textCursor().position() == 4
    assert (again.kind.code, again.minutes.minutes, again.present.text()) == ("visit", 20, "Her sister")
    assert again.line.words == "your draft of 09:00 is back"


def test_everything_typed_anywhere_is_kept_before_the_window_locks(form: Form, office: Office, desk: Desk) -> None:
    form.present.setText("Her sister")
    save_all_drafts()
    assert office.jobs.drain()
    (draft,) = desk.ask(my_drafts)
    assert draft.content["fields"]["present"] == "Her sister"


def test_saving_the_form_ends_its_draft_and_typing_on_begins_another(form: Form, office: Office, desk: Desk) -> None:
    head = a_survivor(desk)
    saved: list[str] = []
    form.words.setPlainText("one")
    form.drafting.save_now()
    form.drafting.save(
        correct_person, head.survivor_id, PersonDraft(gender_words="one"), then=lambda row: saved.append(row.case_code)
    )
    assert office.jobs.drain()
    assert saved == [head.case_code]
    assert desk.ask(my_drafts) == ()
    form.drafting.save_now()
    assert office.jobs.drain()
    assert desk.ask(my_drafts) == ()
    form.words.setPlainText("two")
    form.drafting.save_now()
    assert office.jobs.drain()
    assert len(desk.ask(my_drafts)) == 1


def test_a_form_that_is_refused_keeps_its_draft(form: Form, office: Office, desk: Desk) -> None:
    head = a_survivor(desk)
    refused: list[Problem] = []
    form.words.setPlainText("one")
    form.drafting.save(correct_person, head.survivor_id, PersonDraft(birth_date="?"), otherwise=refused.append)
    assert office.jobs.drain()
    assert len(refused) == 1
    found = desk.ask(find_draft, "note")
    assert found is not None
    assert found.content["fields"]["words"] == "one"


@pytest.mark.promise(3)
def test_a_full_disk_is_told_and_the_form_keeps_its_words(form: Form, office: Office, desk: Desk) -> None:
    head = a_survivor(desk)
    refused: list[Problem] = []
    form.words.setPlainText("one")
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # no page more than there are
    names = tuple(NameDraft(given=f"Nadia {'a' * 60} {number}") for number in range(400))
    form.drafting.save(correct_person, head.survivor_id, PersonDraft(names=names), otherwise=refused.append)
    assert office.jobs.drain()
    assert [type(problem) for problem in refused] == [DiskFull]
    assert form.words.toPlainText() == "one"
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    form.drafting.save(correct_person, head.survivor_id, PersonDraft(names=names[:1]), otherwise=refused.append)
    assert office.jobs.drain()
    assert len(refused) == 1


def test_a_draft_that_is_discarded_or_typed_away_is_forgotten(
    form: Form, office: Office, desk: Desk, qtbot: QtBot
) -> None:
    form.words.setPlainText("one")
    form.close()
    assert office.jobs.drain()
    again = opened(office, qtbot)
    again.line.discard_asked.emit()
    assert office.jobs.drain()
    assert again.words.toPlainText() == ""
    assert desk.ask(my_drafts) == ()
    again.words.setPlainText("two")
    again.drafting.save_now()
    again.words.setPlainText("")
    again.drafting.save_now()
    assert office.jobs.drain()
    assert desk.ask(my_drafts) == ()


def test_what_is_typed_now_counts_more_than_what_was_left(form: Form, office: Office, qtbot: QtBot) -> None:
    form.words.setPlainText("older words")
    form.close()
    assert office.jobs.drain()
    again = Form(office)
    qtbot.addWidget(again)
    again.words.setPlainText("newer words")
    assert office.jobs.drain()
    assert again.words.toPlainText() == "newer words"


def test_a_record_that_changed_after_its_draft_is_told_so(form: Form, office: Office, qtbot: QtBot) -> None:
    form.words.setPlainText("one")
    form.close()
    assert office.jobs.drain()
    again = Form(office)
    qtbot.addWidget(again)
    again.drafting.start(version=2)
    assert office.jobs.drain()
    assert again.line.words == "your draft of 09:00 is back; the record has changed since"


def test_drafts_about_different_things_stay_apart(office: Office, qtbot: QtBot) -> None:
    first = opened(office, qtbot, "S1")
    first.words.setPlainText("one")
    first.close()
    assert office.jobs.drain()
    assert opened(office, qtbot, "S2").words.toPlainText() == ""
    assert opened(office, qtbot, "S1").words.toPlainText() == "one"


def test_the_line_speaks_to_the_keyboard_too(form: Form, office: Office, qtbot: QtBot) -> None:
    form.words.setPlainText("one")
    form.close()
    assert office.jobs.drain()
    again = opened(office, qtbot)
    discard = next(child for child in again.line.findChildren(QPushButton))
    assert discard.accessibleName() == "Discard the draft"
    qtbot.keyClick(discard, Qt.Key.Key_Space)
    assert again.words.toPlainText() == ""
