"""Which column is what: by our labels, by what shelters usually write above a column, and by HTCDS names and labels.

The line that people see beats the line of technical names above it: in IOM's own spreadsheet the two disagree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from aftercare.domain.errors import ImportUnreadable, MappingUnreadable
from aftercare.domain.importing import ColumnRead, FileFault, ImportField, ImportMapping, MappingFault
from aftercare.exchange import htcds
from aftercare.exchange.tables import Cell, Row
from aftercare.i18n import current
from aftercare.words.importing import FIELDS

F = ImportField
_LOOKED_AT = 12  # lines in which a header is looked for
_SAMPLES = 3
_NOT_WORDS = re.compile(r"[\W_]+")

SYNONYMS: dict[ImportField, tuple[str, ...]] = {
    F.GIVEN_NAME: ("given name", "given names", "first name", "first names", "forename", "prénom", "nombre", "vorname"),
    F.FAMILY_NAME: ("family name", "last name", "surname", "second name", "nom", "apellido", "apellidos", "nachname"),
    F.FULL_NAME: ("name", "full name", "client name", "survivor", "client", "beneficiary", "nom complet"),
    F.PREFERRED_NAME: ("preferred name", "known as", "nickname", "alias", "called"),
    F.FORMER_NAME: ("former name", "maiden name", "previous name"),
    F.LOCAL_NAME: ("name in local script", "local script", "name in own script", "native name"),
    F.BIRTH_DATE: ("date of birth", "birth date", "birthdate", "dob", "d.o.b.", "born", "year of birth", "birthday"),
    F.AGE: ("age", "age range", "age group", "age at intake"),
    F.GENDER: ("gender", "sex", "m/f", "genre", "género", "geschlecht"),
    F.CITIZENSHIP: ("citizenship", "citizenships", "nationality", "nationalities", "country of origin", "country"),
    F.LANGUAGE: ("language", "languages", "spoken languages", "mother tongue", "first language", "primary language"),
    F.INTERPRETER: ("interpreter", "interpreter needed", "needs interpreter"),
    F.PHONE: ("phone", "telephone", "tel", "mobile", "mobile phone", "phone number", "home phone", "cell"),
    F.EMAIL: ("email", "e-mail", "mail", "email address"),
    F.CONTACT_WAYS: ("contact", "safe contact", "how to contact", "ways of contact", "preferred contact"),
    F.NO_MESSAGES: ("never leave a message", "no messages", "no voicemail"),
    F.NAME_TO_USE: ("name to use", "name to use on the phone"),
    F.CONTACT_WORDS: ("contact notes", "contact rules", "safe contact notes"),
    F.REFERENCE: ("reference", "ref", "client id", "client no", "client number", "case number", "case no", "case id",
                  "case code", "file number", "file no", "code", "id", "no", "nr"),
    F.ID_NUMBER: ("id number", "identity number", "national id", "id card", "id no", "identity card"),
    F.PASSPORT: ("passport", "passport number", "passport no"),
    F.SPECIAL_NEEDS: ("special needs", "needs"),
    F.VULNERABILITIES: ("vulnerabilities", "vulnerability"),
    F.OPENED_ON: ("opened", "opened on", "case opened", "intake date", "date of intake", "arrival", "arrived",
                  "arrival date",
                  "admission", "admission date", "entry date", "since", "start date", "intake"),
    F.REFERRAL_SOURCE: ("referral source", "referred by", "source", "source of referral"),
    F.REFERRAL_WORDS: ("referral notes", "referral details", "referring organisation", "referring organization",
                       "referring agency"),
    F.REFERRED_ON: ("referred on", "referral date", "date of referral"),
    F.STAGE: ("stage", "status", "case status", "phase"),
    F.CLOSED_ON: ("closed", "closed on", "case closed", "exit date", "closure date", "date of closure", "end date"),
    F.CLOSURE_REASON: ("closure reason", "reason for closing", "reason for closure", "exit reason"),
    F.RISK: ("risk", "risk level"),
    F.RISK_REASON: ("risk reason", "reason for risk", "risk notes"),
    F.CASE_WORKER: ("case worker", "caseworker", "worker", "key worker", "keyworker", "social worker", "case manager",
                    "responsible"),
    F.NOTE: ("note", "notes", "comment", "comments", "remarks", "observations", "case comment"),
}  # fmt: skip


def plain(text: str) -> str:
    """A header or value without case, marks, blanks and signs."""
    bare = unicodedata.normalize("NFKD", text.replace("\xa0", " ").casefold())
    return _NOT_WORDS.sub("", "".join(sign for sign in bare if not unicodedata.combining(sign)))


@lru_cache(maxsize=8)
def _known_headers(tag: str) -> Mapping[str, ImportField]:
    """Our own labels in the language of the interface first, then English, then what others write."""
    from aftercare.i18n import language

    known: dict[str, ImportField] = {}
    for tell in (language(tag).tr, str):
        for field, label in FIELDS.items():
            known.setdefault(plain(tell(label)), field)
    for field, others in SYNONYMS.items():
        known.setdefault(plain(field.value), field)
        for other in others:
            known.setdefault(plain(other), field)
    return known


@lru_cache(maxsize=1)
def _standard() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """HTCDS names by plain name (aliases too) and by plain label; a label that two fields share is left out."""
    by_name = {plain(field.name): field.name for field in htcds.standard_fields()}
    by_name |= {plain(alias): name for alias, name in htcds.ALIASES.items()}
    labels = [plain(field.label) for field in htcds.standard_fields()]
    by_label = {
        plain(field.label): field.name for field in htcds.standard_fields() if labels.count(plain(field.label)) == 1
    }
    return by_name, by_label


@dataclass(frozen=True, slots=True)
class _Understood:
    field: ImportField | None
    standard_name: str = ""

    @property
    def known(self) -> bool:
        return self.field is not None or bool(self.standard_name)


_UNKNOWN = _Understood(None)


def _as_label(text: str) -> _Understood:
    wanted = plain(text)
    field = _known_headers(current().tag).get(wanted) if wanted else None
    if field is not None:
        return _Understood(field)
    name = _standard()[1].get(wanted, "") if wanted else ""
    return _Understood(htcds.PLACES.get(name), name) if name else _UNKNOWN


def _as_name(text: str) -> _Understood:
    wanted = plain(text) if "_" in text else ""
    name = _standard()[0].get(wanted, "") if wanted else ""
    return _Understood(htcds.PLACES.get(name), name) if name else _UNKNOWN


def _understood(text: str) -> _Understood:
    as_name = _as_name(text)
    return as_name if as_name.known else _as_label(text)


# --- the header of a table ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Header:
    """The columns, and the place of the first row below them."""

    columns: tuple[ColumnRead, ...]
    first_row: int


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without «.0», days as ISO."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ", "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def read_header(rows: tuple[Row, ...], mapping: ImportMapping) -> Header:
    """Find the line with the names of the columns (with a line of labels below it, the labels count)."""
    mapped = {plain(header): field for header, field in mapping.columns.items()}
    place = _place_of_header(rows, lambda text: plain(text) in mapped or _understood(text).known)
    names = [text_of(cell) for cell in rows[place]]
    labels = [text_of(cell) for cell in rows[place + 1]] if place + 1 < len(rows) else []
    technical = sum(_as_name(name).known for name in names)
    two_lines = technical >= 2 and sum(_as_label(label).known for label in labels) >= technical // 2
    if two_lines:
        width = max(len(names), len(labels))
        names += [""] * (width - len(names))
        labels += [""] * (width - len(labels))
    first_row = place + (2 if two_lines else 1)
    columns = []
    for position, name in enumerate(names):
        label = labels[position] if two_lines else ""
        header = label or name
        if not header:
            continue
        understood = _decided(header, name, label, mapped, mapping.only_these)
        columns.append(
            ColumnRead(
                position, header, understood.field, understood.standard_name, _samples(rows, first_row, position)
            )
        )
    _refuse_strangers(mapping, columns, names)
    return Header(tuple(columns), first_row)


def _place_of_header(rows: tuple[Row, ...], is_known: Callable[[str], bool]) -> int:
    best, most = None, 0
    for place, row in enumerate(rows[:_LOOKED_AT]):
        texts = [text_of(cell) for cell in row]
        known = sum(bool(text) and is_known(text) for text in texts)
        if known > most:
            best, most = place, known
    if best is None:
        best = next((place for place, row in enumerate(rows) if any(text_of(cell) for cell in row)), None)
    if best is None:
        raise ImportUnreadable(FileFault.EMPTY)
    return best


def _decided(
    header: str, name: str, label: str, mapped: Mapping[str, ImportField | None], only_these: bool
) -> _Understood:
    for text in (header, name):
        if plain(text) in mapped:
            return _Understood(mapped[plain(text)])
    if only_these:
        return _UNKNOWN
    if label:
        below = _as_label(label)
        return below if below.known else _as_name(name)
    return _understood(header)


def _samples(rows: tuple[Row, ...], first_row: int, position: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for row in rows[first_row : first_row + 200]:
        text = text_of(row[position]) if position < len(row) else ""
        if text:
            found[text[:80]] = None
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def _refuse_strangers(mapping: ImportMapping, columns: list[ColumnRead], names: list[str]) -> None:
    there = {plain(column.header) for column in columns} | {plain(name) for name in names}
    for header in mapping.columns:
        if plain(header) not in there:
            raise MappingUnreadable(MappingFault.UNKNOWN_COLUMN, header)
