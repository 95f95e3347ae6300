"""Triggers that keep the log as it was written: a mistake of ours cannot change an entry either."""

from __future__ import annotations

from sqlalchemy import Connection

TRIGGERS = {
    "audit_entry_stays": "BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'entries stay'); END",
    "audit_entry_is_kept": "BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'entries are kept'); END",
}


def make_triggers(connection: Connection) -> None:
    """Make them anew (a batch migration loses those of its table); nothing before there is a log."""
    there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit_entry'")
    if there.first() is None:
        return
    for name, body in TRIGGERS.items():
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
