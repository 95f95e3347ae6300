"""Asking any declared service about one person: who she is, the keys of what is hers, and the words of an answer."""

from __future__ import annotations

import dataclasses
import inspect
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.errors import ApprovalNeeded
from aftercare.records.base import Base
from aftercare.records.office import Change
from aftercare.services.desk import Desk
from conftest import NOW
from makers_facts import TODAY


@dataclass(frozen=True)
class Known:
    """One of the three: everything by which somebody could tell that she is there."""

    survivor_id: UUID
    case_id: UUID
    case_code: str
    mark: str

    def traces(self, *, in_log: bool) -> tuple[str, ...]:
        """Whoever watches over the log sees whom a line is about by her code, and no more."""
        if in_log:
            return self.mark, self.mark.lower()
        return self.mark, self.mark.lower(), self.case_code, str(self.survivor_id), str(self.case_id)


def keys_of(desk: Desk, one: Known) -> dict[str, Any]:
    found: dict[str, Any] = {"survivor": one.survivor_id, "survivor_case": one.case_id}
    with desk.engine.connect() as connection:
        for name, table in Base.metadata.tables.items():
            if "survivor_id" in table.c and "id" in table.c and name not in found:
                mine = select(table.c.id).where(table.c.survivor_id == one.survivor_id).limit(1)
                if (key := connection.scalar(mine)) is not None:
                    found[name] = key
        changed = Change.__table__
        of_her = select(changed.c.seq, changed.c.request_id).where(changed.c.survivor_id == one.survivor_id)
        found["change"], found["request"] = connection.execute(of_her.order_by(changed.c.seq.desc()).limit(1)).one()
    return found


KIND_OF = {
    "survivor_id": "survivor",
    "case_id": "survivor_case",
    "contact_id": "family_contact",
    "ladder_id": "reunification",
    "stop_id": "ladder_stop",
    "fact_id": "health_fact",
    "entry_id": "progress_entry",
    "opening_id": "glass_opening",
    "request_id": "request",
    "change_seq": "change",
    "object_id": "survivor",
    "after": "survivor",
}
CORRECTED = {"correct_goal": "goal", "correct_step": "step", "correct_progress": "progress_entry"}
WORDS = {"area": "housing", "form": "note", "label": "Garden", "folder": "", "case_code": "", "about": ""}
OUTSIDE = {
    "import_people": "reads a file first; whom it finds alike is asked in the tests of importing",
    "preview_import": "the same",
    "take_in": "begins with somebody new",
    "number_report": "gives back what it is handed",
    "open_glass": "is the way to somebody who is out of sight: tests/services/test_break_glass.py",
}


def _meant(annotation: str, within: Any) -> Any:
    """What an annotation means; what is imported for types only means nothing here."""
    try:
        return eval(annotation, within.__globals__)
    except NameError:
        return None


def is_handed_the_vault(service: Callable[..., Any]) -> bool:
    """Services about accounts and keys: their arguments are of the vault, and nobody's records are among them."""
    within, (_work, *handed) = inspect.unwrap(service), inspect.signature(service).parameters.values()
    return any(_meant(parameter.annotation, within) is None for parameter in handed)


@dataclass(frozen=True)
class Asking:
    """Makes the arguments of any service, about one person."""

    one: Known
    keys: dict[str, Any]
    content: Any

    def arguments(self, service: Callable[..., Any]) -> dict[str, Any]:
        within = inspect.unwrap(service)
        made = {}
        for name, parameter in list(inspect.signature(service).parameters.items())[1:]:
            about_her = name in KIND_OF or name == "case_code" or name.endswith("_id")
            if parameter.default is not parameter.empty and not about_her:
                continue
            made[name] = self.value(name, _meant(parameter.annotation, within), service.__name__)
        return made

    def value(self, name: str, hint: Any, asked: str) -> Any:
        if name == "content" and typing.get_origin(hint) is not dict:
            return self.content
        if name == "case_code":
            return self.one.case_code
        if name in KIND_OF or (name.endswith("_id") and name.removesuffix("_id") in self.keys):
            return self.keys.get(KIND_OF.get(name, name.removesuffix("_id")), self.one.survivor_id)
        if asked in ("find_people", "find_notes") and name == "words":
            return self.one.mark
        if name == "place":
            return "survivors", None, ""
        origin = typing.get_origin(hint)
        if origin in (typing.Union, types.UnionType):
            return None if type(None) in typing.get_args(hint) else self.value(name, typing.get_args(hint)[0], asked)
        if origin is not None:
            return self._gathered(name, origin, typing.get_args(hint), asked)
        return self._plain(name, hint, asked)

    def _gathered(self, name: str, origin: Any, parts: tuple[Any, ...], asked: str) -> Any:
        if origin in (tuple, frozenset, list):
            return origin()
        if origin in (dict, Mapping):
            return {}
        return [self._pair(parts[0], asked)] if name in ("orders", "leaving") else ()

    def _pair(self, part: Any, asked: str) -> Any:
        if typing.get_origin(part) is tuple:
            return self.content, 1
        return ProgressOrder(self.one.case_id)

    def _plain(self, name: str, hint: Any, asked: str) -> Any:
        simple = {
            UUID: self.one.survivor_id,
            str: WORDS.get(name, "Garden"),
            int: 1,
            bool: True,
            date: TODAY,
            datetime: NOW,
            float: 1.0,
            Path: Path("nowhere"),
            ApprovalNeeded: ApprovalNeeded("purge", "0" * 64),
        }
        if hint in simple:
            return simple[hint]
        if inspect.isclass(hint) and issubclass(hint, Enum):
            return next(iter(hint))
        if dataclasses.is_dataclass(hint) and inspect.isclass(hint):
            return self._draft(hint, asked)
        return None

    def _draft(self, kind: type[Any], asked: str) -> Any:
        hints, values = typing.get_type_hints(kind), {}
        for part in dataclasses.fields(kind):
            given = part.default is not dataclasses.MISSING or part.default_factory is not dataclasses.MISSING
            if part.name == "id" and asked in CORRECTED:
                values["id"] = self.keys[CORRECTED[asked]]
            elif not given or part.name == "case_id":
                values[part.name] = self.value(part.name, hints[part.name], asked)
        return kind(**values)


def said(value: Any) -> str:
    """Everything in an answer, in words."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return " ".join(said(getattr(value, part.name)) for part in dataclasses.fields(value))
    if isinstance(value, dict):
        return " ".join(f"{said(key)} {said(each)}" for key, each in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return " ".join(map(said, value))
    if hasattr(value, "__dict__") and not isinstance(value, Enum | type):
        return said(vars(value))
    return str(value)
