"""The plan on the screen: read, typed into, ticked, agreed and closed, by mouse and by keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import Area, AreaState, GoalState, Level, StepDoer, StepState
from aftercare.domain.drafts.plan import AreaDraft, ProgressDraft
from aftercare.domain.errors import CannotClose
from aftercare.domain.permissions import Role
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import mnemonics
from aftercare.gui.application import Screen as AppScreen
from aftercare.gui.dialogs.agreement import AgreementDialog
from aftercare.gui.dialogs.goal import GoalDialog
from aftercare.gui.dialogs.goal_area import AreaDialog
from aftercare.gui.dialogs.progress_entry import ProgressEntryDialog
from aftercare.gui.dialogs.stage import StageDialog
from aftercare.gui.dialogs.step import StepDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.area_facts import AreaFacts
from aftercare.gui.pages.plan import PlanPage
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.plans import set_area
from aftercare.services.progress import record_progress
from aftercare.services.steps import tick_step
from conftest import NOW
from hands import click, name_of, open_dialog, part, press, settle, shown_widgets, type_in, wait_for, words_on
from makers import a_goal, a_step
from plan_view import View, a_housing_plan, somebody_with_an_interpreter

TODAY = NOW.date()


@pytest.fixture
def head(desk: Desk) -> PersonHead:
    return somebody_with_an_interpreter(desk)


@pytest.fixture
def view(office: Office, desk: Desk, head: PersonHead) -> Iterator[View]:
    with a_housing_plan(office, desk, head) as view:
        yield view


# --- reading ------------------------------------------------------------------------------------------------------


def test_a_goal_stands_in_her_words_with_its_steps_who_and_what_is_late(view: View) -> None:
    assert "“A room of my own”" in view.words
    assert "Goal in her words · by 31 Jan · from “temporary” to “safe”" in view.words
    assert "Not agreed yet" in view.words
    assert view.table_words(2) == ["Herself", "A. Rahman", "A. Rahman"]
    assert view.table_words(4) == ["done", "3 days late", ""]
    assert view.areas.area == Area.HOUSING


def test_the_card_of_a_goal_is_as_high_as_what_stands_in_it(view: View) -> None:
    card = view.cards[0]
    for width in (1170, 900, 1300):
        view.page.resize(width, 700)
        view.rest()
        assert card.height() <= card.heightForWidth(card.width()) + 2
        assert card.steps.height() >= sum(card.steps.rowHeight(at) for at in range(card.steps.model().rowCount()))


def test_an_area_without_facts_and_goals_begins_at_one_height(
    office: Office, desk: Desk, head: PersonHead, qtbot: QtBot
) -> None:
    desk.do(set_area, head.case_id, AreaDraft(Area.MONEY))
    page = PlanPage(office, make_facts=AreaFacts)
    qtbot.addWidget(page)
    page.resize(1170, 700)
    page.show_person(head)
    page.show_area(Area.MONEY.value)
    page.show()
    form = page._form
    wait_for(lambda: page.shown is not None and office.jobs.is_idle, "the plan")
    for _ in range(3):
        wait_for(lambda: office.jobs.is_idle, "the facts")
        settle()
    assert form.no_goals_words.isVisible()
    assert form.no_goals.property("role") == "card"
    assert form.no_goals.mapTo(page, QPoint()).y() == form.how_it_goes.mapTo(page, QPoint()).y()


def test_arrows_lead_from_area_to_area(view: View) -> None:
    view.areas.setFocus()
    press("Down")
    view.rest()
    assert view.areas.area == Area.HEALTH
    assert "No goal yet for this area. What would be good?" in view.words
    assert view.cards == []


def test_another_area_is_shown_from_its_top(view: View) -> None:
    view.page.resize(700, 300)
    view.rest()
    bar = view.page._form.scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    view.page.show_area(Area.HEALTH)
    assert bar.value() == 0


def test_her_answer_about_an_area_is_shown_and_can_change(view: View, desk: Desk, head: PersonHead) -> None:
    desk.do(set_area, head.case_id, AreaDraft(Area.FAMILY, AreaState.LATER, "First the room"))
    view.page.show_person(head)
    view.page.show_area(Area.FAMILY)
    view.rest()
    assert "Later: “First the room”" in view.words
    view.open("work_on_it")
    row = view.plan.area(Area.FAMILY)
    assert row is not None
    assert row.state is AreaState.ACTIVE


def test_an_area_is_added_moved_and_taken_out_and_undo_brings_it_back(view: View) -> None:
    menu = view.page.deeds.other_areas_menu()
    next(action for action in menu.actions() if action.text() == "Legal & status").trigger()
    view.rest()
    assert view.areas.area == Area.LEGAL
    view.page.deeds.move_area(1)  # the last one stays where it is
    view.page.deeds.move_area(-1)
    view.rest()
    assert [row.area for row in view.plan.areas][-2:] == [Area.LEGAL, Area.FAMILY]
    entries = view.page.deeds.area_menu().actions()
    next(action for action in entries if action.text() == "Take it out of the plan").trigger()
    view.rest()
    assert view.areas.area == Area.HOUSING
    assert [words for words, _key in view.offers] == ["Area added", "Area moved", "Area taken out"]
    view.office.take_back(view.offers[-1][1])
    view.rest()
    assert view.areas.area == Area.LEGAL


def test_the_page_follows_the_language_of_the_window(view: View, screen: AppScreen) -> None:
    screen.interpreter.speak("en-XA")
    view.rest()
    header = view.steps.model().headerData(1, Qt.Orientation.Horizontal)
    assert header == "[Štép~]"
    assert "[Göàl îñ hér" in view.words


def test_two_voices_that_differ_raise_a_question(view: View, desk: Desk, head: PersonHead) -> None:
    desk.do(record_progress, head.case_id, ProgressDraft(Area.HOUSING, TODAY, "", Level.SAFE, Level.VULNERABLE))
    view.rest()
    view.page.show_person(head)
    view.rest()
    assert "She rates this lower than staff do: ask why." in view.words


def test_who_may_only_read_gets_no_buttons(office: Office, desk: Desk, head: PersonHead, qtbot: QtBot) -> None:
    a_step(desk, a_goal(desk, head))
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    view = View(office, desk, head)
    qtbot.addWidget(view.page)
    for name in ("add_area", "add_goal", "area_menu", "agree"):
        assert not part(view.page, QPushButton, name).isVisible()
    assert not part(view.cards[0], QLineEdit, "new_step").isVisible()
    view.choose_step(0)
    press("Space")
    press("Return")
    view.rest()
    assert view.offers == []
    row = view.plan.area(Area.HOUSING)
    assert row is not None
    assert row.steps[0].state is StepState.OPEN


def test_a_repeating_step_stands_once_with_how_often_it_was_done(
    office: Office, desk: Desk, head: PersonHead, qtbot: QtBot
) -> None:
    step = a_step(desk, a_goal(desk, head), "Counselling", due_on=TODAY, repeat="FREQ=WEEKLY")
    desk.do(tick_step, step)
    view = View(office, desk, head)
    qtbot.addWidget(view.page)
    assert view.table_words() == ["Counselling, Every week · done 1 time, A. Rahman, due 30 Nov"]


# --- steps by the keyboard ----------------------------------------------------------------------------------------


def test_a_step_is_typed_into_its_card_and_the_next_one_after_it(view: View) -> None:
    line = part(view.cards[0], QLineEdit, "new_step")
    line.setFocus()
    type_in("Ask the landlord")
    press("Return")
    view.rest()
    assert line.text() == ""
    type_in("Buy a kettle")
    press("Return")
    view.rest()
    row = view.plan.area(Area.HOUSING)
    assert row is not None
    assert [step.words for step in row.steps][-2:] == ["Ask the landlord", "Buy a kettle"]
    assert view.steps.model().rowCount() == 5
    assert view.offers[-1][0] == "Step added"


def test_what_is_typed_and_not_added_is_kept_and_comes_back(view: View, desk: Desk, qtbot: QtBot) -> None:
    line = part(view.cards[0], QLineEdit, "new_step")
    line.setFocus()
    type_in("Ask the land")
    view.page.hide()
    view.rest()
    assert [draft.form for draft in desk.ask(my_drafts)] == ["new_step"]
    again = View(view.office, desk, view.head)
    qtbot.addWidget(again.page)
    assert part(again.cards[0], QLineEdit, "new_step").text() == "Ask the land"


def test_space_ticks_and_undo_takes_it_back(view: View) -> None:
    view.choose_step(1)
    press("Space")
    view.rest()
    assert view.table_words(4)[1] == "done"
    words, request = view.offers[-1]
    assert words == "Step done"
    view.office.take_back(request)
    view.rest()
    assert view.table_words(4)[1] == "3 days late"
    press("Space")
    view.rest()
    press("Space")
    view.rest()
    assert view.table_words(4)[1] == "3 days late"


def test_enter_edits_a_step_and_asks_only_what_belongs_to_the_answers(view: View) -> None:
    view.choose_step(2)
    press("Return")
    view.rest()
    dialog = open_dialog(StepDialog)
    assert not part(dialog, QLineEdit, "provider").isVisible()
    part(dialog, QComboBox, "doer").setCurrentIndex(list(StepDoer).index(StepDoer.PROVIDER))
    part(dialog, QLineEdit, "provider").setText("Welfare office")
    part(dialog, DayEdit, "due_on").show_value(date(2027, 2, 1))
    part(dialog, QComboBox, "repeat").setCurrentIndex(2)
    view.save(dialog)
    row = view.plan.area(Area.HOUSING)
    assert row is not None
    step = row.steps[2]
    assert (step.who, step.due_on, step.repeat) == ("Welfare office", date(2027, 2, 1), "FREQ=WEEKLY")


def test_a_step_that_waits_for_another_says_so(view: View) -> None:
    view.choose_step(2)
    row = view.steps.current_row
    view.steps.block_asked.emit(row)
    view.rest()
    dialog = open_dialog(StepDialog)
    barrier, waits_for = part(dialog, QComboBox, "barrier"), part(dialog, QComboBox, "waits_for_id")
    assert barrier.hasFocus()
    barrier.setCurrentIndex(barrier.findData("another_step"))
    waits_for.setCurrentIndex(0)
    dialog.save()
    view.rest()
    assert "Please fill this in." in words_on(dialog)
    waits_for.setCurrentIndex(waits_for.findText("Confirm move-in date"))
    view.save(dialog)
    assert view.table_words()[2].startswith("Safety check, waits for “Confirm move-in date”")
    assert view.table_words(4)[2] == "blocked"


def test_steps_move_by_ctrl_and_arrows_and_drop_by_delete(view: View) -> None:
    view.choose_step(2)
    press("Ctrl+Up")
    view.rest()
    assert [words.split(",")[0] for words in view.table_words()] == [
        "List what the room must have",
        "Safety check",
        "Confirm move-in date",
    ]
    press("Ctrl+Down")
    view.rest()
    press("Delete")
    view.rest()
    assert view.steps.model().rowCount() == 2
    dropped = part(view.cards[0], QPushButton, "dropped")
    assert dropped.text() == "1 dropped step"
    click(dropped)
    assert view.table_words(4)[2] == "dropped"
    view.choose_step(2)
    row = view.steps.current_row
    assert row is not None
    menu = view.steps.menu_for(row)
    assert "Do it after all" in [action.text() for action in menu.actions()]


# --- goals --------------------------------------------------------------------------------------------------------


def test_a_goal_is_added_in_her_words(view: View) -> None:
    view.open("add_goal")
    dialog = open_dialog(GoalDialog)
    dialog.save()
    view.rest()
    assert "Please fill this in." in words_on(dialog)
    part(dialog, QPlainTextEdit, "words").setFocus()
    type_in("Know two neighbours")
    view.save(dialog)
    assert [card.goal.words for card in view.cards if card.goal] == ["A room of my own", "Know two neighbours"]
    assert "Proposed" in view.words


def test_words_of_a_goal_that_was_not_saved_are_there_again(view: View, desk: Desk) -> None:
    view.open("add_goal")
    dialog = open_dialog(GoalDialog)
    part(dialog, QPlainTextEdit, "words").setFocus()
    type_in("Know two neigh")
    press("Escape")
    view.rest()
    assert [draft.form for draft in desk.ask(my_drafts)] == ["goal"]
    view.open("add_goal")
    assert part(open_dialog(GoalDialog), QPlainTextEdit, "words").toPlainText() == "Know two neigh"
    open_dialog(GoalDialog).reject()


def test_a_goal_with_open_steps_is_not_achieved_and_the_reason_is_told(view: View) -> None:
    card = view.cards[0]
    card.end_asked.emit(card.goal, GoalState.ACHIEVED)
    view.rest()
    assert isinstance(view.problems[-1], CannotClose)
    card.end_asked.emit(card.goal, GoalState.SET_ASIDE)
    view.rest()
    assert view.cards == []
    closed = part(view.page, QPushButton, "closed_goals")
    assert closed.text() == "1 goal that is closed"
    click(closed)
    view.rest()
    assert view.cards[0].menu().actions()[0].text() == "Work on it again"


def test_goals_fold_and_unfold(view: View) -> None:
    fold = view.cards[0].findChild(QAbstractButton, "fold")
    assert isinstance(fold, QAbstractButton)
    click(fold)
    assert not view.steps.isVisible()
    assert "1 of 3 steps" in view.words
    click(fold)
    assert view.steps.isVisible()


# --- for everybody ------------------------------------------------------------------------------------------------


def test_everything_that_takes_keys_has_a_name_and_no_two_share_an_alt_key(view: View) -> None:
    dialogs = [
        GoalDialog(view.office, view.head, view.plan.areas, Area.HOUSING, None, view.page),
        ProgressEntryDialog(view.office, view.head, view.plan.areas[0], None, view.page),
        AgreementDialog(view.office, view.head, view.page),
        StageDialog(view.office, view.head, view.page),
        AreaDialog(view.office, view.head, view.plan.areas[0], view.page),
    ]
    for window in (view.page, *dialogs):
        window.show()
        view.rest()
        focusable = [each for each in shown_widgets(window) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        nameless = [each.objectName() or type(each).__name__ for each in focusable if not name_of(each)]
        assert nameless == [], type(window).__name__
        keys = [
            mnemonics.key_of(each.text())
            for each in shown_widgets(window)
            if isinstance(each, QAbstractButton | QLabel) and mnemonics.key_of(each.text())
        ]
        assert len(keys) == len(set(keys)), (type(window).__name__, keys)
    for dialog in dialogs:
        dialog.close()
