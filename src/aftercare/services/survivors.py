"""Survivors: the list, one person's page, a new person, and corrections to what is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from aftercare.domain.codes import RISK_REVIEW_DAYS, ContactWay, SpecialNeed, Stage, Vulnerability
from aftercare.domain.drafts.people import IntakeDraft, PersonDraft
from aftercare.domain.duplicates import Register
from aftercare.domain.errors import DraftProblems, FieldProblem, NotFound
from aftercare.domain.partial_date import PartialDate
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.survivors import KnownPerson, PersonHead, SurvivorFilter, SurvivorPage
from aftercare.domain.secrecy import closed_fields_of_person
from aftercare.queries import survivor_list
from aftercare.queries import survivors as queries
from aftercare.records.base import Record
from aftercare.records.people import (
    Alert,
    Case,
    CaseWorker,
    Dependant,
    IdentityNumber,
    SpokenLanguage,
    StageChange,
    Survivor,
    SurvivorName,
)
from aftercare.services.access import team_of
from aftercare.services.break_glass import glass_over
from aftercare.services.office import next_number
from aftercare.services.work import Work, about, needs

PLAIN_FIELDS = (
    "gender",
    "gender_words",
    "contact_phone",
    "contact_email",
    "contact_from",
    "contact_until",
    "never_leave_message",
    "name_to_use",
    "contact_words",
    "special_needs_words",
    "vulnerability_words",
    "may_sign",
)
LIST_FIELDS = ("citizenships", "contact_ways", "special_needs", "vulnerabilities", "told_already")


@needs(Permission.SEE_RECORDS)
def list_survivors(
    work: Work, wanted: SurvivorFilter = SurvivorFilter(), after: UUID | None = None, limit: int = 50
) -> SurvivorPage:
    """One page of the list, without names; the next one is asked for with the last row's survivor. `limit` 0: all."""
    return survivor_list.list_survivors(work.session, work.today(), work.actor.id, wanted, after=after, limit=limit)


@needs(Permission.SEE_RECORDS)
def count_survivors(work: Work, wanted: SurvivorFilter) -> int:
    """How many people this filter shows: for pages that came without their total."""
    return survivor_list.count_survivors(work.session, work.actor.id, wanted)


@needs(Permission.SEE_RECORDS)
def open_person(work: Work, survivor_id: UUID, case_id: UUID | None = None) -> PersonHead:
    """The head of a person's page; that it was opened is logged."""
    head = queries.person_head(work.session, survivor_id, work.today(), case_id)
    if head is None:
        raise NotFound("survivor")
    work.note_read("survivor", survivor_id)
    return replace(head, open_until=glass_over(work, survivor_id).until)


@needs(Permission.SEE_RECORDS)
def show_name(work: Work, survivor_id: UUID) -> str:
    """The name to call her by; logged apart from the page, because asking for a name is a decision."""
    work.get(Survivor, survivor_id)
    work.note_read("name", survivor_id)
    return queries.name_of(work.session, survivor_id)


@needs(Permission.SEE_RECORDS)
def known_people(work: Work) -> tuple[KnownPerson, ...]:
    """What the search before create compares a new person with."""
    return _known(work)


@needs(Permission.SEE_RECORDS)
def register(work: Work) -> Register:
    """The same, ready to be likened: with many people that takes a while, so the window does not do it itself."""
    return Register(_known(work))


def _known(work: Work) -> tuple[KnownPerson, ...]:
    """Everybody in sight; without the numbers of papers for whoever may not read those."""
    known = queries.known_people(work.session)
    if "identity_numbers" in closed_fields_of_person(work.sees):
        return tuple(replace(person, id_numbers=()) for person in known)
    return known


@needs(Permission.WRITE_RECORDS)
def take_in(work: Work, draft: IntakeDraft) -> PersonHead:
    """A new person under the next free code, with a first case led by the worker who records it."""
    _check(draft.person, work)
    number = next_number(work, "survivor")
    survivor = work.add(Survivor(number=number, case_code=f"S-{number:04d}"))
    _write(work, survivor, draft.person)
    open_case(work, survivor, draft)
    work.session.flush()
    head = queries.person_head(work.session, survivor.id, work.today())
    assert head is not None
    return head


def open_case(work: Work, survivor: Survivor, draft: IntakeDraft) -> Case:
    """The next case of a person, in the stage of intake."""
    opened_on = draft.opened_on or work.today()
    last = work.session.scalar(select(func.max(Case.number)).where(Case.survivor_id == survivor.id)) or 0
    case = work.add(
        Case(
            survivor_id=survivor.id,
            number=last + 1,
            opened_on=opened_on,
            team_id=team_of(work),
            referral_source=draft.referral_source,
            referral_words=draft.referral_words,
            referred_on=draft.referred_on,
            risk=draft.risk,
            risk_reason=draft.risk_reason,
            risk_review_on=work.today() + timedelta(days=RISK_REVIEW_DAYS[draft.risk]) if draft.risk else None,
        )
    )
    work.add(CaseWorker(**about(case), staff_id=work.actor.id, since=opened_on))
    work.add(StageChange(**about(case), stage=Stage.INTAKE, on=opened_on))
    return case


