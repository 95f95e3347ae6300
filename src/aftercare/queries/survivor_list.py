"""The list of survivors: a page of it in any order, by stage, risk and words, each in one statement built once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, asc, bindparam, desc, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from aftercare.domain.codes import Gender, RiskLevel, Stage
from aftercare.domain.folding import phone_number_in, search_terms
from aftercare.domain.rows.survivors import SurvivorFilter, SurvivorOrder, SurvivorPage, SurvivorRow, Whose
from aftercare.queries.search_people import Way, facts_of, holds_words, people_matching, shortest_way
from aftercare.queries.survivors import age_known, leading_worker
from aftercare.records.caseload import NEVER, NO_DAY, CaseloadEntry
from aftercare.records.people import Case, CaseWorker, SpokenLanguage, Survivor

_ORDERS: dict[SurvivorOrder, InstrumentedAttribute[Any]] = {
    SurvivorOrder.STAGE: CaseloadEntry.stage_place,
    SurvivorOrder.RISK: CaseloadEntry.risk_place,
    SurvivorOrder.OPENED: CaseloadEntry.opened_on,
    SurvivorOrder.REVIEW: CaseloadEntry.review_on,
    SurvivorOrder.LAST_NOTE: CaseloadEntry.last_note_on,
}
_BETWEEN_TAGS = ","


@dataclass(frozen=True, slots=True)
class _Shape:
    """All that a page's statement is built from: nothing that was typed, which is handed over with each question."""

    wanted: SurvivorFilter
    way: Way | None = None
    terms: int = 0  # of those that are typed
    has_number: bool = False
    is_after: bool = False
    is_limited: bool = False


def list_survivors(
    session: Session,
    today: date,
    actor_id: UUID,
    wanted: SurvivorFilter,
    *,
    after: UUID | None = None,
    limit: int = 50,
) -> SurvivorPage:
    """One page of the filtered list after the row of survivor `after` (paged by key, not by offset); `limit` 0: all.

    With words it does not count further than the page; `count_survivors` does.
    """
    shape, facts = _asked(session, wanted, actor_id)
    if shape.way is Way.NOBODY:
        return SurvivorPage((), 0, False)
    shape = replace(shape, is_after=after is not None, is_limited=limit > 0)
    if after is not None:
        key = _key(wanted)
        here = session.execute(select(*key).where(CaseloadEntry.survivor_id == after)).one_or_none()
        if here is None:  # gone, or out of sight, since the page before was shown
            return SurvivorPage((), None if shape.way else _count(session, shape, facts), False)
        facts |= {f"after_{at}": value for at, value in enumerate(here)}
    found = session.execute(_page(shape), facts | ({"most": limit + 1} if limit else {})).all()
    shown = found[:limit] if limit else found
    is_all = after is None and len(shown) == len(found)
    total = len(shown) if is_all else None if shape.way else _count(session, shape, facts)
    return SurvivorPage(tuple(_row(today, *row) for row in shown), total, len(found) > len(shown))


def count_survivors(session: Session, actor_id: UUID, wanted: SurvivorFilter) -> int:
    """How many people the filter shows; many that match a word are gathered once, which takes a moment."""
    shape, facts = _asked(session, wanted, actor_id)
    return 0 if shape.way is Way.NOBODY else _count(session, shape, facts)


def _asked(session: Session, wanted: SurvivorFilter, actor_id: UUID) -> tuple[_Shape, dict[str, Any]]:
    """The shape of the question, and what was typed, for the statement."""
    words, facts = wanted.text.strip(), {"actor_id": actor_id} if wanted.whose is Whose.MINE else {}
    plain = replace(wanted, text="")
    if not words:
        return _Shape(plain), facts
    is_all = not wanted.stages and not wanted.risks and wanted.whose is Whose.ALL
    way = shortest_way(session, words, is_all=is_all)
    shape = _Shape(plain, way)
    if way is Way.BY_READING:
        shape = replace(shape, terms=len(search_terms(words)), has_number=bool(phone_number_in(words)))
    return shape, facts | facts_of(words)


