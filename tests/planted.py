"""Words that occur nowhere else, planted into every field about a person, and a look for them in every page."""

from __future__ import annotations

import shutil
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, Date, Enum, Integer, Numeric, String, Table, Time, Uuid

from aftercare.domain.codes import Stage
from aftercare.domain.permissions import Permission
from aftercare.domain.retention import STAY
from aftercare.records.base import Base, Moment, Record
from aftercare.records.people import Case, Survivor
from aftercare.services.desk import Desk
from aftercare.services.drafts import keep_draft
from aftercare.services.history import kinds_of_record
from aftercare.services.work import Work, needs
from aftercare.vault import read_backup
from aftercare.vault.files import Layout
from aftercare.vault.opened import OpenVault
from aftercare.vault.salvage_pages import Pages
from makers import COLLEAGUE, a_colleague

CLOSED_ON = date(2025, 2, 1)
_CODES = {"area", "created_by", "birth_date"}
_APART = {"purged", "legal_hold"}


def plant(desk: Desk, survivor_id: UUID, mark: str, *, close: bool = True) -> None:
    """Give a person a record of every kind with the mark in every text, changed once, and a draft; close her case."""
    a_colleague(desk)
    desk.do(_add_everything, survivor_id, f"{mark}first")
    desk.do(_change_everything, survivor_id, f"{mark}second")
    desk.do(_remove_one_of_some, survivor_id)
    desk.do(keep_draft, "note", str(survivor_id), {"words": f"{mark}draft"})
    if close:
        desk.do(close_case, survivor_id)


@needs(Permission.WRITE_RECORDS)
def close_case(work: Work, survivor_id: UUID) -> None:
    for case in work.session.query(Case).filter(Case.survivor_id == survivor_id):
        case.stage, case.closed_on = Stage.CLOSED, CLOSED_ON


def _kinds() -> list[type[Record]]:
    """Every kind about a person in an order in which each finds what it refers to."""
    order = {table.name: at for at, table in enumerate(Base.metadata.sorted_tables)}
    about = [
        kind for name, kind in kinds_of_record().items() if "survivor_id" in kind.__table__.c and name not in _APART
    ]
    return sorted(about, key=lambda kind: order[kind.__tablename__])


def _table(kind: type[Record]) -> Table:
    return Base.metadata.tables[kind.__tablename__]


@needs(Permission.WRITE_RECORDS)
def _add_everything(work: Work, survivor_id: UUID, mark: str) -> None:
    there: dict[str, UUID] = {"survivor": survivor_id, "staff": COLLEAGUE}
    there["survivor_case"] = work.session.query(Case.id).filter(Case.survivor_id == survivor_id).scalar()
    for kind in _kinds():
        table = _table(kind)
        if table.name in ("survivor_case", "plan") and table.name in there:
            continue
        values = {column.name: _value(table, column, mark, there) for column in table.columns if _is_wanted(column)}
        there[table.name] = work.add(kind(**values)).id
        work.session.flush()


def _is_wanted(column: Any) -> bool:
    return column.name not in ("id", "created_at", "created_by", "version", "undone_by") and not (
        column.foreign_keys and column.nullable
    )


def _value(table: Table, column: Any, mark: str, there: dict[str, UUID]) -> Any:
    for key in column.foreign_keys:
        return there[key.column.table.name]
    kind = column.type
    plain: list[tuple[Any, Any]] = [
        (Moment, datetime(2025, 1, 2, 9).astimezone()),
        (Boolean, False),
        (Integer, abs(hash((table.name, mark))) % 10**9 + 7),
        (Numeric, 1),
        (Date, date(2025, 1, 2)),
        (Time, time(9)),
        (Uuid, there["survivor"]),
    ]
    if isinstance(kind, Enum):
        return next(iter(kind.enum_class or ("housing",)))
    for of, value in plain:
        if isinstance(kind, of):
            return value
    return _words(table, column, mark)


