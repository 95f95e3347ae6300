"""Aftercare started several times at once, and after a kill: one works, the others are told, none is barred."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import VaultInUse
from aftercare.vault import CHEAP_KDF, NewAccount, create_vault, open_vault, verify_vault
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"

pytestmark = [
    pytest.mark.promise(17),
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    account = NewAccount(UUID(int=1), "A. Rahman")
    create_vault(tmp_path / "vault", account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)[0].close()
    return tmp_path / "vault"


def apart(work: Callable[[], bytes]) -> tuple[int, int]:
    """A process of its own that says what came of it; its number, and where it says it."""
    hears, says = os.pipe()
    child = os.fork()
    if child == 0:
        answer = b"?"
        try:
            answer = work()
        except BaseException as error:
            answer = type(error).__name__.encode()
        finally:
            os.write(says, answer)
            os._exit(0)
    os.close(says)
    return child, hears


def heard(hears: int) -> str:
    with os.fdopen(hears, "rb") as pipe:
        return pipe.read().decode()


def save(folder: Path, name: str, *, stay: float) -> bytes:
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
        with vault.engine.begin() as connection:
            row = {"name": name}
            connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, '0')"), row)
            vault.audit.append(connection, NOW, vault.account_id, "setting.saved")
        time.sleep(stay)
    return b"saved"


@few_or(15, few=3, full=120)
def test_of_three_that_start_at_once_each_works_alone_or_is_told(folder: Path, rounds: int, proof: Proof) -> None:
    saved = set()
    for turn in range(rounds):
        names = [f"{turn} {which}" for which in range(3)]
        started = [(name, *apart(lambda name=name: save(folder, name, stay=0.05))) for name in names]  # type: ignore[misc]
        for name, child, hears in started:
            answer = heard(hears)
            os.waitpid(child, 0)
            assert answer in ("saved", VaultInUse.__name__)
            if answer == "saved":
                saved.add(name)
        proof.tried()
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
        with vault.engine.connect() as connection:
            found = set(connection.execute(text("SELECT name FROM setting")).scalars())
        proof.lost(len(saved - found))
        assert saved
        assert found == saved
        assert verify_vault(vault, lambda _: None, lambda: False).sound


@few_or(15, few=3, full=150)
def test_the_lock_of_a_process_that_was_killed_bars_nobody(folder: Path, rounds: int, proof: Proof) -> None:
    chance = random.Random(rounds)
    for turn in range(rounds):
        child, hears = apart(lambda turn=turn: save(folder, str(turn), stay=30))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(hears)
        with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
            assert verify_vault(vault, lambda _: None, lambda: False).sound
        proof.tried()
