"""Finding notes by words.

Nothing is ranked by rarity: with a million notes that reads every hit. The newest come first, which stops early.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select, text
from sqlalchemy.orm import Session

from aftercare.domain.folding import search_terms
from aftercare.domain.rows.search import NoteHit
from aftercare.domain.secrecy import Sees
from aftercare.domain.snippets import snippet, without_names
from aftercare.queries.secrecy import may_be_found
from aftercare.records.notes import Addendum, Note
from aftercare.records.office import SearchEntry
from aftercare.records.people import Staff, Survivor, SurvivorName

_LONGEST_PREFIX = 6  # of those that the index keeps ready (vault/search_index.py)
_ROUNDS = 6  # of notes looked at, where many are restricted
_WIDER = 4  # times more notes in each round, where some people are out of sight
_NOTES_READ_OF = 60  # people: what was written about so many is read through sooner than what holds a frequent word


def find_notes(
    session: Session,
    words: str,
    limit: int,
    *,
    sees: Sees,
    with_names: bool,
    among: Collection[UUID] | None = None,
    is_narrow: bool = False,
) -> tuple[NoteHit, ...]:
    """The newest notes that hold every word, also in an addendum; restricted ones only for those who may see them.

    `among`: the keys of everybody in sight where these are few; `is_narrow`: whether anybody at all is out of sight.
    """
    terms = _terms_for_notes(words)
    if not terms:
        return ()
    found: dict[UUID, str] = {}
    if among is not None and len(among) <= _NOTES_READ_OF:
        rounds = iter([_noted_of(session, terms, among, sees, limit)])
    else:
        rounds = _entries(session, terms, limit, sees, _WIDER if is_narrow else 1)
    for entries in rounds:
        found |= {key: held for key, held in _words_of(session, entries).items() if key not in found}
        if len(found) >= limit:
            break
    rows = {row.id: row for row in session.execute(_notes(list(found)[:limit]))}
    names = {} if with_names else _names(session, {row.survivor_id for row in rows.values()})
    return tuple(
        _note(rows[key], snippet(held, terms), names) for key, held in list(found.items())[:limit] if key in rows
    )


def _terms_for_notes(words: str) -> tuple[str, ...]:
    """A single Latin letter begins nearly every note: it does not count."""
    return tuple(term for term in search_terms(words) if len(term) > 1 or not term.isascii())


def _noted_of(
    session: Session, terms: Sequence[str], among: Collection[UUID], sees: Sees, limit: int
) -> Sequence[UUID]:
    """Keys of the newest notes and addenda of these people that hold the words, by reading through all of theirs."""
    held = literal(" ") + SearchEntry.text
    holding = [held.contains(f" {term}", autoescape=True) for term in terms]
    query = select(SearchEntry.object_id).where(SearchEntry.survivor_id.in_(among), SearchEntry.kind == "note")
    query = query.where(may_be_found(SearchEntry, sees), *holding)
    return session.scalars(query.order_by(SearchEntry.id.desc()).limit(limit * 2)).all()


def _entries(session: Session, terms: Sequence[str], limit: int, sees: Sees, wider: int) -> Iterator[Sequence[UUID]]:
    """Keys of notes and addenda, the newest first, a few at a time: each costs a look at a page that may be cold.

    `wider`: how many times more are looked at in each round than in the one before, where many are out of sight.

    Long words are looked for by the beginning that the index keeps ready, and the rest is compared here. Only where
    that finds too little among much does the index gather the words itself, which takes longer.
    """
    by_beginnings = " AND ".join(f'"{term[:_LONGEST_PREFIX]}" *' for term in terms)
    long = [f" {term}" for term in terms if len(term) > _LONGEST_PREFIX]
    most = limit + limit // 2
    before: int | None = None
    for _round in range(_ROUNDS):
        hits = _hits(session, by_beginnings, before, most)
        yield _open_ones(session, hits, sees, long)
        if len(hits) < most:
            return
        before, most = hits[-1], most * wider
    if long:
        whole = " AND ".join(f'"{term}" *' for term in terms)
        yield _open_ones(session, _hits(session, whole, None, limit * 3), sees, ())


def _open_ones(session: Session, hits: Sequence[int], sees: Sees, holding: Sequence[str]) -> Sequence[UUID]:
    """The notes and addenda among the hits that this person may see and whose words hold each of these."""
    query = select(SearchEntry.object_id, SearchEntry.text).where(SearchEntry.id.in_(hits), SearchEntry.kind == "note")
    query = query.where(may_be_found(SearchEntry, sees))
    return [
        key
        for key, words in session.execute(query.order_by(SearchEntry.id.desc()))
        if all(part in f" {words}" for part in holding)
    ]


def _hits(session: Session, match: str, before: int | None, most: int) -> Sequence[int]:
    older = "" if before is None else "AND rowid < :before "
    asked = f"SELECT rowid FROM search_fts WHERE search_fts MATCH :match {older}ORDER BY rowid DESC LIMIT :most"  # noqa: S608
    facts: dict[str, Any] = {"match": match, "most": most} | ({} if before is None else {"before": before})
    return session.scalars(text(asked), facts).all()


def _words_of(session: Session, object_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The notes of these keys, in their order, with the words that were found: the note's or its addendum's."""
    words: dict[UUID, tuple[UUID, str]] = {
        key: (key, held) for key, held in session.execute(select(Note.id, Note.words).where(Note.id.in_(object_ids)))
    }
    for key, note_id, held in session.execute(
        select(Addendum.id, Addendum.note_id, Addendum.words).where(Addendum.id.in_(object_ids))
    ):
        words[key] = (note_id, held)
    found: dict[UUID, str] = {}
    for key in object_ids:
        if key in words:
            found.setdefault(*words[key])
    return found


def _notes(note_ids: Sequence[UUID]) -> Any:
    return (
        select(
            Note.id,
            Note.survivor_id,
            Note.case_id,
            Survivor.case_code,
            Note.on,
            Note.area,
            Note.kind,
            Staff.display_name,
            Note.restricted,
        )
        .join(Survivor, Survivor.id == Note.survivor_id)
        .join(Staff, Staff.id == Note.created_by, isouter=True)
        .where(Note.id.in_(note_ids))
    )


def _note(row: Any, words: str, names: dict[UUID, list[str]]) -> NoteHit:
    return NoteHit(
        note_id=row.id,
        survivor_id=row.survivor_id,
        case_id=row.case_id,
        case_code=row.case_code,
        on=row.on,
        area=row.area,
        kind=row.kind,
        author=row.display_name or "",
        snippet=without_names(words, names.get(row.survivor_id, ()), row.case_code),
        restricted=row.restricted,
    )


def _names(session: Session, of: set[UUID]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    for key, given, family in session.execute(
        select(SurvivorName.survivor_id, SurvivorName.given, SurvivorName.family).where(
            SurvivorName.survivor_id.in_(of)
        )
    ):
        names[key] += [given, family]
    for key, used in session.execute(select(Survivor.id, Survivor.name_to_use).where(Survivor.id.in_(of))):
        names[key].append(used)
    return names
