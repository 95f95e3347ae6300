"""Drafts of a person and what is known about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from aftercare.domain.codes import Gender, IdentityKind, NameKind, ReferralSource, RelativeKind, RiskLevel


@dataclass(frozen=True, slots=True)
class NameDraft:
    """One name; `id` names the one that is corrected."""

    kind: NameKind = NameKind.LEGAL
    given: str = ""
    family: str = ""
    language: str = ""
    script: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LanguageDraft:
    """A spoken language by BCP 47 tag."""

    tag: str
    interpreter: bool = False
    reads: bool | None = None
    words: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class IdentityDraft:
    kind: IdentityKind
    number: str
    country: str = ""
    valid_until: date | None = None
    whereabouts: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DependantDraft:
    name: str = ""
    relation: RelativeKind = RelativeKind.CHILD
    birth_date: str = ""
    lives_with_her: bool | None = None
    words: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AlertDraft:
    words: str
    until: date | None = None
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """A whole person; everything may be empty. `birth_date` is EDTF; lists replace what was there.

    `version` is the survivor's when the form was filled, None for a new person.
    """

    names: tuple[NameDraft, ...] = ()
    birth_date: str = ""
    age_least: int | None = None
    age_most: int | None = None
    gender: Gender | None = None
    gender_words: str = ""
    citizenships: tuple[str, ...] = ()
    languages: tuple[LanguageDraft, ...] = ()
    identity_numbers: tuple[IdentityDraft, ...] = ()
    dependants: tuple[DependantDraft, ...] = ()
    alerts: tuple[AlertDraft, ...] = ()
    contact_ways: tuple[str, ...] = ()
    contact_phone: str = ""
    contact_email: str = ""
    contact_from: time | None = None
    contact_until: time | None = None
    never_leave_message: bool = True
    name_to_use: str = ""
    contact_words: str = ""
    special_needs: tuple[str, ...] = ()
    special_needs_words: str = ""
    vulnerabilities: tuple[str, ...] = ()
    vulnerability_words: str = ""
    may_sign: str = ""
    told_already: tuple[str, ...] = ()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class IntakeDraft:
    """A new person with a first case."""

    person: PersonDraft = field(default_factory=PersonDraft)
    opened_on: date | None = None
    referral_source: ReferralSource | None = None
    referral_words: str = ""
    referred_on: date | None = None
    risk: RiskLevel | None = None
    risk_reason: str = ""
