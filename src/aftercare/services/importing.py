"""Taking over a caseload from a spreadsheet: looked at first, then all of it or nothing, and one undo for the whole.

preview = desk.ask(preview_import, path, mapping)       what is understood, what is wrong, who is known
desk.do(import_people, path, mapping, Alike.SKIP)       Done(Imported, undo_id)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.codes import RISK_REVIEW_DAYS, NoteKind, Stage
from aftercare.domain.duplicates import name_words, number_key, phone_key
from aftercare.domain.errors import FieldProblem, FileNotRead, ImportRefused, ImportUnreadable
from aftercare.domain.importing import (
    MOST_BYTES,
    SHOWN_PEOPLE,
    SHOWN_PROBLEMS,
    Alike,
    AlikeRow,
    CellProblem,
    FileFault,
    Imported,
    ImportedPerson,
    ImportField,
    ImportMapping,
    ImportPreview,
    PreviewRow,
)
from aftercare.domain.likeness import Reason
from aftercare.domain.partial_date import PartialDate
from aftercare.domain.permissions import Permission
from aftercare.exchange.mapping import read_mapping
from aftercare.exchange.people import ReadPeople, read_people, with_problems
from aftercare.exchange.tables import Table, read_table
from aftercare.queries import survivors as queries
from aftercare.records.people import Staff
from aftercare.services.bulk import add_rows
from aftercare.services.office import next_numbers
from aftercare.services.work import Work, needs

Progress = Callable[[int, int], None]
_BATCH = 500
_COMPARED = 40  # of those who share a key: a table of one name repeated stays quick
_MOST_MAPPING_BYTES = 1024 * 1024


def no_progress(_done: int, _total: int) -> None:
    """For whoever does not watch."""


def load_mapping(file: Path) -> ImportMapping:
    """A mapping of columns from a TOML file; MappingUnreadable says what is wrong with it."""
    return read_mapping(_content(file, _MOST_MAPPING_BYTES))


@needs(Permission.IMPORT_PEOPLE)
def check_table(_work: Work, file: Path, mapping: ImportMapping = ImportMapping()) -> None:
    """Raise what speaks against the file as a whole, before anything is made ready for it."""
    read_table(_content(file, MOST_BYTES), mapping.sheet, mapping.encoding)


@needs(Permission.IMPORT_PEOPLE)
def preview_import(
    work: Work, file: Path, mapping: ImportMapping = ImportMapping(), progress: Progress = no_progress
) -> ImportPreview:
    """What an import of this file would do; nothing is kept. `progress` may raise to stop."""
    table, read = _read(work, file, mapping, progress)
    alike = _alike(work, read.people)
    wrong_rows = {problem.row for problem in read.problems}
    return ImportPreview(
        sheet=table.sheet,
        sheets=table.sheets,
        columns=read.columns,
        date_order=read.date_order,
        people=len(read.people),
        empty_rows=read.empty_rows,
        rows=tuple(_preview_row(person, person.row in wrong_rows) for person in read.people[:SHOWN_PEOPLE]),
        problems=read.problems[:SHOWN_PROBLEMS],
        problem_count=len(read.problems),
        alike=tuple(alike[:SHOWN_PROBLEMS]),
        alike_count=len(alike),
    )


@needs(Permission.IMPORT_PEOPLE, confirmed=True)
def import_people(
    work: Work,
    file: Path,
    mapping: ImportMapping = ImportMapping(),
    alike: Alike = Alike.STOP,
    progress: Progress = no_progress,
) -> Imported:
    """Take everybody over, under the next free codes; ImportRefused, and nothing kept, where a cell is wrong.

    `alike` says what becomes of rows that look like people who are known. One undo takes all of it back.
    """
    _, read = _read(work, file, mapping, no_progress)
    known = _alike(work, read.people)
    stopping = known if alike is Alike.STOP else []
    if read.problems or stopping or not read.people:
        raise ImportRefused(len(read.problems), len(stopping))
    left_out = {row.row for row in known} if alike is Alike.SKIP else set()
    people = [person for person in read.people if person.row not in left_out]
    if not people:
        return Imported(0, left_out=len(left_out))
    numbers = next_numbers(work, "survivor", len(people))
    workers = _workers(work)
    for begin in range(0, len(people), _BATCH):
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for person, number in zip(people[begin : begin + _BATCH], numbers[begin : begin + _BATCH], strict=True):
            worker = workers.get(_plain(person.case_worker), work.actor.id)
            for name, values in _records(work, person, number, worker):
                rows[name].append(values)
        add_rows(work, rows)
        for values in rows["survivor"]:
            work.note_deed("import_people", "survivor", values["id"])
        progress(min(begin + _BATCH, len(people)), len(people))
    return Imported(len(people), f"S-{numbers[0]:04d}", f"S-{numbers[-1]:04d}", len(left_out))


# --- reading ------------------------------------------------------------------------------------------------------


def _content(file: Path, most: int) -> bytes:
    try:
        with file.open("rb") as source:
            content = source.read(most + 1)
    except (OSError, ValueError) as refused:
        raise FileNotRead(getattr(refused, "strerror", None) or "") from refused
    if len(content) > most:
        raise ImportUnreadable(FileFault.TOO_LARGE)
    return content


def _read(work: Work, file: Path, mapping: ImportMapping, progress: Progress) -> tuple[Table, ReadPeople]:
    table = read_table(_content(file, MOST_BYTES), mapping.sheet, mapping.encoding)
    read = read_people(table, mapping, work.today(), progress)
    return table, with_problems(read, tuple(_unknown_workers(work, read)))


def _plain(name: str) -> str:
    return " ".join(name_words(name))


def _workers(work: Work) -> dict[str, UUID]:
    """Who may lead a case, by display name and login name."""
    staff = work.session.execute(select(Staff.id, Staff.display_name, Staff.login_name).where(Staff.active)).all()
    return {_plain(called): row.id for row in staff for called in (row.login_name, row.display_name)} | {
        "": work.actor.id
    }


def _unknown_workers(work: Work, read: ReadPeople) -> Iterator[CellProblem]:
    column = next((column for column in read.columns if column.field is ImportField.CASE_WORKER), None)
    if column is None:
        return
    known = _workers(work)
    names = tuple(sorted(work.session.scalars(select(Staff.display_name).where(Staff.active))))[:12]
    for person in read.people:
        if _plain(person.case_worker) not in known:
            yield CellProblem(
                person.row, column.header, ImportField.CASE_WORKER, "unknown_person", person.case_worker[:80], names
            )


def _preview_row(person: ImportedPerson, has_problem: bool) -> PreviewRow:
    draft = person.intake.person
    names = (f"{name.given} {name.family}".strip() for name in draft.names)
    ages = "" if draft.age_least is None else f"{draft.age_least}–{draft.age_most}"
    return PreviewRow(
        person.row,
        next((name for name in names if name), ""),
        draft.birth_date or ages,
        person.stage,
        person.intake.opened_on,
        has_problem,
    )


# --- who is known -------------------------------------------------------------------------------------------------


def _alike(work: Work, people: Sequence[ImportedPerson]) -> list[AlikeRow]:
    """Rows that share a paper's number, a phone or a whole name with somebody known or with a row above.

    By exact keys only: the search before create looks for less exact likeness, and for one person at a time.
    """
    by_key: dict[tuple[Reason, str], list[tuple[str, UUID | None, int, str]]] = defaultdict(list)
    for known in queries.known_people(work.session):
        for key in _keys(known.names, known.phones, known.id_numbers):
            by_key[key].append((known.case_code, known.survivor_id, 0, known.birth_date or ""))
    found = []
    for person in people:
        draft = person.intake.person
        names = tuple(f"{name.given} {name.family}" for name in draft.names)
        papers = tuple(paper.number for paper in draft.identity_numbers)
        keys = tuple(_keys(names, (draft.contact_phone,), papers))
        alike = _first_alike(by_key, keys, draft.birth_date)
        if alike is not None:
            reason, (code, survivor_id, row, _born) = alike
            found.append(AlikeRow(person.row, reason.value, code, row, survivor_id))
        for key in keys:
            by_key[key].append(("", None, person.row, draft.birth_date))
    return found


def _keys(names: Iterable[str], phones: Iterable[str], papers: Iterable[str]) -> Iterator[tuple[Reason, str]]:
    yield from ((Reason.SAME_ID_NUMBER, key) for key in map(number_key, papers) if key)
    yield from ((Reason.SAME_PHONE, key) for key in map(phone_key, phones) if key)
    for name in names:
        words = sorted(name_words(name))
        if len(words) > 1:
            yield Reason.SAME_NAME, " ".join(words)


def _first_alike(
    by_key: dict[tuple[Reason, str], list[tuple[str, UUID | None, int, str]]],
    keys: Iterable[tuple[Reason, str]],
    born: str,
) -> tuple[Reason, tuple[str, UUID | None, int, str]] | None:
    for reason, key in keys:
        for other in by_key.get((reason, key), ())[:_COMPARED]:
            if reason is not Reason.SAME_NAME or _may_be_born(born, other[3]):
                return reason, other
    return None


def _may_be_born(one: str, other: str) -> bool:
    """Whether two dates of birth can be of one person; unknown ones can."""
    try:
        first, second = PartialDate.from_edtf(one), PartialDate.from_edtf(other)
    except FieldProblem:
        return True
    if first.about or second.about:
        return abs(first.year - second.year) <= 3
    return first.earliest <= second.latest and second.earliest <= first.latest


# --- recording ----------------------------------------------------------------------------------------------------


def _records(work: Work, person: ImportedPerson, number: int, worker: UUID) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything that is kept of one row, the person first."""
    now, by, draft, intake = work.now(), work.actor.id, person.intake.person, person.intake
    survivor_id, case_id = work.new_id(), work.new_id()

    def made(**values: Any) -> dict[str, Any]:
        return {"id": work.new_id(), "created_at": now, "created_by": by, "survivor_id": survivor_id, **values}

    yield (
        "survivor",
        {
            "id": survivor_id,
            "created_at": now,
            "created_by": by,
            "number": number,
            "case_code": f"S-{number:04d}",
            "birth_date": draft.birth_date or None,
            "age_least": draft.age_least,
            "age_most": draft.age_most,
            "age_stated_on": (intake.opened_on or work.today()) if draft.age_least is not None else None,
            "gender": draft.gender,
            "citizenships": list(draft.citizenships),
            "contact_ways": list(draft.contact_ways),
            "contact_phone": draft.contact_phone,
            "contact_email": draft.contact_email,
            "never_leave_message": draft.never_leave_message,
            "name_to_use": draft.name_to_use,
            "contact_words": draft.contact_words,
            "special_needs": list(draft.special_needs),
            "vulnerabilities": list(draft.vulnerabilities),
        },
    )
    for place, name in enumerate(draft.names):
        yield "survivor_name", made(kind=name.kind, given=name.given, family=name.family, position=place)
    for place, spoken in enumerate(draft.languages):
        yield "spoken_language", made(language=spoken.tag, interpreter=spoken.interpreter, position=place)
    for paper in draft.identity_numbers:
        yield "identity_number", made(kind=paper.kind, number=paper.number, whereabouts=paper.whereabouts)
    opened_on = intake.opened_on or min(work.today(), person.closed_on or work.today())
    yield (
        "survivor_case",
        made(
            id=case_id,
            number=1,
            stage=person.stage,
            opened_on=opened_on,
            referral_source=intake.referral_source,
            referral_words=intake.referral_words,
            referred_on=intake.referred_on,
            risk=intake.risk,
            risk_reason=intake.risk_reason,
            risk_review_on=work.today() + timedelta(days=RISK_REVIEW_DAYS[intake.risk]) if intake.risk else None,
            closed_on=person.closed_on,
            closure_reason=person.closure_reason,
        ),
    )
    yield "case_worker", made(case_id=case_id, staff_id=worker, leads=True, since=opened_on)
    for stage, on in _stages(person, opened_on, work.today()):
        yield "stage_change", made(case_id=case_id, stage=stage, on=on)
    if person.note:
        yield "note", made(case_id=case_id, kind=NoteKind.OTHER, on=work.today(), words=person.note)


def _stages(person: ImportedPerson, opened_on: date, today: date) -> Iterator[tuple[Stage, date]]:
    yield Stage.INTAKE, opened_on
    if person.stage is not Stage.INTAKE:
        yield person.stage, person.closed_on or max(opened_on, today)


def without(mapping: ImportMapping, header: str, field: ImportField | None) -> ImportMapping:
    """The mapping with one column decided anew."""
    return replace(mapping, columns={**mapping.columns, header: field})
