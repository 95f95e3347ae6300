"""The plan in words: differences as sentences, steps at a glance, areas for eye and ear."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from aftercare.domain.codes import Area, AreaState, Gender, GoalState, StepBarrier, StepDoer, StepState
from aftercare.domain.differences import Difference, DifferenceKind, differences
from aftercare.domain.rows.plan import AreaRow, GoalRow, LevelsRow, StepRow
from aftercare.domain.versions import AreaContent, GoalContent, PlanContent, StepContent
from aftercare.gui.pages.plan_words import (
    area_aside,
    area_spoken,
    barrier_words,
    difference_words,
    from_to,
    goal_pill,
    step_aside,
    step_pill,
    step_who,
)
from aftercare.words import voice

TODAY = date(2026, 11, 23)
ID = UUID(int=1)
WORDS = {
    DifferenceKind.AREA_ADDED: "Area added: Faith",
    DifferenceKind.AREA_STATE: "Area changed: Family reunification, from Active to Later",
    DifferenceKind.AREA_WORDS: "Words about the area changed: Family reunification, now “First the room”",
    DifferenceKind.GOAL_MOVED: "Goal moved to another area: “Two rooms”, from Housing to Money",
    DifferenceKind.GOAL_WORDS: "Goal reworded: “One room” is now “Two rooms”",
    DifferenceKind.GOAL_AIM: "Aim changed: “Two rooms”, from “safe” to “building”",
    DifferenceKind.GOAL_TARGET: "Target date moved: “Two rooms”, no longer 31 Jan 2027",
    DifferenceKind.STEP_ADDED: "Step added: “Ask the landlord”",
    DifferenceKind.STEP_REMOVED: "Step taken out: “Buy a kettle”",
    DifferenceKind.STEP_WHO: "Somebody else does it: “View rooms”, from Survivor to L. Osei",
    DifferenceKind.STEP_DUE: "Due date moved: “View rooms”, from 19 Nov 2026 to 20 Nov 2026",
    DifferenceKind.STEP_REPEAT: "Repetition changed: “Call”, from Every week to Every day",
}


def plan(goal: GoalContent, area: str, family: AreaContent, *more: AreaContent) -> PlanContent:
    areas = [AreaContent(Area.HOUSING), AreaContent(Area.MONEY), family, *more]
    return PlanContent(tuple(AreaContent(each.area, each.state, each.words, (goal,)) if each.area == area else each
                             for each in areas))  # fmt: skip


OLD = plan(
    GoalContent("g", "One room", "temporary", "safe", date(2027, 1, 31), steps=(
        StepContent("view", "View rooms", StepDoer.SURVIVOR, due_on=date(2026, 11, 19)),
        StepContent("call", "Call", repeat="FREQ=WEEKLY"),
        StepContent("kettle", "Buy a kettle"),
    )),
    Area.HOUSING,
    AreaContent(Area.FAMILY),
)  # fmt: skip
NEW = plan(
    GoalContent("g", "Two rooms", "temporary", "building", steps=(
        StepContent("view", "View rooms", StepDoer.STAFF, "L. Osei", date(2026, 11, 20)),
        StepContent("call", "Call", repeat="FREQ=DAILY"),
        StepContent("ask", "Ask the landlord"),
    )),
    Area.MONEY,
    AreaContent(Area.FAMILY, AreaState.LATER, "First the room"),
    AreaContent("own_faith"),
)  # fmt: skip


def test_each_difference_is_a_sentence() -> None:
    found = {each.kind: difference_words(each, {"own_faith": "Faith"}) for each in differences(OLD, NEW)}
    assert {kind: found.get(kind) for kind in WORDS} == WORDS


@pytest.mark.parametrize("kind", list(DifferenceKind))
def test_no_kind_of_difference_is_without_words(kind: DifferenceKind) -> None:
    day = kind in (DifferenceKind.GOAL_TARGET, DifferenceKind.STEP_DUE)
    value = "2026-11-23" if day else "later" if kind is DifferenceKind.AREA_STATE else ""
    words = difference_words(Difference(kind, Area.HOUSING, "g", "s", "Call", value, value), {})
    assert len(words) > 10
    assert "{" not in words


def a_row(**step: object) -> StepRow:
    values: dict[str, object] = {
        "id": ID, "version": 1, "goal_id": ID, "words": "Call", "doer": StepDoer.STAFF, "staff_id": None,
        "provider": "", "who": "", "due_on": None, "state": StepState.OPEN, "done_on": None, "barrier": None,
        "barrier_words": "", "waits_for_id": None, "waits_for": "", "repeat": "", "follows_id": None, "position": 0,
    }  # fmt: skip
    return StepRow(**{**values, **step})  # type: ignore[arg-type]


def test_a_step_says_at_a_glance_what_is_the_matter() -> None:
    late = a_row(due_on=date(2026, 11, 20))
    assert step_pill(late, TODAY)[0] == "3 days late"
    assert step_pill(a_row(due_on=TODAY), TODAY)[0] == "today"
    assert step_pill(a_row(due_on=date(2026, 12, 1)), TODAY)[0] == ""
    assert step_pill(a_row(due_on=date(2026, 11, 20), state=StepState.BLOCKED), TODAY)[0] == "blocked"
    assert step_pill(a_row(state=StepState.DROPPED), TODAY)[0] == "dropped"


def test_what_stands_in_the_way_is_told_only_while_it_does() -> None:
    blocked = a_row(state=StepState.BLOCKED, barrier=StepBarrier.NO_PLACE, barrier_words="Full until May")
    assert barrier_words(blocked) == "No place free: Full until May"
    assert barrier_words(a_row(barrier=StepBarrier.NO_PLACE)) == ""
    assert step_aside(a_row(repeat="FREQ=WEEKLY;BYDAY=MO", times_done=2)) == "repeats · done 2 times"


def test_who_does_a_step_has_a_word_also_without_a_name() -> None:
    her = voice(Gender.FEMALE)
    assert [step_who(a_row(doer=doer), her) for doer in StepDoer] == ["Herself", "Staff", "Provider"]


def test_an_area_says_its_steps_or_her_answer() -> None:
    steps = (a_row(state=StepState.DONE), a_row())
    goal = GoalRow(ID, 1, Area.HOUSING, "One room", "", "", None, GoalState.AGREED, 0, None, steps)
    row = AreaRow(Area.HOUSING, "", "", ID, 1, AreaState.ACTIVE, "", 0, (goal,), LevelsRow())
    assert (area_aside(row), area_spoken(row)) == ("1 / 2", "Housing, 1 of 2 steps done")
    refused = AreaRow(Area.FAMILY, "", "", ID, 1, AreaState.NOT_WANTED, "", 0, (), LevelsRow())
    assert area_spoken(refused) == "Family reunification, Not wanted"
    assert goal_pill(goal)[0] == "Not started"


@pytest.mark.parametrize(
    ("baseline", "aim", "words"),
    [("a", "b", "from “a” to “b”"), ("a", "", "from “a”"), ("", "b", "to “b”"), ("", "", "")],
)
def test_where_from_and_where_to_as_far_as_it_is_known(baseline: str, aim: str, words: str) -> None:
    assert from_to(baseline, aim) == words
