"""The list of survivors, by keyboard: filtered while typing, columns kept; somebody new, with who may be the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QInputDialog, QLabel, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import RiskLevel
from aftercare.domain.drafts.people import IntakeDraft, PersonDraft
from aftercare.domain.permissions import Reach, Role
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui.announcements import Announcements
from aftercare.gui.dialogs.new_person import NewPerson
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.pages.survivors import SurvivorsPage
from aftercare.gui.widgets.person_entries import NameEntry
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.office import OfficeSettings
from aftercare.services.survivors import list_survivors, take_in
from aftercare.settings import Settings, load_settings
from hands import click, named, part, press, settle, type_in, wait_for, words_on
from makers import a_colleague, a_survivor


@pytest.fixture
def office(desk: Desk, qtbot: QtBot) -> Iterator[Office]:
    jobs = Jobs()
    yield Office(desk, jobs, Announcements(), OfficeSettings())
    jobs.drain()
    jobs.close()


@pytest.fixture
def kept() -> Settings:
    return load_settings(None)


@pytest.fixture
def page(office: Office, desk: Desk, kept: Settings, qtbot: QtBot) -> SurvivorsPage:
    for given, family in (("Nadia", "Farouk"), ("Łucja", "Weiß"), ("Amara", "Okafor")):
        a_survivor(desk, given, family)
    desk.do(take_in, IntakeDraft(PersonDraft(), risk=RiskLevel.HIGH))
    return shown(office, kept, qtbot)


def shown(office: Office, kept: Settings, qtbot: QtBot) -> SurvivorsPage:
    made = SurvivorsPage(office, kept)
    qtbot.addWidget(made)
    made.resize(1200, 600)
    made.show()
    made.activateWindow()
    assert office.jobs.drain()
    return made


def codes(page: SurvivorsPage) -> list[str]:
    model = part(page, RowsTable, "table").rows_model
    assert model is not None
    return [row.case_code for row in model.rows]


def wait_for_codes(page: SurvivorsPage, wanted: list[str]) -> None:
    wait_for(lambda: codes(page) == wanted, f"the rows {wanted}, there are {codes(page)}")


def test_where_many_match_their_number_follows_the_rows(page: SurvivorsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.queries.search_people._SOME", 1)
    monkeypatch.setattr("aftercare.gui.pages.survivors._PAGE", 2)
    part(page, QWidget, "words").setFocus()
    type_in("s")
    wait_for(lambda: "4 people" in words_on(page), "the number")
    wait_for_codes(page, ["S-0001", "S-0002", "S-0003", "S-0004"])


def test_people_stand_by_code_and_without_a_name(page: SurvivorsPage) -> None:
    assert codes(page) == ["S-0001", "S-0002", "S-0003", "S-0004"]
    assert "4 people" in words_on(page)
    table = part(page, RowsTable, "table")
    cells = [str(table.model().index(row, at).data()) for row in range(4) for at in range(table.model().columnCount())]
    assert not any("Nadia" in cell or "Farouk" in cell for cell in cells)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("lucja", ["S-0002"]), ("WEISS", ["S-0002"]), ("okaf", ["S-0003"]), ("S-0004", ["S-0004"]), ("zzz", [])],
)
def test_typing_filters_at_once_also_without_diacritics(page: SurvivorsPage, typed: str, found: list[str]) -> None:
    press("Ctrl+F")
    type_in(typed)
    wait_for_codes(page, found)
    press("Ctrl+A")
    press("Backspace")
    wait_for_codes(page, ["S-0001", "S-0002", "S-0003", "S-0004"])


def test_an_empty_answer_says_so_and_an_empty_vault_says_the_next_step(
    page: SurvivorsPage, office: Office, kept: Settings, qtbot: QtBot
) -> None:
    press("Ctrl+F")
    type_in("nobody at all")
    wait_for_codes(page, [])
    assert "Nobody matches this filter." in words_on(page)


def test_nobody_recorded_yet_offers_to_begin(office: Office, kept: Settings, qtbot: QtBot) -> None:
    page = shown(office, kept, qtbot)
    assert "Nobody is recorded here yet." in words_on(page)
    with qtbot.waitSignal(page.new_person_asked):
        click(named(page, "New person", QPushButton))


def test_whoever_sees_nobody_is_not_told_that_there_is_nobody(
    office: Office, desk: Desk, kept: Settings, qtbot: QtBot
) -> None:
    a_survivor(desk)
    desk.actor = replace(a_colleague(desk, Role.VIEWER), own_reach=Reach.OWN)
    page = shown(office, kept, qtbot)
    assert "Nobody is recorded here yet." not in words_on(page)
    assert "No record is open to you yet." in words_on(page)
    assert not [button for button in page.findChildren(QPushButton) if button.text() and button.isVisible()]


def test_it_is_filtered_by_risk_and_the_filter_is_kept_without_typed_words(
    page: SurvivorsPage, office: Office, kept: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    risks = part(page, QComboBox, "risks")
    risks.setFocus()
    while risks.currentData() != RiskLevel.HIGH.value:
        press("Down")
    risks.activated.emit(risks.currentIndex())
    wait_for_codes(page, ["S-0004"])
    press("Ctrl+F")
    type_in("S-0004")
    monkeypatch.setattr(QInputDialog, "getText", staticmethod(lambda *_a, **_k: ("high ones", True)))
    page._save_filter()
    assert "high ones" in kept.filters
    assert "S-0004" not in str(kept.filters)


def test_arrows_and_enter_open_a_person(page: SurvivorsPage, qtbot: QtBot, desk: Desk) -> None:
    rows = desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    part(page, RowsTable, "table").setFocus()
    press("Home")
    press("Down")
    with qtbot.waitSignal(page.person_opened) as opened:
        press("Return")
    assert opened.args == [rows[1].survivor_id]
    assert page.next_to(rows[1].survivor_id, 1) == rows[2].survivor_id
    assert page.next_to(rows[3].survivor_id, 1) is None


def test_enter_in_the_filter_opens_the_first(page: SurvivorsPage, qtbot: QtBot) -> None:
    press("Ctrl+F")
    type_in("okaf")
    wait_for_codes(page, ["S-0003"])
    with qtbot.waitSignal(page.person_opened):
        press("Return")


def test_columns_are_chosen_kept_and_come_back(
    page: SurvivorsPage, office: Office, kept: Settings, qtbot: QtBot
) -> None:
    table = part(page, RowsTable, "table")
    menu = part(page, QPushButton, "columns").menu() if page.findChild(QPushButton, "columns") else None
    actions = (menu or table.columns_menu()).actions()
    worker = next(action for action in actions if action.text() == "Case worker")
    since = next(action for action in actions if action.text() == "Since")
    worker.setChecked(False)
    since.setChecked(True)
    page._keep_columns()
    assert "worker" not in kept.columns["survivors"]
    assert "opened" in kept.columns["survivors"]
    again = part(shown(office, kept, qtbot), RowsTable, "table")
    assert again.shown_columns == kept.columns["survivors"]


def test_a_header_sorts_and_sorts_back(page: SurvivorsPage) -> None:
    table = part(page, RowsTable, "table")
    table.horizontalHeader().sectionClicked.emit(0)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    wait_for_codes(page, ["S-0004", "S-0003", "S-0002", "S-0001"])


def test_somebody_who_comes_in_elsewhere_appears(page: SurvivorsPage, desk: Desk) -> None:
    a_survivor(desk)
    wait_for_codes(page, ["S-0001", "S-0002", "S-0003", "S-0004", "S-0005"])


# --- somebody new ----------------------------------------------------------------------------------------------------


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """The window over which forms open; it outlives them."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(office: Office, desk: Desk, around: QWidget) -> NewPerson:
    a_survivor(desk, "Mohammed", "Al-Rashid", contact_phone="+44 7700 900123")
    return open_form(office, around)


