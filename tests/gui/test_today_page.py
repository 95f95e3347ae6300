"""Today, the overview, the scores and the search in the window: what they show, and what one key does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import Area, Level, NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.scores import AnswerDraft, AssessmentDraft
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.commands import Command
from aftercare.gui.dialogs.assessment import AssessmentDialog
from aftercare.gui.dialogs.search import SearchPalette
from aftercare.gui.office import Office
from aftercare.gui.pages.overview import OverviewPage
from aftercare.gui.pages.overview_cards import AreaCard
from aftercare.gui.pages.scores import ScoresPage
from aftercare.gui.pages.today import TodayPage
from aftercare.gui.widgets.search_field import SearchField
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.notes import save_note
from aftercare.services.scores import open_scores, record_assessment
from aftercare.services.today import today_view
from hands import rest
from makers import a_colleague, a_goal, a_step, a_survivor

TODAY = date(2026, 11, 23)


@pytest.fixture
def head(desk: Desk) -> PersonHead:
    return a_survivor(desk, "Selam", "Tesfay")


@pytest.fixture
def wanted(office: Office) -> list[tuple[UUID, str]]:
    """Where the office was asked to go."""
    asked: list[tuple[UUID, str]] = []
    office.person_wanted.connect(lambda survivor_id, tab: asked.append((survivor_id, tab)))
    return asked


def settle(office: Office, qtbot: QtBot) -> None:
    rest(office.jobs)


def shown(widget: QWidget, office: Office, qtbot: QtBot) -> None:
    widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(widget)
    widget.resize(1100, 800)
    widget.show()
    settle(office, qtbot)


# --- today --------------------------------------------------------------------------------------------------------


@pytest.fixture
def badges() -> list[int]:
    return []


@pytest.fixture
def today(office: Office, qtbot: QtBot, badges: list[int]) -> Callable[[], TodayPage]:
    def make() -> TodayPage:
        page = TodayPage(office)
        page.badge_changed.connect(badges.append)
        shown(page, office, qtbot)
        return page

    return make


def test_space_ticks_a_step_and_undo_brings_it_back(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot, today: Callable[[], TodayPage], badges: list[int]
) -> None:
    goal = a_goal(desk, head)
    a_step(desk, goal, "Late one", due_on=TODAY - timedelta(days=3))
    a_step(desk, goal, "Due one", due_on=TODAY)
    page = today()
    assert [row.words for row in page.due.rows] == ["Late one", "Due one"]
    assert badges[-1] == 2
    page.due_table.setFocus()
    page.due_table.setCurrentIndex(page.due.index(0, 0))
    with qtbot.waitSignal(office.undo_offered) as offered:
        qtbot.keyClick(page.due_table, Qt.Key.Key_Space)
    settle(office, qtbot)
    assert [row.words for row in page.due.rows] == ["Due one"]
    assert badges[-1] == 1
    office.take_back(offered.args[1])
    settle(office, qtbot)
    assert [row.words for row in page.due.rows] == ["Late one", "Due one"]


def test_enter_opens_the_person_where_the_work_is(
    desk: Desk, head: PersonHead, today: Callable[[], TodayPage], wanted: list[tuple[UUID, str]], qtbot: QtBot
) -> None:
    a_step(desk, a_goal(desk, head), due_on=TODAY)
    page = today()
    page.due_table.setCurrentIndex(page.due.index(0, 1))
    qtbot.keyClick(page.due_table, Qt.Key.Key_Return)
    page.caseload_table.setCurrentIndex(page.caseload.index(0, 0))
    qtbot.keyClick(page.caseload_table, Qt.Key.Key_Return)
    assert wanted == [(head.survivor_id, "plan"), (head.survivor_id, "")]


def test_what_others_wrote_is_shown_until_it_is_read(
    desk: Desk, office: Office, head: PersonHead, today: Callable[[], TodayPage], qtbot: QtBot
) -> None:
    me = desk.actor
    desk.actor = a_colleague(desk)
    desk.do(save_note, head.case_id, NoteDraft("She asked for the evening course"))
    desk.actor = me
    page = today()
    assert page._form.news_card.isVisible()
    page._seen.click()
    settle(office, qtbot)
    assert not page._form.news_card.isVisible()
    assert desk.ask(today_view).news == ()


def test_an_empty_day_says_so(today: Callable[[], TodayPage]) -> None:
    page = today()
    assert page.due_table.empty.has_words
    assert page._form.day.text() == "Monday 23 November"
    assert page._form.summary.text() == "0 steps due · 0 appointments"


# --- overview -----------------------------------------------------------------------------------------------------


def overview(office: Office, head: PersonHead, qtbot: QtBot) -> OverviewPage:
    page = OverviewPage(office)
    page.show_person(head)
    shown(page, office, qtbot)
    return page


def test_a_card_says_where_an_area_stands_and_opens_the_plan(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot, wanted: list[tuple[UUID, str]]
) -> None:
    goal = a_goal(desk, head, Area.HOUSING, "My own room")
    a_step(desk, goal, "Confirm the day", due_on=TODAY - timedelta(days=3))
    desk.do(record_assessment, head.case_id, AssessmentDraft((AnswerDraft(Area.HOUSING, Level.SAFE),)))
    page = overview(office, head, qtbot)
    card = page._form.areas.findChildren(AreaCard)[0]
    assert card.accessibleName() == "Housing, Safe, 0 of 1 step, “My own room”"
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert wanted == [(head.survivor_id, "plan")]


def test_a_folded_narrative_opens_with_enter_and_folds_again(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot
) -> None:
    desk.do(save_note, head.case_id, NoteDraft("What she told", kind=NoteKind.COUNSELLING))
    page = overview(office, head, qtbot)

    def told() -> bool:
        return any("What she told" in entry.text for entry in page.timeline.model_of_entries.rows)

    entries = page.timeline.model_of_entries.rows
    at = next(at for at, entry in enumerate(entries) if entry.pill == "restricted")
    assert not told()
    page.timeline.activated.emit(page.timeline.model_of_entries.index(at, 0))
    assert told()
    page.timeline.activated.emit(page.timeline.model_of_entries.index(at, 0))
    assert not told()


def test_the_overview_follows_what_is_saved(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    page = overview(office, head, qtbot)
    page.note.words.setPlainText("Viewed the room")
    page.note.save()
    settle(office, qtbot)
    assert any(entry.text == "Viewed the room" for entry in page.timeline.model_of_entries.rows)


# --- scores -------------------------------------------------------------------------------------------------------


def test_two_voices_stand_side_by_side_and_an_answer_that_is_no_level_is_not_the_lowest(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot
) -> None:
    answers = (
        AnswerDraft(Area.HOUSING, Level.SAFE, Level.VULNERABLE),
        AnswerDraft(Area.HEALTH, Level.NOT_ENOUGH_INFORMATION, Level.RATHER_NOT_SAY),
    )
    desk.do(record_assessment, head.case_id, AssessmentDraft(answers))
    page = ScoresPage(office)
    page.show_person(head)
    shown(page, office, qtbot)
    said = {row.area.area: [column.text(row) for column in page.model.columns] for row in page.model.rows}
    assert said[Area.HOUSING][1:3] == ["Safe", "Vulnerable"]
    assert "own view is lower" in said[Area.HOUSING][3]
    assert said[Area.HEALTH][1:] == ["Not enough information", "Rather not say", ""]
    assert "no level" in page.chart.summary()


def test_an_assessment_is_filled_in_by_keys_alone(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    dialog = AssessmentDialog(office, head)
    shown(dialog, office, qtbot)
    housing = dialog.areas[0]
    first = housing.staff.findChild(QPushButton)
    assert isinstance(first, QPushButton)
    first.setFocus()
    for _ in range(2):
        qtbot.keyClick(dialog.focusWidget() or first, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.focusWidget() or first, Qt.Key.Key_Space)
    assert housing.staff.code == Level.SAFE
    assert housing._meaning.text() == "Safe: Safe, but only just adequate"
    dialog.save()
    settle(office, qtbot)
    (row,) = next(area for area in desk.ask(open_scores, head.case_id).areas if area.area.area == Area.HOUSING).answers
    assert (row.staff, row.own) == (Level.SAFE, None)
    assert desk.ask(my_drafts) == ()


def test_an_assessment_without_an_answer_is_told_so(office: Office, head: PersonHead, qtbot: QtBot) -> None:
    dialog = AssessmentDialog(office, head)
    shown(dialog, office, qtbot)
    dialog.save()
    settle(office, qtbot)
    assert dialog.isVisible()
    assert dialog._form.trouble.text() == "Choose at least one level, or write a few words."


# --- search -------------------------------------------------------------------------------------------------------


class Window(QMainWindow):
    """A window with nothing but the search."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.field = SearchField(self)
        self.begun: list[str] = []
        self.palette_of = SearchPalette(
            office,
            self.field,
            [Command("&New note", lambda: self.begun.append("note")), Command("Lock", lambda: None, "sign out")],
        )
        self.field.setGeometry(10, 10, 400, 34)
        self.field.textEdited.connect(self.palette_of.look_for)
        self.went: list[tuple[UUID, str]] = []
        self.palette_of.person_chosen.connect(lambda key, tab: self.went.append((key, tab)))


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Window:
    made = Window(office)
    shown(made, office, qtbot)
    made.activateWindow()
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def lines(window: Window) -> list[str]:
    return [line.spoken for line in window.palette_of.lines]


