"""Rows of a table as people, each wrong cell with its place; pure, so that a preview and an import read the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from aftercare.domain.codes import ClosureReason, Gender, IdentityKind, NameKind, ReferralSource, RiskLevel, Stage
from aftercare.domain.drafts.people import IdentityDraft, IntakeDraft, LanguageDraft, NameDraft, PersonDraft
from aftercare.domain.errors import ImportUnreadable, MappingUnreadable
from aftercare.domain.importing import (
    MOST_ROWS,
    CellProblem,
    ColumnRead,
    DateOrder,
    FileFault,
    ImportedPerson,
    ImportField,
    ImportMapping,
    MappingFault,
)
from aftercare.domain.partial_date import PartialDate
from aftercare.exchange.columns import plain, read_header, text_of
from aftercare.exchange.tables import Cell, Row, Table
from aftercare.exchange.values import (
    CHOICES,
    CellFault,
    age_range,
    choice,
    country,
    looks_month_first,
    partial_day,
    parts,
    spoken_language,
    whole_day,
    yes_or_no,
)
from aftercare.toml_text import tables_of

F = ImportField
_DAYS = (F.BIRTH_DATE, F.OPENED_ON, F.REFERRED_ON, F.CLOSED_ON)
_LONGEST: dict[ImportField, int] = {
    F.GIVEN_NAME: 200, F.FAMILY_NAME: 200, F.FULL_NAME: 300, F.PREFERRED_NAME: 200, F.FORMER_NAME: 200,
    F.LOCAL_NAME: 200, F.PHONE: 60, F.EMAIL: 120, F.NAME_TO_USE: 120, F.REFERENCE: 80, F.ID_NUMBER: 80, F.PASSPORT: 80,
}  # fmt: skip
_LONGEST_OTHER = 20_000


@dataclass(frozen=True, slots=True)
class ReadPeople:
    """A table as people: those with a wrong cell are among them, as far as they could be read."""

    columns: tuple[ColumnRead, ...]
    date_order: DateOrder
    people: tuple[ImportedPerson, ...]
    problems: tuple[CellProblem, ...]
    empty_rows: int


def read_mapping(content: bytes) -> ImportMapping:
    """A mapping from TOML.

    sheet = "Caseload"            encoding = "cp1250"             (of a CSV that says none)
    date_order = "month_first"    only_these = true
    [columns]                     "Klientin" = "full_name"        "Zimmer" = ""          (left out)
    [values.gender]               "w" = "Female"
    """
    try:
        told = tables_of(content)
    except ValueError as wrong:
        raise MappingUnreadable(MappingFault.NOT_TOML) from wrong
    for key, kind in told.items():
        if not isinstance(kind, _KEYS.get(key, ())):
            raise MappingUnreadable(MappingFault.UNKNOWN_KEY, key)
    order = told.get("date_order")
    if order is not None and order not in set(DateOrder):
        raise MappingUnreadable(MappingFault.UNKNOWN_ORDER, str(order))
    columns = {header: _field(name) if name else None for header, name in told.get("columns", {}).items()}
    values: dict[ImportField, dict[str, str]] = {}
    for name, meant in told.get("values", {}).items():
        if not isinstance(meant, dict):
            raise MappingUnreadable(MappingFault.UNKNOWN_KEY, name)
        values[_field(name)] = {plain(str(theirs)) or str(theirs): str(ours) for theirs, ours in meant.items()}
    return ImportMapping(
        columns,
        values,
        DateOrder(order) if order else None,
        sheet=told.get("sheet", ""),
        encoding=told.get("encoding", ""),
        only_these=told.get("only_these", False),
    )


_KEYS: dict[str, type] = {
    "sheet": str,
    "encoding": str,
    "date_order": str,
    "only_these": bool,
    "columns": dict,
    "values": dict,
}


def _field(name: object) -> ImportField:
    if not isinstance(name, str) or name not in set(ImportField):
        raise MappingUnreadable(MappingFault.UNKNOWN_FIELD, str(name))
    return ImportField(name)


def read_people(
    table: Table,
    mapping: ImportMapping,
    today: date,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ReadPeople:
    """Everybody in the table. ImportUnreadable and MappingUnreadable where there is nobody to read."""
    header = read_header(table.rows, mapping)
    columns = [column for column in header.columns if column.field is not None]
    if not columns:
        raise MappingUnreadable(MappingFault.NOTHING_MAPPED)
    rows = table.rows[header.first_row :]
    if len(rows) > MOST_ROWS:
        raise ImportUnreadable(FileFault.TOO_MANY_ROWS)
    order = mapping.date_order or _order_of(columns, rows)
    reader = _Reader(columns, mapping, order, today)
    people: list[ImportedPerson] = []
    problems: list[CellProblem] = []
    empty = 0
    for place, row in enumerate(rows):
        if place % 500 == 0:
            progress(place, len(rows))
        cells = reader.cells_of(row)
        if not any(text for _, _, text in cells):
            empty += 1
            continue
        person, wrong = reader.read(header.first_row + place + 1, cells)
        people.append(person)
        problems += wrong
    progress(len(rows), len(rows))
    return ReadPeople(header.columns, order, tuple(people), tuple(problems), empty)


def _order_of(columns: list[ColumnRead], rows: tuple[Row, ...]) -> DateOrder:
    cells = [row[c.position] for c in columns if c.field in _DAYS for row in rows[:2000] if c.position < len(row)]
    return DateOrder.MONTH_FIRST if looks_month_first(cells) else DateOrder.DAY_FIRST


@dataclass(slots=True)
class _Gathered:
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


_Cell = tuple[ColumnRead, Cell, str]


class _Reader:
    """Reads rows by the columns that were decided."""

    def __init__(self, columns: list[ColumnRead], mapping: ImportMapping, order: DateOrder, today: date) -> None:
        self._columns = columns
        self._values = mapping.values
        self._order = order
        self._today = today

    def cells_of(self, row: Row) -> list[_Cell]:
        width = len(row)
        return [(c, row[c.position], text_of(row[c.position])) for c in self._columns if c.position < width]

    def read(self, number: int, cells: list[_Cell]) -> tuple[ImportedPerson, list[CellProblem]]:
        """The person in a row, and what is wrong with the row's cells."""
        said = _Gathered()
        wrong: list[CellProblem] = []
        headers: dict[ImportField, str] = {}
        for column, cell, text in cells:
            if not text or column.field is None:
                continue
            headers[column.field] = column.header
            try:
                self._take(said, column, cell, text)
            except CellFault as fault:
                wrong.append(CellProblem(number, column.header, column.field, fault.reason, text[:80], fault.accepted))
        wrong += self._contradictions(number, said, headers)
        return self._person(number, said), wrong

    def _take(self, said: _Gathered, column: ColumnRead, cell: Cell, text: str) -> None:
        wanted = column.field
        assert wanted is not None
        if text.startswith(("=", "@")):
            raise CellFault("formula")
        if len(text) > _LONGEST.get(wanted, _LONGEST_OTHER):
            raise CellFault("too_long")
        meant = self._values.get(wanted, {}).get(plain(text) or text)
        text = text if meant is None else meant
        if not text:
            return
        if wanted in _DAYS:
            self._take_day(said, wanted, cell if meant is None else meant)
        elif wanted in CHOICES:
            self._take_choice(said, wanted, text)
        else:
            _TAKEN.get(wanted, _take_text)(said, column, text)

    def _take_day(self, said: _Gathered, wanted: ImportField, cell: Cell) -> None:
        if wanted is F.BIRTH_DATE:
            said.born = partial_day(cell, self._order, self._today)
            if said.born.earliest > self._today:
                raise CellFault("in_the_future")
            return
        said.days[wanted] = whole_day(cell, self._order, self._today)
        if said.days[wanted] > self._today:
            raise CellFault("in_the_future")

    def _take_choice(self, said: _Gathered, wanted: ImportField, text: str) -> None:
        if wanted in (F.CONTACT_WAYS, F.SPECIAL_NEEDS, F.VULNERABILITIES):
            for part in parts(text):
                meant = self._values.get(wanted, {}).get(plain(part), part)
                said.lists.setdefault(wanted, {})[choice(wanted, meant).value] = None
            return
        said.codes[wanted] = choice(wanted, text)

    def _contradictions(self, number: int, said: _Gathered, headers: dict[ImportField, str]) -> Iterator[CellProblem]:
        opened, closed = said.days.get(F.OPENED_ON), said.days.get(F.CLOSED_ON)
        if opened and closed and closed < opened:
            yield CellProblem(number, headers[F.CLOSED_ON], F.CLOSED_ON, "ends_before_it_begins", closed.isoformat())
        if said.codes.get(F.STAGE) is Stage.CLOSED and closed is None and F.STAGE in headers:
            yield CellProblem(number, headers[F.STAGE], F.CLOSED_ON, "closed_without_day")

    def _person(self, number: int, said: _Gathered) -> ImportedPerson:
        names = list(said.names)
        if said.given or said.family:
            names.insert(0, NameDraft(NameKind.LEGAL, " ".join(said.given), " ".join(said.family)))
        ages = said.ages if said.born is None else None
        gender: Gender | None = said.codes.get(F.GENDER)
        source: ReferralSource | None = said.codes.get(F.REFERRAL_SOURCE)
        risk: RiskLevel | None = said.codes.get(F.RISK)
        closed_on = said.days.get(F.CLOSED_ON)
        stage: Stage = said.codes.get(F.STAGE) or (Stage.CLOSED if closed_on else Stage.INTAKE)
        reason: ClosureReason | None = said.codes.get(F.CLOSURE_REASON)
        phones = list(said.phones)
        other_phones = "; ".join(phones[1:])
        person = PersonDraft(
            names=tuple(names),
            birth_date=said.born.edtf if said.born else "",
            age_least=ages[0] if ages else None,
            age_most=ages[1] if ages else None,
            gender=gender,
            citizenships=tuple(said.countries),
            languages=tuple(
                LanguageDraft(tag, interpreter=said.interpreter and not place)
                for place, tag in enumerate(said.languages)
            ),
            identity_numbers=tuple(said.papers),
            contact_ways=tuple(said.lists.get(F.CONTACT_WAYS, ())),
            contact_phone=phones[0] if phones else "",
            contact_email=said.text(F.EMAIL),
            never_leave_message=said.no_messages,
            name_to_use=said.text(F.NAME_TO_USE),
            contact_words="; ".join(words for words in (said.text(F.CONTACT_WORDS), other_phones) if words),
            special_needs=tuple(said.lists.get(F.SPECIAL_NEEDS, ())),
            vulnerabilities=tuple(said.lists.get(F.VULNERABILITIES, ())),
        )
        intake = IntakeDraft(
            person=person,
            opened_on=said.days.get(F.OPENED_ON),
            referral_source=source,
            referral_words=said.text(F.REFERRAL_WORDS),
            referred_on=said.days.get(F.REFERRED_ON),
            risk=risk,
            risk_reason=said.text(F.RISK_REASON),
        )
        return ImportedPerson(
            row=number,
            intake=intake,
            stage=stage,
            closed_on=closed_on if stage is Stage.CLOSED else None,
            closure_reason=reason if stage is Stage.CLOSED else None,
            case_worker=said.text(F.CASE_WORKER),
            note=said.text(F.NOTE, "\n"),
        )


