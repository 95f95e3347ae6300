"""A person's overview: how each area stands, the course of a year, and what happened, the latest first."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

from aftercare.domain.codes import NoteKind
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.notes import NoteFilter, NoteRow
from aftercare.domain.rows.overview import Happening, HappeningRow, OverviewView
from aftercare.domain.rows.standing import FactEvent
from aftercare.queries import notes, standing
from aftercare.queries import overview as queries
from aftercare.queries import plan as plans
from aftercare.queries import plan_overview as plans_in_short
from aftercare.records.people import Case
from aftercare.services.notes import reader
from aftercare.services.plans import plan_overviews
from aftercare.services.work import Work, needs

COURSE_MONTHS = 11  # and the one that is under way: twelve on the chart
FOLDED = (NoteKind.COUNSELLING, NoteKind.INCIDENT)  # what may hold a narrative of trauma


@needs(Permission.SEE_RECORDS)
def open_overview(work: Work, case_id: UUID, happenings: int = 30) -> OverviewView:
    """The whole tab in one answer; that it was read is logged once."""
    case, today = work.get(Case, case_id), work.today()
    sees = work.sees
    work.note_read("overview", case.survivor_id)
    since = queries.month_before(today, COURSE_MONTHS)
    return OverviewView(
        case_id=case_id,
        plan=plan_overviews(work, (case_id,))[case_id],
        standing=standing.case_standing(work.session, case, today, sees),
        areas=plans.office_areas(work.session),
        course=plans_in_short.course(work.session, case_id, since, sees),
        course_since=since,
        happenings=_happenings(work, case_id, today, happenings),
        today=today,
    )


def _happenings(work: Work, case_id: UUID, today: date, limit: int) -> tuple[HappeningRow, ...]:
    sees = work.sees
    page = notes.list_notes(work.session, reader(work), case_id, NoteFilter(), limit=limit)
    facts = standing.fact_events(work.session, case_id, today, sees, limit)
    found = [
        *(_of_note(row) for row in page.rows),
        *queries.plan_happenings(work.session, case_id, sees, limit),
        *(_of_fact(event) for event in facts),
    ]
    found.sort(key=lambda row: (row.on, row.at or time.min, row.id), reverse=True)
    return tuple(found[:limit])


def _of_note(row: NoteRow) -> HappeningRow:
    return HappeningRow(
        row.id, Happening.NOTE, row.on, row.at, row.area, row.words, row.author, row.restricted,
        is_hidden=row.is_hidden, is_folded=row.kind in FOLDED, note_kind=row.kind, minutes=row.minutes,
    )  # fmt: skip


def _of_fact(event: FactEvent) -> HappeningRow:
    key, area = event.record_id, event.area
    return HappeningRow(key, Happening.FACT, event.on, None, area, "", event.by, event.restricted, fact=event)
