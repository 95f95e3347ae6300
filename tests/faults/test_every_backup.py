"""Every backup restores: made at any moment of a day's work, opened with the recovery code, compared row by row."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from aftercare.vault import copy_to, make_backup, open_with_code, restore_backup, verify_vault
from aftercare.vault.files import Layout
from aftercare.vault.opened import OpenVault
from cut_words import code_number
from faults.work_to_cut import CLOCK, NOW, prepared, save, unheard, unlock
from proof import Proof
from rounds import few_or

pytestmark = pytest.mark.promise(8)


# what opening the records writes itself: entries of the log, and the mark that the key file knows
OWN = {"audit_entry", "vault_mark"}


def rows_and_log(vault: OpenVault) -> tuple[dict[str, list[Any]], list[Any]]:
    """Every row of each table, and the log."""
    with vault.engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        rows = {
            name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{name}"')))
            for name in names
            if name not in OWN
        }
        log = connection.exec_driver_sql("SELECT seq, action, prev, mac FROM audit_entry ORDER BY seq").all()
    return rows, [tuple(entry) for entry in log]


@few_or(10, few=3, full=80)
def test_each_backup_restores_with_the_code_and_holds_what_there_was(tmp_path: Path, rounds: int, proof: Proof) -> None:
    prepared(tmp_path)
    chance = random.Random(rounds)
    number = 100
    stale = tmp_path / "stale.wal"
    for turn in range(rounds):
        with unlock(tmp_path / "vault") as vault:
            for _ in range(chance.randint(1, 8)):
                save(vault, number)
                number += 1
            rows, log = rows_and_log(vault)
            backup = make_backup(vault, NOW, unheard)
            save(vault, number)
            number += 1
            shutil.copy(Layout(vault.folder).write_ahead_log, stale)
        copied = copy_to(backup, tmp_path / "scratch", unheard, make_place=True)
        folder = tmp_path / "restored"
        if turn % 2:
            # a vault with the log of a crash beside it stands where the backup goes
            shutil.copytree(tmp_path / "vault", folder)
            shutil.copy(stale, Layout(folder).write_ahead_log)
        restored = restore_backup(copied, folder, code_number(0), clock=CLOCK, progress=unheard)
        with open_with_code(folder, code_number(0), clock=CLOCK) as vault:
            found, later_log = rows_and_log(vault)
            sound = verify_vault(vault, lambda _: None, lambda: False).sound
        # what was told since stands behind the head of then
        same = found == rows and later_log[: len(log)] == log and len(later_log) > len(log)
        proof.tried()
        proof.lost(not same)
        proof.corrupt(not sound)
        assert restored.facts.audit_seq == log[-1][0]
        assert same
        assert sound
        assert (restored.kept_aside is not None) is bool(turn % 2)
        shutil.rmtree(folder)
        if restored.kept_aside is not None:
            shutil.rmtree(restored.kept_aside)
