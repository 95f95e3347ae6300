"""The log and the history on the screen: filtered, exported with a signature, an earlier value put back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.permissions import Role
from aftercare.domain.rows.log import LogFilter, LogGroup
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.office import Office
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.history import HistoryTab
from aftercare.gui.pages.log import LogPart
from aftercare.gui.pages.person import TabEntry
from aftercare.services.desk import Desk
from aftercare.services.log import see_log
from aftercare.services.log_export import check_log_file
from aftercare.services.opening import OpenOffice
from aftercare.services.survivors import correct_person, open_person, person_draft
from aftercare.vault.opened import OpenVault
from hands import words_on
from makers import a_survivor


def correct(desk: Desk, head: PersonHead, **fields: object) -> None:
    draft = desk.ask(person_draft, head.survivor_id)
    desk.do(correct_person, head.survivor_id, replace(draft, **fields))  # type: ignore[arg-type]


@pytest.fixture
def log(qtbot: QtBot, office: Office, desk: Desk, vault: OpenVault) -> LogPart:
    a_survivor(desk)
    desk.ask(open_person, a_survivor(desk).survivor_id)
    office.opened = OpenOffice(vault, desk)
    part = LogPart(office)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(lambda: part._model.total > 0 and part._who.count() > 1)
    return part


def actions(part: LogPart) -> set[str]:
    return {row.action for row in part._model.rows}


def test_choosing_a_group_shows_only_its_lines(qtbot: QtBot, log: LogPart) -> None:
    assert {"take_in", "read"} <= actions(log)
    log._group.setCurrentIndex(log._group.findData(LogGroup.LOOKED))
    log._group.activated.emit(log._group.currentIndex())
    qtbot.waitUntil(lambda: actions(log) == {"read"})


def test_a_code_narrows_the_log_to_one_person_and_an_unknown_one_is_told(qtbot: QtBot, log: LogPart) -> None:
    qtbot.keyClicks(log._person, "s-0002")
    qtbot.keyClick(log._person, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {row.about for row in log._model.rows} == {"S-0002"})
    log._person.clear()
    qtbot.keyClicks(log._person, "S-0999")
    qtbot.keyClick(log._person, Qt.Key.Key_Return)
    qtbot.waitUntil(log._form.banner.isVisible)


def ask_for_person(qtbot: QtBot, log: LogPart, code: str) -> None:
    log._person.selectAll()
    qtbot.keyClicks(log._person, code)
    qtbot.keyClick(log._person, Qt.Key.Key_Return)


def test_under_a_code_that_nobody_has_no_line_of_another_person_stands_or_is_exported(
    qtbot: QtBot, log: LogPart
) -> None:
    ask_for_person(qtbot, log, "S-0002")
    qtbot.waitUntil(lambda: {row.about for row in log._model.rows} == {"S-0002"})
    ask_for_person(qtbot, log, "S-0999")
    qtbot.waitUntil(log._form.banner.isVisible)
    log._group.activated.emit(0)
    log._office.jobs.drain()
    assert not log._model.rows
    assert log._form.banner.isVisible()
    assert not log._form.export_button.isEnabled()
    ask_for_person(qtbot, log, "S-0001")
    qtbot.waitUntil(lambda: {row.about for row in log._model.rows} == {"S-0001"})
    assert log._form.export_button.isEnabled()


def test_the_cross_in_the_field_for_a_code_shows_everybody_again(qtbot: QtBot, log: LogPart) -> None:
    ask_for_person(qtbot, log, "S-0002")
    qtbot.waitUntil(lambda: {row.about for row in log._model.rows} == {"S-0002"})
    log._person.clear()
    qtbot.waitUntil(lambda: "S-0001" in {row.about for row in log._model.rows})


def test_leaving_the_field_for_a_code_asks_and_logs_nothing_again(qtbot: QtBot, log: LogPart, desk: Desk) -> None:
    ask_for_person(qtbot, log, "S-0002")
    qtbot.waitUntil(lambda: {row.about for row in log._model.rows} == {"S-0002"})
    asked = desk.ask(see_log, LogFilter()).total
    log._person.editingFinished.emit()
    log._office.jobs.drain()
    assert desk.ask(see_log, LogFilter()).total == asked + 1


def test_a_day_that_cannot_be_read_is_told_instead_of_exporting_or_going_on(
    qtbot: QtBot, log: LogPart, tmp_path: Path
) -> None:
    log._since.field.setText("the day before")
    log.export_to(tmp_path / "log.csv")
    log._ask_more(0)
    log._office.jobs.drain()
    assert log._form.banner.isVisible()
    assert not list(tmp_path.glob("log.csv*"))


def test_a_log_that_was_changed_is_not_shown_without_saying_so(
    qtbot: QtBot, office: Office, desk: Desk, vault: OpenVault
) -> None:
    head = a_survivor(desk)
    desk.ask(open_person, head.survivor_id)
    with vault.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_stays")
        connection.exec_driver_sql("UPDATE audit_entry SET action = 'search' WHERE seq = 2")
    office.opened = OpenOffice(vault, desk)
    part = LogPart(office)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(part._form.banner.isVisible)
    part._group.activated.emit(0)
    office.jobs.drain()
    assert part._form.banner.isVisible()
    assert "from entry 2 on" in words_on(part)
    LogPart(office, part)
    office.jobs.drain()
    assert [row.action for row in desk.ask(see_log, LogFilter(LogGroup.KEYS)).rows].count("vault.log_found_broken") == 1


def test_an_export_is_checked_and_signed(qtbot: QtBot, log: LogPart, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    with qtbot.waitSignal(log._office.said):
        log.export_to(path)
    told = check_log_file(path)
    assert told.fingerprint in log._form.fingerprint.text()


def test_days_the_wrong_way_round_are_explained(qtbot: QtBot, log: LogPart) -> None:
    qtbot.keyClicks(log._since.field, "23 Nov 2026")
    qtbot.keyClick(log._since.field, Qt.Key.Key_Return)
    qtbot.keyClicks(log._until.field, "1 Nov 2026")
    qtbot.keyClick(log._until.field, Qt.Key.Key_Return)
    qtbot.waitUntil(log._form.banner.isVisible)


# --- history ------------------------------------------------------------------------------------------------------


@pytest.fixture
def person(desk: Desk) -> PersonHead:
    head = a_survivor(desk, may_sign="Her aunt")
    correct(desk, head, may_sign="Nobody")
    return head


def shown(qtbot: QtBot, office: Office, head: PersonHead) -> HistoryTab:
    tab = HistoryTab(office)
    qtbot.addWidget(tab)
    tab.resize(1000, 700)
    tab.show()
    tab.show_person(head)
    qtbot.waitUntil(lambda: bool(tab._changes.rows))
    return tab


def test_an_earlier_value_is_put_back_from_its_line(
    qtbot: QtBot, office: Office, desk: Desk, person: PersonHead
) -> None:
    tab = shown(qtbot, office, person)
    assert not tab._form.restore.isEnabled()
    tab._form.changes.setCurrentIndex(tab._changes.index(0, 0))
    assert "Her aunt" in tab._form.shown.text()
    before = len(tab._changes.rows)
    with qtbot.waitSignal(office.undo_offered):
        tab._form.restore.click()
    assert desk.ask(person_draft, person.survivor_id).may_sign == "Her aunt"
    qtbot.waitUntil(lambda: len(tab._changes.rows) == before + 1)


def test_who_looked_is_shown_to_those_who_watch_over_the_log(qtbot: QtBot, office: Office, person: PersonHead) -> None:
    tab = shown(qtbot, office, person)
    qtbot.waitUntil(lambda: [row.name for row in tab._lookers.rows] == ["A. Rahman"])
    assert tab._form.lookers_sheet.isVisible()


def test_where_there_is_room_it_is_told_when_each_looked_and_what_left(
    qtbot: QtBot, office: Office, person: PersonHead
) -> None:
    tab = shown(qtbot, office, person)
    tab.resize(1100, 640)
    office.jobs.drain()
    table = tab._form.lookers
    keys = [column.key for column in tab._lookers.columns]
    qtbot.waitUntil(lambda: [key for at, key in enumerate(keys) if not table.isColumnHidden(at)] == keys)
    tab.resize(420, 640)
    qtbot.waitUntil(lambda: table.isColumnHidden(keys.index("first")))
    tab.resize(1100, 640)
    qtbot.waitUntil(lambda: not table.isColumnHidden(keys.index("first")))


def test_others_see_what_changed_but_cannot_put_it_back(
    qtbot: QtBot, office: Office, desk: Desk, person: PersonHead
) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    tab = shown(qtbot, office, person)
    assert not tab._form.restore.isVisible()
    assert not tab._form.lookers_sheet.isVisible()


def test_parts_of_the_administration_are_made_when_they_are_shown(qtbot: QtBot, office: Office) -> None:
    made: list[str] = []

    def part(key: str) -> TabEntry:
        def make(around: QWidget) -> QWidget:
            made.append(key)
            return QWidget(around)

        return TabEntry(key, key.title(), make)

    page = AdministrationPage([part("one"), part("two")])
    qtbot.addWidget(page)
    assert made == ["one"]
    page.open("two")
    page.open("nowhere")
    assert (made, page.tab) == (["one", "two"], "two")


def test_a_filter_of_the_history_is_kept_until_another_person_is_shown(
    qtbot: QtBot, office: Office, desk: Desk
) -> None:
    head, other = a_survivor(desk, may_sign="Her aunt"), a_survivor(desk)
    correct(desk, head, may_sign="Nobody")
    tab = HistoryTab(office)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_person(head)
    qtbot.waitUntil(lambda: tab._kind.count() > 1)
    at = tab._kind.findText("Case")
    tab._kind.setCurrentIndex(at)
    tab._kind.activated.emit(at)
    qtbot.waitUntil(lambda: {row.kind for row in tab._changes.rows} == {"survivor_case"})
    tab.show_person(head)
    office.jobs.drain()
    assert tab._kind.currentText() == "Case"
    tab.show_person(other)
    qtbot.waitUntil(lambda: tab._kind.currentIndex() == 0)


def test_whoever_looked_is_filtered_by_time(qtbot: QtBot, office: Office, desk: Desk) -> None:
    head = a_survivor(desk)
    desk.ask(open_person, head.survivor_id)
    tab = HistoryTab(office)
    qtbot.addWidget(tab)
    tab.show()
    tab.show_person(head)
    qtbot.waitUntil(lambda: len(tab._lookers.rows) == 1)
    asked = tab._form.period.findData(30)
    tab._form.period.setCurrentIndex(asked)
    tab._form.period.activated.emit(asked)
    office.jobs.drain()
    assert len(tab._lookers.rows) == 1
    assert "in this time" in tab._form.lookers.empty._form.sentence.text()
