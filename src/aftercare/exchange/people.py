"""Rows of a table as people, each wrong cell with its place; pure, so that a preview and an import read the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from aftercare.domain.codes import ClosureReason, Gender, NameKind, ReferralSource, RiskLevel, Stage
from aftercare.domain.drafts.people import IntakeDraft, LanguageDraft, NameDraft, PersonDraft
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
from aftercare.exchange.columns import plain, read_header, text_of
from aftercare.exchange.gathered import Gathered, take
from aftercare.exchange.tables import Cell, Row, Table
from aftercare.exchange.values import (
    CHOICES,
    CellFault,
    choice,
    looks_month_first,
    partial_day,
    parts,
    whole_day,
)

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
        said = Gathered()
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

    def _take(self, said: Gathered, column: ColumnRead, cell: Cell, text: str) -> None:
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
            take(said, column, text)

    def _take_day(self, said: Gathered, wanted: ImportField, cell: Cell) -> None:
        if wanted is F.BIRTH_DATE:
            said.born = partial_day(cell, self._order, self._today)
            if said.born.earliest > self._today:
                raise CellFault("in_the_future")
            return
        said.days[wanted] = whole_day(cell, self._order, self._today)
        if said.days[wanted] > self._today:
            raise CellFault("in_the_future")

    def _take_choice(self, said: Gathered, wanted: ImportField, text: str) -> None:
        if wanted in (F.CONTACT_WAYS, F.SPECIAL_NEEDS, F.VULNERABILITIES):
            for part in parts(text):
                meant = self._values.get(wanted, {}).get(plain(part), part)
                said.lists.setdefault(wanted, {})[choice(wanted, meant).value] = None
            return
        said.codes[wanted] = choice(wanted, text)

    def _contradictions(self, number: int, said: Gathered, headers: dict[ImportField, str]) -> Iterator[CellProblem]:
        opened, closed = said.days.get(F.OPENED_ON), said.days.get(F.CLOSED_ON)
        if opened and closed and closed < opened:
            yield CellProblem(number, headers[F.CLOSED_ON], F.CLOSED_ON, "ends_before_it_begins", closed.isoformat())
        if said.codes.get(F.STAGE) is Stage.CLOSED and closed is None and F.STAGE in headers:
            yield CellProblem(number, headers[F.STAGE], F.CLOSED_ON, "closed_without_day")

    def _person(self, number: int, said: Gathered) -> ImportedPerson:
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


def with_problems(read: ReadPeople, more: tuple[CellProblem, ...]) -> ReadPeople:
    """The same with what was found wrong afterwards, in the order of rows."""
    return replace(read, problems=tuple(sorted((*read.problems, *more), key=lambda problem: problem.row)))