@needs(Permission.SEE_RECORDS)
def person_draft(work: Work, survivor_id: UUID) -> PersonDraft:
    """Everything known about a person, as the form takes it; logged as a read of the details."""
    survivor = work.get(Survivor, survivor_id)
    work.note_read("details", survivor_id)
    draft = queries.person_draft(work.session, survivor)
    return replace(draft, **{name: type(getattr(draft, name))() for name in closed_fields_of_person(work.sees)})


@needs(Permission.WRITE_RECORDS)
def correct_person(work: Work, survivor_id: UUID, draft: PersonDraft) -> PersonHead:
    """Save the form about a person; ChangedMeanwhile where somebody saved it since it was opened."""
    _check(draft, work)
    survivor = work.get_unchanged(Survivor, survivor_id, draft.version)
    _write(work, survivor, draft)
    work.session.flush()
    head = queries.person_head(work.session, survivor_id, work.today())
    assert head is not None
    return head


def _check(draft: PersonDraft, work: Work) -> None:
    """Raise DraftProblems with every field that cannot be kept."""
    wrong: list[FieldProblem] = []
    if draft.birth_date:
        try:
            if PartialDate.from_edtf(draft.birth_date).earliest > work.today():
                wrong.append(FieldProblem("birth_date", "in_the_future", draft.birth_date))
        except FieldProblem as problem:
            wrong.append(FieldProblem("birth_date", problem.reason, draft.birth_date))
    ages = (draft.age_least, draft.age_most)
    if any(age is not None and not 0 <= age <= 120 for age in ages):
        wrong.append(FieldProblem("age_least", "out_of_range"))
    elif None not in ages and (draft.age_least or 0) > (draft.age_most or 0):
        wrong.append(FieldProblem("age_least", "ends_before_it_begins"))
    for field, known in (
        ("contact_ways", ContactWay),
        ("special_needs", SpecialNeed),
        ("vulnerabilities", Vulnerability),
    ):
        values: tuple[str, ...] = getattr(draft, field)
        wrong += [FieldProblem(field, "unknown_code", code) for code in values if code not in set(known)]
    wrong += [FieldProblem("identity_numbers", "required") for one in draft.identity_numbers if not one.number.strip()]
    wrong += [FieldProblem("alerts", "required") for one in draft.alerts if not one.words.strip()]
    if wrong:
        raise DraftProblems(tuple(wrong))


def _write(work: Work, survivor: Survivor, draft: PersonDraft) -> None:
    survivor.birth_date = draft.birth_date or None
    if (survivor.age_least, survivor.age_most) != (draft.age_least, draft.age_most):
        survivor.age_stated_on = work.today() if draft.age_least is not None else None
    survivor.age_least, survivor.age_most = draft.age_least, draft.age_most
    closed = closed_fields_of_person(work.sees)  # what the writer does not see stands as it was
    for field in PLAIN_FIELDS:
        if field not in closed:
            setattr(survivor, field, getattr(draft, field))
    for field in LIST_FIELDS:
        if field not in closed:
            setattr(survivor, field, list(getattr(draft, field)))
    key = survivor.id
    _replace(work, SurvivorName, key, [
        (name.id, {"kind": name.kind, "given": name.given.strip(), "family": name.family.strip(),
                   "language": name.language, "script": name.script, "position": place})
        for place, name in enumerate(draft.names)
        if (name.given + name.family).strip()
    ])  # fmt: skip
    _replace(work, SpokenLanguage, key, [
        (spoken.id, {"language": spoken.tag, "interpreter": spoken.interpreter, "reads": spoken.reads,
                     "words": spoken.words, "position": place})
        for place, spoken in enumerate(draft.languages)
    ])  # fmt: skip
    if "identity_numbers" not in closed:
        _replace(work, IdentityNumber, key, [
            (paper.id, {"kind": paper.kind, "number": paper.number.strip(), "country": paper.country,
                        "valid_until": paper.valid_until, "whereabouts": paper.whereabouts})
            for paper in draft.identity_numbers
        ])  # fmt: skip
    _replace(work, Dependant, key, [
        (one.id, {"name": one.name, "relation": one.relation, "birth_date": one.birth_date or None,
                  "lives_with_her": one.lives_with_her, "words": one.words})
        for one in draft.dependants
    ])  # fmt: skip
    _replace(work, Alert, key, [
        (alert.id, {"words": alert.words.strip(), "until": alert.until}) for alert in draft.alerts
    ])  # fmt: skip


def _replace(work: Work, kind: type[Any], survivor_id: UUID, wanted: list[tuple[UUID | None, dict[str, Any]]]) -> None:
    """Make the person's records of this kind those that are wanted: kept by key, added, or removed."""
    column = kind.__table__.c.survivor_id
    kept: dict[UUID, Record] = {
        record.id: record for record in work.session.scalars(select(kind).where(column == survivor_id))
    }
    for key, values in wanted:
        record = kept.pop(key, None) if key else None
        if record is None:
            since = {"since": work.today()} if kind is Alert else {}
            work.add(kind(survivor_id=survivor_id, **values, **since))
            continue
        for field, value in values.items():
            setattr(record, field, value)
    for record in kept.values():
        work.remove(record)