# --- one field each -----------------------------------------------------------------------------------------------


def _take_text(said: _Gathered, column: ColumnRead, text: str) -> None:
    assert column.field is not None
    said.texts.setdefault(column.field, []).append(text)


def _take_full_name(said: _Gathered, _column: ColumnRead, text: str) -> None:
    """«Tesfay, Selam» is family name first; otherwise the last word is taken for the family name."""
    family, comma, given = text.partition(",")
    if not comma:
        given, _, family = text.rpartition(" ")
    if not given:
        given, family = family, ""
    said.given.append(given.strip())
    said.family.append(family.strip())


def _take_name(kind: NameKind) -> Callable[[_Gathered, ColumnRead, str], None]:
    def take(said: _Gathered, _column: ColumnRead, text: str) -> None:
        said.names.append(NameDraft(kind, text))

    return take


def _take_paper(kind: IdentityKind) -> Callable[[_Gathered, ColumnRead, str], None]:
    def take(said: _Gathered, column: ColumnRead, text: str) -> None:
        where = column.header[:200] if kind is IdentityKind.OTHER else ""
        said.papers.append(IdentityDraft(kind, text, whereabouts=where))

    return take


def _take_countries(said: _Gathered, _column: ColumnRead, text: str) -> None:
    try:
        said.countries[country(text)] = None
    except CellFault:
        for part in parts(text):
            said.countries[country(part)] = None


def _take_languages(said: _Gathered, _column: ColumnRead, text: str) -> None:
    for part in parts(text):
        said.languages[spoken_language(part)] = None


def _take_interpreter(said: _Gathered, _column: ColumnRead, text: str) -> None:
    said.interpreter = yes_or_no(text)


def _take_no_messages(said: _Gathered, _column: ColumnRead, text: str) -> None:
    said.no_messages = yes_or_no(text)


def _take_phone(said: _Gathered, _column: ColumnRead, text: str) -> None:
    said.phones[text] = None


def _take_age(said: _Gathered, _column: ColumnRead, text: str) -> None:
    said.ages = age_range(text)


_TAKEN: dict[ImportField, Callable[[_Gathered, ColumnRead, str], None]] = {
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


def with_problems(read: ReadPeople, more: tuple[CellProblem, ...]) -> ReadPeople:
    """The same with what was found wrong afterwards, in the order of rows."""
    return replace(read, problems=tuple(sorted((*read.problems, *more), key=lambda problem: problem.row)))
