"""What a report shows as of a day, and what it leaves out for whom."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from aftercare.domain.codes import AreaState, GoalState, StepDoer, StepState
from aftercare.domain.progress import AreaStanding, StepsCounted
from aftercare.domain.report_profiles import telling_words
from aftercare.domain.report_steps import chains_as_one, listed, next_steps, steps_as_of
from aftercare.domain.rows.reports import ReportArea, ReportGoal, ReportStep

SEPTEMBER, NOVEMBER = date(2026, 9, 1), date(2026, 11, 23)


def a_step(key: int, state: StepState = StepState.OPEN, done_on: date | None = None, **more: object) -> ReportStep:
    fields = {"due_on": None, **more}
    return ReportStep(
        id=UUID(int=key),
        words=f"step {key}",
        doer=StepDoer.STAFF,
        who="",
        state=state,
        done_on=done_on,
        **fields,  # type: ignore[arg-type]
    )


def a_chain(*done_on: date) -> list[ReportStep]:
    """A repeating step, done on these days and open once more."""
    links = [
        a_step(n, StepState.DONE, day, repeats=True, follows=UUID(int=n - 1) if n else None)
        for n, day in enumerate(done_on)
    ]
    return [*links, a_step(len(links), repeats=True, follows=UUID(int=len(links) - 1))]


def test_what_was_done_after_the_last_day_was_still_open_on_it() -> None:
    (step,) = steps_as_of([a_step(1, StepState.DONE, date(2026, 11, 24))], NOVEMBER)
    assert (step.state, step.done_on) == (StepState.OPEN, None)


def test_what_was_done_on_the_last_day_counts() -> None:
    (step,) = steps_as_of([a_step(1, StepState.DONE, NOVEMBER)], NOVEMBER)
    assert step.state is StepState.DONE


def test_repeats_that_came_after_the_last_day_were_not_there_yet() -> None:
    chain = a_chain(date(2026, 10, 1), date(2026, 12, 1), date(2026, 12, 8))
    steps = steps_as_of(chain, NOVEMBER)
    assert [(step.id.int, step.state) for step in steps] == [(0, StepState.DONE), (1, StepState.OPEN)]


def test_a_repeating_step_is_one_line_that_says_how_often_it_was_done() -> None:
    (line,) = chains_as_one(a_chain(date(2026, 10, 1), date(2026, 10, 8)))
    assert (line.id.int, line.state, line.times_done, line.repeats) == (2, StepState.OPEN, 2, True)


def test_a_ring_of_steps_that_follow_each_other_does_not_hang() -> None:
    ring = [a_step(1, follows=UUID(int=2)), a_step(2, follows=UUID(int=1))]
    assert len(chains_as_one(ring)) == 2


def test_the_table_shows_what_is_to_do_and_what_was_done_within_the_period() -> None:
    steps = [
        a_step(1, StepState.DONE, date(2026, 8, 31)),
        a_step(2, StepState.DONE, date(2026, 9, 1)),
        a_step(3, StepState.OPEN),
        a_step(4, StepState.BLOCKED),
        a_step(5, StepState.DROPPED),
    ]
    assert [step.id.int for step in listed(steps, SEPTEMBER, NOVEMBER)] == [2, 3, 4]


def an_area(*steps: ReportStep, state: GoalState = GoalState.AGREED) -> ReportArea:
    goal = ReportGoal("A room", state, None, steps)
    nothing = AreaStanding(None, None, None, None)
    return ReportArea("housing", "", AreaState.ACTIVE, nothing, StepsCounted(0, 0), (goal,))


def test_next_are_the_steps_due_by_the_review_the_earliest_first() -> None:
    area = an_area(
        a_step(1, due_on=date(2026, 12, 3)), a_step(2, due_on=date(2026, 12, 1)), a_step(3, due_on=date(2026, 11, 20))
    )
    assert [step.id.int for step in next_steps([area], date(2026, 12, 2))] == [3, 2]


def test_where_nothing_is_due_by_the_review_the_undated_come_next() -> None:
    area = an_area(a_step(1, due_on=date(2027, 1, 1)), a_step(2))
    assert [step.id.int for step in next_steps([area], date(2026, 12, 2))] == [2]


def test_steps_of_an_achieved_goal_do_not_come_next() -> None:
    assert next_steps([an_area(a_step(1), state=GoalState.ACHIEVED)], None) == ()


def test_words_that_tell_where_she_lives_are_found_as_they_stand() -> None:
    texts = ["Leave the Shelter by May", "Talk with Lindenhof e.V. about traffickers", "shelving for the room"]
    assert telling_words(texts, "Lindenhof") == ("Shelter", "traffickers", "Lindenhof")


def test_an_organisation_without_a_name_tells_nothing() -> None:
    assert telling_words(["A room of my own"], " ") == ()
