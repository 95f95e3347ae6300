"""The head of a person's page, what a form about her shows, and what the search before create compares."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

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
)
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


def age_known(
    birth_date: str | None, age_least: int | None, age_most: int | None, age_stated_on: date | None, today: date
) -> Age | None:
    """The age from a date of birth or, failing that, from the age range as it was stated."""
    if birth_date:
        return age_on(PartialDate.from_edtf(birth_date), today)
    if age_least is not None and age_most is not None and age_stated_on is not None:
        return age_from_range(age_least, age_most, age_stated_on, today)
    return None


def age_of(survivor: Survivor, today: date) -> Age | None:
    """The same of a person's record."""
    stated = (survivor.age_least, survivor.age_most, survivor.age_stated_on)
    return age_known(survivor.birth_date, *stated, today)


def leading_worker() -> Any:
    """The name of whoever leads the case of the row."""
    return (
        select(Staff.display_name)
        .join(CaseWorker, CaseWorker.staff_id == Staff.id)
        .where(CaseWorker.case_id == Case.id, CaseWorker.until.is_(None))
        .order_by(CaseWorker.leads.desc(), CaseWorker.since)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def _languages(session: Session, survivor_id: UUID) -> tuple[LanguageRow, ...]:
    spoken = select(SpokenLanguage.language, SpokenLanguage.interpreter).where(
        SpokenLanguage.survivor_id == survivor_id
    )
    return tuple(LanguageRow(*row) for row in session.execute(spoken.order_by(SpokenLanguage.position)))


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
        languages=_languages(session, survivor_id),
        contact_ways=tuple(survivor.contact_ways),
        contact_from=survivor.contact_from,
        contact_until=survivor.contact_until,
        never_leave_message=survivor.never_leave_message,
        contact_words=survivor.contact_words,
        worker=session.scalar(select(leading_worker()).select_from(Case).where(Case.id == case.id)) or "",
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
