"""Scores: levels in two voices over time, and the assessment that goes through every area at once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from aftercare import assets
from aftercare.domain.codes import Stage
from aftercare.domain.drafts.scores import AssessmentDraft
from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.progress import LevelsOn, standing
from aftercare.domain.rows.overview import Happening
from aftercare.domain.rows.scores import AreaScores, ScoresView
from aftercare.domain.scale import BUILT_IN, Instrument
from aftercare.queries import overview, plan_overview
from aftercare.queries import plan as plans
from aftercare.queries import scores as queries
from aftercare.records.people import Case
from aftercare.records.plans import Assessment, ProgressEntry
from aftercare.services.work import Work, about, needs

_ASSESSMENTS, _EVENTS = 24, 40


@lru_cache(maxsize=1)
def five_step_scale() -> Instrument:
    """The built-in scale with its schedule."""
    return Instrument.from_json((assets.folder("instruments") / f"{BUILT_IN}.json").read_text(encoding="utf-8"))


@needs(Permission.SEE_RECORDS)
def open_scores(work: Work, case_id: UUID) -> ScoresView:
    """Levels of every area of the office over the whole case, in both voices; that they were read is logged."""
    case, today, sees = work.get(Case, case_id), work.today(), work.sees
    work.note_read("scores", case.survivor_id)
    said = queries.answers_by_area(work.session, case_id, sees)
    rows = plans.office_areas(work.session)
    areas = tuple(
        AreaScores(
            row,
            standing([LevelsOn(each.on, each.staff, each.own) for each in said[row.area]], case.opened_on, today),
            tuple(said[row.area]),
        )
        for row in rows
        if row.area in said or not row.hidden
    )
    done = queries.assessments(work.session, case_id, _ASSESSMENTS)
    happened = overview.plan_happenings(work.session, case_id, sees, _EVENTS)
    return ScoresView(
        case_id=case_id,
        areas=areas,
        course=plan_overview.course(work.session, case_id, None, sees),
        events=tuple(row for row in happened if row.kind in (Happening.AGREED, Happening.STAGE)),
        assessments=done,
        opened_on=case.opened_on,
        due_on=None if case.stage is Stage.CLOSED else next_assessment(case.opened_on, [row.on for row in done]),
        today=today,
    )


def next_assessment(opened_on: date, done: list[date]) -> date:
    """When the built-in scale asks for the next one: at intake, after its first days, then at its intervals."""
    schedule = five_step_scale().schedule
    if not done:
        return opened_on if schedule.at_intake else opened_on + timedelta(days=min(schedule.after_days, default=0))
    last = max(done)
    ahead = [opened_on + timedelta(days=days) for days in schedule.after_days]
    every = [last + timedelta(days=schedule.every_days)] if schedule.every_days else []
    return min([day for day in ahead if day > last] + every, default=last)


@needs(Permission.WRITE_RECORDS)
def record_assessment(work: Work, case_id: UUID, draft: AssessmentDraft) -> UUID:
    """Keep the answers of one occasion; an area that nobody spoke about leaves no trace. Gives its key."""
    given = [answer for answer in draft.answers if not answer.is_empty]
    known = {row.area for row in plans.office_areas(work.session)}
    wrong = [FieldProblem("area", "unknown_code", answer.area) for answer in given if answer.area not in known]
    if not given:
        wrong.append(FieldProblem("answers", "required"))
    if draft.on is not None and draft.on > work.today():
        wrong.append(FieldProblem("on", "in_the_future"))
    if len(draft.setting) > 200:
        wrong.append(FieldProblem("setting", "too_long"))
    if wrong:
        raise DraftProblems(tuple(wrong))
    case, on = work.get(Case, case_id), draft.on or work.today()
    assessment = work.add(Assessment(**about(case), on=on, setting=draft.setting.strip(), words=draft.words.strip()))
    for answer in given:
        work.add(
            ProgressEntry(
                **about(case),
                area=answer.area,
                on=on,
                narrative=answer.words.strip(),
                staff_level=answer.staff,
                own_level=answer.own,
                assessment_id=assessment.id,
            )
        )
    return assessment.id