def open_form(office: Office, around: QWidget) -> NewPerson:
    made = NewPerson(office, around)
    made.open()
    made.activateWindow()
    assert office.jobs.drain()
    return made


def alike(dialog: NewPerson) -> list[str]:
    found = part(dialog, QListWidget, "alike_list")
    return [found.item(at).text() for at in range(found.count())] if found.isVisible() else []


@pytest.mark.parametrize(
    ("given", "family"), [("Muhammad", "al Rashid"), ("Rashid", "Mohammed"), ("Mohammed", "Al-Rachid")]
)
def test_likely_duplicates_appear_while_a_name_is_typed(dialog: NewPerson, given: str, family: str) -> None:
    assert alike(dialog) == []
    entry = dialog.findChildren(NameEntry)[0]
    entry.given.setFocus()
    type_in(given)
    press("Tab")
    type_in(family)
    wait_for(lambda: alike(dialog), "somebody alike")
    (first,) = alike(dialog)
    assert first.startswith("S-0001\n")
    assert len(first.split("\n")[1]) > 5  # a reason
    assert "Mohammed" not in first


def test_the_same_telephone_is_a_reason(dialog: NewPerson) -> None:
    named(dialog, "Phone").setFocus()
    type_in("07700 900 123")
    wait_for(lambda: alike(dialog), "somebody alike")
    assert "S-0001" in alike(dialog)[0]


