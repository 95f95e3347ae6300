"""Who sees whom, as sentences: teams, adjusted accounts, exclusions by name, opened glass."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.codes import Area, DeadlineKind, NoteKind
from aftercare.domain.drafts.access import AccessDraft
from aftercare.domain.drafts.diary import DeadlineDraft
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.people import IntakeDraft
from aftercare.domain.errors import (
    ConfirmationNeeded,
    FieldProblem,
    NotAllowed,
    NotForYourself,
    NotFound,
    NothingToUndo,
    TeamInUse,
)
from aftercare.domain.permissions import GRANTS, Permission, Reach, Role, permitted, reach_of
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.records.people import Staff
from aftercare.services.access import (
    add_team,
    change_access,
    give_to_team,
    list_teams,
    remove_team,
    rename_team,
    show_access,
)
from aftercare.services.actors import actor_of
from aftercare.services.break_glass import find_beyond, list_for_review, mark_reviewed, open_glass
from aftercare.services.cases import case_draft, correct_case
from aftercare.services.deadlines import save_deadline
from aftercare.services.desk import Desk
from aftercare.services.exclusions import exclude, lift_exclusion, show_exclusions
from aftercare.services.health import show_health
from aftercare.services.notes import list_notes, save_note
from aftercare.services.record_history import record_history
from aftercare.services.survivors import count_survivors, open_person, take_in
from aftercare.services.today import today_view
from aftercare.services.undo import undo
from conftest import NOW
from ledger import Ledger
from makers import COLLEAGUE, a_colleague, a_survivor

REASON = "She called the night line and nobody of her team was there"


@pytest.fixture
def osei(desk: Desk) -> Desk:
    """L. Osei, a case worker who sees only the people she works with."""
    return replace(desk, actor=replace(a_colleague(desk), own_reach=Reach.OWN))


def anew(desk: Desk, of: Desk) -> Desk:
    """Somebody's desk after they signed in again."""
    with Session(desk.engine) as session:
        staff = session.get(Staff, of.actor.id)
        assert staff is not None
        return replace(of, actor=actor_of(staff))


# --- accounts and teams -------------------------------------------------------------------------------------------


def test_an_administrator_decides_what_one_colleague_may_do_and_whom_they_see(desk: Desk, osei: Desk) -> None:
    north = desk.do(add_team, "North").value
    draft = AccessDraft(Reach.TEAM, frozenset(), frozenset({Permission.SEE_HEALTH}), frozenset({north}))
    desk.do(change_access, COLLEAGUE, draft)
    row = next(row for row in desk.ask(show_access) if row.staff_id == COLLEAGUE)
    assert (row.reach, row.teams, Permission.SEE_HEALTH in row.permissions) == (Reach.TEAM, (north,), False)
    head = a_survivor(desk)
    assert not anew(desk, osei).ask(show_health, head.case_id).may_see


def test_nobody_decides_about_their_own_account(desk: Desk) -> None:
    with pytest.raises(NotForYourself):
        desk.do(change_access, desk.actor.id, AccessDraft(Reach.ALL))


def test_deciding_about_accounts_asks_for_the_password_once_more(desk: Desk, osei: Desk) -> None:
    desk.confirmation = None
    with pytest.raises(ConfirmationNeeded):
        desk.do(change_access, COLLEAGUE, AccessDraft())


def test_an_administrator_is_not_given_case_content_by_the_way() -> None:
    content = frozenset({Permission.SEE_HEALTH, Permission.WRITE_RECORDS})
    assert permitted({Role.ADMINISTRATOR}, content, ()) == GRANTS[Role.ADMINISTRATOR]
    assert reach_of({Role.ADMINISTRATOR}, Reach.ALL) is None


def test_what_the_office_needs_is_not_adjustable(desk: Desk, osei: Desk) -> None:
    with pytest.raises(FieldProblem):
        desk.do(change_access, COLLEAGUE, AccessDraft(given=frozenset({Permission.MANAGE_KEYS})))


