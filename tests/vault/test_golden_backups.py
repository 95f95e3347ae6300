"""A backup of every format there ever was restores today, and is brought to today's level."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.vault import open_vault, read_backup, restore_backup, verify_vault
from aftercare.vault.backup_file import FORMAT
from aftercare.vault.cipher import level_of
from aftercare.vault.migrations import HEAD
from aftercare.vault.restore_keys import SignIn
from golden import FOLDER, LOGIN, PASSPHRASE

CLOCK = stopped_at(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


@pytest.mark.promise(8, 9)
@pytest.mark.parametrize("number", range(1, FORMAT + 1))
def test_a_backup_of_each_format_restores_and_is_brought_up_to_date(number: int, tmp_path: Path) -> None:
    kept = FOLDER / f"backup-format-{number}.backup"
    assert kept.exists(), "run packaging/make_golden_backup.py before a release with a new format"
    assert read_backup(kept).label.training
    restored = restore_backup(
        kept, tmp_path / "vault", SignIn(LOGIN, PASSPHRASE), clock=CLOCK, progress=lambda _done, _total: None
    )
    assert restored.facts.rows["survivor"] == 1
    with open_vault(tmp_path / "vault", LOGIN, PASSPHRASE, clock=CLOCK) as vault:
        assert verify_vault(vault, lambda _: None, lambda: False).sound
        connection = vault.engine.raw_connection()
        assert level_of(connection.driver_connection, HEAD) == HEAD
        connection.close()
