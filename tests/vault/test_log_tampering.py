"""Anything done to the log, by somebody who has the key of the records and another program, names the first bad entry.

The records had two data keys: entries before and after the change of keys are tried alike, and the edge between them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.errors import AuditBroken
from aftercare.vault import AuditEvent, OpenVault, crypto
from aftercare.vault.rotate import rotate
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACTOR = UUID(int=11)
EACH_KEY = 30
FIELDS = ("utc", "actor", "action", "kind", "object_id", "reason")
COLUMNS = ("seq", *FIELDS, "prev", "mac")

pytestmark = pytest.mark.promise(12)


@dataclass(frozen=True)
class Forged:
    """A log as somebody left it, and the number of the first entry that is not right."""

    rows: list[dict[str, Any]]
    first_bad: int


@pytest.fixture
def logged(vault: OpenVault) -> OpenVault:
    """A log of two data keys, with triggers that another program would not mind either."""
    _write(vault)
    rotate(vault, lambda _done, _total: None)
    _write(vault)
    with vault.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_stays"))
        connection.execute(text("DROP TRIGGER audit_entry_is_kept"))
    return vault


def _write(vault: OpenVault) -> None:
    events = [AuditEvent("note.added", "note", UUID(int=number), f"reason {number}") for number in range(EACH_KEY)]
    with vault.engine.begin() as connection:
        vault.audit.append_many(connection, NOW, ACTOR, events)


def _rows(vault: OpenVault) -> list[dict[str, Any]]:
    with vault.engine.connect() as connection:
        found = connection.execute(text(f"SELECT {', '.join(COLUMNS)} FROM audit_entry ORDER BY seq"))
        return [dict(row._mapping) for row in found]


def _put(vault: OpenVault, rows: Sequence[dict[str, Any]]) -> None:
    places = ", ".join(f":{name}" for name in COLUMNS)
    with vault.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))
        connection.execute(text(f"INSERT INTO audit_entry ({', '.join(COLUMNS)}) VALUES ({places})"), list(rows))


# --- what somebody may do to it ---------------------------------------------------------------------------------------


def mutate(rows: list[dict[str, Any]], chance: random.Random) -> Forged:
    at, name = chance.randrange(len(rows)), chance.choice(FIELDS)
    value = str(rows[at][name] or "")
    cut = chance.randrange(len(value) + 1)
    rows[at][name] = value[:cut] + chance.choice("0aZ\u00e9") + value[cut:]
    return Forged(rows, at + 1)


def flip_a_bit(rows: list[dict[str, Any]], chance: random.Random) -> Forged:
    at, name = chance.randrange(len(rows)), chance.choice(("prev", "mac"))
    link = bytearray(rows[at][name])
    link[chance.randrange(len(link))] ^= 1 << chance.randrange(8)
    rows[at][name] = bytes(link)
    return Forged(rows, at + 1)


def delete(rows: list[dict[str, Any]], chance: random.Random) -> Forged:
    """One or several in a row; what follows keeps its numbers, or closes the gap."""
    at = chance.randrange(len(rows) - 1)
    many = chance.randrange(1, min(6, len(rows) - at))
    rest = rows[at + many :]
    if chance.random() < 0.5:
        rest = [{**row, "seq": row["seq"] - many} for row in rest]
    return Forged(rows[:at] + rest, at + 1)


def insert(rows: list[dict[str, Any]], chance: random.Random) -> Forged:
    """A copy of an entry, or one with a link that was made with another key."""
    at = chance.randrange(1, len(rows) + 1)
    # a copy just before its original would change nothing until the next entry
    source = dict(chance.choice([row for row in rows if row["seq"] != at + 1]))
    prev = rows[at - 1]["mac"]
    made = {**source, "seq": at + 1, "prev": prev, "reason": "nothing happened"}
    made["mac"] = crypto.chained_mac(chance.randbytes(32), prev, b"nothing happened")
    fresh = made if chance.random() < 0.5 else {**source, "seq": at + 1}
    return Forged(rows[:at] + [fresh] + [{**row, "seq": row["seq"] + 1} for row in rows[at:]], at + 1)


def reorder(rows: list[dict[str, Any]], chance: random.Random) -> Forged:
    first, second = sorted(chance.sample(range(len(rows)), 2))
    rows[first], rows[second] = {**rows[second], "seq": first + 1}, {**rows[first], "seq": second + 1}
    return Forged(rows, first + 1)


def truncate(rows: list[dict[str, Any]], chance: random.Random) -> Forged:
    kept = chance.randrange(1, len(rows))
    return Forged(rows[:kept], kept + 1)


def replace_the_end(rows: list[dict[str, Any]], chance: random.Random) -> Forged:
    """From some entry on another story, chained without gap under a key of one's own."""
    at, key = chance.randrange(len(rows)), chance.randbytes(32)
    mac = rows[at - 1]["mac"] if at else bytes(32)
    told = rows[:at]
    for number in range(at + 1, len(rows) + 1):
        link = crypto.chained_mac(key, mac, f"{number}".encode())
        told.append({**rows[number - 1], "reason": "", "prev": mac, "mac": link})
        mac, key = link, crypto.ratcheted(key)
    return Forged(told, at + 1)


DEEDS: tuple[Callable[[list[dict[str, Any]], random.Random], Forged], ...] = (
    mutate,
    flip_a_bit,
    delete,
    insert,
    reorder,
    truncate,
    replace_the_end,
)


def _first_bad(vault: OpenVault) -> int | None:
    try:
        vault.audit.verify_all(lambda _: None, lambda: False)
    except AuditBroken as broken:
        return broken.seq
    return None


@few_or(700, few=70, full=7_000)
def test_whatever_is_done_to_the_log_is_noticed_at_the_first_bad_entry(
    logged: OpenVault, rounds: int, proof: Proof
) -> None:
    chance, whole = random.Random(rounds), _rows(logged)
    for turn in range(rounds):
        if turn % 50 == 0:  # every so many commits the open vault anchors what it finds: that must be the whole log
            _put(logged, whole)
            logged.write_anchor()
        deed = DEEDS[turn % len(DEEDS)]
        forged = deed([dict(row) for row in whole], chance)
        _put(logged, forged.rows)
        proof.tried()
        noticed_at = _first_bad(logged)
        proof.lost(noticed_at is None)
        assert noticed_at == forged.first_bad, deed.__name__
    _put(logged, whole)
    assert _first_bad(logged) is None
