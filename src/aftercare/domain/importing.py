"""Taking a caseload over from a table: what can be taken over, what was read, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from aftercare.domain.codes import ClosureReason, Stage
from aftercare.domain.drafts.people import IntakeDraft

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 500
SHOWN_PROBLEMS = 500
SHOWN_PEOPLE = 50


class ImportField(StrEnum):
    """What a column can be taken over as."""

    GIVEN_NAME = "given_name"
    FAMILY_NAME = "family_name"
    FULL_NAME = "full_name"
    PREFERRED_NAME = "preferred_name"
    FORMER_NAME = "former_name"
    LOCAL_NAME = "local_name"
    BIRTH_DATE = "birth_date"
    AGE = "age"
    GENDER = "gender"
    CITIZENSHIP = "citizenship"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    PHONE = "phone"
    EMAIL = "email"
    CONTACT_WAYS = "contact_ways"
    NO_MESSAGES = "no_messages"
    NAME_TO_USE = "name_to_use"
    CONTACT_WORDS = "contact_words"
    REFERENCE = "reference"
    ID_NUMBER = "id_number"
    PASSPORT = "passport"
    SPECIAL_NEEDS = "special_needs"
    VULNERABILITIES = "vulnerabilities"
    OPENED_ON = "opened_on"
    REFERRAL_SOURCE = "referral_source"
    REFERRAL_WORDS = "referral_words"
    REFERRED_ON = "referred_on"
    STAGE = "stage"
    CLOSED_ON = "closed_on"
    CLOSURE_REASON = "closure_reason"
    RISK = "risk"
    RISK_REASON = "risk_reason"
    CASE_WORKER = "case_worker"
    NOTE = "note"


class DateOrder(StrEnum):
    """How dates are written in numbers; a year in front is always understood."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class Alike(StrEnum):
    """What to do with rows that look like people who are known."""

    STOP = "stop"
    SKIP = "skip"
    KEEP = "keep"


class FileFault(StrEnum):
    """Why a file is no table; words for them are among `notices.REASONS`."""

    TOO_LARGE = "file_too_large"
    SWELLS = "file_swells"
    ENCRYPTED = "file_encrypted"
    DAMAGED = "file_damaged"
    OLD_FORMAT = "file_old_format"
    NOT_TEXT = "file_not_text"
    EMPTY = "file_empty"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    NO_SUCH_SHEET = "no_such_sheet"


class MappingFault(StrEnum):
    NOT_TOML = "mapping_not_toml"
    UNKNOWN_KEY = "mapping_unknown_key"
    UNKNOWN_FIELD = "mapping_unknown_field"
    UNKNOWN_COLUMN = "mapping_unknown_column"
    UNKNOWN_ORDER = "mapping_unknown_order"
    NOTHING_MAPPED = "mapping_nothing_mapped"


@dataclass(frozen=True, slots=True)
class ImportMapping:
    """What somebody decided about a table: columns by header (None: leave it out), values by field, order of dates.

    Columns that are not named are guessed, unless `only_these`.
    """

    columns: Mapping[str, ImportField | None] = field(default_factory=dict)
    values: Mapping[ImportField, Mapping[str, str]] = field(default_factory=dict)
    date_order: DateOrder | None = None
    sheet: str = ""
    encoding: str = ""
    only_these: bool = False


@dataclass(frozen=True, slots=True)
class ColumnRead:
    """A column as it was understood; `standard_name` is that of HTCDS where it is one that has no place here yet."""

    position: int
    header: str
    field: ImportField | None
    standard_name: str = ""
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in a row: `row` as the spreadsheet counts, `accepted` what could stand there."""

    row: int
    header: str
    field: ImportField
    reason: str
    value: str = ""
    accepted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """A row as it will be recorded."""

    row: int
    intake: IntakeDraft
    stage: Stage = Stage.INTAKE
    closed_on: date | None = None
    closure_reason: ClosureReason | None = None
    case_worker: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AlikeRow:
    """A row that looks like a person who is known (`case_code`) or like an earlier row; `reason` is a code."""

    row: int
    reason: str
    case_code: str = ""
    other_row: int = 0
    survivor_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One person as the preview shows it."""

    row: int
    name: str
    born: str
    stage: Stage
    opened_on: date | None
    has_problem: bool


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do; `problems` and `alike` hold the first few hundred of so many."""

    sheet: str
    sheets: tuple[str, ...]
    columns: tuple[ColumnRead, ...]
    date_order: DateOrder
    people: int
    empty_rows: int
    rows: tuple[PreviewRow, ...]
    problems: tuple[CellProblem, ...]
    problem_count: int
    alike: tuple[AlikeRow, ...]
    alike_count: int

    @property
    def can_be_imported(self) -> bool:
        return self.people > 0 and self.problem_count == 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What was imported: how many people under which codes, and how many rows were left out as known."""

    people: int
    first_code: str = ""
    last_code: str = ""
    left_out: int = 0
    problems: tuple[CellProblem, ...] = field(default=())
