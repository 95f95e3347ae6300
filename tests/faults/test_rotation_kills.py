"""A process killed anywhere in a rotation: the records open under the old key or the new one, whole, for who stays."""

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
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DatabaseDoesNotOpen, HeaderRolledBack, WrongPassphrase
from aftercare.vault import (
    CHEAP_KDF,
    NewAccount,
    OpenVault,
    create_vault,
    open_vault,
    open_with_code,
    verify_vault,
)
from aftercare.vault.files import Layout
from aftercare.vault.members import Member, Members, open_with_login_code
from aftercare.vault.recovery import RecoveryCode
from aftercare.vault.rotate import rotate
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOCK = stopped_at(NOW)
PASSPHRASE = "the heron sings at dusk"
REMOVED = "seven lamps along the quay"
NADJA = Member(UUID(int=2), "Nadja")
ROWS = 300

pytestmark = [
    pytest.mark.promise(1, 11),
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
    pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning"),
]


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


def unlock(folder: Path) -> OpenVault:
    return open_vault(folder, "A. Rahman", PASSPHRASE, clock=CLOCK)


def make(folder: Path) -> RecoveryCode:
    """Records, somebody who stays, and somebody who was just removed; the keys are still to be changed."""
    vault, code = create_vault(folder, NewAccount(UUID(int=1), "A. Rahman"), PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    with vault, Session(vault.engine) as session, session.begin():
        issued = Members(vault, kdf=CHEAP_KDF).issue_code(session, NADJA)
        session.execute(
            text("INSERT INTO setting (name, value) VALUES (:name, :value)"),
            [{"name": str(number), "value": '"' + "x" * 1500 + '"'} for number in range(ROWS)],
        )
    with (
        open_with_login_code(folder, "Nadja", issued.code, clock=CLOCK) as hers,
        Session(hers.engine) as session,
        session.begin(),
    ):
        Members(hers, kdf=CHEAP_KDF).choose_passphrase(session, NADJA, REMOVED)
    return code


def close_account(folder: Path) -> None:
    with unlock(folder) as vault, Session(vault.engine) as session, session.begin():
        Members(vault).close(session, NADJA.account_id)


def rotate_until_killed(folder: Path, rotations: int, seconds: float) -> None:
    """Rotate in a child, and kill it so long after it changed the key so often."""
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(told)
            vault = unlock(folder)
            os.write(tell, b"!")
            for _again in range(50):
                rotate(vault, unheard)
                os.write(tell, b"!")
        finally:
            os._exit(0)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        pipe.read(1 + rotations)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def check(folder: Path, code: RecoveryCode, generation: int) -> int:
    """Everything is there, whole, and only for who stays; how often the key was changed by now."""
    with unlock(folder) as vault:
        with vault.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM setting WHERE value LIKE '\"xx%'")).scalar() == ROWS
        assert verify_vault(vault, unheard_check, lambda: False).findings == ()
        now = vault.unlocked
        assert now.inner.before_rotation is None
    assert not Layout(folder).rotated.exists()
    assert now.header.generation >= generation
    with pytest.raises(WrongPassphrase):
        open_vault(folder, "Nadja", REMOVED, clock=CLOCK)
    Layout(folder).attempts.unlink()
    open_with_code(folder, code, clock=CLOCK).close()
    return now.header.generation


def unheard_check(_check: object) -> None:
    """Nobody waits for the checks one by one."""


@few_or(120, few=8)
def test_a_rotation_killed_at_any_moment_leaves_whole_records_that_open(
    tmp_path: Path, rounds: int, proof: Proof
) -> None:
    folder, old = tmp_path / "vault", tmp_path / "old"
    code = make(folder)
    old.mkdir()
    for copy in Layout(folder).headers:
        shutil.copy2(copy, old / copy.name)
    close_account(folder)
    chance = random.Random(9)
    generation = 1
    for turn in range(rounds):
        rotate_until_killed(folder, turn % 2, chance.uniform(0, 0.5))
        generation = check(folder, code, generation)
        proof.tried()
    assert generation > rounds // 2
    for copy in Layout(folder).headers:
        shutil.copy2(old / copy.name, copy)
    # her old key file and the right password of then: the records have another key
    with pytest.raises((DatabaseDoesNotOpen, HeaderRolledBack)):
        open_vault(folder, "Nadja", REMOVED, clock=CLOCK)


STEPS = ("os.replace", "os.fsync")


def calls_of_a_rotation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many renames and syncs one rotation makes."""
    counted = 0
    with unlock(folder) as vault, monkeypatch.context() as patch:
        for name in STEPS:
            call = getattr(os, name.removeprefix("os."))

            def counting(*arguments: object, call: object = call) -> object:
                nonlocal counted
                counted += 1
                return call(*arguments)  # type: ignore[operator]

            patch.setattr(name, counting)
        rotate(vault, unheard)
    return counted


def rotate_and_stop_before(folder: Path, stop: int) -> None:
    """In a child: rotate, and end like a killed process right before the so manieth rename or sync."""
    child = os.fork()
    if child == 0:
        try:
            vault = unlock(folder)
            left = stop
            for name in STEPS:
                call = getattr(os, name.removeprefix("os."))

                def ending(*arguments: object, call: object = call) -> object:
                    nonlocal left
                    if left == 0:
                        os.kill(os.getpid(), signal.SIGKILL)
                    left -= 1
                    return call(*arguments)  # type: ignore[operator]

                setattr(os, name.removeprefix("os."), ending)
            rotate(vault, unheard)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


@few_or(100, few=9)
def test_a_rotation_that_ends_before_any_of_its_steps_is_finished_or_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int, proof: Proof
) -> None:
    template = tmp_path / "template"
    code = make(template)
    close_account(template)
    counting = tmp_path / "counting"
    shutil.copytree(template, counting)
    generations = set()
    steps = calls_of_a_rotation(counting, monkeypatch)
    assert steps > 10
    # the exchange of header and file lies at the end: a short run tries every other step of it
    apart = 1 if rounds > steps else 2
    for stop in range(max(0, steps - apart * rounds), steps, apart):
        folder = tmp_path / f"vault{stop}"
        shutil.copytree(template, folder)
        folder.chmod(0o700)
        rotate_and_stop_before(folder, stop)
        generations.add(check(folder, code, 1))
        proof.tried()
        shutil.rmtree(folder)
    assert generations == {1, 2}