def test_a_likely_duplicate_is_opened_instead(dialog: NewPerson, qtbot: QtBot) -> None:
    named(dialog, "Given name").setFocus()
    type_in("Mohammed")
    press("Tab")
    type_in("Al-Rashid")
    wait_for(lambda: alike(dialog), "somebody alike")
    found = part(dialog, QListWidget, "alike_list")
    found.setFocus()
    press("Home")
    with qtbot.waitSignal(dialog.existing_wanted):
        press("Return")
    settle()
    assert not shiboken6.isValid(dialog)


def test_a_new_person_is_written_down_with_tab_alone_in_the_order_in_which_the_fields_stand(dialog: NewPerson) -> None:
    passed: list[str] = []
    type_in("Selam")
    for _ in range(18):
        passed.append(dialog.focusWidget().accessibleName() or dialog.focusWidget().property("text"))
        press("Tab")
    assert passed[:5] == ["Given name", "Family name", "Language of the name", "Take entry 1 away", "Add a name"]
    assert passed.index("Add a name") < passed.index("Date of birth") < passed.index("Citizenship")
    assert passed.index("Citizenship") < passed.index("Spoken language") < passed.index("Add a language")
    assert dialog.findChildren(NameEntry)[0].given.text() == "Selam"


def test_nothing_is_obligatory(dialog: NewPerson, office: Office, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.taken_in):
        press("Ctrl+S")
    assert desk.ask(list_survivors, SurvivorFilter(), None, 10).total == 2


def test_what_cannot_be_understood_is_told_beside_its_field_and_nothing_is_saved(
    dialog: NewPerson, office: Office, desk: Desk
) -> None:
    named(dialog, "Date of birth").setFocus()
    type_in("the day before yesterday or so")
    press("Ctrl+S")
    assert office.jobs.drain()
    assert dialog.isVisible()
    assert desk.ask(list_survivors, SurvivorFilter(), None, 10).total == 1
    assert named(dialog, "Date of birth").accessibleDescription()


def test_leaving_keeps_what_was_typed_for_the_next_time(
    dialog: NewPerson, office: Office, desk: Desk, around: QWidget
) -> None:
    named(dialog, "Given name").setFocus()
    type_in("Sahar")
    press("Escape")
    assert office.jobs.drain()
    settle()
    assert len(desk.ask(my_drafts)) == 1
    again = open_form(office, around)
    settle()
    assert [entry.given.text() for entry in again.findChildren(NameEntry) if entry.isVisible()] == ["Sahar"]
    assert again.focusWidget().accessibleName() == "Given name"
    label = next(label for label in again.findChildren(QLabel) if "draft" in label.text())
    assert "is back" in label.text()
    again.save()
    assert office.jobs.drain()
    assert desk.ask(my_drafts) == ()
    assert QApplication.activeModalWidget() is None
