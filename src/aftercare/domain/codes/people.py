"""Words about a person: names, gender, contact, papers, needs, vulnerabilities."""

from __future__ import annotations

from enum import StrEnum


class NameKind(StrEnum):
    LEGAL = "legal"
    PREFERRED = "preferred"
    FORMER = "former"
    LOCAL_SCRIPT = "local_script"


class Gender(StrEnum):
    """HTCDS 2.0 `prs_Gender`; whatever these six do not say stands beside them in own words."""

    FEMALE = "Feminine"
    MALE = "Masculine"
    TRANSGENDER_FEMALE = "TransgenderFeminine"
    TRANSGENDER_MALE = "TransgenderMasculine"
    NON_BINARY = "NonConforming"
    NOT_SPECIFIED = "NonSpecifiedUnknown"


class ContactWay(StrEnum):
    CALL = "call"
    TEXT = "text"
    MESSENGER = "messenger"
    EMAIL = "email"
    IN_PERSON = "in_person"
    THROUGH_WORKER = "through_worker"
    LETTER = "letter"


class IdentityKind(StrEnum):
    PASSPORT = "passport"
    NATIONAL_ID = "national_id"
    RESIDENCE_PERMIT = "residence_permit"
    ASYLUM_CARD = "asylum_card"
    BIRTH_CERTIFICATE = "birth_certificate"
    HEALTH_CARD = "health_card"
    TAX_OR_SOCIAL = "tax_or_social"
    OTHER = "other"


class SpecialNeed(StrEnum):
    MOBILITY = "mobility"
    SIGHT = "sight"
    HEARING = "hearing"
    READING = "reading"
    DIET = "diet"
    PRAYER = "prayer"
    PREGNANCY = "pregnancy"
    INFANT = "infant"
    TRAUMA_TRIGGERS = "trauma_triggers"
    MEDICATION = "medication"
    OTHER = "other"


class Vulnerability(StrEnum):
    """Layered vulnerabilities; several hold at once."""

    CHILD = "child"
    UNACCOMPANIED = "unaccompanied"
    PREGNANCY = "pregnancy"
    SINGLE_PARENT = "single_parent"
    DISABILITY = "disability"
    INDIGENOUS = "indigenous"
    STATELESS = "stateless"
    IRREGULAR_STATUS = "irregular_status"
    LGBTIQ = "lgbtiq"
    SUBSTANCE_USE = "substance_use"
    OLDER_PERSON = "older_person"
    OTHER = "other"