def _conditions(shape: _Shape) -> list[Any]:
    """The conditions of a filter but for its words."""
    entry, wanted = CaseloadEntry, shape.wanted
    conditions: list[Any] = []
    if Stage.CLOSED not in wanted.stages:
        # «is not false» keeps the database from going through all open cases instead of looking up a few
        by_key = shape.way is Way.LOOKED_UP or wanted.whose is Whose.MINE
        conditions.append(entry.is_open.is_not(False) if by_key else entry.is_open.is_(True))
    if wanted.stages:
        conditions.append(entry.stage.in_(wanted.stages))
    if wanted.risks:
        conditions.append(entry.risk.in_(wanted.risks))
    if wanted.whose is Whose.MINE:
        is_me = CaseWorker.staff_id == bindparam("actor_id", type_=Uuid())
        conditions.append(entry.case_id.in_(select(CaseWorker.case_id).where(is_me, CaseWorker.until.is_(None))))
    return conditions


def _count(session: Session, shape: _Shape, facts: dict[str, Any]) -> int:
    conditions = _conditions(shape)
    if shape.way:
        conditions.append(CaseloadEntry.survivor_id.in_(people_matching()))
    return session.scalar(select(func.count()).select_from(CaseloadEntry).where(*conditions), facts) or 0


def _key(wanted: SurvivorFilter) -> list[Any]:
    """By what a row has its place."""
    first = [_ORDERS[wanted.order]] if wanted.order in _ORDERS else []
    return [*first, CaseloadEntry.number]


@lru_cache(maxsize=64)
def _page(shape: _Shape) -> Any:
    """The statement of a page: building it takes longer than asking."""
    key, page = _key(shape.wanted), _conditions(shape)
    if shape.is_after:
        last = tuple_(*(bindparam(f"after_{at}", type_=part.type) for at, part in enumerate(key)))
        page.append(tuple_(*key) < last if shape.wanted.descending else tuple_(*key) > last)
    in_order = [desc(part) if shape.wanted.descending else asc(part) for part in key]
    most: Any = bindparam("most") if shape.is_limited else None
    if shape.way is Way.LOOKED_UP:
        # their keys first: what a row shows is not gathered for those who are sorted behind the page
        some = select(CaseloadEntry.case_id).where(*page, CaseloadEntry.survivor_id.in_(people_matching()))
        page = [CaseloadEntry.case_id.in_(some.order_by(*in_order).limit(most).correlate(None))]
    elif shape.way:
        page.append(holds_words(CaseloadEntry.survivor_id, shape.way, shape.terms, has_number=shape.has_number))
    return _columns().where(*page).order_by(*in_order).limit(most)


def _columns() -> Any:
    tags = func.aggregate_strings(SpokenLanguage.language, _BETWEEN_TAGS).aggregate_order_by(SpokenLanguage.position)
    return (
        select(
            Survivor.id,
            CaseloadEntry.case_id,
            Survivor.number,
            Survivor.case_code,
            CaseloadEntry.stage,
            CaseloadEntry.risk,
            Survivor.birth_date,
            Survivor.age_least,
            Survivor.age_most,
            Survivor.age_stated_on,
            Survivor.gender,
            select(tags).where(SpokenLanguage.survivor_id == Survivor.id).correlate(Survivor).scalar_subquery(),
            leading_worker(),
            CaseloadEntry.opened_on,
            CaseloadEntry.last_note_on,
            CaseloadEntry.review_on,
        )
        .select_from(CaseloadEntry)
        .join(Survivor, Survivor.id == CaseloadEntry.survivor_id)
        .join(Case, Case.id == CaseloadEntry.case_id)
    )


def _row(
    today: date,
    survivor_id: UUID,
    case_id: UUID,
    number: int,
    case_code: str,
    stage: Stage,
    risk: RiskLevel | None,
    birth_date: str | None,
    age_least: int | None,
    age_most: int | None,
    age_stated_on: date | None,
    gender: Gender | None,
    languages: str | None,
    worker: str | None,
    opened_on: date,
    last_note_on: date,
    review_on: date,
) -> SurvivorRow:
    return SurvivorRow(
        survivor_id=survivor_id,
        case_id=case_id,
        number=number,
        case_code=case_code,
        stage=stage,
        risk=risk,
        age=age_known(birth_date, age_least, age_most, age_stated_on, today),
        gender=gender,
        languages=() if languages is None else tuple(languages.split(_BETWEEN_TAGS)),
        worker=worker or "",
        opened_on=opened_on,
        last_note_on=None if last_note_on == NO_DAY else last_note_on,
        review_on=None if review_on == NEVER else review_on,
    )
