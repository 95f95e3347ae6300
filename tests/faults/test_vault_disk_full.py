"""A full disk: explained, nothing acknowledged is lost, and the reserve lets people delete and save once more."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DiskFull
from aftercare.vault import CHEAP_KDF, NewAccount, OpenVault, create_vault, open_vault, vault_state, verify_vault
from aftercare.vault.state import VaultPresence

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"
ACCOUNT = NewAccount(UUID(int=1), "A. Rahman")


def fill(disk: Path, *, leave: int = 0) -> None:
    with (disk / "other-files").open("wb", buffering=0) as out:
        try:
            while True:
                out.write(bytes(65536))
        except OSError:
            pass
        if leave:
            out.truncate(max(0, out.tell() - leave))


def save(vault: OpenVault, name: str, size: int = 200_000) -> None:
    with vault.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO setting (name, value) VALUES (:name, :value)"), {"name": name, "value": "x" * size}
        )
        vault.audit.append(connection, NOW, vault.account_id, "setting.saved")


@pytest.mark.promise(3)
def test_a_full_disk_is_told_and_the_reserve_lets_work_go_on(small_disk: Path) -> None:
    folder = small_disk / "vault"
    vault, _ = create_vault(folder, ACCOUNT, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    save(vault, "before")
    fill(small_disk)
    with pytest.raises(DiskFull):  # noqa: PT012
        for number in range(200):
            save(vault, f"more{number}")
    assert not (folder / "reserve").exists()
    with vault.engine.begin() as connection:
        connection.execute(text("DELETE FROM setting WHERE name LIKE 'more%'"))
    save(vault, "after", size=1000)
    (small_disk / "other-files").unlink()
    vault.close()
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as again:
        with again.engine.connect() as connection:
            kept = set(connection.execute(text("SELECT name FROM setting")).scalars())
        assert kept == {"before", "after"}
        assert verify_vault(again, lambda _: None, lambda: False).sound


@pytest.mark.promise(3)
def test_closing_on_a_full_disk_loses_nothing(small_disk: Path) -> None:
    folder = small_disk / "vault"
    vault, _ = create_vault(folder, ACCOUNT, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    save(vault, "before")
    vault.release_reserve()
    fill(small_disk)
    vault.close()
    (small_disk / "other-files").unlink()
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as again:
        assert verify_vault(again, lambda _: None, lambda: False).sound


@pytest.mark.promise(3)
def test_no_half_vault_appears_on_a_full_disk(small_disk: Path) -> None:
    fill(small_disk, leave=300_000)
    folder = small_disk / "vault"
    with pytest.raises(DiskFull):
        create_vault(folder, ACCOUNT, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    assert vault_state(folder).presence is VaultPresence.ABSENT
    (small_disk / "other-files").unlink()
    create_vault(folder, ACCOUNT, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)[0].close()
    assert vault_state(folder).presence is VaultPresence.PRESENT
