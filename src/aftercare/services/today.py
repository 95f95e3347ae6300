"""Today: what is due in my cases, who comes, what ends soon, how my cases stand, what others wrote.

Somebody who works on no case of their own (at night, at the desk, in charge of all) gets the day of every case that is
open to them: otherwise the people who are in the house would see an empty page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from aftercare.domain import urgency
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.survivors import Whose
from aftercare.domain.rows.today import NewsRow, TodayView
from aftercare.queries import diary
from aftercare.queries import log as log_lines
from aftercare.queries import today as queries
from aftercare.records.notes import Note
from aftercare.services.access_news import count_access_news
from aftercare.services.approvals import count_to_answer
from aftercare.services.break_glass import count_for_review
from aftercare.services.drafts import news_seen_until
from aftercare.services.office import office_settings
from aftercare.services.steps import due_steps
from aftercare.services.unfinished import unfinished
from aftercare.services.work import Work, needs

_STEPS, _CASES, _NEWS, _ENDINGS, _APPOINTMENTS = 60, 60, 12, 12, 12


@needs(Permission.SEE_RECORDS)
def today_view(work: Work) -> TodayView:
    """The whole page in one answer; of my own cases, or of all that are open to me where none is mine.

    The words of others stand there in full: each note is logged as read when it stands there for the first time.
    """
    today, soon = work.today(), office_settings(work).soon_days
    sees = work.sees
    whose = Whose.MINE if queries.works_on_a_case(work.session, work.actor.id, today) else Whose.ALL
    of = diary.cases_of(work.actor.id, today) if whose is Whose.MINE else None
    steps = due_steps(work, today + timedelta(days=urgency.SOON_DAYS), whose)
    week = today + timedelta(days=urgency.SOON_DAYS)
    endings = diary.ending_by(work.session, today + timedelta(days=soon), today, sees, of)
    caseload, total = queries.caseload(work.session, _CASES, of)
    news = queries.news(work.session, work.actor.id, today, news_seen_until(work), sees=sees, limit=_NEWS)
    _note_read_once(work, news)
    return TodayView(
        today=today,
        now=work.now(),
        whose=whose,
        steps=steps[:_STEPS],
        counts=urgency.counts((step.due.on for step in steps), today),
        appointments=diary.appointments_between(work.session, today, week, sees, of)[:_APPOINTMENTS],
        endings=tuple(endings[:_ENDINGS]),
        soon_days=soon,
        caseload=caseload,
        caseload_total=total,
        news=news,
        unfinished=unfinished(work),
        accesses_to_review=count_for_review(work),
        access_news=count_access_news(work),
        approvals_waiting=count_to_answer(work),
    )


def _note_read_once(work: Work, news: Iterable[NewsRow]) -> None:
    """The page asks again whenever something changes: that is no second look."""
    shown = [row.note_id for row in news if not row.is_hidden]
    if not shown:
        return
    known = log_lines.were_read(work.session, work.actor.id, Note.__tablename__, shown)
    for note_id in shown:
        if note_id not in known:
            work.note_read(Note.__tablename__, note_id)
