"""The search: people by code, name, phone or number; notes by their words. Commands belong to the window."""

from __future__ import annotations

from aftercare.domain.permissions import Permission
from aftercare.domain.rows.search import NoteHit, PersonHit
from aftercare.queries import search as queries
from aftercare.queries import search_people
from aftercare.services.work import Work, needs


@needs(Permission.SEE_RECORDS)
def find_people(work: Work, words: str, limit: int = 8) -> tuple[PersonHit, ...]:
    """People whose code, names, phone or identity numbers hold these words; who is found by name is shown by code."""
    among = work.sight.few(work.session)
    return search_people.find_people(work.session, words, work.actor.id, limit, work.sees, among)


@needs(Permission.SEE_RECORDS)
def find_notes(work: Work, words: str, limit: int = 12, with_names: bool = False) -> tuple[NoteHit, ...]:
    """The newest notes with these words; that somebody searched is logged, not for what.

    Names of the person a note is about are covered in its snippet, unless `with_names` asks for them.
    """
    found = queries.find_notes(
        work.session,
        words,
        limit,
        sees=work.sees,
        with_names=with_names,
        among=work.sight.few(work.session),
        is_narrow=work.sight.is_narrow(work.session),
    )
    if found:
        work.log("search_with_names" if with_names else "search", "note")
    return found
