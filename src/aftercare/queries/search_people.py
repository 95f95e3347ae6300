"""Finding people by words: with queries/search.py all that speaks SQLite's FTS5 (architecture.md keeps it apart)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Uuid,
    and_,
    bindparam,
    column,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from aftercare.domain.codes import Stage
from aftercare.domain.folding import match_query, phone_number_in, search_terms
from aftercare.domain.rows.search import FoundBy, PersonHit
from aftercare.domain.secrecy import Sees
from aftercare.queries.secrecy import may_be_found
from aftercare.records.caseload import CaseloadEntry
from aftercare.records.office import SearchEntry
from aftercare.records.people import CaseWorker, IdentityNumber, Staff, Survivor

# tables, not classes: keys alone, of entries that are then looked at through somebody's eyes
_ENTRIES, _WORKERS = SearchEntry.__table__, CaseWorker.__table__
# written out, not handed over: only so may the database take the index of people alone
_OF_PEOPLE = _ENTRIES.c.kind == literal_column("'person'")
_INDEX = table("search_fts_people", column("rowid", Integer))
_HOLDS_WORDS = text("search_fts_people MATCH :match")
# the sign keeps the database from looking up row by row: it goes through the index of words, and leaves it early
_ROW = literal_column("+search_fts_people.rowid", Integer)
_MOST_WEIGHED = 30
_SOME = 2000
# ways cross where so many hits are looked up as fast as the list of N people is gone through: measured at this many √N
_LOOKED_UP = 5
_HOW_MANY = text(
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM search_fts_people WHERE search_fts_people MATCH :match LIMIT :most)),"
    " (SELECT max(number) FROM survivor)"
)


class Way(StrEnum):
    """How a list comes by those who hold the words: which way is the shortest depends on how many they are."""

    NOBODY = "nobody"
    LOOKED_UP = "looked_up"
    """A few: by their keys, and then sorted."""
    BY_HITS = "by_hits"
    """Some: on the way through the list, whoever has an entry among the hits, which are gathered first."""
    BY_READING = "by_reading"
    """Many: the same, but by reading her entries. A page is full soon."""


def shortest_way(session: Session, words: str, *, is_all: bool) -> Way:
    """`is_all`: whether nothing but the words narrows the list; otherwise the way through it may be long.

    It counts people in sight or not.
    """
    asked = {"match": match_query(words), "most": _SOME + 1}
    hits, people = session.connection().execute(_HOW_MANY, asked).one()
    if not hits:
        return Way.NOBODY
    if hits > _SOME:
        return Way.BY_READING
    # codes that begin alike stand together in the list, perhaps at its end
    is_scattered = is_all and not any(sign.isdigit() for sign in words)
    return Way.BY_HITS if is_scattered and hits**2 > _LOOKED_UP**2 * (people or 0) else Way.LOOKED_UP


def facts_of(words: str) -> dict[str, Any]:
    """What the conditions below ask for, to be handed over with them."""
    terms = {f"term_{at}": f" {term}" for at, term in enumerate(search_terms(words))}
    return {"match": match_query(words), **terms, "number": f" {phone_number_in(words)}"}


def people_matching() -> Select[Any]:
    """The survivor ids whose code, names, phone or identity numbers hold every one of these words.

    In sight or not: it is for conditions on what is looked at through somebody's eyes anyway.
    """
    return select(_ENTRIES.c.survivor_id).where(_ENTRIES.c.id.in_(_hits()))


def holds_words(
    survivor_id: SQLColumnExpression[UUID], way: Way, terms: int, *, has_number: bool
) -> ColumnElement[bool]:
    """The same asked of one person after the other: for lists that go through the people in an order of their own."""
    hers = select(_ENTRIES.c.id).where(_OF_PEOPLE, _ENTRIES.c.survivor_id == survivor_id)
    if way is Way.BY_HITS:
        return hers.where(literal_column("+search_entry.id", Integer).in_(_hits())).exists()
    held = literal(" ") + SearchEntry.text
    # no term holds a sign that stands for others: they are of letters, digits and marks alone (domain/folding.py)
    by_words = and_(*(held.contains(bindparam(f"term_{at}")) for at in range(terms)))
    by_any = or_(by_words, held.contains(bindparam("number"))) if has_number else by_words
    # by the keys of hers: else the database goes through her notes too
    return select(SearchEntry.id).where(SearchEntry.id.in_(hers.correlate(CaseloadEntry)), by_any).exists()


def _hits() -> Select[Any]:
    return select(_INDEX.c.rowid).where(_HOLDS_WORDS)


def find_people(
    session: Session, words: str, actor_id: UUID, limit: int, sees: Sees, among: Collection[UUID] | None = None
) -> tuple[PersonHit, ...]:
    """People by code: the code asked for, then those of my cases, then as they came.

    `among`: the keys of everybody in sight where these are few; then only they are gone through.
    """
    match = match_query(words)
    if not match:
        return ()
    facts: dict[str, Any] = {"match": match, "actor_id": actor_id, "asked": words.strip().upper(), "most": limit}
    if among is not None:
        facts["among"] = list(among)
    return tuple(_person(*row) for row in session.execute(_people(sees, is_among=among is not None), facts))


@lru_cache(maxsize=16)
def _people(sees: Sees, *, is_among: bool) -> Select[Any]:
    """People who hold the words, with their latest case: one statement, built once for what somebody may read."""
    my_work = (_WORKERS.c.staff_id == bindparam("actor_id", type_=Uuid()), _WORKERS.c.until.is_(None))
    found = _entries(sees, is_among, select(_WORKERS.c.survivor_id).where(*my_work)).subquery()
    named = select(found.c.survivor_id, func.min(found.c.id).label("entry_id")).group_by(found.c.survivor_id)
    by = named.subquery()
    is_asked = (Survivor.case_code == bindparam("asked")).label("is_asked")
    is_mine = CaseloadEntry.case_id.in_(select(_WORKERS.c.case_id).where(*my_work)).label("is_mine")
    first = (
        select(Survivor.id, CaseloadEntry.case_id, Survivor.case_code, CaseloadEntry.stage, by.c.entry_id)
        .add_columns(is_asked, is_mine)
        .join_from(by, Survivor, Survivor.id == by.c.survivor_id)
        .join(CaseloadEntry, CaseloadEntry.survivor_id == by.c.survivor_id)
        .order_by(is_asked.desc(), is_mine.desc(), Survivor.case_code)
        .limit(bindparam("most"))
        .subquery()
    )
    at_work = (CaseWorker.case_id == first.c.case_id, CaseWorker.until.is_(None))
    worker = select(Staff.display_name).join(CaseWorker, CaseWorker.staff_id == Staff.id).where(*at_work)
    query = select(
        first.c.id,
        first.c.case_id,
        first.c.case_code,
        first.c.stage,
        worker.order_by(CaseWorker.leads.desc(), CaseWorker.since).limit(1).scalar_subquery(),
        _ENTRIES.c.object_id == first.c.id,
        select(IdentityNumber.id).where(IdentityNumber.id == _ENTRIES.c.object_id).exists(),
        first.c.is_mine,
    ).join_from(first, _ENTRIES, _ENTRIES.c.id == first.c.entry_id)
    return query.order_by(first.c.is_asked.desc(), first.c.is_mine.desc(), first.c.case_code)


def _entries(sees: Sees, is_among: bool, mine: Select[Any]) -> Any:
    """The entries that are weighed: the first, and the first of mine, who may stand behind many others."""
    if is_among:
        return _first_entries(sees, _MOST_WEIGHED, bindparam("among", expanding=True))
    first, first_of_mine = _first_entries(sees, _MOST_WEIGHED), _first_entries(sees, bindparam("most"), mine)
    return union_all(select(first.subquery()), select(first_of_mine.subquery()))


def _first_entries(sees: Sees, most: Any, whose: Any = None) -> Any:
    """The first entries in sight that hold the words, of these people or of all."""
    query = (
        select(SearchEntry.id, SearchEntry.survivor_id)
        .select_from(_INDEX)
        .join(SearchEntry, SearchEntry.id == _ROW)
        .where(_HOLDS_WORDS, may_be_found(SearchEntry, sees))
    )
    if whose is not None:
        query = query.where(_ROW.in_(select(_ENTRIES.c.id).where(_OF_PEOPLE, _ENTRIES.c.survivor_id.in_(whose))))
    return query.order_by(_INDEX.c.rowid).limit(most)


def _person(
    key: UUID, case_id: UUID, code: str, stage: Stage, worker: str | None, is_code: bool, is_number: bool, is_mine: bool
) -> PersonHit:
    by = FoundBy.CODE if is_code else FoundBy.NUMBER if is_number else FoundBy.NAME
    return PersonHit(key, case_id, code, stage, worker or "", by, is_mine)
