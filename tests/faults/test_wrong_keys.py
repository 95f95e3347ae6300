"""Keys that are no keys: refused before the cipher hears of them, and no file is written."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from aftercare.domain.errors import Bug, DatabaseDamaged
from aftercare.vault.cipher import connect, raw_key
from proof import Proof
from rounds import few_or

RIGHT = "5a" * 48

pytestmark = pytest.mark.promise(7)

ODD = [
    "",
    " ",
    "0",
    "5a" * 32,
    "5a" * 47,
    "5a" * 47 + "5",
    "5a" * 49,
    "5A" * 48,
    "5a" * 47 + "5g",
    "x" * 96,
    "5a" * 47 + "'\"",
    "5a" * 48 + "\n",
    "\x00" * 96,
    "the heron sings at dusk",
]


@pytest.mark.parametrize("digits", ODD)
def test_what_is_no_key_makes_no_file(tmp_path: Path, digits: str) -> None:
    with pytest.raises(Bug):
        connect(tmp_path / "records.db", digits, creating=True)
    assert list(tmp_path.iterdir()) == []


@few_or(200, few=40, full=5_000)
def test_a_key_of_any_other_size_is_refused(rounds: int, tmp_path: Path, proof: Proof) -> None:
    chance = random.Random(rounds)
    for _ in range(rounds):
        key, salt = chance.randbytes(chance.randrange(70)), chance.randbytes(chance.randrange(40))
        if (len(key), len(salt)) != (32, 16):
            with pytest.raises(Bug):
                raw_key(key, salt)
        proof.tried()


@few_or(40, few=8, full=400)
def test_a_wrong_key_opens_nothing_and_writes_nothing(rounds: int, tmp_path: Path, proof: Proof) -> None:
    path = tmp_path / "records.db"
    connection = connect(path, RIGHT, creating=True)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = path.read_bytes()
    chance = random.Random(rounds)
    for _ in range(rounds):
        at = chance.randrange(64)
        wrong = RIGHT[:at] + chance.choice("0123456789bcdef") + RIGHT[at + 1 :]
        if wrong == RIGHT:
            continue
        with pytest.raises(DatabaseDamaged):
            connect(path, wrong)
        proof.tried()
        proof.corrupt(path.read_bytes() != before)
        assert path.read_bytes() == before
        assert [file.name for file in tmp_path.iterdir()] == ["records.db"]
    assert not before.startswith(b"SQLite format 3")
