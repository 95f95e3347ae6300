"""The list of survivors, the head of a person's page, and what the search before create compares."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, asc, bindparam, desc, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from aftercare.domain.codes import Stage
from aftercare.domain.drafts.people import (
    AlertDraft,
    DependantDraft,
    IdentityDraft,
    LanguageDraft,
    NameDraft,
    PersonDraft,
)
from aftercare.domain.partial_date import Age, PartialDate, age_from_range, age_on
from aftercare.domain.rows.survivors import (
    AlertRow,
    CaseRow,
    KnownPerson,
    LanguageRow,
    PersonHead,
    SurvivorFilter,
    SurvivorOrder,
    SurvivorPage,
    SurvivorRow,
    Whose,
)
from aftercare.queries.search import holds_words, how_many_match, people_matching
from aftercare.records.caseload import NEVER, NO_DAY, CaseloadEntry
from aftercare.records.people import (
    Alert,
    Case,
    CaseWorker,
    Dependant,
    IdentityNumber,
    SpokenLanguage,
    Staff,
    Survivor,
    SurvivorName,
)


def age_of(row: Row[Any] | Survivor, today: date) -> Age | None:
    """The age from a date of birth or, failing that, from the age range as it was stated."""
    if row.birth_date:
        return age_on(PartialDate.from_edtf(row.birth_date), today)
    if row.age_least is not None and row.age_most is not None and row.age_stated_on is not None:
        return age_from_range(row.age_least, row.age_most, row.age_stated_on, today)
    return None


def _leading_worker() -> Any:
    return (
        select(Staff.display_name)
        .join(CaseWorker, CaseWorker.staff_id == Staff.id)
        .where(CaseWorker.case_id == Case.id, CaseWorker.until.is_(None))
        .order_by(CaseWorker.leads.desc(), CaseWorker.since)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


_ORDERS: dict[SurvivorOrder, InstrumentedAttribute[Any]] = {
    SurvivorOrder.STAGE: CaseloadEntry.stage_place,
    SurvivorOrder.RISK: CaseloadEntry.risk_place,
    SurvivorOrder.OPENED: CaseloadEntry.opened_on,
    SurvivorOrder.REVIEW: CaseloadEntry.review_on,
    SurvivorOrder.LAST_NOTE: CaseloadEntry.last_note_on,
}


def _wanted(wanted: SurvivorFilter, actor_id: UUID, *, are_few: bool) -> list[Any]:
    """The conditions of a filter but for its words; `are_few`: those who hold the words are looked up by their keys."""
    entry = CaseloadEntry
    conditions: list[Any] = []
    if Stage.CLOSED not in wanted.stages:
        # «is not false» keeps the database from going through all open cases instead of looking up a few
        by_key = are_few or wanted.whose is Whose.MINE
        conditions.append(entry.is_open.is_not(False) if by_key else entry.is_open.is_(True))
    if wanted.stages:
        conditions.append(entry.stage.in_(wanted.stages))
    if wanted.risks:
        conditions.append(entry.risk.in_(wanted.risks))
    if wanted.whose is Whose.MINE:
        mine = select(CaseWorker.case_id).where(CaseWorker.staff_id == actor_id, CaseWorker.until.is_(None))
        conditions.append(entry.case_id.in_(mine))
    return conditions


def count_survivors(session: Session, actor_id: UUID, wanted: SurvivorFilter) -> int:
    """How many people the filter shows; many that match a word are gathered once, which takes a moment."""
    words = wanted.text.strip()
    conditions = _wanted(wanted, actor_id, are_few=bool(words) and how_many_match(session, words) is not None)
    if words:
        conditions.append(CaseloadEntry.survivor_id.in_(people_matching(words)))
    return _count(session, conditions)


def _count(session: Session, conditions: list[Any]) -> int:
    return session.scalar(select(func.count()).select_from(CaseloadEntry).where(*conditions)) or 0


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

    A few who hold the words are looked up and sorted. Many are found row by row in the order wanted: a page is full
    long before the end. Neither counts further than the page; `count_survivors` does.
    """
    words = wanted.text.strip()
    matching = how_many_match(session, words) if words else None
    if matching == 0:
        return SurvivorPage((), 0, False)
    conditions = _wanted(wanted, actor_id, are_few=matching is not None)
    key: list[Any] = [CaseloadEntry.number]
    if wanted.order in _ORDERS:
        key.insert(0, _ORDERS[wanted.order])
    page = conditions + ([_follows(session, key, after, wanted)] if after is not None else [])
    in_order = [asc(part) if not wanted.descending else desc(part) for part in key]
    if matching is not None:
        # their keys first: what a row shows is not gathered for those who are sorted behind the page
        some = select(CaseloadEntry.case_id).where(*page, CaseloadEntry.survivor_id.in_(people_matching(words)))
        some = some.order_by(*in_order).limit(limit + 1 if limit else None)
        page = [CaseloadEntry.case_id.in_(some.correlate(None))]
    elif words:
        page.append(holds_words(CaseloadEntry.survivor_id, words))
    query = _COLUMNS.where(*page).order_by(*in_order)
    found = session.execute(query.limit(limit + 1) if limit else query).all()
    shown = found[:limit] if limit else found
    is_all = after is None and len(shown) == len(found)
    total = len(shown) if is_all else None if words else _count(session, conditions)
    languages = _languages(session, [row.id for row in shown] if limit else None)
    rows = tuple(_row(row, languages, today) for row in shown)
    return SurvivorPage(rows, total, len(found) > len(rows))


