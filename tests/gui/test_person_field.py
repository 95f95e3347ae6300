"""Choosing whom something is about: quick fingers get the person they typed, never the one found before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aftercare.gui.announcements import Announcements
from aftercare.gui.dialogs.note_person import PersonField
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings
from hands import rest
from makers import a_survivor


@pytest.fixture
def office(desk: Desk, qtbot: QtBot) -> Iterator[Office]:
    jobs = Jobs()
    yield Office(desk, jobs, Announcements(), OfficeSettings())
    jobs.drain()
    jobs.close()


@pytest.fixture
def field(office: Office, qtbot: QtBot) -> PersonField:
    made = PersonField(office)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def found(office: Office, qtbot: QtBot) -> None:
    rest(office.jobs)


def test_enter_before_the_search_answered_still_takes_the_person(
    desk: Desk, office: Office, field: PersonField, qtbot: QtBot
) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    qtbot.keyClicks(field, head.case_code.lower())
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.case_id is None
    found(office, qtbot)
    assert field.case_id == head.case_id
    assert field.text() == head.case_code


def test_the_one_who_was_found_for_other_words_is_not_taken(
    desk: Desk, office: Office, field: PersonField, qtbot: QtBot
) -> None:
    selam, other = a_survivor(desk, "Selam", "Tesfay"), a_survivor(desk, "Mira", "Kovač")
    qtbot.keyClicks(field, selam.case_code)
    found(office, qtbot)
    field.selectAll()
    qtbot.keyClicks(field, other.case_code)
    field.editingFinished.emit()
    found(office, qtbot)
    assert field.case_id == other.case_id


def test_leaving_the_field_takes_nobody_where_several_could_be_meant(
    desk: Desk, office: Office, field: PersonField, qtbot: QtBot
) -> None:
    a_survivor(desk, "Selam", "Tesfay")
    a_survivor(desk, "Selam", "Haile")
    qtbot.keyClicks(field, "Selam")
    field.editingFinished.emit()
    found(office, qtbot)
    assert field.case_id is None
