"""What Ctrl+K can begin: found by the words somebody would type for it, and only what they may do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.folding import search_terms
from aftercare.domain.permissions import Role
from aftercare.gui.commands import Command, begins_so, commands_for
from aftercare.gui.dialogs.search import SearchPalette
from aftercare.gui.office import Office
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.today import TodayPage
from aftercare.gui.workplace import Workplace
from aftercare.services.desk import Desk
from aftercare.services.notes import save_note
from aftercare.settings import load_settings
from hands import click, rest, wait_for
from makers import a_goal, a_step, a_survivor


@pytest.fixture
def place(qtbot: QtBot, office: Office) -> Workplace:
    made = Workplace(office, load_settings(None), "Aftercare")
    qtbot.addWidget(made.frame)
    return made


def found(place: Workplace, typed: str) -> list[Command]:
    return commands_for(place._commands(), search_terms(typed))


def titles(place: Workplace, typed: str) -> list[str]:
    return [each.words for each in found(place, typed)]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("backup", "Backups"), ("back up", "Backups"), ("restore", "Backups"), ("password", "Change your password"),
        ("lock", "Lock"), ("log out", "Lock"), ("new person", "New person"), ("add survivor", "New person"),
        ("setting", "Settings"), ("dark", "Settings"), ("print", "Reports"), ("report", "Reports"),
        ("import", "Import people from a file"), ("excel", "Import people from a file"), ("export log", "Log"),
        ("audit", "Log"), ("user", "People and roles"), ("recovery code", "Keys and recovery"),
        ("erase everything", "Keys and recovery"), ("retention", "Retention"), ("calendar", "Today"),
        ("client", "Survivors"), ("help", "Keyboard"), ("panic", "Hide and lock at once"),
    ],
)  # fmt: skip
def test_a_command_is_found_by_what_somebody_would_type(
    place: Workplace, desk: Desk, office: Office, typed: str, title: str
) -> None:
    desk.actor = replace(desk.actor, roles=frozenset(Role))
    assert title in titles(place, typed)


def test_what_is_called_so_stands_before_what_is_only_meant(place: Workplace) -> None:
    assert titles(place, "lock")[0] == "Lock"
    assert titles(place, "settings")[0] == "Settings"


def test_what_begins_so_stands_before_what_only_has_the_word_in_it() -> None:
    commands = [Command(words, lambda: None) for words in ("Import people", "People and roles", "Reports")]
    assert [each.words for each in commands_for(commands, search_terms("peop"))] == [
        "People and roles",
        "Import people",
    ]
    assert begins_so(commands[0], search_terms("import pe"))
    assert not begins_so(commands[0], search_terms("import people here"))
    assert not begins_so(commands[0], search_terms(""))


@pytest.mark.parametrize(
    ("typed", "groups"),
    [("set", ["Commands", "Notes", "More commands"]), ("dark", ["Notes", "Commands"])],
)
def test_a_command_that_begins_so_stands_above_the_notes(
    place: Workplace, desk: Desk, office: Office, qtbot: QtBot, typed: str, groups: list[str]
) -> None:
    survivor = a_survivor(desk)
    for _ in range(12):
        desk.do(save_note, survivor.case_id, NoteDraft("In the settings of her phone it is dark", kind=NoteKind.VISIT))
    place.start()
    place.frame.show()
    place.frame.activateWindow()
    place.frame.search_field.setFocus()
    qtbot.keyClicks(place.frame.search_field, typed)
    palette = place.frame.findChild(SearchPalette)
    assert palette is not None
    wait_for(lambda: any(line.title == "Notes" for line in palette.lines), "the notes")
    assert [line.title for line in palette.lines if line.take is None] == groups


def test_nobody_is_offered_what_they_may_not_do(place: Workplace, desk: Desk) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    assert titles(place, "new") == ["Change your password"]
    assert [titles(place, typed) for typed in ("backup", "import", "audit", "staff", "rotate")] == [[]] * 5
    desk.actor = replace(desk.actor, roles=frozenset({Role.AUDITOR}))
    assert titles(place, "audit") == ["Log"]


def test_a_command_opens_the_part_that_it_names(place: Workplace) -> None:
    found(place, "backup")[0].begin()
    page = place.frame.page
    assert isinstance(page, AdministrationPage)
    assert page.tab == "backups"
    found(place, "rotate")[0].begin()
    assert page.tab == "keys"


def test_an_empty_day_begins_with_a_person(qtbot: QtBot, office: Office) -> None:
    page, asked = TodayPage(office), list[bool]()
    qtbot.addWidget(page)
    page.new_person_asked.connect(lambda: asked.append(True))
    page.show()
    rest(office.jobs)
    click(begin_button(page))
    assert asked == [True]


def test_whoever_only_reads_is_not_asked_to_begin(qtbot: QtBot, office: Office, desk: Desk) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    page = TodayPage(office)
    qtbot.addWidget(page)
    page.show()
    rest(office.jobs)
    assert begin_button(page).isHidden()


def test_whoever_may_see_nobody_finds_commands_and_is_not_told_off(qtbot: QtBot, office: Office, desk: Desk) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.AUDITOR}))
    place, problems = Workplace(office, load_settings(None), "Aftercare"), list[object]()
    office.jobs.explained.connect(problems.append)
    qtbot.addWidget(place.frame)
    place.start()
    place.frame.activateWindow()
    place.frame.search_field.setFocus()
    qtbot.keyClicks(place.frame.search_field, "aud")
    rest(office.jobs)
    palette = place.frame.findChild(SearchPalette)
    assert palette is not None
    assert [line.title for line in palette.lines] == ["Commands", "Log"]
    assert problems == []


def test_a_viewer_has_no_button_and_no_key_that_ends_in_a_refusal(qtbot: QtBot, office: Office, desk: Desk) -> None:
    a_step(desk, a_goal(desk, a_survivor(desk)), due_on=desk.clock.today())
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    place, asked = Workplace(office, load_settings(None), "Aftercare"), list[str]()
    place.frame.new_note_requested.connect(lambda: asked.append("note"))
    qtbot.addWidget(place.frame)
    place.start()
    place.frame.activateWindow()
    rest(office.jobs)
    assert not {"New note", "New person"} & {button.text().replace("&", "") for button in shown_buttons(place)}
    qtbot.keyClick(place.frame, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert asked == []
    page = place.frame.page
    assert isinstance(page, TodayPage)
    assert page.due.rows
    assert "done" not in [column.key for column in page.due.columns]


def shown_buttons(place: Workplace) -> list[QPushButton]:
    return [button for button in place.frame.findChildren(QPushButton) if button.isVisible()]


def begin_button(page: QWidget) -> QPushButton:
    assert isinstance(page, TodayPage)
    button = page.caseload_table.empty.findChild(QPushButton, "next_step")
    assert isinstance(button, QPushButton)
    return button
