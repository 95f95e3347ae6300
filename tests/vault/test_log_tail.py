"""A write-ahead log that rotted after a crash: what had been saved and is hidden by a bad frame is told."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import SavedChangesUnreadable
from aftercare.vault import OpenVault, open_vault
from aftercare.vault.files import Layout
from aftercare.vault.log_tail import acknowledged_frames_are_bad
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HEAD, FRAME = 32, 24 + 4096
SAVES = 12


@pytest.fixture
def crashed(folder: Path, unlock: Callable[..., OpenVault]) -> Path:
    """The vault as a crash leaves it, with a dozen saves in the log alone."""
    vault = unlock()
    vault.checkpoint()
    for number in range(SAVES):
        with vault.engine.begin() as connection:
            row = {"name": str(number), "value": '"' + "x" * 9000 + '"'}
            connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, :value)"), row)
    copy = folder.with_name("crashed")
    shutil.copytree(folder, copy)
    return copy


def opened(folder: Path) -> tuple[bool, int]:
    """Whether the person is told of hidden changes, and how many of the saves are there."""
    with open_vault(folder, "A. Rahman", "the heron sings at dusk", clock=stopped_at(NOW)) as vault:
        told = any(isinstance(warning, SavedChangesUnreadable) for warning in vault.opened_warnings)
        with vault.engine.connect() as connection:
            found = connection.execute(text("SELECT count(*) FROM setting WHERE name GLOB '[0-9]*'")).scalar_one()
            logged = connection.execute(
                text("SELECT count(*) FROM audit_entry WHERE action = 'vault.log_end_unreadable'")
            ).scalar_one()
    assert told is bool(logged)
    return told, found


def test_a_whole_log_is_told_nothing_of(crashed: Path) -> None:
    assert not acknowledged_frames_are_bad(Layout(crashed).write_ahead_log)
    assert opened(crashed) == (False, SAVES)


@few_or(20, few=5, full=200)
@pytest.mark.promise(4)
def test_a_bad_frame_before_the_last_transaction_is_told(crashed: Path, rounds: int, proof: Proof) -> None:
    """In the last transaction it cannot be told from a power cut; at most that one is hidden."""
    chance = random.Random(rounds)
    for turn in range(rounds):
        folder = crashed.with_name(f"turn{turn}")
        shutil.copytree(crashed, folder)
        log = Layout(folder).write_ahead_log
        content = bytearray(log.read_bytes())
        content[chance.randrange(len(content))] ^= 0x10
        log.write_bytes(content)
        told, found = opened(folder)
        proof.tried()
        proof.lost(not told and found < SAVES - 1)
        assert told or found >= SAVES - 1
        shutil.rmtree(folder)


def test_a_torn_last_transaction_is_an_ordinary_power_cut(crashed: Path) -> None:
    log = Layout(crashed).write_ahead_log
    content = log.read_bytes()
    log.write_bytes(content[:-2000])
    assert opened(crashed) == (False, SAVES - 1)


def test_frames_of_an_earlier_round_of_the_log_are_not_taken_for_lost_ones(crashed: Path) -> None:
    log = Layout(crashed).write_ahead_log
    content = bytearray(log.read_bytes())
    for at in range(HEAD + 8, len(content), FRAME):
        content[at : at + 8] = bytes(8)  # other salts
    log.write_bytes(content)
    assert not acknowledged_frames_are_bad(log)


def test_no_log_and_an_empty_one_are_fine(tmp_path: Path) -> None:
    assert not acknowledged_frames_are_bad(tmp_path / "nothing")
    (tmp_path / "empty").touch()
    assert not acknowledged_frames_are_bad(tmp_path / "empty")
