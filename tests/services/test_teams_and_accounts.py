"""Teams as one form saves them, and an account whose names and roles change together."""

from __future__ import annotations

import pytest

from aftercare.domain.drafts.access import TeamDraft
from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.errors import ChangedMeanwhile, DraftProblems, FieldProblem, NotForYourself
from aftercare.domain.permissions import Role
from aftercare.domain.rows.staff import StaffRow
from aftercare.services.access import list_teams, save_team, show_team
from aftercare.services.desk import Desk
from aftercare.services.opening import OpenOffice
from aftercare.services.staff import add_staff, correct_staff
from aftercare.services.staff_list import list_staff
from aftercare.vault import CHEAP_KDF, OpenVault
from makers import a_colleague


def test_a_team_changes_its_name_and_members_in_one_go(desk: Desk) -> None:
    colleague = a_colleague(desk).id
    team_id = desk.do(save_team, TeamDraft("North", frozenset({colleague}))).value
    shown = desk.ask(show_team, team_id)
    assert shown.name == "North"
    assert shown.members == {colleague}
    desk.do(save_team, TeamDraft("South", frozenset(), shown.id, shown.version))
    assert [(team.name, team.members) for team in desk.ask(list_teams)] == [("South", 0)]


def test_nobody_puts_themselves_into_a_team(desk: Desk) -> None:
    with pytest.raises(NotForYourself):
        desk.do(save_team, TeamDraft("North", frozenset({desk.actor.id})))
    assert desk.ask(list_teams) == ()


def test_a_form_opened_before_somebody_else_saved_is_refused(desk: Desk) -> None:
    team_id = desk.do(save_team, TeamDraft("North")).value
    shown = desk.ask(show_team, team_id)
    desk.do(save_team, TeamDraft("South", frozenset(), shown.id, shown.version))
    with pytest.raises(ChangedMeanwhile):
        desk.do(save_team, TeamDraft("East", frozenset(), shown.id, shown.version))


@pytest.fixture
def nadja(vault: OpenVault, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[OpenOffice, StaffRow]:
    monkeypatch.setattr("aftercare.vault.members.measured_kdf", lambda: CHEAP_KDF)
    office = OpenOffice(vault, desk)
    desk.do(add_staff, office.keys(), StaffDraft("nadja", "Nadja K.", frozenset({Role.VIEWER})))
    return office, named(office, "nadja")


def named(office: OpenOffice, login_name: str) -> StaffRow:
    return next(row for row in office.desk.ask(list_staff, office.keys()) if row.login_name == login_name)


def test_names_and_roles_of_an_account_change_together_or_not_at_all(nadja: tuple[OpenOffice, StaffRow]) -> None:
    office, row = nadja
    names = StaffNamesDraft(row.staff_id, row.version, "nadia", "Nadia K.")
    office.desk.do(correct_staff, office.keys(), names, frozenset({Role.MANAGER}))
    changed = named(office, "nadia")
    assert changed.display_name == "Nadia K."
    assert changed.roles == {Role.MANAGER}
    taken = StaffNamesDraft(row.staff_id, changed.version, "rahman", "Nadia K.")
    with pytest.raises(DraftProblems):
        office.desk.do(correct_staff, office.keys(), taken, frozenset({Role.VIEWER}))
    assert named(office, "nadia").roles == {Role.MANAGER}
    with pytest.raises(FieldProblem):
        office.desk.do(correct_staff, office.keys(), taken, frozenset())
