"""Risk with a reason, workers who come and go, a further case after the first is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.codes import ClosureReason, ReferralSource, RiskLevel, Stage
from aftercare.domain.drafts.plan import ClosingDraft
from aftercare.domain.errors import CannotClose, ChangedMeanwhile, DraftProblems
from aftercare.domain.permissions import Role
from aftercare.domain.rows.log import LogFilter
from aftercare.records.people import CaseWorker, Staff
from aftercare.services.cases import case_draft, correct_case, open_another_case
from aftercare.services.desk import Desk
from aftercare.services.log import see_log
from aftercare.services.stages import close_case
from aftercare.services.survivors import open_person
from aftercare.services.undo import undo
from conftest import NOW
from makers import a_survivor

TODAY = NOW.date()


COLLEAGUE = UUID("01930000-0000-7000-8000-00000000000a")


def a_colleague(desk: Desk, colleague: UUID = COLLEAGUE, role: Role = Role.CASE_WORKER) -> UUID:
    with Session(desk.engine) as session, session.begin():
        session.add(
            Staff(
                id=colleague,
                created_at=NOW,
                created_by=desk.actor.id,
                login_name=f"osei {role.value}",
                display_name="L. Osei",
                roles=[role.value],
            )
        )
    return colleague


def test_only_those_who_may_see_a_record_are_offered_for_a_case_and_whoever_is_on_it_already(desk: Desk) -> None:
    head = a_survivor(desk)
    everybody = {role: a_colleague(desk, UUID(int=place + 1), role) for place, role in enumerate(Role)}
    form = desk.ask(case_draft, head.case_id)
    offered = {each.id for each in form.staff} - {desk.actor.id}
    assert offered == set(everybody.values()) - {everybody[Role.ADMINISTRATOR], everybody[Role.AUDITOR]}
    viewer = everybody[Role.VIEWER]
    desk.do(correct_case, head.case_id, replace(form.draft, worker_ids=(desk.actor.id, viewer)))
    with Session(desk.engine) as session, session.begin():
        session.get_one(Staff, viewer).active = False
    assert viewer in {each.id for each in desk.ask(case_draft, head.case_id).staff}


def test_looking_at_the_form_of_a_case_is_in_the_log(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.ask(case_draft, head.case_id)
    row = desk.ask(see_log, LogFilter(survivor_id=head.survivor_id)).rows[0]
    assert (row.action, row.kind, row.about) == ("read", "survivor_case", head.case_code)


def test_a_new_risk_level_needs_a_reason_and_gets_its_review_day(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = desk.ask(case_draft, head.case_id).draft
    with pytest.raises(DraftProblems) as caught:
        desk.do(correct_case, head.case_id, replace(draft, risk=RiskLevel.HIGH))
    assert [problem.field for problem in caught.value.problems] == ["risk_reason"]
    desk.do(correct_case, head.case_id, replace(draft, risk=RiskLevel.HIGH, risk_reason="seen near the school"))
    shown = desk.ask(open_person, head.survivor_id)
    assert (shown.risk, shown.risk_review_on) == (RiskLevel.HIGH, TODAY + timedelta(days=7))


def test_a_review_day_of_ones_own_is_kept(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = desk.ask(case_draft, head.case_id).draft
    own = replace(draft, risk=RiskLevel.LOW, risk_reason="calm", risk_review_on=date(2027, 1, 4))
    desk.do(correct_case, head.case_id, own)
    assert desk.ask(open_person, head.survivor_id).risk_review_on == date(2027, 1, 4)


def test_workers_come_and_go_and_the_first_leads(desk: Desk) -> None:
    head, osei = a_survivor(desk), a_colleague(desk)
    form = desk.ask(case_draft, head.case_id)
    draft = form.draft
    assert {choice.name for choice in form.staff} == {"A. Rahman", "L. Osei"}
    done = desk.do(correct_case, head.case_id, replace(draft, worker_ids=(osei,)))
    assert desk.ask(open_person, head.survivor_id).worker == "L. Osei"
    with Session(desk.engine) as session:
        ended = session.scalars(select(CaseWorker).where(CaseWorker.staff_id == desk.actor.id)).one()
    assert ended.until == TODAY
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert desk.ask(open_person, head.survivor_id).worker == "A. Rahman"


def test_days_to_come_and_old_forms_are_refused(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = desk.ask(case_draft, head.case_id).draft
    with pytest.raises(DraftProblems):
        desk.do(correct_case, head.case_id, replace(draft, referred_on=TODAY + timedelta(days=1)))
    desk.do(correct_case, head.case_id, replace(draft, referral_source=ReferralSource.HOTLINE))
    with pytest.raises(ChangedMeanwhile):
        desk.do(correct_case, head.case_id, draft)


def test_a_further_case_begins_after_the_first_is_closed(desk: Desk) -> None:
    head = a_survivor(desk)
    with pytest.raises(CannotClose):
        desk.do(open_another_case, head.survivor_id)
    desk.do(
        close_case, head.case_id, ClosingDraft(on=TODAY, reason=ClosureReason.HER_WISH, words="", plan_follow_ups=True)
    )
    case_id = desk.do(open_another_case, head.survivor_id).value
    shown = desk.ask(open_person, head.survivor_id)
    assert (shown.case_id, shown.stage, len(shown.cases)) == (case_id, Stage.INTAKE, 2)
