"""Who was let in or may see or do more, and older records put back: told to managers until they have read it.

On Today and under «To decide».

Read from the log, where nobody can leave it out; what somebody did themselves is no news to them.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, not_, or_, select

from aftercare.domain.permissions import Permission
from aftercare.domain.rows.access import AccessNewsRow
from aftercare.queries import log as queries
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.services.drafts import ACCESS_NEWS, find_draft, keep_draft
from aftercare.services.work import Work, needs

_DAYS, _SHOWN = 90, 50


@needs(Permission.REVIEW_ACCESS)
def access_news(work: Work) -> tuple[AccessNewsRow, ...]:
    """What others gave or took since I last read it, the latest first; at most three months back."""
    return queries.access_lines(work.session, _unread(work), _SHOWN)


@needs(Permission.REVIEW_ACCESS)
def mark_access_news_read(work: Work, last_seq: int) -> None:
    """I have read it up to this line of the log."""
    keep_draft(work, ACCESS_NEWS, "", {"seq": max(last_seq, _read_until(work))})


def count_access_news(work: Work) -> int:
    """How many lines I have not read yet; 0 for whoever does not review access."""
    if not work.may(Permission.REVIEW_ACCESS):
        return 0
    return work.session.scalar(select(func.count()).select_from(AUDIT_ENTRY).where(*_unread(work))) or 0


def _read_until(work: Work) -> int:
    kept = find_draft(work, ACCESS_NEWS)
    return int(kept.content["seq"]) if kept is not None else 0


def _unread(work: Work) -> tuple[queries.Condition, ...]:
    entry = AUDIT_ENTRY.c
    return (
        entry.seq > _read_until(work),
        entry.utc >= work.now() - timedelta(days=_DAYS),
        entry.action.in_(queries.ACCESS_ACTIONS),
        or_(entry.actor.is_(None), entry.actor != work.actor.id),
        *(
            or_(entry.object_id.is_(None), not_(queries.about_person(survivor_id)))
            for survivor_id in work.sight.barred(work.session)
        ),
    )
