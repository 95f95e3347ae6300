"""The words by which salvaged records are found: where only they were lost, they are gathered from the records anew."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from aftercare.domain.folding import index_text
from aftercare.records.base import Base, Record
from aftercare.records.office import SearchEntry
from aftercare.records.people import Survivor

_AT_ONCE = 500


def find_again(engine: Engine) -> int:
    """Give every record that can be searched for the entry it lacks; how many lacked it."""
    made = 0
    with Session(engine) as session, session.begin():
        for kind in _searched():
            lacking = select(kind).where(kind.id.not_in(select(SearchEntry.object_id)))
            for record in session.scalars(lacking.execution_options(yield_per=_AT_ONCE)):
                session.add(_entry(record))
                made += 1
    return made


def _searched() -> Iterator[type[Record]]:
    for mapper in Base.registry.mappers:
        if issubclass(mapper.class_, Record) and mapper.class_.search_kind is not None:
            yield mapper.class_


def _entry(record: Record) -> SearchEntry:
    assert record.search_kind is not None
    return SearchEntry(
        kind=record.search_kind,
        object_id=record.id,
        survivor_id=record.id if isinstance(record, Survivor) else record.survivor_id,  # type: ignore[attr-defined]
        secret=getattr(record, "secret", None),
        text=index_text(record.search_words()),
    )