def test_without_teams_everybody_is_of_the_one_team_there_is(desk: Desk) -> None:
    head = a_survivor(desk)
    worker = replace(desk, actor=a_colleague(desk))
    assert worker.actor.reach is Reach.TEAM
    assert worker.ask(open_person, head.survivor_id).open_until is None


def test_a_case_given_to_a_team_is_seen_by_its_members_only(desk: Desk) -> None:
    head, worker = a_survivor(desk), replace(desk, actor=a_colleague(desk))
    north = desk.do(add_team, "North").value
    desk.do(give_to_team, head.case_id, north)
    with pytest.raises(NotFound):
        worker.ask(open_person, head.survivor_id)
    desk.do(change_access, COLLEAGUE, AccessDraft(teams=frozenset({north})))
    assert worker.ask(open_person, head.survivor_id).case_code == head.case_code


def test_a_new_case_is_of_the_team_of_whoever_takes_it_in(desk: Desk, osei: Desk) -> None:
    north = desk.do(add_team, "North").value
    desk.do(change_access, COLLEAGUE, AccessDraft(teams=frozenset({north})))
    head = a_survivor(anew(desk, osei))
    outsider = replace(desk, actor=replace(desk.actor, roles=frozenset({Role.VIEWER})))
    with pytest.raises(NotFound):
        outsider.ask(open_person, head.survivor_id)


def test_a_team_goes_only_when_no_case_is_of_it(desk: Desk) -> None:
    head, north = a_survivor(desk), desk.do(add_team, "North").value
    desk.do(give_to_team, head.case_id, north)
    with pytest.raises(TeamInUse):
        desk.do(remove_team, north, None)
    desk.do(give_to_team, head.case_id, None)
    desk.do(rename_team, north, "House North", None)
    assert [row.name for row in desk.ask(list_teams)] == ["House North"]
    desk.do(remove_team, north, None)
    assert desk.ask(list_teams) == ()


@pytest.mark.parametrize(("name", "reason"), [("  ", "required"), ("north", "taken")])
def test_a_team_has_a_name_of_its_own(desk: Desk, name: str, reason: str) -> None:
    desk.do(add_team, "North")
    with pytest.raises(FieldProblem) as refused:
        desk.do(add_team, name)
    assert refused.value.reason == reason


def test_whoever_leaves_a_case_no_longer_sees_her(desk: Desk, osei: Desk) -> None:
    head = a_survivor(osei)
    draft = osei.ask(case_draft, head.case_id).draft
    osei.do(correct_case, head.case_id, replace(draft, worker_ids=(desk.actor.id,)))
    with pytest.raises(NotFound):
        osei.ask(open_person, head.survivor_id)


def test_the_form_of_a_case_gives_it_to_a_team_with_everything_else(desk: Desk) -> None:
    head, worker = a_survivor(desk), replace(desk, actor=a_colleague(desk))
    north = desk.do(add_team, "North").value
    form = desk.ask(case_draft, head.case_id)
    assert ([team.name for team in form.teams], form.draft.team_id) == (["North"], None)
    desk.do(correct_case, head.case_id, replace(form.draft, team_id=north, referral_words="the night line"))
    with pytest.raises(NotFound):
        worker.ask(open_person, head.survivor_id)
    assert desk.ask(case_draft, head.case_id).draft.team_id == north
    with pytest.raises(NotFound):
        desk.do(correct_case, head.case_id, replace(desk.ask(case_draft, head.case_id).draft, team_id=head.case_id))


def test_what_was_done_with_ones_own_person_can_be_undone_whole(osei: Desk) -> None:

    done = osei.do(take_in, IntakeDraft())
    assert done.undo_id is not None
    osei.do(undo, done.undo_id)
    assert osei.ask(count_survivors, SurvivorFilter()) == 0


