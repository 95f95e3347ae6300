"""Undo: the changes of one request, read backwards, as a request of its own (which can be undone in turn)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import inspect, literal, select

from aftercare.domain.errors import ChangedMeanwhile, NothingToUndo
from aftercare.domain.permissions import Permission
from aftercare.records.base import EVERYONE, Record
from aftercare.records.office import Change, Request
from aftercare.services import bulk
from aftercare.services.history import from_json, kinds_of_record, to_json
from aftercare.services.work import Work, needed_for, needs

_NEVER = frozenset({"staff", "approval"})
"""Kinds that are decided anew and not taken back: an undo asks none of the questions that their services ask."""


@needs(Permission.UNDO_CHANGES)
def undo(work: Work, request_id: UUID) -> None:
    """Put everything back as it was before the request; NothingToUndo where it is released or undone already.

    NothingToUndo too for what somebody else did, NotAllowed where the actor may not do (any more) what is undone, and
    ChangedMeanwhile where one of its records was changed since: then nothing is put back.
    """
    request = work.session.get(Request, request_id)
    if request is None or request.undone_by is not None or request.actor_id != work.actor.id:
        raise NothingToUndo
    for permission in needed_for(_name_of(work, request)):
        work.need(permission)
    if request.released:
        raise NothingToUndo(released=True)
    changes = work.session.scalars(
        select(Change).where(Change.request_id == request_id).order_by(Change.seq.desc()), execution_options=EVERYONE
    ).all()
    if any(change.kind in _NEVER for change in changes):
        raise NothingToUndo
    _refuse_if_unseen(work, changes)
    with work.sight.of_everyone():  # what is put back step by step may be out of sight between two steps
        _take_all_back(work, request_id, changes)
    request.undone_by = work.request_id
    work.session.add(Request(id=work.request_id, at=work.now(), actor_id=work.actor.id, name="undo", undoes=request_id))


def _name_of(work: Work, request: Request) -> str:
    """What was asked for in the beginning: an undo of an undo does that again."""
    while request.undoes is not None and (before := work.session.get(Request, request.undoes)) is not None:
        request = before
    return request.name


def _refuse_if_unseen(work: Work, changes: Sequence[Change]) -> None:
    """NothingToUndo where the request was about somebody whom this person may not see."""
    concerned = {change.survivor_id for change in changes if change.survivor_id is not None}
    of_request = select(Change.survivor_id).where(Change.request_id.in_({change.request_id for change in changes}))
    if concerned - set(work.session.scalars(of_request.distinct())):
        raise NothingToUndo


def _take_all_back(work: Work, request_id: UUID, changes: Sequence[Change]) -> None:
    if bulk.is_for_bulk(changes):
        bulk.refuse_if_touched_since(work, request_id)
        bulk.take_back(work, changes)
        changes = []
    for change in changes:
        _take_back(work, change)
        # children before parents, in the order of the changes: the unit of work cannot know it without relationships
        work.session.flush()
    for change in changes:
        if change.action == "created":
            _refuse_if_referred_to(work, change)
    work.session.flush()


def _take_back(work: Work, change: Change) -> None:
    kind = kinds_of_record()[change.kind]
    if change.action == "removed":
        work.session.add(as_it_was(kind, change.fields or {}))
        return
    record = work.session.get(kind, change.object_id)
    if record is None:
        raise ChangedMeanwhile(change.kind)
    if change.action == "created":
        work.session.delete(record)
        return
    for name, (before, after) in (change.fields or {}).items():
        if to_json(getattr(record, name)) != after:
            raise ChangedMeanwhile(change.kind)
        setattr(record, name, from_json(inspect(kind), name, before))


def _refuse_if_referred_to(work: Work, change: Change) -> None:
    """ChangedMeanwhile where a record that goes is still named by one that stays: somebody built upon it since."""
    gone = kinds_of_record()[change.kind].__table__
    for table in Record.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is not gone:
                continue
            naming = select(literal(1)).select_from(table).where(key.parent == change.object_id).limit(1)
            if work.session.scalar(naming) is not None:
                raise ChangedMeanwhile(change.kind)


def as_it_was(kind: type[Record], values: dict[str, Any]) -> Record:
    """A removed record, made again of the values that its history kept."""
    mapper = inspect(kind)
    record = kind.__new__(kind)
    mapper.class_manager.setup_instance(record)
    for name, value in values.items():
        setattr(record, name, from_json(mapper, name, value))
    return record
