"""What the cells of one row said, gathered field by field before it becomes a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from aftercare.domain.codes import IdentityKind, NameKind
from aftercare.domain.drafts.people import IdentityDraft, NameDraft
from aftercare.domain.importing import (
    ColumnRead,
    ImportField,
)
from aftercare.domain.partial_date import PartialDate
from aftercare.exchange.values import (
    CellFault,
    age_range,
    country,
    parts,
    spoken_language,
    yes_or_no,
)

F = ImportField


@dataclass(slots=True)
class Gathered:
    """What the cells of one row said."""

    names: list[NameDraft] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    family: list[str] = field(default_factory=list)
    languages: dict[str, None] = field(default_factory=dict)
    countries: dict[str, None] = field(default_factory=dict)
    papers: list[IdentityDraft] = field(default_factory=list)
    phones: dict[str, None] = field(default_factory=dict)
    lists: dict[ImportField, dict[str, None]] = field(default_factory=dict)
    texts: dict[ImportField, list[str]] = field(default_factory=dict)
    codes: dict[ImportField, Any] = field(default_factory=dict)
    days: dict[ImportField, date] = field(default_factory=dict)
    born: PartialDate | None = None
    ages: tuple[int, int] | None = None
    interpreter: bool = False
    no_messages: bool = True

    def text(self, wanted: ImportField, between: str = "; ") -> str:
        return between.join(dict.fromkeys(self.texts.get(wanted, ())))


def _take_text(said: Gathered, column: ColumnRead, text: str) -> None:
    assert column.field is not None
    said.texts.setdefault(column.field, []).append(text)


def _take_full_name(said: Gathered, _column: ColumnRead, text: str) -> None:
    """«Tesfay, Selam» is family name first; otherwise the last word is taken for the family name."""
    family, comma, given = text.partition(",")
    if not comma:
        given, _, family = text.rpartition(" ")
    if not given:
        given, family = family, ""
    said.given.append(given.strip())
    said.family.append(family.strip())


def _take_name(kind: NameKind) -> Callable[[Gathered, ColumnRead, str], None]:
    def take(said: Gathered, _column: ColumnRead, text: str) -> None:
        said.names.append(NameDraft(kind, text))

    return take


def _take_paper(kind: IdentityKind) -> Callable[[Gathered, ColumnRead, str], None]:
    def take(said: Gathered, column: ColumnRead, text: str) -> None:
        where = column.header[:200] if kind is IdentityKind.OTHER else ""
        said.papers.append(IdentityDraft(kind, text, whereabouts=where))

    return take


def _take_countries(said: Gathered, _column: ColumnRead, text: str) -> None:
    try:
        said.countries[country(text)] = None
    except CellFault:
        for part in parts(text):
            said.countries[country(part)] = None


def _take_languages(said: Gathered, _column: ColumnRead, text: str) -> None:
    for part in parts(text):
        said.languages[spoken_language(part)] = None


def _take_interpreter(said: Gathered, _column: ColumnRead, text: str) -> None:
    said.interpreter = yes_or_no(text)


def _take_no_messages(said: Gathered, _column: ColumnRead, text: str) -> None:
    said.no_messages = yes_or_no(text)


def _take_phone(said: Gathered, _column: ColumnRead, text: str) -> None:
    said.phones[text] = None


def _take_age(said: Gathered, _column: ColumnRead, text: str) -> None:
    said.ages = age_range(text)


_TAKEN: dict[ImportField, Callable[[Gathered, ColumnRead, str], None]] = {
    F.GIVEN_NAME: lambda said, _column, text: said.given.append(text),
    F.FAMILY_NAME: lambda said, _column, text: said.family.append(text),
    F.FULL_NAME: _take_full_name,
    F.PREFERRED_NAME: _take_name(NameKind.PREFERRED),
    F.FORMER_NAME: _take_name(NameKind.FORMER),
    F.LOCAL_NAME: _take_name(NameKind.LOCAL_SCRIPT),
    F.REFERENCE: _take_paper(IdentityKind.OTHER),
    F.ID_NUMBER: _take_paper(IdentityKind.NATIONAL_ID),
    F.PASSPORT: _take_paper(IdentityKind.PASSPORT),
    F.CITIZENSHIP: _take_countries,
    F.LANGUAGE: _take_languages,
    F.INTERPRETER: _take_interpreter,
    F.NO_MESSAGES: _take_no_messages,
    F.PHONE: _take_phone,
    F.AGE: _take_age,
}


def take(said: Gathered, column: ColumnRead, text: str) -> None:
    """Add what a cell says, as the field of its column wants it; CellFault where it cannot be understood."""
    assert column.field is not None
    _TAKEN.get(column.field, _take_text)(said, column, text)
