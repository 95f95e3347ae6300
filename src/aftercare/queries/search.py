"""Finding by words: the only queries that speak SQLite's FTS5 (architecture.md keeps such SQL here and in the vault)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, literal_column, select, text
from sqlalchemy.orm import Session

from aftercare.domain.folding import match_query
from aftercare.records.office import SearchEntry


def people_matching(session: Session, words: str) -> Select[Any]:
    """The survivor ids whose code, names, phone or identity numbers hold every one of these words."""
    hits: Select[Any] = select(literal_column("rowid")).select_from(text("search_fts")).where(
        text("search_fts MATCH :match").bindparams(match=match_query(words))
    )
    return select(SearchEntry.survivor_id).where(SearchEntry.id.in_(hits), SearchEntry.kind == "person")
