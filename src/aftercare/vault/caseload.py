"""The triggers that keep `caseload_entry`: whoever writes a case, a plan or a note, the list of survivors follows.

By the database, because records are written by sessions, in bulk and by undo, and none of them may forget it.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Connection

from aftercare.domain.codes import RiskLevel, Stage
from aftercare.records.caseload import NEVER, NO_DAY

_NEEDED = ("caseload_entry", "survivor", "survivor_case", "plan", "note")


def _place(column: str, codes: type[StrEnum]) -> str:
    """The place of a code in its vocabulary, for sorting; -1 for none."""
    places = " ".join(f"WHEN '{code.value}' THEN {place}" for place, code in enumerate(codes))
    return f"CASE {column} {places} ELSE -1 END"


_REVIEW = f"coalesce((SELECT min(plan.review_on) FROM plan WHERE plan.case_id = {{case}}), '{NEVER.isoformat()}')"
_LAST_NOTE = f"""coalesce((SELECT max(note."on") FROM note WHERE note.case_id = {{case}}), '{NO_DAY.isoformat()}')"""
_ENTRIES = f"""INSERT INTO caseload_entry (survivor_id, case_id, number, is_open, stage, stage_place, risk, risk_place,
        opened_on, review_on, last_note_on, team_id)
    SELECT survivor.id, latest.id, survivor.number, latest.stage <> '{Stage.CLOSED.value}', latest.stage,
        {_place("latest.stage", Stage)}, latest.risk, {_place("latest.risk", RiskLevel)}, latest.opened_on,
        {_REVIEW.format(case="latest.id")}, {_LAST_NOTE.format(case="latest.id")},
        latest.team_id
    FROM survivor JOIN survivor_case AS latest ON latest.survivor_id = survivor.id
    WHERE NOT EXISTS (SELECT 1 FROM survivor_case AS later
        WHERE later.survivor_id = survivor.id AND later.number > latest.number)"""


def _anew(person: str) -> str:
    """Write the line of one person again, from nothing."""
    return f"DELETE FROM caseload_entry WHERE survivor_id = {person}; {_ENTRIES} AND survivor.id = {person};"


def _set(column: str, value: str, row: str) -> str:
    case = f"{row}.case_id"
    return f"UPDATE caseload_entry SET {column} = {value.format(case=case)} WHERE case_id = {case};"


_TRIGGERS = {
    "caseload_survivor_added": f"AFTER INSERT ON survivor BEGIN {_anew('new.id')} END",
    "caseload_survivor_changed": f"AFTER UPDATE OF number ON survivor BEGIN {_anew('new.id')} END",
    "caseload_survivor_removed": "AFTER DELETE ON survivor BEGIN "
    "DELETE FROM caseload_entry WHERE survivor_id = old.id; END",
    "caseload_case_added": f"AFTER INSERT ON survivor_case BEGIN {_anew('new.survivor_id')} END",
    "caseload_case_changed": "AFTER UPDATE OF survivor_id, number, stage, risk, opened_on, team_id ON survivor_case "
    f"BEGIN {_anew('old.survivor_id')} {_anew('new.survivor_id')} END",
    "caseload_case_removed": f"AFTER DELETE ON survivor_case BEGIN {_anew('old.survivor_id')} END",
    "caseload_plan_added": f"AFTER INSERT ON plan BEGIN {_set('review_on', _REVIEW, 'new')} END",
    "caseload_plan_changed": "AFTER UPDATE OF case_id, review_on ON plan BEGIN "
    f"{_set('review_on', _REVIEW, 'old')} {_set('review_on', _REVIEW, 'new')} END",
    "caseload_plan_removed": f"AFTER DELETE ON plan BEGIN {_set('review_on', _REVIEW, 'old')} END",
    # a new note can only be later: no look at the others
    "caseload_note_added": """AFTER INSERT ON note BEGIN UPDATE caseload_entry SET last_note_on = new."on"
        WHERE case_id = new.case_id AND last_note_on < new."on"; END""",
    "caseload_note_changed": """AFTER UPDATE OF case_id, "on" ON note BEGIN """
    f"{_set('last_note_on', _LAST_NOTE, 'old')} {_set('last_note_on', _LAST_NOTE, 'new')} END",
    "caseload_note_removed": f"AFTER DELETE ON note BEGIN {_set('last_note_on', _LAST_NOTE, 'old')} END",
}


def drop_caseload_triggers(connection: Connection) -> None:
    """Before a migration: a batch renames tables, and SQLite refuses that while a trigger names one that is away."""
    for name in _TRIGGERS:
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")


def make_caseload(connection: Connection) -> None:
    """Make the triggers anew and write every line again; nothing before there are the tables."""
    there = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
    if not set(_NEEDED) <= set(there):
        return
    drop_caseload_triggers(connection)
    for name, body in _TRIGGERS.items():
        connection.exec_driver_sql(f"CREATE TRIGGER {name} {body}")
    connection.exec_driver_sql("DELETE FROM caseload_entry")
    connection.exec_driver_sql(_ENTRIES)
