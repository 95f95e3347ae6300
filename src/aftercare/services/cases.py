"""Cases: risk with its reason and review, referral, who works on it, and a further case of the same person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.codes import RISK_REVIEW_DAYS, Stage
from aftercare.domain.drafts.cases import CaseDraft
from aftercare.domain.drafts.people import IntakeDraft
from aftercare.domain.errors import CannotClose, DraftProblems, FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.cases import CaseForm
from aftercare.domain.rows.plan import StaffChoice
from aftercare.records.people import Case, CaseWorker, Staff, Survivor
from aftercare.services.access import give_to_team, list_teams
from aftercare.services.actors import decided_for
from aftercare.services.survivors import open_case
from aftercare.services.work import Work, about, needs


@needs(Permission.SEE_RECORDS)
def case_draft(work: Work, case_id: UUID) -> CaseForm:
    """A case as its form takes it, with everybody who can work on it and the teams there are."""
    case = work.get(Case, case_id)
    work.note_read("survivor_case", case_id)
    draft = CaseDraft(
        risk=case.risk,
        risk_reason=case.risk_reason,
        risk_review_on=case.risk_review_on,
        referral_source=case.referral_source,
        referral_words=case.referral_words,
        referred_on=case.referred_on,
        opened_on=case.opened_on,
        worker_ids=tuple(worker.staff_id for worker in _workers(work, case_id)),
        team_id=case.team_id,
        version=case.version,
    )
    return CaseForm(draft, _who_can_work(work, draft.worker_ids), list_teams(work))


def _who_can_work(work: Work, present: Iterable[UUID]) -> tuple[StaffChoice, ...]:
    """Everybody who works here and may see a record at all, and whoever is on the case already, by name."""
    people = work.session.scalars(select(Staff).order_by(Staff.display_name)).all()
    on_it = frozenset(present)
    return tuple(
        StaffChoice(person.id, person.display_name)
        for person in people
        if person.id in on_it or (person.active and Permission.SEE_RECORDS in decided_for(person).permissions)
    )


@needs(Permission.WRITE_RECORDS)
def correct_case(work: Work, case_id: UUID, draft: CaseDraft) -> None:
    """Save the form of a case: everything at once, the team that sees it too.

    A new risk level without a review day gets the usual one (field.md section 0).
    """
    case = work.get_unchanged(Case, case_id, draft.version)
    _check(work, case, draft)
    if draft.risk is not case.risk and draft.risk is not None and draft.risk_review_on == case.risk_review_on:
        case.risk_review_on = work.today() + timedelta(days=RISK_REVIEW_DAYS[draft.risk])
    else:
        case.risk_review_on = draft.risk_review_on if draft.risk is not None else None
    case.risk = draft.risk
    case.risk_reason = draft.risk_reason.strip()
    case.referral_source = draft.referral_source
    case.referral_words = draft.referral_words.strip()
    case.referred_on = draft.referred_on
    case.opened_on = draft.opened_on or case.opened_on
    _assign(work, case, draft.worker_ids)
    if draft.team_id != case.team_id:
        give_to_team(work, case_id, draft.team_id)


@needs(Permission.WRITE_RECORDS)
def open_another_case(work: Work, survivor_id: UUID) -> UUID:
    """A further case of the same person, once the earlier ones are closed; gives its key."""
    survivor = work.get(Survivor, survivor_id)
    stages = work.session.scalars(select(Case.stage).where(Case.survivor_id == survivor_id)).all()
    if any(stage is not Stage.CLOSED for stage in stages):
        raise CannotClose("survivor_case", ("case_still_open",))
    return open_case(work, survivor, IntakeDraft()).id


def _workers(work: Work, case_id: UUID) -> list[CaseWorker]:
    """Who works on the case now, the leading one first."""
    now = select(CaseWorker).where(CaseWorker.case_id == case_id, CaseWorker.until.is_(None))
    return list(work.session.scalars(now.order_by(CaseWorker.leads.desc(), CaseWorker.since, CaseWorker.created_at)))


def _check(work: Work, case: Case, draft: CaseDraft) -> None:
    wrong = []
    if draft.risk is not None and draft.risk is not case.risk and not draft.risk_reason.strip():
        wrong.append(FieldProblem("risk_reason", "required"))
    wrong += [
        FieldProblem(name, "in_the_future")
        for name, day in (("opened_on", draft.opened_on), ("referred_on", draft.referred_on))
        if day is not None and day > work.today()
    ]
    if wrong:
        raise DraftProblems(tuple(wrong))


def _assign(work: Work, case: Case, wanted: tuple[UUID, ...]) -> None:
    """Make these the workers of the case: others end today, new ones begin today, the first one leads."""
    present = {worker.staff_id: worker for worker in _workers(work, case.id)}
    for staff_id, worker in present.items():
        if staff_id not in wanted:
            worker.until = work.today()
    for place, staff_id in enumerate(wanted):
        if work.session.get(Staff, staff_id) is None:
            raise NotFound("staff")
        kept = present.get(staff_id)
        if kept is None:
            work.add(CaseWorker(**about(case), staff_id=staff_id, leads=place == 0, since=work.today()))
        else:
            kept.leads = place == 0
