"""What a deletion does to the tables: words emptied while the counts stay, or everything gone but a stone.

Past the history and the undo on purpose, with plain statements in the request of `purging.purge`.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, select, update

from aftercare.domain.folding import index_text
from aftercare.domain.retention import FIELDS, ROWS, Kept, emptied
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.records.access import Approval
from aftercare.records.base import Base
from aftercare.records.notes import Draft, Note
from aftercare.records.office import Change, Request, SearchEntry
from aftercare.records.people import Survivor
from aftercare.records.retention import Purged, Stone
from aftercare.services.purging_scope import (
    AT_ONCE,
    Person,
    changes_of,
    drafts_of,
    fields_to_empty,
    has_words,
    in_chunks,
    rows_of,
    tables_about_people,
)
from aftercare.services.work import Work


def forget_around(work: Work, person: Person) -> None:
    """What was typed and not saved, what was said to a second person, and that any of it could be undone."""
    connection = work.session.connection()
    drafts = list(drafts_of(work, person))
    connection.execute(delete(Draft).where(Draft.id.in_(drafts)))
    connection.execute(update(Approval).where(Approval.wanted == person.id).values(words=""))
    _empty_askings(work, person)
    for some in in_chunks([change["request_id"] for change in changes_of(work, person)]):
        connection.execute(update(Request).where(Request.id.in_(some)).values(released=True))


def _empty_askings(work: Work, person: Person) -> None:
    """What somebody wrote to a second person about her and then asked anew stands in the history of approvals."""
    connection = work.session.connection()
    table = Change.__table__
    removed = select(table.c.seq, table.c.fields).where(table.c.kind == Approval.__tablename__)
    for seq, fields in connection.execute(removed.where(table.c.action == "removed")).all():
        if fields and fields.get("wanted") == str(person.id):
            connection.execute(delete(Change).where(Change.seq == seq))


# --- the whole record ------------------------------------------------------------------------------------------------


def delete_whole(work: Work, person: Person) -> None:
    connection = work.session.connection()
    for some in in_chunks([change["seq"] for change in changes_of(work, person)]):
        connection.execute(delete(Change).where(Change.seq.in_(some)))
    delete_entries(work, SearchEntry.survivor_id == person.id)
    connection.execute(update(Note).where(Note.moved_from_id == person.id).values(moved_from_id=None))
    survivor = person.survivor
    work.session.add(Stone(number=survivor.number, case_code=survivor.case_code, laid_on=work.today()))
    work.session.flush()
    work.session.expunge_all()
    for table in tables_about_people():
        connection.execute(delete(table).where(table.c.survivor_id == person.id))
    connection.execute(delete(Survivor).where(Survivor.id == person.id))


# --- words -----------------------------------------------------------------------------------------------------------


def empty_words(work: Work, person: Person, order: PurgeOrder, certificate: int) -> None:
    work.add(Purged(survivor_id=person.id, kinds=sorted(order.kinds), on=work.today(), certificate=certificate))
    work.session.flush()
    work.session.expunge_all()
    connection = work.session.connection()
    rows_gone = {name for kind in order.kinds for name in ROWS[kind]}
    for name in rows_gone:
        table = Base.metadata.tables[name]
        connection.execute(delete(table).where(rows_of(table, person)))
    for name in {name for kind in order.kinds for name in FIELDS[kind]}:
        _empty_fields(work, Base.metadata.tables[name], fields_to_empty(order, name), person)
    _empty_changes(work, person, order, rows_gone)
    _empty_search(work, person, order)


def _empty_fields(work: Work, table: Table, fields: tuple[str, ...], person: Person) -> None:
    connection = work.session.connection()
    rows = connection.execute(select(table).where(rows_of(table, person))).mappings().all()
    emptying = [
        {"key": row["id"], **{f"new_{name}": emptied(table.name, name, row[name]) for name in fields}}
        for row in rows
        if any(has_words(table.name, name, row[name]) for name in fields)
    ]
    if emptying:
        new: dict[str, Any] = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in fields}
        new["version"] = table.c.version + 1  # a form that was made before must not save them again
        connection.execute(
            update(table).where(table.c.id == bindparam("key", type_=table.c.id.type)).values(new), emptying
        )


def _empty_changes(work: Work, person: Person, order: PurgeOrder, rows_gone: set[str]) -> None:
    """What changes remember of the words; a removal that held any goes as a whole, else it could be brought back."""
    connection = work.session.connection()
    gone: list[Any] = []
    for change in changes_of(work, person):
        closed = set(fields_to_empty(order, change["kind"]))
        told = change["fields"] or {}
        if change["kind"] in rows_gone or (change["action"] == "removed" and closed & set(told)):
            gone.append(change["seq"])
        elif closed & set(told):
            left = {name: value for name, value in told.items() if name not in closed}
            if left:
                connection.execute(update(Change).where(Change.seq == change["seq"]).values(fields=left))
            else:
                gone.append(change["seq"])
    for some in in_chunks(gone):
        connection.execute(delete(Change).where(Change.seq.in_(some)))


def _empty_search(work: Work, person: Person, order: PurgeOrder) -> None:
    """By what she was found before she is found no more; her code stays."""
    connection = work.session.connection()
    mine = SearchEntry.survivor_id == person.id
    if Kept.NARRATIVE in order.kinds:
        delete_entries(work, mine, SearchEntry.kind == "note")
    for kind, table in ((Kept.CONTACT, "survivor_name"), (Kept.IDENTITY, "identity_number")):
        if kind in order.kinds:
            for some in in_chunks(person.keys[table]):
                connection.execute(delete(SearchEntry).where(mine, SearchEntry.object_id.in_(some)))
    if Kept.CONTACT in order.kinds:
        words = index_text(work.get(Survivor, person.id).search_words())
        connection.execute(update(SearchEntry).where(SearchEntry.object_id == person.id).values(text=words))


def delete_entries(work: Work, *conditions: Any) -> None:
    """Many at once where they are many: one by one each would be looked for in every list of a frequent word."""
    from aftercare.vault.search_index import forgetting_at_once

    connection = work.session.connection()
    many = (connection.scalar(select(func.count()).select_from(SearchEntry).where(*conditions)) or 0) > AT_ONCE
    with forgetting_at_once(connection) if many else nullcontext():
        connection.execute(delete(SearchEntry).where(*conditions))
