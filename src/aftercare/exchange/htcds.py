"""The names, labels and codes of HTCDS 2.0, and where its fields go here; with the faults of IOM's own templates.

Uses the Human Trafficking Case Data Standard (HTCDS) 2.0 by IOM, licensed under CC BY 4.0. IOM does not endorse this
product.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from aftercare import assets
from aftercare.domain.importing import ImportField

F = ImportField

PLACES: dict[str, ImportField] = {
    "prs_FirstName": F.GIVEN_NAME,
    "prs_MiddleName": F.GIVEN_NAME,
    "prs_SecondName": F.FAMILY_NAME,
    "prs_Birthdate": F.BIRTH_DATE,
    "prs_Gender": F.GENDER,
    "prs_PrimaryLanguage": F.LANGUAGE,
    "prs_SecondaryLanguage": F.LANGUAGE,
    "prs_Citizenship": F.CITIZENSHIP,
    "prs_IdentityNumber": F.ID_NUMBER,
    "prs_Email": F.EMAIL,
    "prs_HomePhone": F.PHONE,
    "prs_MobilePhone": F.PHONE,
    "cas_Status": F.STAGE,
    "cas_CaseOwner": F.CASE_WORKER,
    "cas_ReferringOrganisation": F.REFERRAL_WORDS,
    "cas_ReferringPrimaryCaseWorker": F.REFERRAL_WORDS,
    "cas_IncomingReferralDate": F.REFERRED_ON,
    "cas_ReasonForIncomingReferral": F.REFERRAL_WORDS,
    "cas_IncomingReferralDetails": F.REFERRAL_WORDS,
    "cas_ReasonForCaseClosure": F.CLOSURE_REASON,
    "cco_CaseComment": F.NOTE,
}
"""Where a field of the standard goes; those not named have no place here yet and are told in the preview."""

ALIASES: dict[str, str] = {
    # spellings in IOM's spreadsheet, XLSForm and in version 0.2
    "vic_TraffickinStatusDecisionMakingOrg": "vic_TraffickingStatusDecisionMakingOrg",
    "prs_First_Name": "prs_FirstName",
    "prs_Second_Name": "prs_SecondName",
    "vic_Methods_of_Control": "vic_MethodsOfControl",
    "prs_Nationality": "prs_Citizenship",
}

VALUES: dict[ImportField, dict[str, str]] = {
    F.GENDER: {
        "Non-Conforming": "NonConforming",
        "Not Specified/Unknown": "NonSpecifiedUnknown",
    },
    F.STAGE: {
        "Active": "plan",
        "FollowUp": "follow_up",
        "Closed": "closed",
        "ClosedReferred": "closed",
    },
}
"""Codes of the standard as ours."""


@dataclass(frozen=True, slots=True)
class StandardField:
    name: str
    label: str


@lru_cache(maxsize=1)
def standard_fields() -> tuple[StandardField, ...]:
    found = json.loads(assets.read_text("codes", "htcds_2_0.json"))["fields"]
    return tuple(StandardField(field["name"], field["label"]) for field in found)


def attribution() -> str:
    """The line that the licence asks to show."""
    return str(json.loads(assets.read_text("codes", "htcds_2_0.json"))["attribution"])
