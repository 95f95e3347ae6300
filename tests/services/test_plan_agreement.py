"""Agreeing a plan: what is missing, what both signed, that it stays as it was, and what changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from aftercare.domain.codes import Area, GoalState, PlanVersionState, SignatureWay
from aftercare.domain.differences import DifferenceKind
from aftercare.domain.drafts.people import LanguageDraft
from aftercare.domain.drafts.plan import AgreementDraft, GoalDraft
from aftercare.domain.errors import Bug, ChangedMeanwhile, DraftProblems, NotAllowed, PlanCannotBeAgreed
from aftercare.domain.permissions import Role
from aftercare.domain.rows.agreement import Signature
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.plans import PlanVersion
from aftercare.services.agreement import agree_plan, move_review, plan_versions, prepare_agreement
from aftercare.services.desk import Desk
from aftercare.services.plans import close_goal, correct_goal, open_plan, reopen_goal
from aftercare.services.steps import tick_step
from aftercare.services.undo import undo
from conftest import NOW
from makers import a_goal, a_step, a_survivor

TODAY = NOW.date()
DRAWN = Signature(SignatureWay.DRAWN, (((0.1, 0.5), (0.4, 0.2)), ((0.6, 0.5),)))
ON_PAPER = Signature(SignatureWay.ON_PAPER)


@pytest.fixture
def head(desk: Desk) -> PersonHead:
    return a_survivor(desk, languages=(LanguageDraft("ti", interpreter=True),))


def as_shown(desk: Desk, head: PersonHead, **changed: object) -> AgreementDraft:
    preview = desk.ask(prepare_agreement, head.case_id)
    draft = AgreementDraft(preview.content, TODAY, preview.review_on, DRAWN, ON_PAPER, "ti", "M. Haile")
    return replace(draft, **changed)  # type: ignore[arg-type]


def test_the_form_begins_with_what_is_known(desk: Desk, head: PersonHead) -> None:
    a_goal(desk, head)
    preview = desk.ask(prepare_agreement, head.case_id)
    assert (preview.number, preview.changes, preview.missing) == (1, (), ())
    assert preview.review_on == TODAY + timedelta(days=60)
    assert (preview.languages, preview.needs_interpreter) == (("ti",), True)


def test_a_plan_without_a_goal_or_a_review_cannot_be_agreed(desk: Desk, head: PersonHead) -> None:
    assert desk.ask(prepare_agreement, head.case_id).missing == ("plan_has_no_goal",)
    with pytest.raises(PlanCannotBeAgreed) as refused:
        desk.do(agree_plan, head.case_id, as_shown(desk, head))
    assert refused.value.reasons == ("plan_has_no_goal",)
    a_goal(desk, head)
    with pytest.raises(PlanCannotBeAgreed) as refused:
        desk.do(agree_plan, head.case_id, as_shown(desk, head, review_on=TODAY))
    assert refused.value.reasons == ("review_before_agreement",)


def test_agreeing_freezes_the_terms_and_moves_goals_and_review(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    draft = as_shown(desk, head)
    done = desk.do(agree_plan, head.case_id, draft)
    assert done.value == 1
    plan = desk.ask(open_plan, head.case_id)
    shown = plan.goal(goal)
    assert shown is not None
    assert (shown.state, shown.agreed_on) == (GoalState.AGREED, TODAY)
    assert plan.review_on == draft.review_on
    assert plan.in_force is not None
    assert (plan.in_force.number, plan.in_force.is_changed) == (1, False)
    (version,) = desk.ask(plan_versions, head.case_id)
    assert version.her_signature == DRAWN
    assert version.worker_signature == ON_PAPER
    assert (version.worker, version.language, version.interpreter) == ("A. Rahman", "ti", "M. Haile")


def test_a_drawn_signature_needs_a_line_and_a_review_its_day(desk: Desk, head: PersonHead) -> None:
    a_goal(desk, head)
    empty = Signature(SignatureWay.MARK)
    with pytest.raises(DraftProblems) as refused:
        desk.do(
            agree_plan,
            head.case_id,
            as_shown(desk, head, her_signature=empty, review_on=None, agreed_on=TODAY + timedelta(days=1)),
        )
    assert [each.field for each in refused.value.problems] == ["agreed_on", "her_signature", "review_on"]


def test_what_changed_between_showing_and_signing_is_not_signed(desk: Desk, head: PersonHead) -> None:
    a_goal(desk, head)
    draft = as_shown(desk, head)
    a_goal(desk, head, Area.HEALTH, "Sleep through the night")
    with pytest.raises(ChangedMeanwhile):
        desk.do(agree_plan, head.case_id, draft)


def test_a_second_version_replaces_the_first_and_says_what_differs(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    step = a_step(desk, goal)
    desk.do(agree_plan, head.case_id, as_shown(desk, head))
    desk.do(tick_step, step)
    assert desk.ask(open_plan, head.case_id).in_force.is_changed is False  # type: ignore[union-attr]
    a_goal(desk, head, Area.HEALTH, "Sleep through the night")
    assert desk.ask(open_plan, head.case_id).in_force.is_changed  # type: ignore[union-attr]
    preview = desk.ask(prepare_agreement, head.case_id)
    assert [(change.kind, change.words) for change in preview.changes] == [
        (DifferenceKind.GOAL_ADDED, "Sleep through the night")
    ]
    desk.do(agree_plan, head.case_id, as_shown(desk, head))
    second, first = desk.ask(plan_versions, head.case_id)
    assert [(row.number, row.state) for row in (second, first)] == [
        (2, PlanVersionState.AGREED),
        (1, PlanVersionState.SUPERSEDED),
    ]


def test_what_was_agreed_stays_when_the_plan_changes(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head, words="A room of my own")
    desk.do(agree_plan, head.case_id, as_shown(desk, head))
    row = desk.ask(open_plan, head.case_id).goal(goal)
    assert row is not None
    desk.do(correct_goal, GoalDraft(Area.HOUSING, "A flat", id=goal, version=row.version))
    (version,) = desk.ask(plan_versions, head.case_id)
    assert version.content.areas[0].goals[0].words == "A room of my own"


@pytest.mark.parametrize(
    ("field", "value"),
    [("content", {"form": 1, "areas": []}), ("agreed_on", date(2020, 1, 1)), ("her_signature", None), ("number", 7)],
)
def test_a_version_that_was_agreed_cannot_be_rewritten(desk: Desk, head: PersonHead, field: str, value: object) -> None:
    a_goal(desk, head)
    desk.do(agree_plan, head.case_id, as_shown(desk, head))
    (version,) = desk.ask(plan_versions, head.case_id)
    with Session(desk.engine) as session, pytest.raises(Bug), session.begin():
        setattr(session.get(PlanVersion, version.id), field, value)
    assert desk.ask(plan_versions, head.case_id) == (version,)


def test_undoing_an_agreement_brings_the_version_before_it_back(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    desk.do(agree_plan, head.case_id, as_shown(desk, head))
    review = desk.ask(open_plan, head.case_id).review_on
    done = desk.do(agree_plan, head.case_id, as_shown(desk, head, review_on=TODAY + timedelta(days=7)))
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    plan = desk.ask(open_plan, head.case_id)
    assert plan.in_force is not None
    assert (plan.in_force.number, plan.review_on) == (1, review)
    shown = plan.goal(goal)
    assert shown is not None
    assert shown.state is GoalState.AGREED


def test_the_review_can_move_without_a_new_version(desk: Desk, head: PersonHead) -> None:
    a_goal(desk, head)
    desk.do(agree_plan, head.case_id, as_shown(desk, head))
    desk.do(move_review, head.case_id, TODAY + timedelta(days=9))
    plan = desk.ask(open_plan, head.case_id)
    assert plan.review_on == TODAY + timedelta(days=9)
    assert plan.in_force is not None
    assert plan.in_force.number == 1


def test_a_goal_of_the_version_in_force_is_agreed_again_when_reopened(desk: Desk, head: PersonHead) -> None:
    goal = a_goal(desk, head)
    desk.do(agree_plan, head.case_id, as_shown(desk, head))
    desk.do(close_goal, goal, None, GoalState.SET_ASIDE)
    desk.do(reopen_goal, goal, None)
    row = desk.ask(open_plan, head.case_id).goal(goal)
    assert row is not None
    assert row.state is GoalState.AGREED


def test_a_shelter_worker_cannot_agree_a_plan(desk: Desk, head: PersonHead) -> None:
    a_goal(desk, head)
    draft = as_shown(desk, head)
    desk.actor = replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))
    with pytest.raises(NotAllowed):
        desk.do(agree_plan, head.case_id, draft)
