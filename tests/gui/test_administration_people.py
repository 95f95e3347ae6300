"""People and roles in the administration: accounts made, changed, closed and removed; codes shown once; teams."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.permissions import Permission, Reach, Role
from aftercare.domain.rows.staff import StaffRow, StaffState
from aftercare.gui.dialogs.access import AccessDialog
from aftercare.gui.dialogs.one_time_code import OneTimeCodeDialog
from aftercare.gui.dialogs.remove_staff import RemoveStaffDialog
from aftercare.gui.dialogs.staff import StaffDialog
from aftercare.gui.dialogs.team import TeamDialog
from aftercare.gui.notices import Notice
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_people import PeoplePart
from aftercare.services.access import list_teams, show_access
from aftercare.services.code_slip import slip_pdf
from aftercare.services.first_login import log_in_first
from aftercare.services.keys import show_ages_of_keys
from aftercare.services.opening import OpenOffice
from aftercare.services.report_preview import open_pages
from aftercare.services.staff import add_staff
from aftercare.services.staff_list import list_staff
from conftest import NOW
from hands import click, named, open_dialog, part, press, rest, words_on

NADJA = StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))
LONG = "Aleksandra Konstantinovna Wojciechowska-Papadopoulou"

pytestmark = pytest.mark.usefixtures("cheap_accounts")


@pytest.fixture
def people(qtbot: QtBot, office: Office, opened: OpenOffice) -> Iterator[PeoplePart]:
    opened.desk.do(add_staff, opened.keys(), NADJA)
    office.opened = opened
    made = PeoplePart(office)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    rest(office.jobs)
    yield made
    rest(office.jobs)


def account(opened: OpenOffice, login_name: str = "nadja") -> StaffRow:
    return next(row for row in opened.desk.ask(list_staff, opened.keys()) if row.login_name == login_name)


def choose_nadja(people: PeoplePart, opened: OpenOffice) -> None:
    people.choose(account(opened).staff_id)


def accept(office: Office, words: str) -> None:
    click(named(open_dialog(Notice), words, QPushButton))
    rest(office.jobs)


def test_everybody_is_listed_with_roles_and_state_in_words(people: PeoplePart) -> None:
    cells = [
        [people.people.index(row, column).data() for column in range(5)] for row in range(people.people.rowCount())
    ]
    assert cells[0][:2] == ["A. Rahman", "rahman"]
    assert cells[1][:3] == ["Nadja K.", "nadja", "Case worker"]
    assert cells[1][3].startswith("First sign-in until ")
    assert cells[1][4] == "never"


def test_somebody_new_gets_a_code_that_is_shown_once_and_works(
    people: PeoplePart, office: Office, opened: OpenOffice
) -> None:
    people.add_somebody()
    form = open_dialog(StaffDialog)
    part(form, QLineEdit, "display_name").setText("Boris T.")
    part(form, QLineEdit, "login_name").setText("boris")
    named(form, "Viewer", QCheckBox).click()
    form.save()
    rest(office.jobs)
    shown = open_dialog(OneTimeCodeDialog)
    assert "Boris T." in words_on(shown)
    code = part(shown, type(shown._form.code), "code").text().replace("\n", " ")
    assert account(opened, "boris").state is StaffState.WAITING
    press("Escape")
    assert shown.isVisible()
    shown._form.handed_over.click()
    click(shown._form.close_button)
    folder, clock = opened.vault.folder, opened.desk.clock
    opened.close()
    with log_in_first(folder, "boris", code, "seven lamps along the quay", clock=clock) as came_in:
        assert came_in.desk.actor.roles == {Role.VIEWER}


def test_what_cannot_be_kept_of_a_new_account_is_said_beside_its_field(people: PeoplePart, office: Office) -> None:
    people.add_somebody()
    form = open_dialog(StaffDialog)
    part(form, QLineEdit, "display_name").setText("Somebody else")
    part(form, QLineEdit, "login_name").setText("NADJA")
    named(form, "Viewer", QCheckBox).click()
    form.save()
    rest(office.jobs)
    assert form.isVisible()
    assert form.fields.rows["login_name"].message != "What they type to sign in"
    form.reject()


def test_names_and_roles_change_together(people: PeoplePart, office: Office, opened: OpenOffice) -> None:
    choose_nadja(people, opened)
    people.change_names()
    form = open_dialog(StaffDialog)
    part(form, QLineEdit, "display_name").setText(LONG)
    named(form, "Manager", QCheckBox).click()
    form.save()
    rest(office.jobs)
    row = account(opened)
    assert row.display_name == LONG
    assert row.roles == {Role.MANAGER, Role.CASE_WORKER}
    assert people.chosen is not None
    assert people.chosen.display_name == LONG


def test_nobody_is_offered_what_cannot_be_done_to_themselves(people: PeoplePart, opened: OpenOffice) -> None:
    people.choose(opened.desk.actor.id)
    offered = (people.access, people.code, people.open_or_close, people.remove)
    assert not any(button.isEnabled() for button in offered)
    choose_nadja(people, opened)
    assert all(button.isEnabled() for button in offered)


def test_disabling_asks_first_and_enabling_gives_a_code(people: PeoplePart, office: Office, opened: OpenOffice) -> None:
    choose_nadja(people, opened)
    click(people.open_or_close)
    question = open_dialog(Notice)
    assert not question._form.accept.isDefault()
    assert account(opened).state is StaffState.WAITING
    accept(office, "Disable")
    assert account(opened).state is StaffState.DISABLED
    choose_nadja(people, opened)
    assert people.open_or_close.text().replace("&", "") == "Enable…"
    click(people.open_or_close)
    accept(office, "Enable")
    assert "Nadja K." in words_on(open_dialog(OneTimeCodeDialog))
    open_dialog(OneTimeCodeDialog).accept()


def test_a_new_code_for_somebody_whose_code_ran_out_shows_in_the_list_at_once(
    people: PeoplePart, office: Office, opened: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_nadja(people, opened)
    monkeypatch.setattr("aftercare.services.staff_list._state", lambda *_known: StaffState.CODE_EXPIRED)
    people.refresh()
    rest(office.jobs)
    assert people.chosen == account(opened)
    monkeypatch.undo()
    click(people.code)
    assert "password of" not in words_on(open_dialog(Notice)), "there never was one"
    accept(office, "Make the code")
    open_dialog(OneTimeCodeDialog).accept()
    rest(office.jobs)
    assert people.chosen is not None
    assert people.chosen.state is StaffState.WAITING


def test_what_is_given_and_withheld_is_decided_beside_what_the_roles_say(
    people: PeoplePart, office: Office, opened: OpenOffice
) -> None:
    choose_nadja(people, opened)
    people.change_access()
    rest(office.jobs)
    form = open_dialog(AccessDialog)
    form._reach.show_code("own")
    form._answers[Permission.SEE_HEALTH].show_code("withheld")
    form._answers[Permission.IMPORT_PEOPLE].show_code("given")
    form.save()
    rest(office.jobs)
    row = next(row for row in opened.desk.ask(show_access) if row.display_name == "Nadja K.")
    assert row.own_reach is Reach.OWN
    assert row.withheld == {Permission.SEE_HEALTH}
    assert row.given == {Permission.IMPORT_PEOPLE}


def test_removing_says_what_it_means_and_changes_the_key(
    people: PeoplePart, office: Office, opened: OpenOffice
) -> None:
    choose_nadja(people, opened)
    before = opened.vault.unlocked.header.generation
    click(people.remove)
    dialog = open_dialog(RemoveStaffDialog)
    assert dialog._form.cancel.isDefault()
    assert dialog._form.cancel.x() < dialog._form.remove.x()
    click(dialog._form.remove)
    rest(office.jobs)
    assert account(opened).state is StaffState.REMOVED
    assert opened.vault.unlocked.header.generation == before + 1


def test_a_removal_without_a_new_key_tells_that_it_is_still_to_be_changed(
    people: PeoplePart, office: Office, opened: OpenOffice
) -> None:
    choose_nadja(people, opened)
    click(people.remove)
    dialog = open_dialog(RemoveStaffDialog)
    dialog._form.rotate.setChecked(False)
    click(dialog._form.remove)
    rest(office.jobs)
    assert opened.desk.ask(show_ages_of_keys).due_since is not None
    assert "still to be changed" in words_on(people.form.banner)


def test_a_team_is_made_with_its_members_and_its_maker_stays_out(
    people: PeoplePart, office: Office, opened: OpenOffice
) -> None:
    click(named(people, "New team…", QPushButton))
    form = open_dialog(TeamDialog)
    part(form, QLineEdit, "name").setText("North")
    form._members.tick(str(account(opened).staff_id)).click()
    assert not form._members.tick(str(opened.desk.actor.id)).isEnabled()
    form.save()
    rest(office.jobs)
    assert [(team.name, team.members) for team in opened.desk.ask(list_teams)] == [("North", 1)]
    click(named(people, "Change the team North", QPushButton))
    rest(office.jobs)
    form = open_dialog(TeamDialog)
    part(form, QLineEdit, "name").setText("South")
    form._members.tick(str(account(opened).staff_id)).click()
    form.save()
    rest(office.jobs)
    assert "South · 0 members" in words_on(people)


def test_the_slip_names_nobody_and_no_program() -> None:
    pages = open_pages(slip_pdf(("ABCDE", "FGHJK", "MNPQR", "STVWX"), NOW))
    assert len(pages) == 1
    pages.close()
    raw = slip_pdf(("ABCDE", "FGHJK", "MNPQR", "STVWX"), NOW)
    assert b"ftercare" not in raw
