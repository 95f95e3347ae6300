"""An upgrade that fails, fills the disk or is killed at any step changes nothing; the next one keeps everything."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import op
from sqlalchemy import text

from aftercare.domain.errors import DatabaseNewer, MigrationFailed, Problem
from aftercare.vault import OpenVault, verify_vault
from faults.work_to_cut import prepared, unlock
from new_level import NEW, a_usual_step, one_level_more
from proof import Proof
from rounds import few_or

pytestmark = [
    pytest.mark.promise(9),
    pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning"),
]
_STEPS: tuple[Callable[[], None], ...] = (
    lambda: op.execute("CREATE TABLE first_new (id INTEGER PRIMARY KEY)"),
    a_usual_step,
    lambda: op.execute("UPDATE setting SET value = '0'"),
    lambda: op.execute("DROP TABLE vault_mark"),
    lambda: op.execute("DELETE FROM setting"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    prepared(tmp_path)
    return tmp_path / "vault"


def sum_of_records(folder: Path) -> str:
    return hashlib.sha256((folder / "records.db").read_bytes()).hexdigest()


def rows_in(vault: OpenVault) -> list[tuple[str, str]]:
    with vault.engine.connect() as connection:
        return [(row.name, row.value) for row in connection.execute(text("SELECT name, value FROM setting"))]


def level_in(vault: OpenVault) -> int:
    with vault.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def test_a_step_that_fails_after_any_of_its_parts_leaves_the_file_as_it_was(folder: Path, proof: Proof) -> None:
    before = sum_of_records(folder)
    for done in range(len(_STEPS) + 1):

        def fails(done: int = done) -> None:
            for part in _STEPS[:done]:
                part()
            op.execute("SELECT nothing FROM nowhere")

        with one_level_more(fails), pytest.raises(MigrationFailed):
            unlock(folder)
        proof.tried()
        proof.corrupt(sum_of_records(folder) != before)
        assert sum_of_records(folder) == before
    with unlock(folder) as vault:
        assert not {"vault.changed_outside", "vault.was_not_closed"} & logged(vault)


def logged(vault: OpenVault) -> set[str]:
    with vault.engine.connect() as connection:
        return set(connection.execute(text("SELECT action FROM audit_entry")).scalars())


@few_or(8, few=3, full=40)
def test_a_full_disk_changes_nothing_and_room_lets_it_go_on(small_disk: Path, rounds: int, proof: Proof) -> None:
    prepared(small_disk)
    folder, others = small_disk / "vault", small_disk / "other-files"
    with unlock(folder) as vault:
        rows = rows_in(vault)
    before = sum_of_records(folder)
    chance = random.Random(rounds)
    for turn in range(rounds):
        leave = chance.randrange(0, 6_000_000) if turn else 0
        others.write_bytes(bytes(max(0, shutil.disk_usage(small_disk).free - leave)))
        with one_level_more(), pytest.raises(Problem):
            unlock(folder)
        proof.tried()
        proof.corrupt(sum_of_records(folder) != before)
        assert sum_of_records(folder) == before
        others.unlink()
    with one_level_more(), unlock(folder) as vault:
        assert rows_in(vault) == rows
        assert level_in(vault) == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@few_or(20, few=4, full=150)
def test_an_upgrade_that_is_killed_is_done_by_the_next(folder: Path, rounds: int, tmp_path: Path, proof: Proof) -> None:
    chance = random.Random(rounds)
    with unlock(folder) as vault:
        rows = rows_in(vault)
    for turn in range(rounds):
        copy = tmp_path / f"copy{turn}"
        shutil.copytree(folder, copy)
        child = os.fork()
        if child == 0:
            try:
                with one_level_more():
                    unlock(copy).close()
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.02, 0.6))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with one_level_more(), unlock(copy) as vault:
            found = rows_in(vault)
            sound = verify_vault(vault, lambda _: None, lambda: False).sound
            assert level_in(vault) == NEW
        proof.tried()
        proof.lost(len(set(rows) - set(found)))
        proof.corrupt(not sound)
        assert found == rows
        assert sound
        shutil.rmtree(copy)


def test_an_older_aftercare_leaves_what_a_newer_one_wrote_untouched(folder: Path) -> None:
    with one_level_more(), unlock(folder) as vault:
        assert level_in(vault) == NEW
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(DatabaseNewer):
        unlock(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
