"""Agreeing a plan: what both are about to sign, the frozen version, and what was agreed before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select

from aftercare.domain.codes import GoalState, PlanVersionState, SignatureWay
from aftercare.domain.differences import differences
from aftercare.domain.drafts.plan import AgreementDraft
from aftercare.domain.errors import ChangedMeanwhile, DraftProblems, FieldProblem, NotFound, PlanCannotBeAgreed
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.agreement import AgreementPreview, PlanVersionRow, Signature
from aftercare.domain.versions import PlanContent, area_labels, missing_to_agree
from aftercare.queries import agreement as queries
from aftercare.queries import plan as plans
from aftercare.records.people import Case
from aftercare.records.plans import Goal, PlanVersion
from aftercare.services.office import office_settings
from aftercare.services.plans import plan_of
from aftercare.services.work import Work, about, needs

DRAWN = (SignatureWay.DRAWN, SignatureWay.MARK)
"""Ways of agreeing that leave a drawing."""


@needs(Permission.AGREE_PLANS)
def prepare_agreement(work: Work, case_id: UUID) -> AgreementPreview:
    """What is about to be agreed: the terms, what differs from the version in force, and what is still missing."""
    plan = plans.plan_row(work.session, case_id, work.sees)
    if plan is None:
        raise NotFound("survivor_case")
    work.note_read("plan", case_id)
    last = plans.latest_version(work.session, plan.plan_id)
    content = plan.content()
    before = PlanContent.from_dict(last.content) if last is not None else None
    review_on = work.today() + timedelta(days=office_settings(work).review_days)
    languages = queries.spoken_languages(work.session, plan.survivor_id)
    return AgreementPreview(
        number=_last_number(work, case_id) + 1,
        content=content,
        changes=differences(before, content) if before is not None else (),
        last_agreed_on=last.agreed_on if last is not None else None,
        review_on=review_on,
        missing=tuple(missing_to_agree(content, work.today(), review_on)),
        languages=tuple(tag for tag, _ in languages),
        needs_interpreter=any(interpreter for _, interpreter in languages),
        labels=area_labels(*filter(None, (before, content)), now=plan.area_labels()),
    )


@needs(Permission.AGREE_PLANS)
def agree_plan(work: Work, case_id: UUID, draft: AgreementDraft) -> int:
    """Freeze the terms as both signed them; gives the version's number.

    PlanCannotBeAgreed names what is missing; ChangedMeanwhile where the plan is no longer what was shown to them.
    """
    _check(work, draft)
    now = plans.plan_row(work.session, case_id, work.sees)
    if now is None:
        raise NotFound("survivor_case")
    if now.content() != draft.content:
        raise ChangedMeanwhile("plan")
    missing = missing_to_agree(draft.content, draft.agreed_on, draft.review_on)
    if missing:
        raise PlanCannotBeAgreed(tuple(missing))
    plan = plan_of(work, case_id)
    for earlier in work.session.scalars(
        select(PlanVersion).where(PlanVersion.plan_id == plan.id, PlanVersion.state == PlanVersionState.AGREED)
    ):
        earlier.state = PlanVersionState.SUPERSEDED
    number = _last_number(work, case_id) + 1
    work.add(
        PlanVersion(
            **about(work.get(Case, case_id)),
            plan_id=plan.id,
            number=number,
            agreed_on=draft.agreed_on,
            review_on=draft.review_on,
            content=_agreed(draft.content).to_dict(),
            her_signature_way=draft.her_signature.way,
            her_signature=draft.her_signature.to_dict(),
            worker_signature_way=draft.worker_signature.way,
            worker_signature=draft.worker_signature.to_dict(),
            worker_id=work.actor.id,
            language=draft.language,
            interpreter=draft.interpreter.strip(),
        )
    )
    proposed = Goal.case_id == case_id, Goal.state == GoalState.PROPOSED
    for goal in work.session.scalars(select(Goal).where(*proposed)):
        goal.state = GoalState.AGREED
    plan.review_on = draft.review_on
    return number


def _check(work: Work, draft: AgreementDraft) -> None:
    """Raise DraftProblems with every field that cannot be kept."""
    wrong: list[FieldProblem] = []
    if draft.agreed_on > work.today():
        wrong.append(FieldProblem("agreed_on", "in_the_future"))
    signatures: tuple[tuple[str, Signature], ...] = (
        ("her_signature", draft.her_signature),
        ("worker_signature", draft.worker_signature),
    )
    wrong += [
        FieldProblem(field, "not_signed")
        for field, signature in signatures
        if signature.way in DRAWN and not signature.strokes
    ]
    if draft.review_on is None:
        wrong.append(FieldProblem("review_on", "required"))
    if len(draft.interpreter) > 120:
        wrong.append(FieldProblem("interpreter", "too_long"))
    if wrong:
        raise DraftProblems(tuple(wrong))


def _agreed(content: PlanContent) -> PlanContent:
    """The terms, with what was proposed agreed."""
    return PlanContent(
        tuple(
            replace(
                area,
                goals=tuple(
                    replace(goal, state=GoalState.AGREED) if goal.state is GoalState.PROPOSED else goal
                    for goal in area.goals
                ),
            )
            for area in content.areas
        )
    )


def _last_number(work: Work, case_id: UUID) -> int:
    return work.session.scalar(select(func.max(PlanVersion.number)).where(PlanVersion.case_id == case_id)) or 0


@needs(Permission.SEE_RECORDS)
def plan_versions(work: Work, case_id: UUID) -> tuple[PlanVersionRow, ...]:
    """Every version that was agreed, the newest first, with both signatures."""
    work.note_read("plan_versions", case_id)
    return queries.plan_versions(work.session, case_id)


@needs(Permission.AGREE_PLANS)
def move_review(work: Work, case_id: UUID, review_on: date) -> None:
    """Move the day on which the plan is looked at again; what was agreed stays as it is."""
    if review_on < work.today():
        raise FieldProblem("review_on", "in_the_past")
    plan_of(work, case_id).review_on = review_on
