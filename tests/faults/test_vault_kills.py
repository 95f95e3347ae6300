"""A process killed at any moment: every save that was acknowledged is there, and the vault is sound."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.vault import CHEAP_KDF, NewAccount, OpenVault, create_vault, open_vault, verify_vault
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"

pytestmark = [
    pytest.mark.promise(1),
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning"),
]


def make(folder: Path) -> None:
    account = NewAccount(UUID(int=1), "A. Rahman")
    create_vault(folder, account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)[0].close()


def unlock(folder: Path) -> OpenVault:
    return open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))


def save_until_killed(folder: Path, acknowledged: int, start: int) -> None:
    """In the child: save one setting after the other with its log entry, anchor often, tell each number."""
    vault = unlock(folder)
    for number in range(start, start + 100_000):
        with vault.engine.begin() as connection:
            connection.execute(
                text("INSERT INTO setting (name, value) VALUES (:name, :value)"),
                {"name": str(number), "value": '"' + "x" * (number * 37 % 3000) + '"'},
            )
            vault.audit.append(connection, NOW, vault.account_id, "setting.saved")
        os.write(acknowledged, number.to_bytes(8, "big"))
        if number % 7 == 0:
            vault.write_anchor()
        if number % 11 == 0:
            vault.checkpoint()


def run_and_kill(folder: Path, start: int, saves: int, seconds: float) -> list[int]:
    """The numbers that a child acknowledged before it was killed, so long after so many of them."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(told)
            save_until_killed(folder, tell, start)
        finally:
            os._exit(1)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        first = pipe.read(8 * saves)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        rest = pipe.read()
    os.waitpid(child, 0)
    whole = first + rest
    return [int.from_bytes(whole[at : at + 8], "big") for at in range(0, len(whole) // 8 * 8, 8)]


@few_or(150, few=20, full=500)
def test_every_acknowledged_save_survives_a_kill(tmp_path: Path, rounds: int, proof: Proof) -> None:
    folder = tmp_path / "vault"
    make(folder)
    chance = random.Random(5)
    expected: list[int] = []
    for turn in range(rounds):
        expected += run_and_kill(folder, turn * 1_000_000, 1 + turn % 3, chance.uniform(0, 0.06))
        with unlock(folder) as vault:
            with vault.engine.connect() as connection:
                found = {int(name) for name in connection.execute(text("SELECT name FROM setting")).scalars()}
            findings = verify_vault(vault, lambda _: None, lambda: False).findings
        proof.tried()
        proof.lost(len(set(expected) - found))
        proof.corrupt(len(findings))
        assert set(expected) <= found
        assert findings == ()
    assert len(expected) > rounds


@few_or(40, few=12, full=150)
def test_a_vault_that_is_killed_while_it_is_made_is_there_whole_or_not_at_all(
    tmp_path: Path, rounds: int, proof: Proof
) -> None:
    chance = random.Random(6)
    for turn in range(rounds):
        folder = tmp_path / f"vault{turn}"
        child = os.fork()
        if child == 0:
            try:
                make(folder)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.02, 0.35))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if not (folder / "header.a").exists():
            make(folder)
        with unlock(folder) as vault:
            assert verify_vault(vault, lambda _: None, lambda: False).findings == ()
        proof.tried()
        shutil.rmtree(folder)
