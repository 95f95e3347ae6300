"""However the ladder is used: no rung without consent, nothing upward while stopped, her veto is hers."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from aftercare.domain.codes import Answer, Rung, StopKind
from aftercare.domain.errors import LadderStands
from aftercare.domain.reunification import LADDER, LIFTED_BY, LadderState, Lifter, Move, lifted, moved, stopped

FIRST = date(2026, 1, 1)
ANSWERS = st.sampled_from([Answer.YES, Answer.YES, Answer.YES, Answer.NO, Answer.NOT_KNOWN])
MOSTLY = st.sampled_from([True, True, True, False])


class Ladder(RuleBasedStateMachine):
    """Moves, stops and lifts in any order, as days pass."""

    @initialize(is_child=st.booleans())
    def begin(self, is_child: bool) -> None:
        self.state = LadderState(is_child=is_child)
        self.today = FIRST

    def _days(self, given: bool) -> date | None:
        return self.today if given else None

    @rule(
        up=st.sampled_from([1, 1, 1, 2, 0, -1, -3]),
        consent=MOSTLY,
        assent=MOSTLY,
        best_interest=MOSTLY,
        safety=MOSTLY,
        answers=st.tuples(ANSWERS, ANSWERS, ANSWERS),
        means=st.sampled_from(["a room", "a room", ""]),
        guardian=st.sampled_from(["guardian", ""]),
    )
    def move(
        self,
        up: int,
        consent: bool,
        assent: bool,
        best_interest: bool,
        safety: bool,
        answers: tuple[Answer, Answer, Answer],
        means: str,
        guardian: str,
    ) -> None:
        self.today += timedelta(days=1)
        before = self.state
        place = LADDER.index(before.rung)
        target = LADDER[min(max(place + up, 0), len(LADDER) - 1)]
        request = Move(
            target, self.today, self._days(consent), self._days(assent), guardian, self._days(best_interest), safety,
            *answers, means,
        )  # fmt: skip
        try:
            self.state = moved(before, request)
        except LadderStands:
            assert LADDER.index(target) >= place
            return
        climbed = LADDER.index(self.state.rung) - place
        assert climbed <= 1
        if climbed > 0:
            assert not before.is_frozen
            assert (request.assent_on if before.is_child else request.consent_on) is not None
            assert not before.is_child or (request.guardian and request.best_interest_on)
            assert request.safety_answered
            assert request.safe_to_proceed is not Answer.NO

    @rule(kind=st.sampled_from(StopKind))
    def stop(self, kind: StopKind) -> None:
        self.state = stopped(self.state, kind, self.today)
        assert self.state.is_frozen

    @rule(at_her_word=st.booleans(), by_manager=st.booleans())
    def lift(self, at_her_word: bool, by_manager: bool) -> None:
        for stop in self.state.standing_stops:
            try:
                self.state = lifted(self.state, stop, self.today, at_her_word=at_her_word, by_manager=by_manager)
            except LadderStands:
                assert stop in self.state.standing_stops
            else:
                assert at_her_word if LIFTED_BY[stop.kind] is Lifter.SURVIVOR else by_manager

    @invariant()
    def every_rung_was_reached_by_a_move(self) -> None:
        if hasattr(self, "state"):
            rung = self.state.moves[-1].rung if self.state.moves else Rung.WISH
            assert self.state.rung is rung


TestLadder = Ladder.TestCase
TestLadder.settings = settings(max_examples=60, stateful_step_count=25)
