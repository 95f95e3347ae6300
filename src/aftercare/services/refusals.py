"""What was asked for by its key and is there, but out of the asker's sight: to the asker it is not there at all.

The log tells the two apart, by what was asked and of which kind; never of whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.records.base import Base
from aftercare.records.people import Case, Survivor

OUT_OF_SIGHT = "out_of_sight"
"""The reason in the log, where it is a permission otherwise."""


def asks_for_somebody_unseen(session: Session, kind: str, asked: Iterable[object]) -> bool:
    """Whether a key in what was asked is of a record of this kind, or of a person or case, that the session hides."""
    keys = set(_keys_in(asked))
    whom: set[UUID] = set()
    for name in {kind, Survivor.__tablename__, Case.__tablename__}:
        table = Base.metadata.tables.get(name)
        if keys and table is not None and "id" in table.c:
            person = table.c.id if name == Survivor.__tablename__ else table.c.get("survivor_id")
            if person is not None:
                # of the table itself: past every narrowing
                whom.update(session.connection().scalars(select(person).where(table.c.id.in_(keys))))
    return bool(whom - set(session.scalars(select(Survivor.id).where(Survivor.id.in_(whom)))))


def _keys_in(asked: Iterable[object]) -> Iterator[UUID]:
    for value in asked:
        if isinstance(value, UUID):
            yield value
        elif is_dataclass(value) and not isinstance(value, type):
            yield from _keys_in(getattr(value, part.name) for part in fields(value))
        elif isinstance(value, tuple | list | frozenset | set):
            yield from _keys_in(value)
