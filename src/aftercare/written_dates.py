"""Dates as people write them: «12 Mar 1998», «03/1998», «about 1998», «today», in the window’s language or English.

Day before month, except where the year comes first. Any script's digits. Nothing is guessed: what is not understood is
a FieldProblem, shown beside the field.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from aftercare.domain.errors import FieldProblem
from aftercare.domain.partial_date import PartialDate
from aftercare.i18n import Language, current

_NUMBERS = re.compile(r"^(\d{1,4})(?:[\s./-]+(\d{1,4}))?(?:[\s./-]+(\d{1,4}))?$")
_WITH_MONTH = re.compile(r"^(?:(\d{1,2})\.?\s*)?(?:de\s+)?([^\W\d_]+)\.?,?\s*(?:de\s+)?(\d{4})(?:\s*[^\W\d_]{1,2}\.)?$")
_MONTH_FIRST = re.compile(r"^([^\W\d_]+)\.?\s+(\d{1,2}),?\s+(\d{4})$")
_SHIFT = re.compile(r"^([+-]\d{1,4})$")
_ABOUT = ("about", "around", "approx.", "approx", "circa", "ca.", "ca", "c.", "~")
_SHORTEST_MONTH = 3


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


@lru_cache(maxsize=16)
def _months(tag: str) -> dict[str, int]:
    """Folded month names of a language and of English, whole and short."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for locale in (tag.replace("-", "_"), "en_GB"):
        try:
            Locale.parse(locale)
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    names.setdefault(_folded(name).rstrip("."), number)
    return names


def _month(word: str, language: Language) -> int:
    wanted = _folded(word).rstrip(".")
    months = _months(language.tag)
    if wanted in months:
        return months[wanted]
    found = {number for name, number in months.items() if len(wanted) >= _SHORTEST_MONTH and name.startswith(wanted)}
    if len(found) != 1:
        raise FieldProblem("date", "not_a_date", word)
    return found.pop()


def read_partial_date(text: str, language: Language | None = None) -> PartialDate:
    """The date that `text` tells, as far as it tells it; FieldProblem where it tells none."""
    words = language or current()
    rest = " ".join(text.split())
    about = rest.endswith("~")
    rest = rest.rstrip("~ ")
    for mark in (*_ABOUT, words.tr("about")):
        if mark and rest.casefold().startswith(mark.casefold()) and rest.casefold() != mark.casefold():
            rest, about = rest[len(mark) :].strip(" ~"), True
            break
    year, month, day = _read_numbers(rest) or _read_words(rest, words)
    return PartialDate(year, month, day, about)


def _read_numbers(text: str) -> tuple[int, int | None, int | None] | None:
    match = _NUMBERS.match(text)
    if match is None:
        return None
    parts = [part for part in match.groups() if part is not None]
    if len(parts[0]) == 4:
        ordered = parts
    elif len(parts) > 1 and len(parts[-1]) == 4:
        ordered = parts[::-1]
    else:
        return None
    numbers = [int(part) for part in ordered]
    return numbers[0], numbers[1] if len(numbers) > 1 else None, numbers[2] if len(numbers) > 2 else None


def _read_words(text: str, language: Language) -> tuple[int, int, int | None]:
    match = _WITH_MONTH.match(text)
    if match is not None:
        day, month, year = match.groups()
        return int(year), _month(month, language), int(day) if day else None
    match = _MONTH_FIRST.match(text)
    if match is None:
        raise FieldProblem("date", "not_a_date", text)
    month, day, year = match.groups()
    return int(year), _month(month, language), int(day)


def write_partial_date(value: PartialDate, language: Language | None = None) -> str:
    """«12 Mar 1998», «Mar 1998», «about 1998»: what `read_partial_date` reads back."""
    words = language or current()
    if value.day is not None:
        shown = words.date(value.earliest)
    elif value.month is not None:
        shown = words.date_as(value.earliest, "yMMM")
    else:
        shown = f"{value.year:04d}"
    return words.tr("about {date}", date=shown) if value.about else shown


def read_day(text: str, today: date, language: Language | None = None) -> date:
    """A whole day: as above, or «today», «tomorrow», «yesterday», «+7», or a day and month of about now."""
    words = language or current()
    typed = " ".join(text.split()).casefold()
    for word, days in (("today", 0), ("tomorrow", 1), ("yesterday", -1)):
        if typed in (word, words.tr(word).casefold()):
            return today + timedelta(days=days)
    if _SHIFT.match(typed):
        return today + timedelta(days=int(typed))
    try:
        known = read_partial_date(text, words)
    except FieldProblem as problem:
        near = _of_this_time(typed, today, words)
        if near is None:
            reason = "not_a_day" if problem.reason == "not_a_date" else problem.reason
            raise FieldProblem("date", reason, text) from problem
        known = near
    if known.day is None:
        raise FieldProblem("date", "not_a_day", text)
    return known.earliest


def _of_this_time(text: str, today: date, language: Language) -> PartialDate | None:
    """A day without its year: the one nearest to today; None where it is no day of any year."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        for attempt in (f"{text} {year}", f"{text}.{year}"):
            try:
                read = read_partial_date(attempt, language)
            except FieldProblem:
                continue
            if read.day is not None:
                found.append(read)
                break
    return min(found, key=lambda read: abs((read.earliest - today).days), default=None)
