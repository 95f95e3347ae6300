"""Deleting: of one person all words while the counts stay, or everything but a stone; what nobody can take back.

Written past the history and the undo on purpose, in one transaction with the certificate and its line in the log: a
crash leaves all of it or nothing. Search follows by its triggers. What is left of the words in free pages, the log of
the file and backups is cleared afterwards (services/forgetting.py), as the certificate remembers until it is done.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, func, select, update

from aftercare.domain.approving import Approvable
from aftercare.domain.errors import CaseStillOpen, RecordHeld
from aftercare.domain.folding import index_text
from aftercare.domain.permissions import Permission
from aftercare.domain.retention import FIELDS, ROWS, WORDS, Extent, Kept, due_kinds, emptied
from aftercare.domain.rows.retention import PurgeOrder, PurgePreview
from aftercare.queries import retention as queries
from aftercare.records.access import Approval
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.base import Base
from aftercare.records.notes import Draft, Note
from aftercare.records.office import Change, Request, SearchEntry
from aftercare.records.people import Survivor
from aftercare.records.retention import Certificate, Purged, Stone
from aftercare.services.history import trail_of
from aftercare.services.office import next_number, office_settings
from aftercare.services.retention import has_hold
from aftercare.services.work import Work, needs

_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")
_TOLD_APART = ("change", "search_entry", "caseload_entry")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Person:
    """Whom it is about, with the key of everything that is known about her, by table."""

    survivor: Survivor
    keys: Mapping[str, tuple[UUID, ...]]

    @property
    def id(self) -> UUID:
        return self.survivor.id

    @property
    def all_keys(self) -> set[UUID]:
        return {self.id, *(key for keys in self.keys.values() for key in keys)}


# --- looking -----------------------------------------------------------------------------------------------------


@needs(Permission.PURGE_RECORDS)
def show_purge(work: Work, order: PurgeOrder) -> PurgePreview:
    """What the order would take, and what stands against it; nothing is changed."""
    person = _person(work, order.survivor_id)
    closed = queries.closed_on(work.session, person.id)
    gone = queries.deleted_kinds(work.session, person.id).get(person.id, {})
    return PurgePreview(
        case_code=person.survivor.case_code,
        extent=order.extent,
        counts=_counts(work, person, order),
        changes=len(_changes(work, person)),
        drafts=len(list(_drafts(work, person))),
        is_held=has_hold(work, person.id),
        is_open=closed is None,
        due=due_kinds(closed, work.today(), office_settings(work).terms, gone),
    )


def _person(work: Work, survivor_id: UUID) -> _Person:
    """NotFound where whoever asks may not see her."""
    survivor = work.get(Survivor, survivor_id)
    connection = work.session.connection()
    keys = {
        table.name: tuple(connection.scalars(select(table.c.id).where(table.c.survivor_id == survivor_id)))
        for table in _about_people()
        if "id" in table.c
    }
    return _Person(survivor, keys)


def _about_people() -> Iterator[Table]:
    """Every table with rows about one person, but for what follows by itself."""
    for table in Base.metadata.sorted_tables:
        if "survivor_id" in table.c and table.name not in _TOLD_APART:
            yield table


def _counts(work: Work, person: _Person, order: PurgeOrder) -> dict[str, int]:
    if order.extent is Extent.WHOLE:
        return {"survivor": 1} | {name: len(keys) for name, keys in sorted(person.keys.items()) if keys}
    connection = work.session.connection()
    counts = {}
    for name in sorted({name for kind in order.kinds for name in (*ROWS[kind], *FIELDS[kind])}):
        table = Base.metadata.tables[name]
        fields = _fields(order, name)
        rows = connection.execute(select(table).where(_of(table, person))).mappings().all()
        if some := sum(not fields or any(_has_words(name, field, row[field]) for field in fields) for row in rows):
            counts[name] = some
    return counts


def _has_words(table: str, field: str, value: Any) -> bool:
    return value not in (None, "", [], {}) and emptied(table, field, value) != value


def _fields(order: PurgeOrder, table: str) -> tuple[str, ...]:
    return tuple(name for kind in sorted(order.kinds) for name in FIELDS[kind].get(table, ()))


def _of(table: Table, person: _Person) -> Any:
    return (table.c.id if table.name == "survivor" else table.c.survivor_id) == person.id


# --- deleting ----------------------------------------------------------------------------------------------------


@needs(Permission.PURGE_RECORDS, confirmed=True)
def purge(work: Work, order: PurgeOrder) -> UUID:
    """Delete what the order says, and give back the key of the certificate; this is never undone.

    RecordHeld, CaseStillOpen, ApprovalNeeded: then nothing is deleted.
    """
    person = _person(work, order.survivor_id)
    if has_hold(work, person.id):
        raise RecordHeld
    if queries.closed_on(work.session, person.id) is None:
        raise CaseStillOpen
    work.needs_approval(Approvable.PURGE, person.id, order.extent.value, *sorted(_kinds(order)))
    work.session.flush()
    order = PurgeOrder(person.id, order.extent, _kinds(order))
    counts = _counts(work, person, order)
    certificate = _certify(work, person, order, counts)
    work.session.flush()
    _forget_around(work, person)
    if order.extent is Extent.WHOLE:
        _delete_whole(work, person)
    else:
        _empty_words(work, person, order, certificate.number)
    _tell(work, person, counts)
    return certificate.id


def _kinds(order: PurgeOrder) -> frozenset[Kept]:
    if order.extent is Extent.WHOLE:
        return frozenset({Kept.WHOLE})
    return (order.kinds or WORDS) & WORDS


def _certify(work: Work, person: _Person, order: PurgeOrder, counts: dict[str, int]) -> Certificate:
    number = next_number(work, "certificate")
    said = f"certificate={number} extent={order.extent.value}"
    seq = work.audit.append(work.session, work.now(), work.actor.id, "purged", "survivor", person.id, said)
    mac = work.session.connection().scalar(select(AUDIT_ENTRY.c.mac).where(AUDIT_ENTRY.c.seq == seq)) or b""
    mine = select(Approval.answered_by).where(
        Approval.action == Approvable.PURGE.value,
        Approval.wanted == person.id,
        Approval.asked_by == work.actor.id,
        Approval.carried_out_at == work.now(),
    )
    return work.add(
        Certificate(
            number=number,
            at=work.now(),
            extent=order.extent,
            kinds=sorted(order.kinds),
            counts=counts,
            agreed_by=work.session.scalar(mine.limit(1)),
            log_seq=seq,
            fingerprint=mac.hex()[:16],
        )
    )


def _forget_around(work: Work, person: _Person) -> None:
    """What was typed and not saved, what was said to a second person, and that any of it could be undone."""
    connection = work.session.connection()
    drafts = list(_drafts(work, person))
    connection.execute(delete(Draft).where(Draft.id.in_(drafts)))
    connection.execute(update(Approval).where(Approval.wanted == person.id).values(words=""))
    _empty_askings(work, person)
    for some in _chunks([change["request_id"] for change in _changes(work, person)]):
        connection.execute(update(Request).where(Request.id.in_(some)).values(released=True))


def _empty_askings(work: Work, person: _Person) -> None:
    """What somebody wrote to a second person about her and then asked anew stands in the history of approvals."""
    connection = work.session.connection()
    table = Change.__table__
    removed = select(table.c.seq, table.c.fields).where(table.c.kind == Approval.__tablename__)
    for seq, fields in connection.execute(removed.where(table.c.action == "removed")).all():
        if fields and fields.get("wanted") == str(person.id):
            connection.execute(delete(Change).where(Change.seq == seq))


def _delete_whole(work: Work, person: _Person) -> None:
    connection = work.session.connection()
    for some in _chunks([change["seq"] for change in _changes(work, person)]):
        connection.execute(delete(Change).where(Change.seq.in_(some)))
    _delete_entries(work, SearchEntry.survivor_id == person.id)
    connection.execute(update(Note).where(Note.moved_from_id == person.id).values(moved_from_id=None))
    survivor = person.survivor
    work.session.add(Stone(number=survivor.number, case_code=survivor.case_code, laid_on=work.today()))
    work.session.flush()
    work.session.expunge_all()
    for table in _about_people():
        connection.execute(delete(table).where(table.c.survivor_id == person.id))
    connection.execute(delete(Survivor).where(Survivor.id == person.id))


def _empty_words(work: Work, person: _Person, order: PurgeOrder, certificate: int) -> None:
    work.add(Purged(survivor_id=person.id, kinds=sorted(order.kinds), on=work.today(), certificate=certificate))
    work.session.flush()
    work.session.expunge_all()
    connection = work.session.connection()
    rows_gone = {name for kind in order.kinds for name in ROWS[kind]}
    for name in rows_gone:
        table = Base.metadata.tables[name]
        connection.execute(delete(table).where(_of(table, person)))
    for name in {name for kind in order.kinds for name in FIELDS[kind]}:
        _empty_fields(work, Base.metadata.tables[name], _fields(order, name), person)
    _empty_changes(work, person, order, rows_gone)
    _empty_search(work, person, order)


def _empty_fields(work: Work, table: Table, fields: tuple[str, ...], person: _Person) -> None:
    connection = work.session.connection()
    rows = connection.execute(select(table).where(_of(table, person))).mappings().all()
    emptying = [
        {"key": row["id"], **{f"new_{name}": emptied(table.name, name, row[name]) for name in fields}}
        for row in rows
        if any(_has_words(table.name, name, row[name]) for name in fields)
    ]
    if emptying:
        new: dict[str, Any] = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in fields}
        new["version"] = table.c.version + 1  # a form that was made before must not save them again
        connection.execute(
            update(table).where(table.c.id == bindparam("key", type_=table.c.id.type)).values(new), emptying
        )


def _empty_changes(work: Work, person: _Person, order: PurgeOrder, rows_gone: set[str]) -> None:
    """What changes remember of the words; a removal that held any goes as a whole, else it could be brought back."""
    connection = work.session.connection()
    gone: list[Any] = []
    for change in _changes(work, person):
        closed = set(_fields(order, change["kind"]))
        told = change["fields"] or {}
        if change["kind"] in rows_gone or (change["action"] == "removed" and closed & set(told)):
            gone.append(change["seq"])
        elif closed & set(told):
            left = {name: value for name, value in told.items() if name not in closed}
            if left:
                connection.execute(update(Change).where(Change.seq == change["seq"]).values(fields=left))
            else:
                gone.append(change["seq"])
    for some in _chunks(gone):
        connection.execute(delete(Change).where(Change.seq.in_(some)))


def _delete_entries(work: Work, *conditions: Any) -> None:
    """Many at once where they are many: one by one each would be looked for in every list of a frequent word."""
    from aftercare.vault.search_index import forgetting_at_once

    connection = work.session.connection()
    many = (connection.scalar(select(func.count()).select_from(SearchEntry).where(*conditions)) or 0) > _AT_ONCE
    with forgetting_at_once(connection) if many else nullcontext():
        connection.execute(delete(SearchEntry).where(*conditions))


def _empty_search(work: Work, person: _Person, order: PurgeOrder) -> None:
    """By what she was found before she is found no more; her code stays."""
    connection = work.session.connection()
    mine = SearchEntry.survivor_id == person.id
    if Kept.NARRATIVE in order.kinds:
        _delete_entries(work, mine, SearchEntry.kind == "note")
    for kind, table in ((Kept.CONTACT, "survivor_name"), (Kept.IDENTITY, "identity_number")):
        if kind in order.kinds:
            for some in _chunks(person.keys[table]):
                connection.execute(delete(SearchEntry).where(mine, SearchEntry.object_id.in_(some)))
    if Kept.CONTACT in order.kinds:
        words = index_text(work.get(Survivor, person.id).search_words())
        connection.execute(update(SearchEntry).where(SearchEntry.object_id == person.id).values(text=words))


# --- what belongs to her besides her records ---------------------------------------------------------------------


def _changes(work: Work, person: _Person) -> list[dict[str, Any]]:
    """Every remembered change of hers, also of what was somebody else's before it was moved to her."""
    connection = work.session.connection()
    table = Change.__table__
    about = select(table).where(table.c.survivor_id == person.id)
    found = {row["seq"]: dict(row) for row in connection.execute(about).mappings()}
    for some in _chunks(sorted(person.all_keys)):
        of_records = select(table).where(table.c.object_id.in_(some))
        found.update({row["seq"]: dict(row) for row in connection.execute(of_records).mappings()})
    return [found[seq] for seq in sorted(found)]


def _drafts(work: Work, person: _Person) -> Iterator[UUID]:
    """Drafts that name her, her case or one of her records, of whoever typed them."""
    keys, code = person.all_keys, person.survivor.case_code
    for key, about, content in work.session.connection().execute(select(Draft.id, Draft.about, Draft.content)):
        text = f"{about} {json.dumps(content)}"
        if code in text or any(UUID(found) in keys for found in _UUID.findall(text)):
            yield key


def _chunks(keys: Any) -> Iterator[Any]:
    whole = list(keys)
    for begin in range(0, len(whole), _AT_ONCE):
        yield whole[begin : begin + _AT_ONCE]


def _tell(work: Work, person: _Person, counts: Mapping[str, int]) -> None:
    """Pages ask again; the request stands in the log and cannot be undone."""
    trail = trail_of(work.session)
    trail.kinds |= {"survivor", *counts}
    trail.survivor_ids.add(person.id)
    trail.touched.append(("removed", "survivor", person.id))
    work.released = True


__all__ = ["purge", "show_purge"]
