"""The full-text index over `search_entry`: SQLite's FTS5, kept in step by triggers, forgetting what is deleted.

People have an index of their own besides: among a million notes, a few thousand names are found without passing them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

SEARCH_TABLE = "search_fts"
PEOPLE_TABLE = "search_fts_people"
INDEXES = (SEARCH_TABLE, PEOPLE_TABLE)

# external content: the words lie once, in search_entry. detail=none: no positions, a third of the size; words are
# still found by prefix, phrases are not (the folded text carries bigrams where scripts have no spaces). ascii: the
# text comes folded and cut (domain.folding); unicode61 would cut at vowel signs again and make refused phrases of it
# prefixes up to six letters are kept ready: gathering the words that begin so takes 100 ms among a million notes.
# a single letter is kept for people only: among notes it is not looked for (queries/search.py)
_TABLE = """CREATE VIRTUAL TABLE {name} USING fts5(
    text, content='search_entry', content_rowid='id', detail=none, prefix='{prefixes}',
    tokenize="ascii"
)"""
_PREFIXES = {SEARCH_TABLE: "2 3 4 5 6", PEOPLE_TABLE: "1 2 3 4 5 6"}
_TRIGGERS = {
    "added": """AFTER INSERT ON search_entry {when_new} BEGIN
        INSERT INTO {name}(rowid, text) VALUES (new.id, new.text);
    END""",
    "removed": """AFTER DELETE ON search_entry {when_old} BEGIN
        INSERT INTO {name}({name}, rowid, text) VALUES ('delete', old.id, old.text);
    END""",
    "changed": """AFTER UPDATE OF id, text ON search_entry {when_new} BEGIN
        INSERT INTO {name}({name}, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO {name}(rowid, text) VALUES (new.id, new.text);
    END""",
}
_FORGET = "INSERT INTO {name}({name}, rank) VALUES ('secure-delete', 1)"
_REBUILD = {
    SEARCH_TABLE: ("INSERT INTO search_fts(search_fts) VALUES ('rebuild')",),
    # a part of search_entry only (a view of it would stand in the way of migrations): emptied, then read by hand
    PEOPLE_TABLE: (
        "INSERT INTO search_fts_people(search_fts_people) VALUES ('delete-all')",
        "INSERT INTO search_fts_people(rowid, text) SELECT id, text FROM search_entry WHERE kind = 'person'",
    ),
}
_CHECK = {
    SEARCH_TABLE: "INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)",
    PEOPLE_TABLE: "INSERT INTO search_fts_people(search_fts_people) VALUES ('integrity-check')",
}
_OPTIMISE = "INSERT INTO {name}({name}) VALUES ('optimize')"
_TRIGGER_NAMES = {SEARCH_TABLE: "search_entry", PEOPLE_TABLE: "search_entry_person"}


def _exists(connection: Connection, kind: str, name: str) -> bool:
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?", (kind, name))
    return found.first() is not None


def make_search_index(connection: Connection) -> None:
    """Make what is missing of the indexes and their triggers; nothing before there is a `search_entry`."""
    if not _exists(connection, "table", "search_entry"):
        return
    for name in INDEXES:
        if not _exists(connection, "table", name):
            connection.exec_driver_sql(_TABLE.format(name=name, prefixes=_PREFIXES[name]))
            # without it, deleted words stay readable in the index until it happens to merge
            connection.exec_driver_sql(_FORGET.format(name=name))
            _rebuild(connection, name)
        _make_triggers(connection, name)


def _make_triggers(connection: Connection, name: str) -> None:
    only = "WHEN {row}.kind = 'person'" if name == PEOPLE_TABLE else ""
    for what, body in _TRIGGERS.items():
        trigger = f"{_TRIGGER_NAMES[name]}_{what}"
        if not _exists(connection, "trigger", trigger):
            sql = body.format(name=name, when_new=only.format(row="new"), when_old=only.format(row="old"))
            connection.exec_driver_sql(f"CREATE TRIGGER {trigger} {sql}")


def _rebuild(connection: Connection, name: str) -> None:
    for command in _REBUILD[name]:
        connection.exec_driver_sql(command)


def rebuild_search_index(connection: Connection) -> None:
    """Read all of `search_entry` again."""
    for name in INDEXES:
        _rebuild(connection, name)


def check_search_index(connection: Connection) -> None:
    """Compare indexes and words; raises `DatabaseDamaged` (through the engine) where they differ."""
    for name in INDEXES:
        connection.exec_driver_sql(_CHECK[name])


def optimise_search_index(connection: Connection) -> None:
    """Merge each index into one segment, after an import of many words."""
    for name in INDEXES:
        connection.exec_driver_sql(_OPTIMISE.format(name=name))


@contextmanager
def forgetting_at_once(connection: Connection) -> Iterator[None]:
    """For taking thousands of entries away: their words are forgotten together at the end.

    One by one, each removal searches every list of a frequent word: minutes for what a merge does in a second.
    """
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts, rank) VALUES ('secure-delete', 0)")
    yield
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts, rank) VALUES ('secure-delete', 1)")
    optimise_search_index(connection)