def _follows(session: Session, key: list[Any], after: UUID, wanted: SurvivorFilter) -> Any:
    """Rows behind the one of survivor `after` in the order wanted."""
    here = session.execute(select(*key).where(CaseloadEntry.survivor_id == after)).one_or_none()
    if here is None:  # gone, or out of sight, since the page before was shown
        return false()
    place, last = tuple_(*key), tuple_(*(literal(value, part.type) for value, part in zip(here, key, strict=True)))
    return place < last if wanted.descending else place > last


def _columns() -> Any:
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
            _leading_worker().label("worker"),
            CaseloadEntry.opened_on,
            CaseloadEntry.last_note_on,
            CaseloadEntry.review_on,
        )
        .select_from(CaseloadEntry)
        .join(Survivor, Survivor.id == CaseloadEntry.survivor_id)
        .join(Case, Case.id == CaseloadEntry.case_id)
    )


_COLUMNS = _columns()
"""Built once, because building it takes longer than asking."""


def _row(row: Row[Any], languages: dict[UUID, list[LanguageRow]], today: date) -> SurvivorRow:
    return SurvivorRow(
        survivor_id=row.id,
        case_id=row.case_id,
        number=row.number,
        case_code=row.case_code,
        stage=row.stage,
        risk=row.risk,
        age=age_of(row, today),
        gender=row.gender,
        languages=tuple(spoken.tag for spoken in languages.get(row.id, ())),
        worker=row.worker or "",
        opened_on=row.opened_on,
        last_note_on=None if row.last_note_on == NO_DAY else row.last_note_on,
        review_on=None if row.review_on == NEVER else row.review_on,
    )


_SPOKEN = select(SpokenLanguage.survivor_id, SpokenLanguage.language, SpokenLanguage.interpreter).order_by(
    SpokenLanguage.position
)
_SPOKEN_BY = _SPOKEN.where(SpokenLanguage.survivor_id.in_(bindparam("keys", expanding=True)))


def _languages(session: Session, of: list[UUID] | None) -> dict[UUID, list[LanguageRow]]:
    spoken = session.execute(_SPOKEN) if of is None else session.execute(_SPOKEN_BY, {"keys": of})
    found: dict[UUID, list[LanguageRow]] = defaultdict(list)
    for survivor_id, tag, interpreter in spoken:
        found[survivor_id].append(LanguageRow(tag, interpreter))
    return found


def person_head(session: Session, survivor_id: UUID, today: date, case_id: UUID | None = None) -> PersonHead | None:
    """The head of a person's page, on the case asked for or the latest; None where there is no such person."""
    survivor = session.get(Survivor, survivor_id)
    cases = session.scalars(select(Case).where(Case.survivor_id == survivor_id).order_by(Case.number.desc())).all()
    case = next((each for each in cases if case_id in (None, each.id)), None)
    if survivor is None or case is None:
        return None
    alerts = session.execute(
        select(Alert.id, Alert.words)
        .where(Alert.survivor_id == survivor_id, or_(Alert.until.is_(None), Alert.until >= today))
        .order_by(Alert.since)
    )
    return PersonHead(
        survivor_id=survivor.id,
        case_id=case.id,
        number=survivor.number,
        case_code=survivor.case_code,
        stage=case.stage,
        risk=case.risk,
        risk_reason=case.risk_reason,
        risk_review_on=case.risk_review_on,
        gender=survivor.gender,
        age=age_of(survivor, today),
        languages=tuple(_languages(session, [survivor_id]).get(survivor_id, ())),
        contact_ways=tuple(survivor.contact_ways),
        contact_from=survivor.contact_from,
        contact_until=survivor.contact_until,
        never_leave_message=survivor.never_leave_message,
        contact_words=survivor.contact_words,
        worker=session.scalar(select(_leading_worker()).select_from(Case).where(Case.id == case.id)) or "",
        alerts=tuple(AlertRow(*row) for row in alerts),
        cases=tuple(CaseRow(each.id, each.number, each.stage, each.opened_on, each.closed_on) for each in cases),
    )


