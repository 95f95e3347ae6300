"""What a cell says: a choice, a country, a language, a day, an age. `CellFault` where it says nothing we know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from aftercare.domain import codes
from aftercare.domain.errors import FieldProblem
from aftercare.domain.importing import DateOrder, ImportField
from aftercare.domain.partial_date import PartialDate, parse_partial_date
from aftercare.exchange import htcds
from aftercare.exchange.columns import plain, text_of
from aftercare.exchange.tables import Cell
from aftercare.i18n import current, language
from aftercare.words import label
from aftercare.written_dates import read_partial_date

F = ImportField

CHOICES: dict[ImportField, type[StrEnum]] = {
    F.GENDER: codes.Gender,
    F.CONTACT_WAYS: codes.ContactWay,
    F.SPECIAL_NEEDS: codes.SpecialNeed,
    F.VULNERABILITIES: codes.Vulnerability,
    F.REFERRAL_SOURCE: codes.ReferralSource,
    F.STAGE: codes.Stage,
    F.CLOSURE_REASON: codes.ClosureReason,
    F.RISK: codes.RiskLevel,
}
_ALSO: dict[ImportField, dict[str, str]] = {
    F.GENDER: {
        "f": "Feminine", "w": "Feminine", "female": "Feminine", "woman": "Feminine", "girl": "Feminine",
        "m": "Masculine", "male": "Masculine", "man": "Masculine", "boy": "Masculine",
        "transgender": "NonConforming", "x": "NonConforming", "d": "NonConforming", "diverse": "NonConforming",
        "nonbinary": "NonConforming", "other": "NonConforming", "transwoman": "TransgenderFeminine",
        "transman": "TransgenderMasculine", "unknown": "NonSpecifiedUnknown",
        "notspecified": "NonSpecifiedUnknown", "?": "NonSpecifiedUnknown",
    },
    F.STAGE: {"open": "plan", "new": "intake", "exited": "closed", "inactive": "closed", "followup": "follow_up"},
    F.RISK: {"1": "low", "2": "medium", "3": "high", "4": "critical", "veryhigh": "critical", "moderate": "medium"},
    F.REFERRAL_SOURCE: {"selfreferral": "self", "walkin": "self", "hospital": "health", "clinic": "health"},
    F.CONTACT_WAYS: {"phone": "call", "sms": "text", "whatsapp": "messenger", "signal": "messenger", "mail": "email"},
}  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "oui", "si", "да", "так", "needed"})
_NO = frozenset({"no", "n", "false", "0", "nein", "non", "нет", "ні", "notneeded"})
_AGE = re.compile(
    r"(?:about|ca\.?|~)?\s*(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3}))?\s*(?:years?|y\.?o?\.?|yrs?)?", re.IGNORECASE
)
_US_DATE = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4})")
_WITH_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")


class CellFault(Exception):
    """The cell cannot be read: a code of `words.importing.CELL_REASONS`, and what could stand there."""

    def __init__(self, reason: str, accepted: tuple[str, ...] = ()) -> None:
        super().__init__(reason)
        self.reason = reason
        self.accepted = accepted


# --- choices ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _readings(field: ImportField, tag: str) -> Mapping[str, StrEnum]:
    """Everything that a choice may be called, plain: code, label in both languages, HTCDS code and label, habits."""
    kind = CHOICES[field]
    found: dict[str, StrEnum] = {}
    for code in kind:
        for called in (code.value, label(code, language(tag)), label(code, language("en"))):
            found.setdefault(plain(called), code)
    for called, value in (htcds.VALUES.get(field, {}) | _ALSO.get(field, {})).items():
        found.setdefault(plain(called) or called, kind(value))
    if field is F.RISK:  # «Low risk» is «low» in most tables
        found |= {plain(code.value): code for code in kind}
    return found


def choice(field: ImportField, text: str) -> StrEnum:
    # «X?» is somebody's doubt, no answer: taking the letter alone would pass it off as certain
    is_in_doubt = "?" in text and plain(text)
    found = None if is_in_doubt else _readings(field, current().tag).get(plain(text) or text)
    if found is None:
        raise CellFault("unknown_code", tuple(label(code) for code in CHOICES[field]))
    return found


def parts(text: str) -> list[str]:
    """The parts of a cell that holds several values: parted by «;», else by commas or lines."""
    delimiter = ";" if ";" in text else None
    found = text.split(delimiter) if delimiter else re.split(r"[,\n/|]", text)
    return [part.strip() for part in found if part.strip()]


def yes_or_no(text: str) -> bool:
    said = plain(text) or text.strip()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise CellFault("not_yes_or_no")


# --- countries and languages --------------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def _countries(tag: str) -> Mapping[str, str]:
    """ISO 3166 codes of two and three letters, and CLDR's names in English and in the language of the window."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    found: dict[str, str] = {}
    for locale in ("en_GB", tag.replace("-", "_")):
        try:
            territories = Locale.parse(locale).territories
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(plain(name), code)
                found.setdefault(plain(re.sub(r"\s*\(.*\)", "", name)), code)
                found[code.casefold()] = code
    for alias, territories in get_global("territory_aliases").items():
        if len(alias) == 3 and alias.isalpha() and len(territories) == 1:
            found.setdefault(alias.casefold(), territories[0])
    return found


