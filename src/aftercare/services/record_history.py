"""What changed in a person's records, field by field, by whom and when; and putting one earlier value back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select, union_all

from aftercare.domain.errors import ChangedMeanwhile, DraftProblems, NotFound, NothingToUndo
from aftercare.domain.permissions import Permission
from aftercare.domain.restoring import faults_with, goes_along, may_be_restored, may_come_back
from aftercare.domain.rows.log import Colleague, FieldChange, HistoryChoices, HistoryFilter, HistoryPage
from aftercare.domain.secrecy import BY_AREA, KEPT_APART, RESTRICTED_FIELDS, Secret, Sees, secret_of, seen_with
from aftercare.records.access import Team
from aftercare.records.base import Record
from aftercare.records.notes import Addendum, Note
from aftercare.records.office import Change, Request
from aftercare.records.people import Staff, Survivor
from aftercare.services.history import from_json, kinds_of_record, to_json
from aftercare.services.undo import as_it_was
from aftercare.services.work import Work, needs

PAGE = 60
_EVERYTHING = HistoryFilter()
_OF_THE_RECORD = frozenset({"id", "created_at", "created_by", "survivor_id", "case_id", "position", "version"})


@needs(Permission.SEE_RECORDS)
def record_history(
    work: Work,
    survivor_id: UUID,
    before_seq: int | None = None,
    wanted: HistoryFilter = _EVERYTHING,
    *,
    object_id: UUID | None = None,
    limit: int = PAGE,
) -> HistoryPage:
    """What changed in a person's records (or in one of them), newest first; without what the reader may not see.

    A page without a single line is the last one: where all of it is closed to the reader, the next one is read.
    """
    work.get(Survivor, survivor_id)
    work.note_read("history", survivor_id)
    query = (
        select(Change, Request.at, Request.actor_id, Staff.display_name)
        .join(Request, Request.id == Change.request_id)
        .outerjoin(Staff, Staff.id == Request.actor_id)
        .where(Change.survivor_id == survivor_id, Change.kind.not_in(KEPT_APART))
        .order_by(Change.seq.desc())
        .limit(limit + 1)
    )
    if object_id is not None:
        query = query.where(Change.object_id == object_id)
    if wanted.kind:
        query = query.where(Change.kind == wanted.kind)
    if wanted.actor_id is not None:
        query = query.where(Request.actor_id == wanted.actor_id)
    names = _names(work)
    sees = seen_with(work.actor.permissions)
    while True:
        older = query if before_seq is None else query.where(Change.seq < before_seq)
        found = work.session.execute(older).all()
        told = [
            line
            for change, at, _actor, name in found[:limit]
            for line in _told(work, change, at, name or "", names, sees)
        ]
        before_seq = found[limit - 1].Change.seq if len(found) > limit else None
        if told or before_seq is None:
            return HistoryPage(tuple(told), before_seq)


@needs(Permission.SEE_RECORDS)
def history_choices(work: Work, survivor_id: UUID) -> HistoryChoices:
    """What her history can be filtered by; of kinds that the reader may not see, not even that there are any.

    Nor who changed them: that a counsellor wrote something would say as much.
    """
    work.get(Survivor, survivor_id)
    hers = (Change.survivor_id == survivor_id, Change.kind.not_in(KEPT_APART))
    sees = seen_with(work.actor.permissions)
    kinds = work.session.scalars(select(Change.kind).where(*hers).distinct().order_by(Change.kind))
    open_kinds = tuple(kind for kind in kinds if _may_be_named(kind, sees))
    changing = select(Request.actor_id).join(Change, Change.request_id == Request.id)
    people = work.session.execute(
        select(Staff.id, Staff.display_name)
        .where(Staff.id.in_(changing.where(*hers, Change.kind.in_(open_kinds))))
        .order_by(Staff.display_name)
    )
    return HistoryChoices(open_kinds, tuple(Colleague(row.id, row.display_name) for row in people))


def _may_be_named(kind: str, sees: Sees) -> bool:
    rule = RESTRICTED_FIELDS.get(kind, {}).get("*")
    return not isinstance(rule, Secret) or rule in sees


@needs(Permission.WRITE_RECORDS)
def restore_value(work: Work, change_seq: int, field: str) -> None:
    """Put a field back to what it was before this change; a change of its own, which can be undone.

    NothingToUndo where it has that value already or a rule stands behind the field; NotFound where the record is gone;
    DraftProblems where the value does not go with what stands beside it now.
    """
    change = _change(work, change_seq, field)
    fields = change.fields or {}
    if change.action != "changed" or field not in fields or not may_be_restored(change.kind, field):
        raise NothingToUndo
    kind = kinds_of_record()[change.kind]
    record = work.get(kind, change.object_id)
    if to_json(getattr(record, field)) == fields[field][0]:
        raise NothingToUndo
    for name in (field, *(goes_along(change.kind, field) & fields.keys())):
        setattr(record, name, from_json(inspect(kind), name, fields[name][0]))
    beside = {column.key: getattr(record, column.key) for column in inspect(kind).column_attrs}
    if wrong := faults_with(change.kind, field, beside):
        raise DraftProblems(tuple(wrong))


@needs(Permission.WRITE_RECORDS)
def bring_back(work: Work, change_seq: int) -> None:
    """Put a removed record back as it was; ChangedMeanwhile where what it belonged to is gone too."""
    change = _change(work, change_seq)
    if change.action != "removed" or not may_come_back(change.kind):
        raise NothingToUndo
    kind = kinds_of_record()[change.kind]
    if work.session.get(kind, change.object_id) is not None:
        raise ChangedMeanwhile(change.kind)
    work.session.add(as_it_was(kind, change.fields or {}))


def _change(work: Work, seq: int, field: str | None = None) -> Change:
    """The change, if this field of it is open to the reader; without one, if all of it is."""
    change = work.session.get(Change, seq)
    if change is None or change.survivor_id is None or change.kind in KEPT_APART:
        raise NotFound("change")
    work.get(Survivor, change.survivor_id)
    sees = seen_with(work.actor.permissions)
    if not (_is_open(work, change, field, sees) if field is not None else _is_wholly_open(work, change, sees)):
        raise NotFound("change")
    return change


def _is_wholly_open(work: Work, change: Change, sees: Sees) -> bool:
    return all(_is_open(work, change, name, sees) for name in change.fields or {})


def _told(work: Work, change: Change, at: Any, actor: str, names: dict[UUID, str], sees: Sees) -> Iterator[FieldChange]:
    """A change of fields as one row each; a record that came or went as one row, under the name that it has."""
    if change.action != "changed":
        may_return = change.action == "removed" and may_come_back(change.kind) and _is_gone(work, change)
        if _is_open(work, change, "", sees):
            restorable = may_return and _is_wholly_open(work, change, sees)
            yield FieldChange(
                change.seq, at, actor, change.kind, change.object_id, change.action, "", None, None, restorable
            )
        return
    kind = kinds_of_record()[change.kind]
    record = work.session.get(kind, change.object_id)
    for name, (before, after) in (change.fields or {}).items():
        if name in _OF_THE_RECORD or not _is_open(work, change, name, sees):
            continue
        is_now = record is not None and to_json(getattr(record, name)) == before
        yield FieldChange(
            change.seq,
            at,
            actor,
            change.kind,
            change.object_id,
            change.action,
            name,
            _value(kind, name, before, names),
            _value(kind, name, after, names),
            record is not None and not is_now and may_be_restored(change.kind, name),
        )


def _is_gone(work: Work, change: Change) -> bool:
    return work.session.get(kinds_of_record()[change.kind], change.object_id) is None


def _names(work: Work) -> dict[UUID, str]:
    """What stands for the keys in a record: colleagues and teams."""
    named = union_all(select(Staff.id, Staff.display_name), select(Team.id, Team.name))
    return {row.id: row.display_name for row in work.session.execute(named)}


def _value(kind: type[Record], name: str, value: Any, names: dict[UUID, str]) -> Any:
    """The value as its kind (a code, a day, a number); a colleague or team by name, the key of another record empty."""
    if value is None or isinstance(value, bool):
        return value
    read = from_json(inspect(kind), name, value)
    return names.get(read, "") if isinstance(read, UUID) else read


def _is_open(work: Work, change: Change, field: str, sees: Sees) -> bool:
    """Whether this field of the record may be read; what was restricted once counts as it was at its strictest."""
    rules = RESTRICTED_FIELDS.get(change.kind, {})
    rule = rules.get("*") or rules.get(field)
    if rule is None or sees == frozenset(Secret):
        return True
    if isinstance(rule, Secret):
        return rule in sees
    flags, areas = _flags_and_areas(work, change)
    if rule == BY_AREA and not any(flags):
        return True
    return all(secret_of(area) in sees for area in areas) if areas else Secret.NARRATIVE in sees


def _flags_and_areas(work: Work, change: Change) -> tuple[list[bool], list[str]]:
    """Whether the record is or was restricted, and the areas it is or was in."""
    record = work.session.get(kinds_of_record()[change.kind], change.object_id)
    if isinstance(record, Addendum):
        note = work.session.get(Note, record.note_id)
        areas = [note.area or ""] if note else []
        return [record.restricted, bool(note and note.restricted)], areas
    ever = work.session.scalars(
        select(Change.fields).where(Change.kind == change.kind, Change.object_id == change.object_id)
    ).all()
    flags = [bool(flag) for fields in ever for flag in _both((fields or {}).get("restricted"))]
    areas = [_code(area) for fields in ever for area in _both((fields or {}).get("area"))]
    if record is not None:
        flags.append(bool(getattr(record, "restricted", False)))
        areas.append(_code(getattr(record, "area", "")))
    if record is None and change.action != "removed":
        flags.append(True)  # gone since: nobody can say any more, so the stricter holds
    return flags, areas


def _both(values: Any) -> Iterable[Any]:
    """Before and after of a change, the one value of a removal."""
    if values is None:
        return []
    return values if isinstance(values, list) else [values]


def _code(area: Any) -> str:
    return str(area.value if isinstance(area, Enum) else area or "")