# --- what is restricted apart -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("area", "opens"),
    [
        (Area.HEALTH.value, Permission.SEE_HEALTH),
        (Area.LEGAL.value, Permission.SEE_LEGAL),
        (None, Permission.SEE_NARRATIVE),
        (Area.HOUSING.value, Permission.SEE_NARRATIVE),
    ],
)
def test_a_restricted_note_opens_with_the_permission_of_its_class(
    desk: Desk, area: str | None, opens: Permission
) -> None:
    head = a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("Told in confidence", area=area, restricted=True))
    shelter = replace(desk, actor=replace(a_colleague(desk, Role.SHELTER_WORKER), given=frozenset({opens})))
    assert not shelter.ask(list_notes, head.case_id).rows[0].is_hidden
    others = {Permission.SEE_HEALTH, Permission.SEE_LEGAL, Permission.SEE_NARRATIVE} - {opens}
    shelter.actor = replace(shelter.actor, given=frozenset(others))
    assert shelter.ask(list_notes, head.case_id).rows[0].is_hidden


def test_a_case_worker_without_health_still_reads_counselling_notes(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("Session 3", kind=NoteKind.COUNSELLING))
    desk.do(save_note, head.case_id, NoteDraft("Blood pressure", area=Area.HEALTH, restricted=True))
    worker = replace(desk, actor=replace(a_colleague(desk), withheld=frozenset({Permission.SEE_HEALTH})))
    assert sorted(row.is_hidden for row in worker.ask(list_notes, head.case_id).rows) == [False, True]
    assert not worker.ask(show_health, head.case_id).may_see


# --- exclusions ---------------------------------------------------------------------------------------------------


def test_a_colleague_who_is_excluded_does_not_see_her_whatever_their_roles(desk: Desk, osei: Desk) -> None:
    head = a_survivor(desk)
    manager = replace(osei, actor=replace(osei.actor, roles=frozenset({Role.MANAGER}), own_reach=Reach.ALL))
    assert manager.ask(open_person, head.survivor_id)
    desk.do(exclude, head.survivor_id, COLLEAGUE, "Her cousin")
    with pytest.raises(NotFound):
        manager.ask(open_person, head.survivor_id)
    shown = desk.ask(show_exclusions, head.survivor_id)
    assert [(row.display_name, row.words, row.excluded_by) for row in shown.rows] == [
        ("L. Osei", "Her cousin", "A. Rahman")
    ]
    assert COLLEAGUE not in dict(shown.colleagues)
    desk.do(lift_exclusion, shown.rows[0].id, shown.rows[0].version)
    assert manager.ask(open_person, head.survivor_id)


