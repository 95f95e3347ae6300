"""The reunification ladder through the services: consent, veto, stops, visits after a return."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.codes import (
    Answer,
    Area,
    FamilyContactWay,
    GoalState,
    RelativeKind,
    Rung,
    StopKind,
)
from aftercare.domain.drafts.family import (
    FamilyContactDraft,
    FollowUpVisitDraft,
    LadderDraft,
    LadderMoveDraft,
    LiftDraft,
    RelativeDraft,
    StopDraft,
)
from aftercare.domain.errors import DraftProblems, FieldProblem, LadderStands, NotAllowed
from aftercare.domain.permissions import Role
from aftercare.domain.reunification import Lifter, Obstacle
from aftercare.domain.rows.family import LadderRow
from aftercare.records.plans import Goal, Plan, PlanArea
from aftercare.services.desk import Desk
from aftercare.services.family import (
    lift_stop,
    move_on_ladder,
    record_veto,
    remove_relative,
    save_family_contact,
    save_follow_up_visit,
    save_ladder,
    save_relative,
    show_family,
    stop_ladder,
)
from aftercare.services.undo import undo
from makers import a_survivor

TODAY = date(2026, 11, 23)


def agreed(rung: Rung, on: date = TODAY) -> LadderMoveDraft:
    """A move with everything that any rung asks."""
    return LadderMoveDraft(
        rung=rung,
        on=on,
        consent_on=on,
        safety_answered=True,
        safe_to_proceed=Answer.YES,
        she_is_willing=Answer.YES,
        family_is_willing=Answer.YES,
        means="A room at her sister's, school nearby",
    )


def a_ladder(desk: Desk, up_to: Rung = Rung.WISH, on: date = TODAY) -> tuple[UUID, UUID]:
    """A case with a sister and a ladder to her, climbed up to a rung; (case, ladder)."""
    case_id = a_survivor(desk).case_id
    sister = desk.do(save_relative, case_id, RelativeDraft("Lia", RelativeKind.SISTER)).value
    ladder_id = desk.do(save_ladder, case_id, LadderDraft(sister)).value
    for rung in tuple(Rung)[1 : tuple(Rung).index(up_to) + 1]:
        desk.do(move_on_ladder, ladder_id, agreed(rung, on))
    return case_id, ladder_id


def the_ladder(desk: Desk, case_id: UUID) -> LadderRow:
    (ladder,) = desk.ask(show_family, case_id).ladders
    return ladder


def test_a_rung_without_consent_is_refused_with_everything_that_is_missing(desk: Desk) -> None:
    case_id, ladder_id = a_ladder(desk)
    with pytest.raises(LadderStands) as caught:
        desk.do(move_on_ladder, ladder_id, LadderMoveDraft(Rung.TRACE, TODAY))
    assert set(caught.value.reasons) == {
        Obstacle.CONSENT_MISSING,
        Obstacle.SAFETY_NOT_ANSWERED,
        Obstacle.SURVIVOR_NOT_WILLING,
    }
    assert the_ladder(desk, case_id).state.rung is Rung.WISH


def test_with_consent_the_ladder_is_climbed_and_every_move_can_be_undone(desk: Desk) -> None:
    case_id, ladder_id = a_ladder(desk, Rung.TRACE)
    done = desk.do(move_on_ladder, ladder_id, agreed(Rung.CONTACT))
    assert the_ladder(desk, case_id).state.rung is Rung.CONTACT
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert the_ladder(desk, case_id).state.rung is Rung.TRACE


def test_the_words_of_each_move_stay_with_it(desk: Desk) -> None:
    case_id, ladder_id = a_ladder(desk)
    first = replace(agreed(Rung.TRACE, TODAY - timedelta(days=3)), words="Her sister wrote first")
    desk.do(move_on_ladder, ladder_id, replace(first, safety_words="Nobody else knows"))
    desk.do(move_on_ladder, ladder_id, agreed(Rung.CONTACT))
    assert the_ladder(desk, case_id).said == ("Nobody else knows · Her sister wrote first", "")


def test_her_veto_needs_no_reason_and_freezes_the_ladder_for_everybody_but_her(desk: Desk) -> None:
    case_id, ladder_id = a_ladder(desk, Rung.CONTACT)
    desk.do(record_veto, ladder_id)
    ladder = the_ladder(desk, case_id)
    assert ladder.state.must_lift == (Lifter.SURVIVOR,)
    with pytest.raises(LadderStands) as caught:
        desk.do(move_on_ladder, ladder_id, agreed(Rung.ASSESSMENT))
    assert caught.value.reasons == (Obstacle.STOPPED_BY_SURVIVOR,)
    (stop,) = ladder.standing_stops
    with pytest.raises(LadderStands):
        desk.do(lift_stop, stop.id, LiftDraft(TODAY, at_her_word=False))
    desk.do(lift_stop, stop.id, LiftDraft(TODAY, at_her_word=True, words="She wants to go on"))
    assert not the_ladder(desk, case_id).state.is_frozen


def test_a_shelter_worker_may_write_her_veto_down_and_take_it_back(desk: Desk) -> None:
    case_id, ladder_id = a_ladder(desk, Rung.CONTACT)
    manager, desk.actor = desk.actor, replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))
    done = desk.do(record_veto, ladder_id)
    with pytest.raises(NotAllowed):
        desk.do(move_on_ladder, ladder_id, agreed(Rung.WISH))
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    desk.actor = manager
    assert the_ladder(desk, case_id).stops == ()


def test_a_threat_is_lifted_by_a_manager_only(desk: Desk) -> None:
    case_id, ladder_id = a_ladder(desk, Rung.CONTACT)
    desk.do(stop_ladder, ladder_id, StopDraft(StopKind.NEW_THREAT, TODAY, "A call to the shelter"))
    (stop,) = the_ladder(desk, case_id).standing_stops
    manager, desk.actor = desk.actor, replace(desk.actor, roles=frozenset({Role.CASE_WORKER}))
    assert not desk.ask(show_family, case_id).may_lift_for_safety
    with pytest.raises(LadderStands) as caught:
        desk.do(lift_stop, stop.id, LiftDraft(TODAY, at_her_word=True))
    assert caught.value.reasons == (Obstacle.ONLY_MANAGER_LIFTS,)
    desk.actor = manager
    desk.do(lift_stop, stop.id, LiftDraft(TODAY))
    assert not the_ladder(desk, case_id).state.is_frozen


def test_a_child_needs_assent_a_guardian_and_a_best_interest_decision(desk: Desk) -> None:
    head = a_survivor(desk, birth_date="2012")
    assert desk.ask(show_family, head.case_id).is_child
    ladder_id = desk.do(save_ladder, head.case_id, LadderDraft(household="Grandparents", is_child=True)).value
    with pytest.raises(LadderStands) as caught:
        desk.do(move_on_ladder, ladder_id, agreed(Rung.TRACE))
    assert set(caught.value.reasons) == {
        Obstacle.ASSENT_MISSING,
        Obstacle.GUARDIAN_MISSING,
        Obstacle.BEST_INTEREST_MISSING,
    }
    protected = replace(agreed(Rung.TRACE), assent_on=TODAY, guardian="Youth office", best_interest_on=TODAY)
    desk.do(move_on_ladder, ladder_id, protected)
    assert the_ladder(desk, head.case_id).state.rung is Rung.TRACE


def test_visits_fall_due_after_a_return_and_a_no_reopens_the_plan(desk: Desk) -> None:
    case_id, ladder_id = a_ladder(desk, Rung.RETURN, on=date(2026, 9, 1))
    ladder = the_ladder(desk, case_id)
    assert [(visit.day, visit.on) for visit in ladder.due] == [
        (30, date(2026, 10, 1)),
        (90, date(2026, 11, 30)),
        (180, date(2027, 2, 28)),
    ]
    good = FollowUpVisitDraft(30, date(2026, 10, 2), Answer.YES, Answer.YES, Answer.YES, Answer.YES)
    assert desk.do(save_follow_up_visit, ladder_id, good).value is False
    with Session(desk.engine) as session:
        assert session.scalars(select(Plan)).all() == []
    bad = FollowUpVisitDraft(90, TODAY, Answer.YES, Answer.NO, goal_words="Come back to the shelter")
    assert desk.do(save_follow_up_visit, ladder_id, bad).value is True
    with Session(desk.engine) as session:
        assert session.scalars(select(Plan)).one().review_on == TODAY
        assert session.scalars(select(PlanArea)).one().area == Area.FAMILY
        goal = session.scalars(select(Goal)).one()
    assert (goal.words, goal.state) == ("Come back to the shelter", GoalState.PROPOSED)
    assert [visit.day for visit in the_ladder(desk, case_id).due] == [180]


def test_contacts_are_logged_with_their_relative_and_a_relative_on_a_ladder_stays(desk: Desk) -> None:
    case_id, _ = a_ladder(desk)
    (sister,) = desk.ask(show_family, case_id).relatives
    call = FamilyContactDraft(sister.id, date(2026, 11, 22), FamilyContactWay.VIDEO_CALL, 20, "Both laughed")
    desk.do(save_family_contact, case_id, call)
    family = desk.ask(show_family, case_id)
    assert [(contact.way, contact.by) for contact in family.contacts_with(sister.id)] == [
        (FamilyContactWay.VIDEO_CALL, "A. Rahman")
    ]
    with pytest.raises(FieldProblem) as caught:
        desk.do(remove_relative, sister.id, 1)
    assert caught.value.reason == "still_in_use"
    with pytest.raises(DraftProblems):
        desk.do(save_family_contact, case_id, replace(call, on=date(2026, 11, 24)))