def country(text: str) -> str:
    code = _countries(current().tag).get(plain(text))
    if code is None:
        raise CellFault("unknown_country")
    return code


@lru_cache(maxsize=8)
def _languages(tag: str) -> Mapping[str, str]:
    """BCP 47 tags by tag, ISO 639-2 code, and CLDR's names in English, in the window's language and in their own."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global
    from babel.localedata import locale_identifiers

    found: dict[str, str] = {}
    for locale in ("en_GB", tag.replace("-", "_")):
        try:
            names = Locale.parse(locale).languages
        except (UnknownLocaleError, ValueError):
            continue
        for code, name in names.items():
            found.setdefault(plain(name), code.replace("_", "-"))
            found[plain(code)] = code.replace("_", "-")
    own = (identifier for identifier in locale_identifiers() if "_" not in identifier)
    for identifier in own:
        name = Locale.parse(identifier).language_name
        if name:
            found.setdefault(plain(name), identifier)
    for alias, code in get_global("language_aliases").items():
        found.setdefault(plain(alias), code.replace("_", "-"))
    return found


def spoken_language(text: str) -> str:
    tag = _languages(current().tag).get(plain(text))
    if tag is None:
        raise CellFault("unknown_language")
    return tag


# --- dates and ages -----------------------------------------------------------------------------------------------


def partial_day(cell: Cell, order: DateOrder, today: date) -> PartialDate:
    """A date as far as it is known; numbers in the order that was decided, never guessed cell by cell."""
    if isinstance(cell, datetime):
        return PartialDate.of(cell.date())
    if isinstance(cell, date):
        return PartialDate.of(cell)
    text = text_of(cell)
    with_time = _WITH_TIME.fullmatch(text)
    if with_time:
        text = with_time[1]
    if order is DateOrder.MONTH_FIRST and (american := _US_DATE.fullmatch(text)):
        text = f"{american[3]}-{int(american[1]):02d}-{int(american[2]):02d}"
    try:
        return parse_partial_date(text, today)
    except FieldProblem as problem:
        if problem.reason != "not_a_date":
            raise CellFault(problem.reason) from problem
    try:
        return read_partial_date(text)  # names of months in the language of the window
    except FieldProblem as problem:
        raise CellFault(problem.reason) from problem


def whole_day(cell: Cell, order: DateOrder, today: date) -> date:
    known = partial_day(cell, order, today)
    if known.day is None:
        raise CellFault("not_a_date")
    return known.earliest


def looks_month_first(cells: list[Cell]) -> bool:
    """Whether these dates can only be month first: some have no 13th month that way, none the other way.

    Only slashes count: nobody writes the month first with full stops, so that is a mistake and no custom.
    """
    told = (cell.strip() for cell in cells if isinstance(cell, str) and "/" in cell)
    numbers = [match for text in told if (match := _US_DATE.fullmatch(text))]
    return any(int(match[2]) > 12 for match in numbers) and not any(int(match[1]) > 12 for match in numbers)


def age_range(text: str) -> tuple[int, int]:
    match = _AGE.fullmatch(text.strip())
    if match is None:
        raise CellFault("not_an_age")
    least = int(match[1])
    most = int(match[2]) if match[2] else least
    if not 0 <= least <= most <= 120:
        raise CellFault("not_an_age")
    return least, most