def test_people_notes_and_commands_are_found_in_groups(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot, window: Window
) -> None:
    desk.do(save_note, head.case_id, NoteDraft("Selam noted the bus times"))
    qtbot.keyClicks(window.field, "no")
    settle(office, qtbot)
    assert lines(window) == ["Notes", "S-0001 · Today, S-0001 noted the bus times", "Commands", "New note"]
    window.palette_of._show_names()
    settle(office, qtbot)
    assert "S-0001 · Today, Selam noted the bus times" in lines(window)


def test_a_person_found_by_name_is_shown_by_code_and_opened_with_enter(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot, window: Window
) -> None:
    qtbot.keyClicks(window.field, "tesf")
    settle(office, qtbot)
    assert lines(window) == ["People", "S-0001, Intake · A. Rahman · found by name"]
    assert "found by name" in window.field.accessibleDescription()
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.went == [(head.survivor_id, "")]
    assert not window.palette_of.isVisible()
    assert window.field.text() == ""


def test_arrows_pass_over_headings_and_a_command_begins_with_enter(
    desk: Desk, office: Office, head: PersonHead, qtbot: QtBot, window: Window
) -> None:
    desk.do(save_note, head.case_id, NoteDraft("A note about the new room"))
    qtbot.keyClicks(window.field, "ne")
    settle(office, qtbot)
    assert [line for line in lines(window) if line in ("Commands", "Notes")] == ["Commands", "Notes"]
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert (window.begun, window.went) == ([], [(head.survivor_id, "notes")])
    qtbot.keyClicks(window.field, "ne")
    settle(office, qtbot)
    qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert window.begun == ["note"]


def test_enter_waits_for_the_people_who_are_looked_up(
    office: Office, head: PersonHead, qtbot: QtBot, window: Window
) -> None:
    qtbot.keyClicks(window.field, "lo")
    qtbot.keyClick(window.field, Qt.Key.Key_Backspace)
    qtbot.keyClick(window.field, Qt.Key.Key_Backspace)
    qtbot.keyClicks(window.field, "s-0001")
    qtbot.keyClick(window.field, Qt.Key.Key_Return)
    settle(office, qtbot)
    assert window.went == [(head.survivor_id, "")]


def test_nothing_found_is_said(office: Office, qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "zzz")
    settle(office, qtbot)
    assert lines(window) == ["Nothing was found."]
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    settle(office, qtbot)
    assert lines(window) == ["Commands", "New note", "Lock"]
    qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert not window.palette_of.isVisible()
