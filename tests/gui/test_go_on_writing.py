"""What was typed and not saved is one press away on Today: in its form, not only on its person's page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from aftercare.gui.announcements import Announcements
from aftercare.gui.dialogs.note import NoteDialog
from aftercare.gui.drafting import DraftLine
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.pages.today import TodayPage
from aftercare.gui.workplace import Workplace
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings
from aftercare.settings import load_settings
from hands import rest, wait_for
from makers import a_goal, a_step, a_survivor


@pytest.fixture
def workplace(desk: Desk, qtbot: QtBot) -> Iterator[Workplace]:
    jobs = Jobs()
    office = Office(desk, jobs, Announcements(), OfficeSettings())
    place = Workplace(office, load_settings(None), "Aftercare")
    place.frame.resize(1100, 800)
    yield place
    place.frame.close()
    jobs.drain()
    jobs.close()


def settle(workplace: Workplace, qtbot: QtBot) -> None:
    rest(workplace.office.jobs)


def test_going_on_opens_the_form_of_the_note_with_its_words(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    survivor = a_survivor(desk)
    workplace.start()
    workplace.open_person(survivor.survivor_id)
    settle(workplace, qtbot)
    workplace.new_note()
    settle(workplace, qtbot)
    _words(_open_note(workplace)).setPlainText("We sat in the garden.")
    wait_for(lambda: _open_note(workplace).findChildren(DraftLine)[0].words, "the draft")
    _open_note(workplace).reject()
    workplace.frame.show_page("today")
    settle(workplace, qtbot)
    today = workplace.frame.page
    assert isinstance(today, TodayPage)
    today.refresh()
    settle(workplace, qtbot)
    today._form.unfinished.acted.emit()
    settle(workplace, qtbot)
    assert _words(_open_note(workplace)).toPlainText() == "We sat in the garden."


def test_coming_back_to_another_page_the_rail_still_says_how_much_is_due(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    a_step(desk, a_goal(desk, a_survivor(desk)), due_on=date(2026, 11, 23))
    workplace.start(("settings", None, ""))
    settle(workplace, qtbot)
    assert workplace.frame.key == "settings"
    assert "1 waiting" in workplace.frame._rail["today"].accessibleName()


def _open_note(workplace: Workplace) -> NoteDialog:
    return next(dialog for dialog in workplace.frame.findChildren(NoteDialog) if dialog.isVisible())


def _words(dialog: NoteDialog) -> QPlainTextEdit:
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    return field