def test_why_somebody_is_excluded_is_for_managers_and_her_case_worker(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(exclude, head.survivor_id, _third(desk), "Her cousin")
    viewer = replace(desk, actor=a_colleague(desk, Role.VIEWER))
    assert viewer.ask(show_exclusions, head.survivor_id).rows == ()
    other_worker = replace(desk, actor=a_colleague(desk))
    assert not other_worker.ask(show_exclusions, head.survivor_id).may_change
    with pytest.raises(NotAllowed):
        other_worker.do(exclude, head.survivor_id, desk.actor.id)
    told = " ".join(str(change) for change in desk.ask(record_history, head.survivor_id).changes)
    assert "Her cousin" not in told


def _third(desk: Desk) -> UUID:
    """A colleague besides the two."""
    key = UUID("01930000-0000-7000-8000-000000000003")
    with Session(desk.engine) as session, session.begin():
        session.add(
            Staff(
                id=key, created_at=NOW, created_by=key, login_name="berg", display_name="M. Berg", roles=["case_worker"]
            )
        )
    return key


def test_who_excludes_themselves_cannot_take_it_back_alone(desk: Desk) -> None:
    head = a_survivor(desk)
    done = desk.do(exclude, head.survivor_id, desk.actor.id)
    assert done.undo_id is not None
    with pytest.raises(NothingToUndo):
        desk.do(undo, done.undo_id)


# --- opened glass -------------------------------------------------------------------------------------------------


@pytest.mark.promise(18)
def test_a_record_that_is_not_among_mine_opens_with_a_reason_for_an_hour(
    desk: Desk, osei: Desk, ledger: Ledger
) -> None:
    head = a_survivor(desk)
    assert osei.ask(find_beyond, head.case_code.lower())
    with pytest.raises(NotFound):
        osei.ask(open_person, head.survivor_id)
    opened = osei.do(open_glass, head.case_code, REASON)
    assert (opened.value.until, opened.undo_id) == (NOW + timedelta(hours=1), None)
    assert osei.ask(open_person, head.survivor_id).open_until == NOW + timedelta(hours=1)
    assert ("break_glass", "survivor", head.survivor_id, "") in [tuple(entry) for entry in ledger]
    for later in (timedelta(minutes=60, seconds=1), timedelta(days=-1095)):  # a clock set back opens nothing again
        osei.clock = stopped_at(NOW + later)
        with pytest.raises(NotFound):
            osei.ask(open_person, head.survivor_id)


def test_glass_is_not_broken_without_a_reason(desk: Desk, osei: Desk) -> None:
    head = a_survivor(desk)
    with pytest.raises(FieldProblem):
        osei.do(open_glass, head.case_code, "  ")


@pytest.mark.parametrize("code", ["S-9999", "S-00", ""])
def test_only_the_exact_code_finds_somebody_beyond(desk: Desk, osei: Desk, code: str) -> None:
    a_survivor(desk)
    assert not osei.ask(find_beyond, code)
    with pytest.raises(NotFound):
        osei.do(open_glass, code, REASON)


def test_for_the_excluded_there_is_no_glass(desk: Desk, osei: Desk) -> None:
    head = a_survivor(desk)
    osei.do(open_glass, head.case_code, REASON)
    desk.do(exclude, head.survivor_id, COLLEAGUE)
    assert not osei.ask(find_beyond, head.case_code)
    with pytest.raises(NotFound):
        osei.do(open_glass, head.case_code, REASON)
    with pytest.raises(NotFound):
        osei.ask(open_person, head.survivor_id)


def test_nothing_is_opened_where_she_is_among_mine_anyway(desk: Desk) -> None:
    head = a_survivor(desk)
    assert not desk.ask(find_beyond, head.case_code)
    assert desk.do(open_glass, head.case_code, "").value.until is None
    assert desk.ask(list_for_review) == ()


def test_a_manager_looks_at_every_access_and_never_at_their_own(desk: Desk, osei: Desk) -> None:
    head = a_survivor(desk)
    osei.do(open_glass, head.case_code, REASON)
    assert desk.ask(today_view).accesses_to_review == 1
    (row,) = desk.ask(list_for_review)
    assert (row.case_code, row.display_name, row.reason, row.may_review) == (head.case_code, "L. Osei", REASON, True)
    as_manager = replace(osei, actor=replace(osei.actor, roles=frozenset({Role.MANAGER})))
    with pytest.raises(NotForYourself):
        as_manager.do(mark_reviewed, row.id, "Fine", row.version)
    desk.do(mark_reviewed, row.id, "Spoke with her", row.version)
    assert desk.ask(list_for_review) == ()
    assert desk.ask(list_for_review, True)[0].review_words == "Spoke with her"
    assert desk.ask(today_view).accesses_to_review == 0


def test_case_workers_do_not_read_who_opened_what(osei: Desk) -> None:
    with pytest.raises(NotAllowed):
        osei.ask(list_for_review)


def test_a_deadline_of_her_residence_is_for_those_who_see_legal_matters(desk: Desk) -> None:
    head = a_survivor(desk)
    day = NOW.date() + timedelta(days=3)
    desk.do(save_deadline, head.case_id, DeadlineDraft(Area.LEGAL, next(iter(DeadlineKind)), "Permit", ends_on=day))
    shelter = replace(desk, actor=replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER})))
    assert len(desk.ask(today_view).endings) == 1
    assert shelter.ask(today_view).endings == ()
