"""Drafts: what somebody is typing is kept, encrypted like every record, and offered again to the same person only.

A form that saves wraps its service, so that the draft goes in the same transaction in which its words are kept:

    desk.do(and_drop(save_note, "note", about), draft)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from aftercare.domain.permissions import Permission
from aftercare.domain.rows.drafts import DraftRow, Place
from aftercare.queries import drafts as queries
from aftercare.records.notes import Draft
from aftercare.services.work import Work, needs

P = ParamSpec("P")
T = TypeVar("T")

_PLACE, _NEWS, ACCESS_NEWS = "~place", "~news", "~access_news"  # what is remembered of a person's day; no forms
_NEWS_DAYS = 14


@needs(Permission.WORK_HERE)
def keep_draft(work: Work, form: str, about: str, content: dict[str, Any]) -> datetime:
    """Keep what is being typed in `form` about `about` (a record's key or nothing); tells when it was kept."""
    draft = queries.draft_record(work.session, work.actor.id, form, about)
    if draft is None:
        draft = Draft(
            id=work.new_id(), staff_id=work.actor.id, form=form, about=about, content=content, saved_at=work.now()
        )
        work.session.add(draft)
    draft.content, draft.saved_at = content, work.now()
    return draft.saved_at


@needs(Permission.WORK_HERE)
def find_draft(work: Work, form: str, about: str = "") -> DraftRow | None:
    """What this person left in the form, or None."""
    return queries.draft_of(work.session, work.actor.id, form, about)


@needs(Permission.WORK_HERE)
def drop_draft(work: Work, form: str, about: str = "") -> None:
    """Forget what was typed; nothing happens where there is no draft."""
    queries.forget_draft(work.session, work.actor.id, form, about)


@needs(Permission.WORK_HERE)
def my_drafts(work: Work) -> tuple[DraftRow, ...]:
    """Everything that this person began and did not save, the newest first."""
    return queries.drafts_of(work.session, work.actor.id, (_PLACE, _NEWS, ACCESS_NEWS))


def and_drop(
    service: Callable[Concatenate[Work, P], T], form: str, about: str = ""
) -> Callable[Concatenate[Work, P], T]:
    """The same service, which also forgets the form's draft: together, or after a Problem neither."""

    def saved(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> T:
        value = service(work, *args, **kwargs)
        drop_draft(work, form, about)
        return value

    update_wrapper(saved, service)
    return saved


# --- where somebody was, and what they have seen ------------------------------------------------------------------


@needs(Permission.WORK_HERE)
def keep_place(work: Work, place: Place) -> None:
    """Remember where this person is, for coming back after a lock."""
    page, survivor_id, tab = place
    keep_draft(work, _PLACE, "", {"page": page, "survivor": str(survivor_id or ""), "tab": tab})


@needs(Permission.WORK_HERE)
def find_place(work: Work) -> Place:
    """Where this person was when it locked; ("", None, "") where that is not known."""
    kept = queries.draft_of(work.session, work.actor.id, _PLACE, "")
    if kept is None:
        return "", None, ""
    survivor = kept.content["survivor"]
    return kept.content["page"], UUID(survivor) if survivor else None, kept.content["tab"]


@needs(Permission.WORK_HERE)
def mark_news_seen(work: Work, until: datetime) -> None:
    """This person has read what others wrote up to this moment."""
    keep_draft(work, _NEWS, "", {"until": until.isoformat()})


def news_seen_until(work: Work) -> datetime:
    """Up to when this person has read what others wrote; at most two weeks back."""
    oldest = work.now() - timedelta(days=_NEWS_DAYS)
    kept = queries.draft_of(work.session, work.actor.id, _NEWS, "")
    return oldest if kept is None else max(oldest, datetime.fromisoformat(kept.content["until"]))
