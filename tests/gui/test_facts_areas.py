"""The cards beside the plan: what each area knows, in lines that open their forms, by keyboard and click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import (
    Answer,
    AppointmentKind,
    AppointmentState,
    Area,
    EmploymentState,
    PlacementKind,
    RelativeKind,
    Rung,
    StopKind,
)
from aftercare.domain.drafts.diary import AppointmentDraft
from aftercare.domain.drafts.family import LadderMoveDraft, LiftDraft, RelativeDraft, StopDraft
from aftercare.domain.drafts.housing import PlacementDraft
from aftercare.domain.permissions import Role
from aftercare.domain.rows.employment import Employment
from aftercare.domain.rows.family import Family
from aftercare.domain.rows.housing import Housing
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.ladder_stop import LiftStopDialog
from aftercare.gui.dialogs.placement import PlacementDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.area_facts import AreaFacts
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.fact_card import FactValue
from aftercare.i18n import PSEUDO_RTL
from aftercare.services.appointments import save_appointment, show_diary
from aftercare.services.desk import Desk
from aftercare.services.employment import show_employment
from aftercare.services.family import lift_stop, move_on_ladder, record_veto, save_relative, show_family, stop_ladder
from aftercare.services.housing import save_placement, show_housing
from aftercare.services.undo import undo
from hands import rest, wait_for
from makers import a_survivor
from makers_facts import TODAY, FactsCase, a_case_with_facts

AREAS = (Area.HOUSING, Area.HEALTH, Area.EDUCATION, Area.EMPLOYMENT, Area.FAMILY, Area.LEGAL)


@pytest.fixture
def case(desk: Desk) -> FactsCase:
    return a_case_with_facts(desk)


Show = Callable[[str], AreaFacts]


@pytest.fixture
def show(office: Office, case: FactsCase, qtbot: QtBot) -> Show:
    return lambda area: shown(office, qtbot, case, area)


def shown(office: Office, qtbot: QtBot, case: FactsCase, area: str) -> AreaFacts:
    facts = AreaFacts(office)
    facts.resize(310, 900)
    qtbot.addWidget(facts)
    facts.show_area(case.survivor_id, case.case_id, area)
    facts.show()
    settle(office, qtbot)
    return facts


def settle(office: Office, qtbot: QtBot) -> None:
    """Answers, announcements of changes, and the answers to what those made ask."""
    rest(office.jobs)


def lines(facts: QWidget) -> dict[str, str]:
    """Every line that opens something, from the top, as a screen reader says it."""
    found = [line for line in facts.findChildren(FactValue) if line.isVisible()]
    found.sort(key=lambda line: line.mapTo(facts, line.rect().topLeft()).y())
    return dict(line.accessibleName().split(": ", 1) for line in found)


def said(facts: QWidget) -> str:
    return "\n".join(label.text() for label in facts.findChildren(QLabel) if label.isVisible() and label.text())


def link(facts: QWidget, words: str) -> QPushButton:
    return next(button for button in facts.findChildren(QPushButton) if button.text() == words and button.isVisible())


def line(facts: QWidget, label: str) -> FactValue:
    return next(
        each
        for each in facts.findChildren(FactValue)
        if each.isVisible() and each.accessibleName().startswith(f"{label}:")
    )


def opened(facts: QWidget, kind: type[QWidget]) -> QWidget:
    found = [child for child in facts.window().findChildren(kind) if child.isVisible()]
    assert len(found) == 1
    return found[0]


# --- what is shown --------------------------------------------------------------------------------------------------


def test_where_she_lives_stands_line_by_line_with_the_nights(show: Show) -> None:
    facts = show(Area.HOUSING)
    assert lines(facts) == {
        "Placement": "Shelter room 4",
        "Since": "3 Aug 2026",
        "Leaves by": "31 Jan 2027",
        "Rent": "120 EUR, Shared",
        "Safety check": "3 Aug, no concerns",
    }
    assert "Where she lives" in said(facts)
    assert "· 112 nights" in said(facts)
    link(facts, "1 earlier placement").click()
    assert "1 Jun 2026 – 3 Aug 2026 · 63 nights" in lines(facts)["Shelter bed 2"]


def test_health_shows_cover_that_ends_soon_counselling_and_appointments(show: Show) -> None:
    facts = show(Area.HEALTH)
    known = lines(facts)
    assert list(known)[:2] == ["Allergy", "Medication"]
    assert known["Health cover"] == "Health card, until 5 Dec 2026, 12 days"
    assert "6 sessions, weekly, last 19 Nov" in said(facts)
    assert "Interpreter asked (Tigrinya)" in known["Tue 1 Dec, 09:30"]
    assert "how did it go?" in known["Fri 20 Nov"]


def test_health_says_to_others_only_that_it_exists(desk: Desk, office: Office, case: FactsCase, qtbot: QtBot) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))
    facts = shown(office, qtbot, case, Area.HEALTH)
    assert lines(facts) == {}
    assert "restricted" in said(facts)
    assert "Penicillin" not in said(facts)


def test_the_ladder_is_drawn_with_where_it_stands(show: Show) -> None:
    words = said(show(Area.FAMILY))
    assert "wish ✓ · trace ✓ · contact now · assessment · trial visit · return · follow-up" in words
    assert "She may stop at any time." in words


def test_an_earlier_step_tells_its_words(desk: Desk, office: Office, case: FactsCase, qtbot: QtBot) -> None:
    move = LadderMoveDraft(Rung.TRACE, TODAY, words="Her sister has moved to another town")
    desk.do(move_on_ladder, case.ladder_id, move)
    facts = shown(office, qtbot, case, Area.FAMILY)
    next(each for each in facts.findChildren(QPushButton) if each.text().endswith(" earlier steps")).click()
    assert "back to this step · Her sister has moved to another town" in said(facts)


def test_work_names_the_red_flags_and_what_is_due(show: Show) -> None:
    facts = show(Area.EMPLOYMENT)
    assert "1 red flag: not paid to the worker’s own account" in said(facts)
    assert lines(facts)["Check-in, 30 days"] == "11 Nov 2026, 12 days late"
    assert lines(facts)["Safe-job check"].endswith("valid until 8 Apr 2027, Go, with conditions")


def test_attendance_is_a_percentage_of_sessions(show: Show) -> None:
    assert lines(show(Area.EDUCATION))["Attendance"] == "82 %, 18 of 22 sessions"


@pytest.mark.parametrize("area", AREAS)
def test_an_empty_area_says_what_to_do_next(desk: Desk, office: Office, qtbot: QtBot, area: Area) -> None:
    head = a_survivor(desk)
    facts = shown(office, qtbot, FactsCase(head.survivor_id, head.case_id, head.case_id), area)
    assert lines(facts) == {}
    steps = [button for button in facts.findChildren(QPushButton) if button.isVisible()]
    assert steps
    assert all(button.text().startswith("+") for button in steps)


@pytest.mark.parametrize("area", AREAS)
def test_a_viewer_reads_and_is_offered_nothing_to_write(
    desk: Desk, office: Office, case: FactsCase, qtbot: QtBot, area: Area
) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    facts = shown(office, qtbot, case, area)
    assert lines(facts) == {}
    assert not [button for button in facts.findChildren(QPushButton) if button.text().startswith("+")]


@pytest.mark.parametrize("area", AREAS)
def test_nothing_is_cut_in_a_long_language_from_right_to_left(
    office: Office, case: FactsCase, qtbot: QtBot, screen: Screen, area: Area
) -> None:
    screen.interpreter.speak(PSEUDO_RTL)
    facts = shown(office, qtbot, case, area)
    facts.resize(340, facts.heightForWidth(340))
    wait_for(lambda: facts.width() == 340, "the new size")
    for value in facts.findChildren(FactValue):
        assert value.height() >= value.heightForWidth(value.width()), value.accessibleName()
    for label in facts.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


# --- what is done ---------------------------------------------------------------------------------------------------


def test_a_line_opens_its_form_by_enter_and_the_keys_come_back_to_it(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    facts = show(Area.HOUSING)
    leaves = line(facts, "Leaves by")
    leaves.setFocus()
    qtbot.keyClick(leaves, Qt.Key.Key_Return)
    dialog = opened(facts, PlacementDialog)
    assert isinstance(dialog, PlacementDialog)
    settle(office, qtbot)
    dialog.fields.parts["name"].setText("Room 5")  # type: ignore[attr-defined]
    with qtbot.waitSignal(office.undo_offered):
        qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(office, qtbot)
    assert lines(facts)["Placement"] == "Room 5"
    assert facts.window().focusWidget() is line(facts, "Leaves by")


def test_moving_to_a_new_place_ends_the_old_one_and_is_taken_back_in_one_step(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    facts = show(Area.HOUSING)
    link(facts, "+ Moved to a new place").click()
    dialog = opened(facts, PlacementDialog)
    assert isinstance(dialog, PlacementDialog)
    kind = dialog.fields.parts["kind"]
    assert isinstance(kind, CodeCombo)
    kind.show_code(PlacementKind.HOST_FAMILY)
    with qtbot.waitSignal(office.undo_offered) as offered:
        dialog.save()
    settle(office, qtbot)
    assert lines(facts)["Placement"] == "Host family"
    housing: Housing = desk.ask(show_housing, case.case_id)
    assert housing.placements[1].until == housing.placements[0].since == housing.today
    assert offered.args is not None
    desk.do(undo, offered.args[1])
    settle(office, qtbot)
    assert lines(facts)["Placement"] == "Shelter room 4"


def test_her_stop_is_one_click_and_can_be_taken_back(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    facts = show(Area.FAMILY)
    with qtbot.waitSignal(office.undo_offered) as offered:
        link(facts, "Survivor says stop").click()
    settle(office, qtbot)
    family: Family = desk.ask(show_family, case.case_id)
    assert family.ladders[0].state.is_frozen
    assert "Only the survivor can lift this." in said(facts)
    assert "Survivor says stop" not in [
        button.text() for button in facts.findChildren(QPushButton) if button.isVisible()
    ]
    assert offered.args is not None
    desk.do(undo, offered.args[1])
    settle(office, qtbot)
    assert "Only the survivor can lift this." not in said(facts)
    assert desk.ask(show_family, case.case_id).ladders[0].state.rung is Rung.CONTACT


def test_each_of_two_stops_is_lifted_by_itself_and_says_what_happened(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    desk.do(record_veto, case.ladder_id)
    desk.do(stop_ladder, case.ladder_id, StopDraft(StopKind.NEW_THREAT, TODAY, "A cousin called"))
    facts = show(Area.FAMILY)
    lifts = [link for link in facts.findChildren(QPushButton) if link.text() == "Lift the stop…" and link.isVisible()]
    assert {lift.accessibleName() for lift in lifts} == {
        "Lift the stop: The survivor said stop", "Lift the stop: New threat",
    }  # fmt: skip
    assert "23 Nov: New threat. A manager must lift this.\nA cousin called" in said(facts)
    next(lift for lift in lifts if lift.accessibleName().endswith("New threat")).click()
    dialog = opened(facts, LiftStopDialog)
    assert "23 Nov 2026: New threat.\nA cousin called" in said(dialog)


def test_the_way_to_reunification_is_told_the_latest_first_with_what_went_back(
    show: Show, desk: Desk, case: FactsCase
) -> None:
    ladder = desk.ask(show_family, case.case_id).ladders[0]
    before = {Rung.TRACE: Rung.WISH, Rung.CONTACT: Rung.TRACE}[ladder.state.rung]
    desk.do(move_on_ladder, case.ladder_id, LadderMoveDraft(before, TODAY))
    stop = desk.do(stop_ladder, case.ladder_id, StopDraft(StopKind.NEW_THREAT, TODAY, "A cousin called")).value
    desk.do(lift_stop, stop, LiftDraft(TODAY, words="He has another number now"))
    facts = show(Area.FAMILY)
    next(each for each in facts.findChildren(QPushButton) if each.text().endswith(" earlier steps")).click()
    told = said(facts)
    assert "23 Nov 2026 · back to this step" in told
    assert "23 Nov 2026 · A cousin called · lifted on 23 Nov 2026 · He has another number now" in told
    assert told.index("lifted on 23 Nov 2026") < told.index("back to this step") < told.index("consent of")


def test_an_earlier_place_without_an_end_stands_beside_tonights(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    friend = PlacementDraft(PlacementKind.HOST_FAMILY, "With a friend", since=date(2026, 7, 1))
    desk.do(save_placement, case.case_id, friend)
    facts = show(Area.HOUSING)
    assert lines(facts)["Also there"] == "With a friend, since 1 Jul 2026, no end"
    assert "With a friend and Shelter room 4 overlap from 3 Aug to 23 Nov: 112 nights, each counted once." in said(
        facts
    )
    assert "· 112 nights" in said(facts)
    assert link(facts, "1 earlier placement").isVisible()


def test_of_a_restricted_diary_it_is_not_said_that_it_is_empty(
    desk: Desk, office: Office, case: FactsCase, qtbot: QtBot
) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))
    facts = shown(office, qtbot, case, Area.LEGAL)
    assert lines(facts) == {}
    assert "Legal & status\nrestricted" in said(facts)
    assert "Nothing" not in said(facts)


def test_an_appointment_of_another_year_says_which(show: Show, desk: Desk, case: FactsCase) -> None:
    long_ago = AppointmentDraft(Area.LEGAL, AppointmentKind.LAWYER, date(2025, 11, 25), state=AppointmentState.ATTENDED)
    desk.do(save_appointment, case.case_id, long_ago)
    facts = show(Area.LEGAL)
    link(facts, "1 earlier appointment").click()
    assert {"Wed 25 Nov, 11:00", "Tue, 25 Nov 2025"} <= set(lines(facts))


def test_how_an_appointment_went_is_said_with_one_click(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    facts = show(Area.HEALTH)
    with qtbot.waitSignal(office.undo_offered):
        link(facts, "Attended").click()
    settle(office, qtbot)
    diary = desk.ask(show_diary, case.case_id, Area.HEALTH.value)
    assert diary.past[0].state is AppointmentState.ATTENDED
    assert "how did it go?" not in said(facts)


def test_where_work_stands_is_chosen_in_place(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    facts = show(Area.EMPLOYMENT)
    combo = facts.findChild(CodeCombo)
    assert isinstance(combo, CodeCombo)
    with qtbot.waitSignal(office.undo_offered):
        combo.setFocus()
        qtbot.keyClick(combo, Qt.Key.Key_Down)
        combo.activated.emit(combo.currentIndex())
    settle(office, qtbot)
    employment: Employment = desk.ask(show_employment, case.case_id)
    assert employment.state is EmploymentState.TRIAL


def test_what_was_shown_of_one_person_is_gone_before_the_next_is_asked(
    show: Show, office: Office, desk: Desk, qtbot: QtBot
) -> None:
    facts = show(Area.HOUSING)
    other = a_survivor(desk)
    facts.show_area(other.survivor_id, other.case_id, Area.HOUSING)
    assert "Shelter room 4" not in said(facts)
    settle(office, qtbot)
    assert "No place is recorded for tonight." in said(facts)


def test_a_change_elsewhere_is_shown_at_once(
    show: Show, office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    facts = show(Area.FAMILY)
    desk.do(save_relative, case.case_id, RelativeDraft("Abel", RelativeKind.BROTHER, was_recruiter=Answer.YES))
    settle(office, qtbot)
    assert lines(facts)["Brother"] == "Abel, not safe"


def test_an_appointment_form_opens_for_the_area(show: Show, office: Office, qtbot: QtBot) -> None:
    facts = show(Area.LEGAL)
    link(facts, "+ Add an appointment").click()
    dialog = opened(facts, AppointmentDialog)
    kind = dialog.findChild(CodeCombo, "kind")
    assert isinstance(kind, CodeCombo)
    assert kind.code == "lawyer"
    settle(office, qtbot)


def test_the_page_may_put_the_diary_elsewhere(show: Show, office: Office, case: FactsCase, qtbot: QtBot) -> None:
    facts = show(Area.LEGAL)
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    facts.diary.setParent(elsewhere)
    facts.show_area(case.survivor_id, case.case_id, Area.HEALTH)
    settle(office, qtbot)
    elsewhere.show()
    facts.diary.show()
    assert "Tue 1 Dec, 09:30" in lines(elsewhere)
    assert "Allergy" in lines(facts)
    assert "Tue 1 Dec, 09:30" not in lines(facts)


def test_the_page_stays_where_it_is_when_an_entry_on_top_was_saved(
    office: Office, desk: Desk, case: FactsCase, qtbot: QtBot
) -> None:
    page, facts = QScrollArea(), AreaFacts(office)
    page.setWidget(facts)
    page.setWidgetResizable(True)
    page.resize(330, 200)
    qtbot.addWidget(page)
    facts.show_area(case.survivor_id, case.case_id, Area.FAMILY)
    page.show()
    settle(office, qtbot)
    top = next(iter(sorted(facts.findChildren(FactValue), key=lambda line: line.mapTo(facts, QPoint()).y())))
    top.setFocus()
    top_name = top.objectName()
    desk.do(save_relative, case.case_id, RelativeDraft("Abel", RelativeKind.BROTHER, was_recruiter=Answer.YES))
    settle(office, qtbot)
    assert "Abel, not safe" in lines(facts).values()
    focused = page.focusWidget()
    assert focused is not None
    assert focused.objectName() == top_name
    assert page.verticalScrollBar().value() == 0
