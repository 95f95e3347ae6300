"""A flipped byte anywhere in the records or their log: noticed, explained, never written over."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DatabaseOlder, Problem
from aftercare.vault import CHEAP_KDF, NewAccount, create_vault, open_vault, verify_vault

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"
PAGES = 24


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with a few hundred pages."""
    folder = tmp_path_factory.mktemp("damage") / "vault"
    vault, _ = create_vault(
        folder, NewAccount(UUID(int=1), "A. Rahman"), PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF
    )
    with vault, vault.engine.begin() as connection:
        for number in range(60):
            connection.execute(
                text("INSERT INTO setting (name, value) VALUES (:name, :value)"),
                {"name": str(number), "value": "x" * 9000},
            )
            vault.audit.append(connection, NOW, None, "setting.saved")
    return folder


def noticed(folder: Path) -> bool:
    """Whether opening or the full check says that something is wrong."""
    try:
        with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
            return not verify_vault(vault, lambda _: None, lambda: False).sound
    except Problem:
        return True


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


@pytest.mark.promise(4)
def test_a_flipped_byte_in_any_page_is_noticed(filled: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    pages = (filled / "records.db").stat().st_size // 4096
    assert pages > 200
    for turn, page in enumerate([0, 1, 2, pages - 1, *chance.sample(range(pages), PAGES)]):
        folder = tmp_path / str(turn)
        shutil.copytree(filled, folder)
        flip(folder / "records.db", page * 4096 + chance.randrange(4096))
        damaged = (folder / "records.db").read_bytes()
        assert noticed(folder), page
        if page == 0:
            assert (folder / "records.db").read_bytes() == damaged
        shutil.rmtree(folder)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.95])
@pytest.mark.promise(4)
def test_a_cut_file_is_noticed(filled: Path, tmp_path: Path, share: float) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(filled, folder)
    content = (folder / "records.db").read_bytes()
    (folder / "records.db").write_bytes(content[: int(len(content) * share)])
    assert noticed(folder)


def with_log(filled: Path, tmp_path: Path, then: Callable[[Path], None]) -> Path:
    """A copy of a vault as a crash leaves it: its anchor written, its last changes only in the log beside it."""
    source = tmp_path / "source"
    shutil.copytree(filled, source)
    folder = tmp_path / "vault"
    with open_vault(source, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
        vault.checkpoint()
        for number in range(3):
            with vault.engine.begin() as connection:
                vault.audit.append(connection, NOW, None, f"late.{number}")
        vault.write_anchor()
        shutil.copytree(source, folder)
    then(folder)
    return folder


@pytest.mark.promise(4)
def test_a_rotten_log_tail_is_noticed_by_the_anchor(filled: Path, tmp_path: Path) -> None:
    def rot(folder: Path) -> None:
        flip(folder / "records.db-wal", 32 + 24 + 2000)

    folder = with_log(filled, tmp_path, rot)
    with pytest.raises(DatabaseOlder):
        open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))


@pytest.mark.promise(4)
def test_a_lost_log_is_noticed_by_the_anchor(filled: Path, tmp_path: Path) -> None:
    folder = with_log(filled, tmp_path, lambda folder: (folder / "records.db-wal").unlink())
    with pytest.raises(DatabaseOlder):
        open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))


@pytest.mark.promise(4)
def test_a_log_left_by_a_crash_is_read(filled: Path, tmp_path: Path) -> None:
    folder = with_log(filled, tmp_path, lambda folder: None)
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault:
        with vault.engine.connect() as connection:
            late = connection.execute(text("SELECT count(*) FROM audit_entry WHERE action LIKE 'late.%'")).scalar_one()
        assert late == 3
        assert verify_vault(vault, lambda _: None, lambda: False).sound
