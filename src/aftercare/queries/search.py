"""Finding by words: the only queries that speak SQLite's FTS5 (architecture.md keeps such SQL here and in the vault).

Nothing is ranked by rarity: with a million notes that reads every hit. The newest come first, which stops early.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
_FEW = 300
_SOME_PEOPLE = text(
    "SELECT survivor_id FROM search_entry WHERE id IN"
    " (SELECT rowid FROM search_fts_people WHERE search_fts_people MATCH :match LIMIT :most)"
).columns(survivor_id=Uuid())


def few_people_matching(session: Session, words: str) -> list[UUID] | None:
    """The same as keys where they are not many: then it is quicker to look these up than to go through the list."""
    found = session.scalars(_SOME_PEOPLE, {"match": match_query(words), "most": _FEW + 1}).all()
    return None if len(found) > _FEW else list(set(found))


def people_matching(words: str) -> Select[Any]:
    """The survivor ids whose code, names, phone or identity numbers hold every one of these words."""
    hits: Select[Any] = (
        select(literal_column("rowid"))
        .select_from(text("search_fts_people"))
        .where(text("search_fts_people MATCH :match").bindparams(match=match_query(words)))
    )
    return select(SearchEntry.survivor_id).where(SearchEntry.id.in_(hits))


def holds_words(survivor_id: SQLColumnExpression[UUID], words: str) -> ColumnElement[bool]:
    """The same asked of one person after the other: for lists that go through the people in an order of their own."""
    held = literal(" ") + SearchEntry.text
    all_of_them = and_(*(held.contains(f" {term}", autoescape=True) for term in search_terms(words)))
    number = phone_number_in(words)
    by_words = or_(all_of_them, held.contains(f" {number}")) if number else all_of_them
    # the kind is written out, not handed over: only so may the database take the index of people alone
    of_people = SearchEntry.kind == literal_column("'person'")
    return select(SearchEntry.id).where(of_people, SearchEntry.survivor_id == survivor_id, by_words).exists()


# --- people -------------------------------------------------------------------------------------------------------


def find_people(session: Session, words: str, actor_id: UUID, limit: int, sees: Sees) -> tuple[PersonHit, ...]:
    """People by code: the code asked for, then those of my cases, then as they came."""
    match = match_query(words)
    if not match:
        return ()
    hits = session.scalars(
        text("SELECT rowid FROM search_fts_people WHERE search_fts_people MATCH :match ORDER BY rowid LIMIT :most"),
        {"match": match, "most": _PEOPLE_WEIGHED},
    ).all()
    objects: dict[UUID, UUID] = {}
    for survivor_id, object_id in session.execute(
        select(SearchEntry.survivor_id, SearchEntry.object_id)
        .where(SearchEntry.id.in_(hits), may_be_found(SearchEntry, sees))
        .order_by(SearchEntry.id)
    ):
        objects.setdefault(survivor_id, object_id)
    numbers = set(session.scalars(select(IdentityNumber.id).where(IdentityNumber.id.in_(objects.values()))))
    people = session.execute(_PEOPLE, {"keys": list(objects), "actor_id": actor_id})
    found = [_person(row, objects[row.id], numbers) for row in people]
    asked = words.strip().upper()
    return tuple(sorted(found, key=lambda hit: (hit.case_code != asked, not hit.is_mine, hit.case_code))[:limit])


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


def find_notes(session: Session, words: str, limit: int, *, sees: Sees, with_names: bool) -> tuple[NoteHit, ...]:
    """The newest notes that hold every word, also in an addendum; restricted ones only for those who may see them."""
    terms = _terms_for_notes(words)
    if not terms:
        return ()
    found: dict[UUID, str] = {}
    for entries in _entries(session, terms, limit, sees):
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


def _entries(session: Session, terms: Sequence[str], limit: int, sees: Sees) -> Iterator[Sequence[UUID]]:
    """Keys of notes and addenda, the newest first, a few at a time: each costs a look at a page that may be cold.

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
        before = hits[-1]
    if long:
        whole = " AND ".join(f'"{term}" *' for term in terms)
        yield _open_ones(session, _hits(session, whole, None, most * 2), sees, ())


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
