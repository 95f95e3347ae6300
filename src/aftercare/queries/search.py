"""Finding by words: the only queries that speak SQLite's FTS5 (architecture.md keeps such SQL here and in the vault).

Nothing is ranked by rarity: with a million notes that reads every hit. The newest come first, which stops early.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Uuid,
    and_,
    bindparam,
    literal,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Session

from aftercare.domain.folding import match_query, phone_number_in, search_terms
from aftercare.domain.rows.search import FoundBy, NoteHit, PersonHit
from aftercare.domain.secrecy import Sees
from aftercare.domain.snippets import snippet, without_names
from aftercare.queries.secrecy import may_be_found
from aftercare.records.caseload import CaseloadEntry
from aftercare.records.notes import Addendum, Note
from aftercare.records.office import SearchEntry
from aftercare.records.people import CaseWorker, IdentityNumber, Staff, Survivor, SurvivorName

_LONGEST_PREFIX = 6  # of those that the index keeps ready (vault/search_index.py)
_PEOPLE_WEIGHED = 30
_ROUNDS = 6  # of notes looked at, where many are restricted
_WIDER = 4  # times more notes in each round, where some people are out of sight
_FEW = 2000  # measured among 10,000 people: more are sooner met on the way through the list
_NOTES_READ_OF = 60  # people: what was written about so many is read through sooner than what holds a frequent word
_PEOPLE_HITS = text(
    "SELECT rowid FROM search_fts_people WHERE search_fts_people MATCH :match AND rowid > :last"
    " ORDER BY rowid LIMIT :most"
)
_FEW_PEOPLE = text(
    "SELECT count(*) FROM (SELECT 1 FROM search_fts_people WHERE search_fts_people MATCH :match LIMIT :most)"
)


def how_many_match(session: Session, words: str) -> int | None:
    """How many names, codes and numbers hold every one of these words, in sight or not; None where they are many.

    A few are quicker looked up by their keys than found on the way through the list.
    """
    found = session.scalar(_FEW_PEOPLE, {"match": match_query(words), "most": _FEW + 1}) or 0
    return None if found > _FEW else found


def people_matching(words: str) -> Select[Any]:
    """The survivor ids whose code, names, phone or identity numbers hold every one of these words.

    In sight or not: it is for conditions on what is looked at through somebody's eyes anyway.
    """
    hits: Select[Any] = (
        select(literal_column("rowid"))
        .select_from(text("search_fts_people"))
        .where(text("search_fts_people MATCH :match").bindparams(match=match_query(words)))
    )
    entries = SearchEntry.__table__
    return select(entries.c.survivor_id).where(entries.c.id.in_(hits))


def holds_words(survivor_id: SQLColumnExpression[UUID], words: str) -> ColumnElement[bool]:
    """The same asked of one person after the other: for lists that go through the people in an order of their own."""
    return select(SearchEntry.id).where(*_entry_of_people(words), SearchEntry.survivor_id == survivor_id).exists()


def _entry_of_people(words: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions that an entry is of a person and holds all of these words, without the full-text index."""
    held = literal(" ") + SearchEntry.text
    all_of_them = and_(*(held.contains(f" {term}", autoescape=True) for term in search_terms(words)))
    number = phone_number_in(words)
    by_words = or_(all_of_them, held.contains(f" {number}")) if number else all_of_them
    # the kind is written out, not handed over: only so may the database take the index of people alone
    return SearchEntry.kind == literal_column("'person'"), by_words


# --- people -------------------------------------------------------------------------------------------------------


def find_people(
    session: Session, words: str, actor_id: UUID, limit: int, sees: Sees, among: Collection[UUID] | None = None
) -> tuple[PersonHit, ...]:
    """People by code: the code asked for, then those of my cases, then as they came.

    `among`: the keys of everybody in sight where these are few; then only they are gone through.
    """
    if not match_query(words):
        return ()
    objects: dict[UUID, UUID] = {}
    if among is not None:
        entries = _entries_of(session, words, SearchEntry.survivor_id.in_(among), sees, _PEOPLE_WEIGHED)
    else:
        entries = _first_entries(session, words, sees)
        if len(entries) >= _PEOPLE_WEIGHED:  # a frequent word: mine may stand behind those
            mine = select(CaseWorker.survivor_id).where(CaseWorker.staff_id == actor_id, CaseWorker.until.is_(None))
            entries += _entries_of(session, words, SearchEntry.survivor_id.in_(mine), sees, limit)
    for survivor_id, object_id in entries:
        objects.setdefault(survivor_id, object_id)
    numbers = set(session.scalars(select(IdentityNumber.id).where(IdentityNumber.id.in_(objects.values()))))
    people = session.execute(_PEOPLE, {"keys": list(objects), "actor_id": actor_id})
    found = [_person(row, objects[row.id], numbers) for row in people]
    asked = words.strip().upper()
    return tuple(sorted(found, key=lambda hit: (hit.case_code != asked, not hit.is_mine, hit.case_code))[:limit])


def _first_entries(session: Session, words: str, sees: Sees) -> list[tuple[UUID, UUID]]:
    """Survivor and record of the first entries in sight that hold the words; more are looked at where few are."""
    found: list[tuple[UUID, UUID]] = []
    last, most = 0, _PEOPLE_WEIGHED
    while True:
        hits = session.scalars(_PEOPLE_HITS, {"match": match_query(words), "last": last, "most": most}).all()
        found += _found(session, sees, SearchEntry.id.in_(hits))
        if len(hits) < most or len(found) >= _PEOPLE_WEIGHED:
            return found
        last, most = hits[-1], most * 4


def _entries_of(
    session: Session, words: str, whose: ColumnElement[bool], sees: Sees, most: int
) -> list[tuple[UUID, UUID]]:
    """The same by going through the entries of some people, whose words are compared one by one."""
    return _found(session, sees, *_entry_of_people(words), whose, most=most)


def _found(
    session: Session, sees: Sees, *conditions: ColumnElement[bool], most: int | None = None
) -> list[tuple[UUID, UUID]]:
    entries = select(SearchEntry.survivor_id, SearchEntry.object_id).where(*conditions, may_be_found(SearchEntry, sees))
    return [(row[0], row[1]) for row in session.execute(entries.order_by(SearchEntry.id).limit(most))]


def _people() -> Any:
    """People by their keys, with their latest case: built once, because building it takes longer than asking."""
    at_work = (CaseWorker.case_id == CaseloadEntry.case_id, CaseWorker.until.is_(None))
    worker = select(Staff.display_name).join(CaseWorker, CaseWorker.staff_id == Staff.id).where(*at_work)
    mine = select(CaseWorker.id).where(*at_work, CaseWorker.staff_id == bindparam("actor_id", type_=Uuid()))
    return (
        select(
            Survivor.id,
            CaseloadEntry.case_id,
            Survivor.case_code,
            CaseloadEntry.stage,
            worker.order_by(CaseWorker.leads.desc(), CaseWorker.since).limit(1).scalar_subquery().label("worker"),
            mine.exists().label("is_mine"),
        )
        .join(CaseloadEntry, CaseloadEntry.survivor_id == Survivor.id)
        .where(Survivor.id.in_(bindparam("keys", expanding=True)))
    )


_PEOPLE = _people()


def _person(row: Any, object_id: UUID, numbers: set[UUID]) -> PersonHit:
    by = FoundBy.CODE if object_id == row.id else FoundBy.NUMBER if object_id in numbers else FoundBy.NAME
    return PersonHit(row.id, row.case_id, row.case_code, row.stage, row.worker or "", by, row.is_mine)


# --- notes --------------------------------------------------------------------------------------------------------


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
