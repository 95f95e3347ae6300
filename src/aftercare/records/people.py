"""Survivors and what is known about them, and the people who work here."""

from __future__ import annotations

from datetime import date, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from aftercare.domain import codes
from aftercare.domain.permissions import Reach
from aftercare.domain.secrecy import Secret
from aftercare.records.base import Concerning, OfCase, OfSurvivor, Record, refers_to


class Staff(Record):
    """Someone who works here; `id` is the account of the vault's header.

    `reach`, `given` and `withheld` adjust what the roles hold (domain/permissions.py).
    """

    __tablename__ = "staff"

    login_name: Mapped[str] = mapped_column(String(80), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    roles: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    reach: Mapped[Reach | None] = mapped_column(default=None)
    given: Mapped[list[str]] = mapped_column(default_factory=list)
    withheld: Mapped[list[str]] = mapped_column(default_factory=list)


class Survivor(Concerning, Record):
    """A person under a code name; nothing but the code is obligatory.

    `birth_date` is EDTF («1998~»); where only an age range is known, `age_least` and `age_most` are full years on the
    day `age_stated_on`. `citizenships` are ISO 3166-1 alpha-2 codes.
    """

    __tablename__ = "survivor"
    search_kind = "person"

    number: Mapped[int] = mapped_column(unique=True)
    case_code: Mapped[str] = mapped_column(String(20), unique=True)
    birth_date: Mapped[str | None] = mapped_column(String(12), default=None)
    age_least: Mapped[int | None] = mapped_column(default=None)
    age_most: Mapped[int | None] = mapped_column(default=None)
    age_stated_on: Mapped[date | None] = mapped_column(default=None)
    gender: Mapped[codes.Gender | None] = mapped_column(default=None)
    gender_words: Mapped[str] = mapped_column(String(80), default="")
    citizenships: Mapped[list[str]] = mapped_column(default_factory=list)
    contact_ways: Mapped[list[str]] = mapped_column(default_factory=list)
    contact_phone: Mapped[str] = mapped_column(String(60), default="")
    contact_email: Mapped[str] = mapped_column(String(120), default="")
    contact_from: Mapped[time | None] = mapped_column(default=None)
    contact_until: Mapped[time | None] = mapped_column(default=None)
    never_leave_message: Mapped[bool] = mapped_column(default=True)
    name_to_use: Mapped[str] = mapped_column(String(120), default="")
    contact_words: Mapped[str] = mapped_column(default="")
    special_needs: Mapped[list[str]] = mapped_column(default_factory=list)
    special_needs_words: Mapped[str] = mapped_column(default="")
    vulnerabilities: Mapped[list[str]] = mapped_column(default_factory=list)
    vulnerability_words: Mapped[str] = mapped_column(default="")
    may_sign: Mapped[str] = mapped_column(default="")
    told_already: Mapped[list[str]] = mapped_column(default_factory=list)

    @classmethod
    def whom(cls) -> Any:
        return cls.id

    def search_words(self) -> str:
        # commas: blanks would make one long number of a code and a phone
        return f"{self.case_code}, {self.case_code.replace('-', '')}, {self.contact_phone}, {self.contact_email}"


class SurvivorName(OfSurvivor, Record):
    """One of a person's names, with its language (BCP 47) and script (ISO 15924) where known."""

    __tablename__ = "survivor_name"
    search_kind = "person"

    kind: Mapped[codes.NameKind]
    given: Mapped[str] = mapped_column(String(200), default="")
    family: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(20), default="")
    script: Mapped[str] = mapped_column(String(4), default="")
    position: Mapped[int] = mapped_column(default=0)

    @property
    def full(self) -> str:
        return f"{self.given} {self.family}".strip()

    def search_words(self) -> str:
        return self.full


class SpokenLanguage(OfSurvivor, Record):
    """A language she speaks (BCP 47), and whether an interpreter is needed for the rest."""

    __tablename__ = "spoken_language"

    language: Mapped[str] = mapped_column(String(20))
    interpreter: Mapped[bool] = mapped_column(default=False)
    reads: Mapped[bool | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int] = mapped_column(default=0)


class IdentityNumber(OfSurvivor, Record):
    """A number on a paper, who issued it and where the paper is."""

    __tablename__ = "identity_number"
    search_kind = "person"
    secret: ClassVar[Secret] = Secret.LEGAL

    kind: Mapped[codes.IdentityKind]
    number: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(2), default="")
    valid_until: Mapped[date | None] = mapped_column(default=None)
    whereabouts: Mapped[str] = mapped_column(String(200), default="")

    def search_words(self) -> str:
        return self.number


class Dependant(OfSurvivor, Record):
    """Someone she cares for."""

    __tablename__ = "dependant"

    name: Mapped[str] = mapped_column(String(200), default="")
    relation: Mapped[codes.RelativeKind] = mapped_column(default=codes.RelativeKind.CHILD)
    birth_date: Mapped[str | None] = mapped_column(String(12), default=None)
    lives_with_her: Mapped[bool | None] = mapped_column(default=None)
    words: Mapped[str] = mapped_column(default="")


class Alert(OfSurvivor, Record):
    """What everyone who opens this record must see first."""

    __tablename__ = "alert"

    words: Mapped[str] = mapped_column(String(300))
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)


class Case(OfSurvivor, Record):
    """One period of work with a person; the case is closed, never the person."""

    __tablename__ = "survivor_case"
    __table_args__ = (Index("ix_survivor_case_stage", "stage"),)

    number: Mapped[int] = mapped_column(default=1)
    stage: Mapped[codes.Stage] = mapped_column(default=codes.Stage.INTAKE)
    opened_on: Mapped[date]
    team_id: Mapped[UUID | None] = mapped_column(refers_to("team.id"), index=True, default=None)
    referral_source: Mapped[codes.ReferralSource | None] = mapped_column(default=None)
    referral_words: Mapped[str] = mapped_column(default="")
    referred_on: Mapped[date | None] = mapped_column(default=None)
    risk: Mapped[codes.RiskLevel | None] = mapped_column(default=None)
    risk_reason: Mapped[str] = mapped_column(default="")
    risk_review_on: Mapped[date | None] = mapped_column(default=None)
    employment: Mapped[codes.EmploymentState | None] = mapped_column(default=None)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closure_reason: Mapped[codes.ClosureReason | None] = mapped_column(default=None)
    closure_words: Mapped[str] = mapped_column(default="")


class CaseWorker(OfCase, Record):
    """Who works on a case, and since when; open-ended while `until` is empty."""

    __tablename__ = "case_worker"

    staff_id: Mapped[UUID] = mapped_column(refers_to("staff.id"), index=True)
    leads: Mapped[bool] = mapped_column(default=True)
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)


class StageChange(OfCase, Record):
    """When a case moved from one stage to the next."""

    __tablename__ = "stage_change"

    stage: Mapped[codes.Stage]
    on: Mapped[date]
    words: Mapped[str] = mapped_column(default="")
