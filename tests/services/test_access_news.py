"""Managers hear who was let in or sees more, and nobody shuts a second person out alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.access import AccessDraft, TeamDraft
from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.errors import ApprovalNeeded, NotAllowed
from aftercare.domain.permissions import Permission, Reach, Role
from aftercare.services import staff
from aftercare.services.access import add_team, change_access, save_team
from aftercare.services.access_news import access_news, mark_access_news_read
from aftercare.services.approvals import answer_approval, ask_approval, list_approvals
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.exclusions import exclude, lift_exclusion
from aftercare.services.office import show_settings
from aftercare.services.opening import OpenOffice
from aftercare.services.today import today_view
from aftercare.vault.audit import AuditEvent
from aftercare.words.log_facts import access_news_words
from conftest import CLOCK
from makers import a_colleague, a_survivor

WORKER = StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))
MANAGER = StaffDraft("miriam", "Miriam S.", frozenset({Role.MANAGER}))

pytestmark = pytest.mark.usefixtures("cheap_accounts")


@pytest.fixture
def manager(desk: Desk) -> Desk:
    return replace(desk, actor=a_colleague(desk, Role.MANAGER))


def under_two(desk: Desk, *what: Approvable) -> None:
    desk.do(change_settings, replace(desk.ask(show_settings), two_persons_for=tuple(map(str, what))))


def words(desk: Desk) -> list[str]:
    return [access_news_words(row, CLOCK.local) for row in desk.ask(access_news)]


# --- news --------------------------------------------------------------------------------------------------------


def test_a_manager_sees_on_today_who_was_let_in_or_sees_more_until_they_have_read_it(
    office: OpenOffice, manager: Desk
) -> None:
    desk = office.desk
    nadja = desk.do(staff.add_staff, office.keys(), WORKER).value.staff_id
    wider = AccessDraft(Reach.ALL, given=frozenset({Permission.IMPORT_PEOPLE}))
    desk.do(change_access, nadja, wider)
    assert words(manager) == [
        "Nadja K.: Changed what a colleague may do or whom they see (Everybody · given: Import people)",
        "Nadja K.: Added an account (Case worker)",
    ]
    assert manager.ask(today_view).access_news == 2
    assert desk.ask(today_view).access_news == 0, "what one did oneself is no news"
    newest, older = manager.ask(access_news)
    manager.do(mark_access_news_read, older.seq)
    assert manager.ask(access_news) == (newest,)
    manager.do(mark_access_news_read, newest.seq)
    manager.do(mark_access_news_read, older.seq)
    assert manager.ask(today_view).access_news == 0


def test_a_lifted_exclusion_is_news_by_her_code_but_not_for_somebody_who_is_excluded(desk: Desk, manager: Desk) -> None:
    seen, hidden = a_survivor(desk), a_survivor(desk)
    for head in (seen, hidden):
        exclusion = manager.do(exclude, head.survivor_id, desk.actor.id).value
        manager.do(lift_exclusion, exclusion, None)
    manager.do(exclude, hidden.survivor_id, desk.actor.id)
    assert [(row.action, row.whose) for row in desk.ask(access_news)] == [("lift_exclusion", seen.case_code)]


def test_a_manager_hears_that_a_colleague_went_on_with_older_records(office: OpenOffice, manager: Desk) -> None:
    """Whoever accepted them at the door put the notice away; the night worker is not the one to look for the rest."""
    vault = office.vault
    with vault.engine.begin() as connection:
        older = AuditEvent("vault.older_records_opened", reason="missing=6")
        vault.audit.append_many(connection, CLOCK.now(), vault.account_id, (older,))
    assert words(manager) == ["Older records were opened (6 changes are missing)"]
    assert manager.ask(today_view).access_news == 1


def test_who_reviews_no_access_hears_nothing(desk: Desk) -> None:
    worker = replace(desk, actor=a_colleague(desk, Role.CASE_WORKER))
    with pytest.raises(NotAllowed):
        worker.ask(access_news)
    assert worker.ask(today_view).access_news == 0


# --- two persons -------------------------------------------------------------------------------------------------


def test_disabling_takes_the_two_persons_that_removing_takes(office: OpenOffice, manager: Desk) -> None:
    desk = office.desk
    nadja = desk.do(staff.add_staff, office.keys(), WORKER).value.staff_id
    under_two(desk, Approvable.REMOVE_STAFF)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(staff.disable_staff, office.keys(), nadja)
    desk.do(ask_approval, needed.value)
    (row,) = manager.ask(list_approvals)
    assert row.about == "Nadja K."
    manager.do(answer_approval, row.id, True, row.version)
    desk.do(staff.disable_staff, office.keys(), nadja)
    with pytest.raises(ApprovalNeeded):
        desk.do(staff.close_for_good, office.keys(), nadja)


def test_nobody_shuts_out_or_demotes_a_second_person_alone_and_then_asks_for_none(
    office: OpenOffice, manager: Desk
) -> None:
    desk = office.desk
    miriam = desk.do(staff.add_staff, office.keys(), MANAGER).value.staff_id
    under_two(desk, Approvable.PURGE)
    for request in (staff.disable_staff, staff.close_for_good):
        with pytest.raises(ApprovalNeeded) as needed:
            desk.do(request, office.keys(), miriam)
        assert needed.value.action == Approvable.TAKE_SECOND
    names = StaffNamesDraft(miriam, 1, MANAGER.login_name, MANAGER.display_name)
    with pytest.raises(ApprovalNeeded):
        desk.do(staff.correct_staff, office.keys(), names, frozenset({Role.VIEWER}))
    desk.do(ask_approval, needed.value)
    (row,) = manager.ask(list_approvals)
    assert row.about == "Miriam S."
    manager.do(answer_approval, row.id, True, row.version)
    desk.do(staff.disable_staff, office.keys(), miriam)


def test_whoever_agrees_to_nothing_is_disabled_by_one_person(office: OpenOffice, manager: Desk) -> None:
    desk = office.desk
    nadja = desk.do(staff.add_staff, office.keys(), WORKER).value.staff_id
    under_two(desk, Approvable.PURGE)
    desk.do(staff.disable_staff, office.keys(), nadja)


def test_a_team_that_lets_somebody_see_more_takes_two_persons_where_access_does(
    office: OpenOffice, manager: Desk
) -> None:
    desk = office.desk
    nadja = desk.do(staff.add_staff, office.keys(), WORKER).value.staff_id
    team = desk.do(add_team, "Night house").value
    under_two(desk, Approvable.GIVE_ACCESS)
    with pytest.raises(ApprovalNeeded):
        desk.do(save_team, TeamDraft("Night house", frozenset({nadja}), team))
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(change_access, nadja, AccessDraft(teams=frozenset({team})))
    desk.do(ask_approval, needed.value)
    (row,) = manager.ask(list_approvals)
    manager.do(answer_approval, row.id, True, row.version)
    desk.do(save_team, TeamDraft("Night house", frozenset({nadja}), team))
    assert words(manager)[0] == "Nadja K.: Changed the teams of a colleague (joined a team)"