def _words(table: Table, column: Any, mark: str) -> Any:
    stays = column.name in _CODES or column.name in STAY.get(table.name, ())
    if isinstance(column.type, JSON):
        if (table.name, column.name) == ("safe_job_check", "answers"):
            return {"contract": {"answer": "yes", "words": mark}}
        listed = [] if stays else [mark]
        return listed if _is_list(table, column) else ({} if stays else {"form": 1, "areas": [{"words": mark}]})
    if column.name == "birth_date":
        return "1998-05-12"
    if stays:
        return "x"
    assert isinstance(column.type, String)
    return mark[: column.type.length or 200]


def _is_list(table: Table, column: Any) -> bool:
    annotation = str(kinds_of_record()[table.name].__annotations__[column.name])
    return "list" in annotation


@needs(Permission.WRITE_RECORDS)
def _change_everything(work: Work, survivor_id: UUID, mark: str) -> None:
    """Every text once more, so that the history holds the one before."""
    from aftercare.records.plans import PlanVersion

    survivor = work.get(Survivor, survivor_id)
    for record in [survivor, *_records(work, survivor_id)]:
        table = _table(type(record))
        if isinstance(record, PlanVersion):
            continue
        for column in table.columns:
            kept = column.name in _CODES or column.name in STAY.get(table.name, ())
            is_text = isinstance(column.type, String | JSON) and not isinstance(column.type, Enum | Moment | Uuid)
            if _is_wanted(column) and is_text and not kept:
                setattr(record, column.name, _words(table, column, mark))
            elif column.name == "birth_date":
                setattr(record, column.name, "1997-04-11")


def _records(work: Work, survivor_id: UUID) -> list[Record]:
    return [
        record
        for kind in _kinds()
        for record in work.session.query(kind).filter(kind.__table__.c.survivor_id == survivor_id)
    ]


@needs(Permission.WRITE_RECORDS)
def _remove_one_of_some(work: Work, survivor_id: UUID) -> None:
    """What was removed stands whole in the history."""
    for record in _records(work, survivor_id):
        if record.__tablename__ in ("alert", "spoken_language", "exclusion", "addendum"):
            work.remove(record)


# --- looking ---------------------------------------------------------------------------------------------------------


def traces(vault: OpenVault, mark: str) -> dict[str, int]:
    """Where the mark stands: in which table how often, and in how many pages of the file and of its log."""
    found: dict[str, int] = {}
    connection = vault.engine.raw_connection()
    try:
        driver: Any = connection.driver_connection
        names = [name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            hits = sum(mark in _said(row) for row in driver.execute(f'SELECT * FROM "{name}"'))
            if hits:
                found[name] = hits
    finally:
        connection.close()
    if pages := pages_with(Layout(vault.folder), vault.unlocked.raw_database_key, mark):
        found["pages"] = pages
    return found


def _said(row: Any) -> str:
    return " ".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in row).lower()


def pages_with(layout: Layout, raw_key: str, mark: str) -> int:
    """In how many decrypted pages the mark stands, used or free."""
    wanted = mark.encode()
    with Pages(layout, raw_key) as pages:
        return sum(wanted in (pages.get(number) or b"").lower() for number in range(1, pages.count + 1))


def backups_with(vault: OpenVault, folder: Path, mark: str, scratch: Path) -> list[str]:
    """The backups in a folder in which the mark stands."""
    found = []
    for path in sorted(folder.glob("*.backup")):
        backup = read_backup(path)
        layout = Layout(scratch)
        scratch.mkdir(exist_ok=True)
        with path.open("rb") as source, layout.database.open("wb") as out:
            out.write(source.read(backup.label.database_bytes))
        if pages_with(layout, backup.contents(vault.unlocked.data_key).raw_key, mark):
            found.append(path.name)
        shutil.rmtree(scratch)
    return found


__all__ = ["CLOSED_ON", "backups_with", "pages_with", "plant", "traces"]
