"""How a draft becomes a record of a case: checked as a whole, new or corrected, never half saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import String, inspect

from aftercare.domain.errors import DraftProblems, FieldProblem, NotFound
from aftercare.records.base import Record
from aftercare.records.people import Case
from aftercare.services.work import Work, about


class Correctable(Protocol):
    """A draft that can stand for an existing record."""

    @property
    def id(self) -> UUID | None: ...
    @property
    def version(self) -> int | None: ...


R = TypeVar("R", bound=Record)
_NOT_A_FIELD = frozenset({"id", "version"})


def keep(
    work: Work,
    kind: type[R],
    case_id: UUID,
    draft: Correctable,
    wrong: Iterable[FieldProblem] = (),
    **more: Any,
) -> R:
    """Keep a draft as a record of the case, new or corrected; `more` are fields that the form does not decide.

    DraftProblems with all that is `wrong` or too long, ChangedMeanwhile where somebody saved it since, NotFound where
    it belongs to another case.
    """
    values = {**_values(kind, draft), **more}
    problems = (*wrong, *_too_long(kind, values))
    if problems:
        raise DraftProblems(problems)
    if draft.id is None:
        return work.add(kind(**about(work.get(Case, case_id)), **values))
    record = work.get_unchanged(kind, draft.id, draft.version)
    if getattr(record, "case_id", None) != case_id:
        raise NotFound(kind.__tablename__)
    for name, value in values.items():
        setattr(record, name, value)
    return record


def _values(kind: type[Record], draft: Any) -> dict[str, Any]:
    columns = inspect(kind).column_attrs.keys()
    return {
        field.name: _plain(getattr(draft, field.name))
        for field in fields(draft)
        if field.name in columns and field.name not in _NOT_A_FIELD
    }


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return type(value)(value.strip())
    return [getattr(each, "value", each) for each in value] if isinstance(value, tuple) else value


def _too_long(kind: type[Record], values: dict[str, Any]) -> list[FieldProblem]:
    room = {
        column.key: column.type.length
        for column in inspect(kind).columns
        if isinstance(column.type, String) and column.type.length
    }
    return [
        FieldProblem(name, "too_long")
        for name, value in values.items()
        if isinstance(value, str) and len(value) > room.get(name, len(value))
    ]