def known_people(session: Session) -> tuple[KnownPerson, ...]:
    """Everybody, with what makes people alike: names, birth date, phone and identity numbers."""
    names: dict[UUID, list[str]] = defaultdict(list)
    for survivor_id, given, family in session.execute(
        select(SurvivorName.survivor_id, SurvivorName.given, SurvivorName.family)
    ):
        names[survivor_id].append(f"{given} {family}".strip())
    numbers: dict[UUID, list[str]] = defaultdict(list)
    for survivor_id, number in session.execute(select(IdentityNumber.survivor_id, IdentityNumber.number)):
        numbers[survivor_id].append(number)
    people = session.execute(
        select(Survivor.id, Survivor.case_code, Survivor.birth_date, Survivor.contact_phone).order_by(Survivor.number)
    )
    return tuple(
        KnownPerson(key, code, tuple(names[key]), born, (phone,) if phone else (), tuple(numbers[key]))
        for key, code, born, phone in people
    )


def name_of(session: Session, survivor_id: UUID) -> str:
    """The name to call her by: the one she uses, else preferred, else legal, else any; empty where none is kept."""
    wanted = session.scalar(select(Survivor.name_to_use).where(Survivor.id == survivor_id))
    if wanted:
        return wanted
    names = session.scalars(
        select(SurvivorName).where(SurvivorName.survivor_id == survivor_id).order_by(SurvivorName.position)
    ).all()
    order = ("preferred", "legal", "local_script", "former")
    best = min(names, key=lambda name: order.index(name.kind.value), default=None)
    return best.full if best else ""


def person_draft(session: Session, survivor: Survivor) -> PersonDraft:
    """What is kept about a person, as a form shows it and hands it in again."""

    def of(kind: Any, order: Any) -> Any:
        return session.scalars(select(kind).where(kind.survivor_id == survivor.id).order_by(order))

    return PersonDraft(
        names=tuple(
            NameDraft(name.kind, name.given, name.family, name.language, name.script, name.id)
            for name in of(SurvivorName, SurvivorName.position)
        ),
        birth_date=survivor.birth_date or "",
        age_least=survivor.age_least,
        age_most=survivor.age_most,
        gender=survivor.gender,
        gender_words=survivor.gender_words,
        citizenships=tuple(survivor.citizenships),
        languages=tuple(
            LanguageDraft(spoken.language, spoken.interpreter, spoken.reads, spoken.words, spoken.id)
            for spoken in of(SpokenLanguage, SpokenLanguage.position)
        ),
        identity_numbers=tuple(
            IdentityDraft(paper.kind, paper.number, paper.country, paper.valid_until, paper.whereabouts, paper.id)
            for paper in of(IdentityNumber, IdentityNumber.created_at)
        ),
        dependants=tuple(
            DependantDraft(one.name, one.relation, one.birth_date or "", one.lives_with_her, one.words, one.id)
            for one in of(Dependant, Dependant.created_at)
        ),
        alerts=tuple(AlertDraft(alert.words, alert.until, alert.id) for alert in of(Alert, Alert.since)),
        contact_ways=tuple(survivor.contact_ways),
        contact_phone=survivor.contact_phone,
        contact_email=survivor.contact_email,
        contact_from=survivor.contact_from,
        contact_until=survivor.contact_until,
        never_leave_message=survivor.never_leave_message,
        name_to_use=survivor.name_to_use,
        contact_words=survivor.contact_words,
        special_needs=tuple(survivor.special_needs),
        special_needs_words=survivor.special_needs_words,
        vulnerabilities=tuple(survivor.vulnerabilities),
        vulnerability_words=survivor.vulnerability_words,
        may_sign=survivor.may_sign,
        told_already=tuple(survivor.told_already),
        version=survivor.version,
    )
