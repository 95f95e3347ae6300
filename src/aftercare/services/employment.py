"""Work: where she stands, jobs, and the safe-job check that a person decides."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from aftercare.domain.check_ins import CHECK_IN_DAYS
from aftercare.domain.codes import EmploymentState, SafeJobResult
from aftercare.domain.drafts.checks import in_order, not_ahead, required
from aftercare.domain.drafts.employment import JobDraft, SafeJobCheckDraft
from aftercare.domain.errors import FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.employment import Employment
from aftercare.domain.safe_job import suggested_result
from aftercare.queries import employment as queries
from aftercare.records.facts import Job, SafeJobCheck
from aftercare.records.people import Case
from aftercare.services.work import Work, needs
from aftercare.services.writing import keep


@needs(Permission.SEE_RECORDS)
def show_employment(work: Work, case_id: UUID) -> Employment:
    case = work.get(Case, case_id)
    work.note_read("employment", case.survivor_id)
    return queries.employment(work.session, case)


@needs(Permission.WRITE_RECORDS)
def change_employment_state(work: Work, case_id: UUID, state: EmploymentState | None) -> None:
    """Where she stands with work; None is «not asked»."""
    work.get(Case, case_id).employment = state


@needs(Permission.WRITE_RECORDS)
def save_job(work: Work, case_id: UUID, draft: JobDraft) -> UUID:
    """Keep a job; the employer or the role is enough to know it by."""
    wrong = in_order("until", draft.since, draft.until)
    if not draft.employer.strip() and not draft.role.strip():
        wrong.append(FieldProblem("employer", "required"))
    return keep(work, Job, case_id, draft, wrong).id


@needs(Permission.WRITE_RECORDS)
def remove_job(work: Work, job_id: UUID, version: int) -> None:
    """Take a job away that was written by mistake, with its checks."""
    job = work.get_unchanged(Job, job_id, version)
    for check in work.session.scalars(select(SafeJobCheck).where(SafeJobCheck.job_id == job_id)):
        work.remove(check)
    work.remove(job)


@needs(Permission.WRITE_RECORDS)
def save_safe_job_check(work: Work, case_id: UUID, draft: SafeJobCheckDraft) -> UUID:
    """Keep a check with the result that a person decided, signed by whoever writes it first."""
    if work.get(Job, draft.job_id).case_id != case_id:
        raise NotFound("job")
    wrong = [
        *required(draft, "on", "result"),
        *not_ahead(draft, work.today(), "on"),
        *in_order("valid_until", draft.on, draft.valid_until),
    ]
    if draft.check_in_day not in (0, *CHECK_IN_DAYS):
        wrong.append(FieldProblem("check_in_day", "out_of_range"))
    suggested = suggested_result({each.question: each.answer for each in draft.answers})
    goes_against_red_flag = draft.result is SafeJobResult.GO and suggested.red_flags
    if draft.result is SafeJobResult.GO_WITH_CONDITIONS or goes_against_red_flag:
        wrong += required(draft, "conditions")
    answers = {
        each.question.value: {"answer": each.answer.value, "words": each.words.strip()} for each in draft.answers
    }
    signed = {"by_staff_id": work.actor.id} if draft.id is None else {}
    return keep(work, SafeJobCheck, case_id, draft, wrong, **{**signed, "answers": answers}).id
