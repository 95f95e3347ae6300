"""The reunification ladder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aftercare.domain.check_ins import CheckIn
from aftercare.domain.codes import Answer, Rung, StopKind
from aftercare.domain.errors import LadderStands
from aftercare.domain.reunification import (
    FollowUpAnswers,
    LadderState,
    Lifter,
    Move,
    Obstacle,
    Stop,
    follow_ups_due,
    lifted,
    moved,
    obstacles_to_climb,
    obstacles_to_lift,
    stopped,
)

TODAY = date(2026, 11, 23)
YES, NO, NOT_KNOWN = Answer.YES, Answer.NO, Answer.NOT_KNOWN


def right_move(rung: Rung) -> Move:
    return Move(
        rung,
        TODAY,
        consent_on=TODAY,
        safety_answered=True,
        safe_to_proceed=YES,
        she_is_willing=YES,
        family_is_willing=YES,
        means="Rent and school place",
    )


def test_with_everything_in_place_the_next_rung_is_reached() -> None:
    assert moved(LadderState(Rung.WISH), right_move(Rung.TRACE)).rung is Rung.TRACE


def test_a_bare_wish_lacks_everything() -> None:
    assert obstacles_to_climb(LadderState(), Move(Rung.TRACE, TODAY)) == (
        Obstacle.CONSENT_MISSING,
        Obstacle.SAFETY_NOT_ANSWERED,
        Obstacle.SURVIVOR_NOT_WILLING,
    )


@pytest.mark.parametrize(
    ("rung", "change", "obstacle"),
    [
        (Rung.CONTACT, {"consent_on": None}, Obstacle.CONSENT_MISSING),
        (Rung.CONTACT, {"consent_on": date(2026, 12, 1)}, Obstacle.CONSENT_IN_FUTURE),
        (Rung.CONTACT, {"safety_answered": False}, Obstacle.SAFETY_NOT_ANSWERED),
        (Rung.CONTACT, {"safe_to_proceed": NO}, Obstacle.NOT_SAFE),
        (Rung.TRIAL_VISIT, {"safe_to_proceed": NOT_KNOWN}, Obstacle.SAFETY_NOT_SURE),
        (Rung.CONTACT, {"she_is_willing": NOT_KNOWN}, Obstacle.SURVIVOR_NOT_WILLING),
        (Rung.CONTACT, {"family_is_willing": NO}, Obstacle.FAMILY_NOT_WILLING),
        (Rung.ASSESSMENT, {"family_is_willing": NOT_KNOWN}, Obstacle.FAMILY_NOT_WILLING),
        (Rung.TRIAL_VISIT, {"means": " "}, Obstacle.MEANS_MISSING),
        (Rung.RETURN, {"means": ""}, Obstacle.MEANS_MISSING),
    ],
)
def test_each_missing_condition_stands_in_the_way(rung: Rung, change: dict[str, object], obstacle: Obstacle) -> None:
    below = LadderState(tuple(Rung)[tuple(Rung).index(rung) - 1])
    assert obstacles_to_climb(below, right_move(rung)) == ()
    assert obstacles_to_climb(below, replace(right_move(rung), **change)) == (obstacle,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rung", "change"),
    [
        (Rung.TRACE, {"family_is_willing": NO}),
        (Rung.CONTACT, {"family_is_willing": NOT_KNOWN}),
        (Rung.ASSESSMENT, {"safe_to_proceed": NOT_KNOWN}),
        (Rung.ASSESSMENT, {"means": ""}),
    ],
)
def test_what_cannot_be_known_yet_does_not_stand_in_the_way(rung: Rung, change: dict[str, object]) -> None:
    below = LadderState(tuple(Rung)[tuple(Rung).index(rung) - 1])
    assert obstacles_to_climb(below, replace(right_move(rung), **change)) == ()  # type: ignore[arg-type]


def test_no_rung_is_skipped_and_none_is_climbed_twice() -> None:
    state = LadderState(Rung.TRACE)
    assert obstacles_to_climb(state, right_move(Rung.ASSESSMENT)) == (Obstacle.ONE_RUNG_AT_A_TIME,)
    assert obstacles_to_climb(state, right_move(Rung.TRACE)) == (Obstacle.ALREADY_THERE,)


def test_for_a_child_assent_guardian_and_best_interest_are_needed() -> None:
    child = LadderState(Rung.TRACE, is_child=True)
    request = right_move(Rung.CONTACT)
    assert obstacles_to_climb(child, request) == (
        Obstacle.ASSENT_MISSING,
        Obstacle.GUARDIAN_MISSING,
        Obstacle.BEST_INTEREST_MISSING,
    )
    whole = replace(request, consent_on=None, assent_on=TODAY, guardian="Youth office", best_interest_on=TODAY)
    assert obstacles_to_climb(child, whole) == ()


def test_going_down_needs_nothing_even_when_frozen() -> None:
    state = stopped(LadderState(Rung.RETURN), StopKind.NEW_THREAT, TODAY)
    assert moved(state, Move(Rung.WISH, TODAY)).rung is Rung.WISH


def test_her_veto_freezes_and_only_she_lifts_it() -> None:
    state = stopped(LadderState(Rung.CONTACT), StopKind.HER_VETO, TODAY)
    assert state.must_lift == (Lifter.SURVIVOR,)
    with pytest.raises(LadderStands) as refused:
        moved(state, right_move(Rung.ASSESSMENT))
    assert refused.value.reasons == (Obstacle.STOPPED_BY_SURVIVOR,)
    with pytest.raises(LadderStands):
        lifted(state, state.stops[0], TODAY, at_her_word=False, by_manager=True)
    assert not lifted(state, state.stops[0], TODAY, at_her_word=True, by_manager=False).is_frozen


@pytest.mark.parametrize("kind", [StopKind.NEW_THREAT, StopKind.ASSESSMENT_FAILED])
def test_a_stop_for_safety_names_the_manager(kind: StopKind) -> None:
    assert stopped(LadderState(), kind, TODAY).must_lift == (Lifter.MANAGER,)
    assert obstacles_to_lift(kind, at_her_word=True, by_manager=False) == (Obstacle.ONLY_MANAGER_LIFTS,)
    assert obstacles_to_lift(kind, at_her_word=False, by_manager=True) == ()


def test_after_consent_was_withdrawn_it_is_given_anew() -> None:
    stop = Stop(StopKind.CONSENT_WITHDRAWN, date(2026, 11, 10), lifted_on=date(2026, 11, 20))
    state = LadderState(Rung.TRACE, stops=(stop,))
    old = replace(right_move(Rung.CONTACT), consent_on=date(2026, 11, 1))
    assert obstacles_to_climb(state, old) == (Obstacle.CONSENT_BEFORE_STOP,)
    assert obstacles_to_climb(state, right_move(Rung.CONTACT)) == ()


def test_visits_follow_a_return_and_stop_when_she_is_no_longer_there() -> None:
    state = LadderState(Rung.RETURN, moves=(Move(Rung.RETURN, date(2026, 1, 1)),))
    assert follow_ups_due(state, (30,)) == (CheckIn(date(2026, 4, 1), 90), CheckIn(date(2026, 6, 30), 180))
    assert follow_ups_due(replace(state, rung=Rung.CONTACT)) == ()


def test_a_no_at_a_visit_reopens_the_plan() -> None:
    assert FollowUpAnswers(YES, YES, NO, YES).reopens_plan
    assert not FollowUpAnswers(YES, YES, NOT_KNOWN, YES).reopens_plan
