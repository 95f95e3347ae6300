"""Words about importing: the fields as columns are called, and what is wrong with a cell."""

from __future__ import annotations

from enum import StrEnum

from aftercare.domain.importing import Alike, CellProblem, DateOrder, ImportField
from aftercare.domain.likeness import Reason
from aftercare.i18n import N_, Language, current

F = ImportField

FIELDS: dict[ImportField, str] = {
    F.GIVEN_NAME: N_("Given name"),
    F.FAMILY_NAME: N_("Family name"),
    F.FULL_NAME: N_("Whole name"),
    F.PREFERRED_NAME: N_("Preferred name"),
    F.FORMER_NAME: N_("Former name"),
    F.LOCAL_NAME: N_("Name in local script"),
    F.BIRTH_DATE: N_("Date of birth"),
    F.AGE: N_("Age"),
    F.GENDER: N_("Gender"),
    F.CITIZENSHIP: N_("Citizenship"),
    F.LANGUAGE: N_("Language"),
    F.INTERPRETER: N_("Interpreter needed"),
    F.PHONE: N_("Phone"),
    F.EMAIL: N_("E-mail"),
    F.CONTACT_WAYS: N_("Ways of contact"),
    F.NO_MESSAGES: N_("Never leave a message"),
    F.NAME_TO_USE: N_("Name to use"),
    F.CONTACT_WORDS: N_("Contact rules"),
    F.REFERENCE: N_("Own reference"),
    F.ID_NUMBER: N_("Identity number"),
    F.PASSPORT: N_("Passport number"),
    F.SPECIAL_NEEDS: N_("Special needs"),
    F.VULNERABILITIES: N_("Vulnerabilities"),
    F.OPENED_ON: N_("Case opened on"),
    F.REFERRAL_SOURCE: N_("Referred by"),
    F.REFERRAL_WORDS: N_("About the referral"),
    F.REFERRED_ON: N_("Referred on"),
    F.STAGE: N_("Stage"),
    F.CLOSED_ON: N_("Case closed on"),
    F.CLOSURE_REASON: N_("Reason for closing"),
    F.RISK: N_("Risk"),
    F.RISK_REASON: N_("Reason for the risk level"),
    F.CASE_WORKER: N_("Case worker"),
    F.NOTE: N_("Note"),
}

CELL_REASONS: dict[str, str] = {
    "required": N_("something must stand here"),
    "too_long": N_("this is too long to keep"),
    "formula": N_("this is a formula, not a value; paste it as a value"),
    "not_a_date": N_("this is not a date; write 12 Mar 1998, 12.3.1998, 1998-03-12, March 1998 or about 1998"),
    "no_such_date": N_("there is no such day; perhaps the dates are written month first"),
    "day_without_month": N_("a day needs its month"),
    "year_needs_four_digits": N_("write the year with four digits"),
    "year_not_likely": N_("this year is more than 130 years away"),
    "in_the_future": N_("this day is still to come"),
    "ends_before_it_begins": N_("the end is before the beginning"),
    "not_an_age": N_("this is not an age; write 24 or 20-25"),
    "unknown_code": N_("this is not one of the choices"),
    "unknown_country": N_("this country is not known; write its name or its two letters (ISO 3166)"),
    "unknown_language": N_("this language is not known; write its name or its short code (ISO 639)"),
    "unknown_person": N_("nobody of this name works here"),
    "not_yes_or_no": N_("write yes or no"),
    "closed_without_day": N_("a closed case needs the day on which it was closed"),
}

ALIKE_REASONS: dict[StrEnum, str] = {
    Reason.SAME_ID_NUMBER: N_("the same number on a paper"),
    Reason.SAME_PHONE: N_("the same phone number"),
    Reason.SAME_NAME: N_("the same name"),
}

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    DateOrder: {
        DateOrder.DAY_FIRST: N_("Day before month"),
        DateOrder.MONTH_FIRST: N_("Month before day"),
    },
    Alike: {
        Alike.STOP: N_("Import nothing"),
        Alike.SKIP: N_("Leave these rows out"),
        Alike.KEEP: N_("Import them too"),
    },
}


def field_label(field: ImportField, language: Language | None = None) -> str:
    return (language or current()).tr(FIELDS[field])


def cell_words(problem: CellProblem, language: Language | None = None) -> str:
    """«Row 12, Gender: “xx”: this is not one of the choices (Woman, Man, …)»."""
    words = language or current()
    reason = words.tr(CELL_REASONS.get(problem.reason, CELL_REASONS["unknown_code"]))
    shown = f"“{problem.value}”: {reason}" if problem.value else reason
    if problem.accepted:
        shown = words.tr("{reason} ({choices})", reason=shown, choices=", ".join(problem.accepted))
    return words.tr("Row {row}, {column}: {what}", row=problem.row, column=problem.header, what=shown)
