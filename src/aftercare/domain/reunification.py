"""The reunification ladder: up one rung at a time and only with consent; down, or a stop, at any time.

Source: field.md section 0. The survivor's veto needs no reason and only she lifts it; a new threat and a failed
assessment are lifted by a manager. For a child it is assent, a guardian and a best-interest decision instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from aftercare.domain.check_ins import CheckIn, check_ins
from aftercare.domain.codes import Answer, Rung, StopKind
from aftercare.domain.errors import LadderStands

LADDER = tuple(Rung)


class Obstacle(StrEnum):
    """Why a move is not possible now."""

    STOPPED_BY_SURVIVOR = "stopped_by_survivor"
    STOPPED_FOR_SAFETY = "stopped_for_safety"
    ONE_RUNG_AT_A_TIME = "one_rung_at_a_time"
    ALREADY_THERE = "already_there"
    CONSENT_MISSING = "consent_missing"
    CONSENT_IN_FUTURE = "consent_in_future"
    CONSENT_BEFORE_STOP = "consent_before_stop"
    ASSENT_MISSING = "assent_missing"
    GUARDIAN_MISSING = "guardian_missing"
    BEST_INTEREST_MISSING = "best_interest_missing"
    SAFETY_NOT_ANSWERED = "safety_not_answered"
    NOT_SAFE = "not_safe"
    SAFETY_NOT_SURE = "safety_not_sure"
    SURVIVOR_NOT_WILLING = "survivor_not_willing"
    FAMILY_NOT_WILLING = "family_not_willing"
    MEANS_MISSING = "means_missing"
    ONLY_SURVIVOR_LIFTS = "only_survivor_lifts"
    ONLY_MANAGER_LIFTS = "only_manager_lifts"


class Lifter(StrEnum):
    """Who must lift a stop."""

    SURVIVOR = "survivor"
    MANAGER = "manager"


LIFTED_BY = {
    StopKind.HER_VETO: Lifter.SURVIVOR,
    StopKind.CONSENT_WITHDRAWN: Lifter.SURVIVOR,
    StopKind.NEW_THREAT: Lifter.MANAGER,
    StopKind.ASSESSMENT_FAILED: Lifter.MANAGER,
}


@dataclass(frozen=True, slots=True)
class Move:
    """A move to a rung, with what makes it right."""

    rung: Rung
    on: date
    consent_on: date | None = None
    assent_on: date | None = None
    guardian: str = ""
    best_interest_on: date | None = None
    safety_answered: bool = False
    safe_to_proceed: Answer = Answer.NOT_KNOWN
    she_is_willing: Answer = Answer.NOT_KNOWN
    family_is_willing: Answer = Answer.NOT_KNOWN
    means: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    kind: StopKind
    on: date
    lifted_on: date | None = None

    @property
    def stands(self) -> bool:
        return self.lifted_on is None


@dataclass(frozen=True, slots=True)
class LadderState:
    """Where she stands on the ladder towards one household, how she came there, and what stopped it."""

    rung: Rung = Rung.WISH
    moves: tuple[Move, ...] = ()
    stops: tuple[Stop, ...] = ()
    is_child: bool = False

    @property
    def standing_stops(self) -> tuple[Stop, ...]:
        return tuple(stop for stop in self.stops if stop.stands)

    @property
    def is_frozen(self) -> bool:
        return bool(self.standing_stops)

    @property
    def must_lift(self) -> tuple[Lifter, ...]:
        """Who must lift what stands, each named once."""
        return tuple(dict.fromkeys(LIFTED_BY[stop.kind] for stop in self.standing_stops))

    @property
    def next_rung(self) -> Rung | None:
        above = LADDER[LADDER.index(self.rung) + 1 :]
        return above[0] if above else None

    @property
    def returned_on(self) -> date | None:
        """The day of the latest return, while she is there."""
        if LADDER.index(self.rung) < LADDER.index(Rung.RETURN):
            return None
        return max((move.on for move in self.moves if move.rung is Rung.RETURN), default=None)


# --- moving -------------------------------------------------------------------------------------------------------


def obstacles_to_climb(state: LadderState, request: Move) -> tuple[Obstacle, ...]:
    """Everything that stands against a move; nothing ever stands against going down."""
    distance = LADDER.index(request.rung) - LADDER.index(state.rung)
    if distance < 0:
        return ()
    if distance == 0:
        return (Obstacle.ALREADY_THERE,)
    found = [*_stops_in_the_way(state)]
    if distance > 1:
        found.append(Obstacle.ONE_RUNG_AT_A_TIME)
    found += _childs_consent_obstacles(request) if state.is_child else _consent_obstacles(request)
    agreed_on = request.assent_on if state.is_child else request.consent_on
    if agreed_on is not None:
        found += _date_obstacles(state, request, agreed_on)
    found += _circumstances(request)
    return tuple(found)


def _stops_in_the_way(state: LadderState) -> list[Obstacle]:
    words = {Lifter.SURVIVOR: Obstacle.STOPPED_BY_SURVIVOR, Lifter.MANAGER: Obstacle.STOPPED_FOR_SAFETY}
    return [words[lifter] for lifter in state.must_lift]


def _consent_obstacles(request: Move) -> list[Obstacle]:
    return [] if request.consent_on is not None else [Obstacle.CONSENT_MISSING]


def _childs_consent_obstacles(request: Move) -> list[Obstacle]:
    needed = (
        (request.assent_on is not None, Obstacle.ASSENT_MISSING),
        (bool(request.guardian.strip()), Obstacle.GUARDIAN_MISSING),
        (request.best_interest_on is not None, Obstacle.BEST_INTEREST_MISSING),
    )
    return [obstacle for given, obstacle in needed if not given]


def _date_obstacles(state: LadderState, request: Move, agreed_on: date) -> list[Obstacle]:
    """Consent is given before the move, and given anew after she had said stop."""
    found = []
    if agreed_on > request.on:
        found.append(Obstacle.CONSENT_IN_FUTURE)
    her_stops = [stop.on for stop in state.stops if LIFTED_BY[stop.kind] is Lifter.SURVIVOR]
    if her_stops and agreed_on < max(her_stops):
        found.append(Obstacle.CONSENT_BEFORE_STOP)
    return found


def _circumstances(request: Move) -> list[Obstacle]:
    """Safety, willingness on both sides, and means, each from the rung on which it must be known."""
    height = LADDER.index(request.rung)
    found = []
    if not request.safety_answered:
        found.append(Obstacle.SAFETY_NOT_ANSWERED)
    elif request.safe_to_proceed is Answer.NO:
        found.append(Obstacle.NOT_SAFE)
    elif request.safe_to_proceed is Answer.NOT_KNOWN and height >= LADDER.index(Rung.TRIAL_VISIT):
        found.append(Obstacle.SAFETY_NOT_SURE)
    if request.she_is_willing is not Answer.YES:
        found.append(Obstacle.SURVIVOR_NOT_WILLING)
    if _family_stands_against(request.family_is_willing, height):
        found.append(Obstacle.FAMILY_NOT_WILLING)
    if height >= LADDER.index(Rung.TRIAL_VISIT) and not request.means.strip():
        found.append(Obstacle.MEANS_MISSING)
    return found


def _family_stands_against(answer: Answer, height: int) -> bool:
    """The family can be asked only once there was contact; a «no» counts from then on, an open answer a rung later."""
    if answer is Answer.NO:
        return height >= LADDER.index(Rung.CONTACT)
    return answer is Answer.NOT_KNOWN and height >= LADDER.index(Rung.ASSESSMENT)


def moved(state: LadderState, request: Move) -> LadderState:
    """The state after a move; LadderStands where something stands against it."""
    obstacles = obstacles_to_climb(state, request)
    if obstacles:
        raise LadderStands(tuple(obstacle.value for obstacle in obstacles))
    return replace(state, rung=request.rung, moves=(*state.moves, request))


# --- stopping and lifting -----------------------------------------------------------------------------------------


def stopped(state: LadderState, kind: StopKind, on: date) -> LadderState:
    """The state after a stop; always possible, no reason asked."""
    return replace(state, stops=(*state.stops, Stop(kind, on)))


def obstacles_to_lift(kind: StopKind, at_her_word: bool, by_manager: bool) -> tuple[Obstacle, ...]:
    """What stands against lifting a stop of a kind: it is hers to lift, or a manager's."""
    if LIFTED_BY[kind] is Lifter.SURVIVOR:
        return () if at_her_word else (Obstacle.ONLY_SURVIVOR_LIFTS,)
    return () if by_manager else (Obstacle.ONLY_MANAGER_LIFTS,)


def lifted(state: LadderState, stop: Stop, on: date, *, at_her_word: bool, by_manager: bool) -> LadderState:
    """The state without one of its stops; LadderStands where another must lift it."""
    obstacles = obstacles_to_lift(stop.kind, at_her_word, by_manager)
    if obstacles:
        raise LadderStands(tuple(obstacle.value for obstacle in obstacles))
    place = state.stops.index(stop)
    return replace(state, stops=(*state.stops[:place], replace(stop, lifted_on=on), *state.stops[place + 1 :]))


# --- after the return ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowUpAnswers:
    """What a follow-up visit found."""

    safe: Answer
    housed: Answer
    occupied: Answer
    wants_to_stay: Answer

    @property
    def reopens_plan(self) -> bool:
        return Answer.NO in (self.safe, self.housed, self.occupied, self.wants_to_stay)


def follow_ups_due(state: LadderState, visited_days: tuple[int, ...] = ()) -> tuple[CheckIn, ...]:
    """The visits at 30, 90 and 180 days after a return that were not yet made."""
    returned = state.returned_on
    return () if returned is None else check_ins(returned, visited_days)
