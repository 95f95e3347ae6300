"""The full-text index over `search_entry`: SQLite's FTS5, kept in step by triggers, forgetting what is deleted."""

from __future__ import annotations

from sqlalchemy import Connection

SEARCH_TABLE = "search_fts"

# external content: the words lie once, in search_entry. detail=none: no positions, a third of the size; words are
# still found by prefix, phrases are not (the folded text carries bigrams where scripts have no spaces). ascii: the
# text comes folded and cut (domain.folding); unicode61 would cut at vowel signs again and make refused phrases of it
_TABLE = """CREATE VIRTUAL TABLE search_fts USING fts5(
    text, content='search_entry', content_rowid='id', detail=none, prefix='2 3',
    tokenize="ascii"
)"""
_TRIGGERS = {
    "search_entry_added": """AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_fts(rowid, text) VALUES (new.id, new.text);
    END""",
    "search_entry_removed": """AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, text) VALUES ('delete', old.id, old.text);
    END""",
    "search_entry_changed": """AFTER UPDATE OF id, text ON search_entry BEGIN
        INSERT INTO search_fts(search_fts, rowid, text) VALUES ('delete', old.id, old.text);
        INSERT INTO search_fts(rowid, text) VALUES (new.id, new.text);
    END""",
}


def _exists(connection: Connection, kind: str, name: str) -> bool:
    found = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?", (kind, name))
    return found.first() is not None


def make_search_index(connection: Connection) -> None:
    """Make what is missing of the index and its triggers; nothing before there is a `search_entry`."""
    if not _exists(connection, "table", "search_entry"):
        return
    if not _exists(connection, "table", SEARCH_TABLE):
        connection.exec_driver_sql(_TABLE)
        # without it, deleted words stay readable in the index until it happens to merge
        connection.exec_driver_sql("INSERT INTO search_fts(search_fts, rank) VALUES ('secure-delete', 1)")
        rebuild_search_index(connection)
    for name, body in _TRIGGERS.items():
        if not _exists(connection, "trigger", name):
            connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")


def rebuild_search_index(connection: Connection) -> None:
    """Read all of `search_entry` again."""
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")


def check_search_index(connection: Connection) -> None:
    """Compare index and words; raises `DatabaseDamaged` (through the engine) where they differ."""
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)")


def optimise_search_index(connection: Connection) -> None:
    """Merge the index into one segment, after an import of many words."""
    connection.exec_driver_sql("INSERT INTO search_fts(search_fts) VALUES ('optimize')")
