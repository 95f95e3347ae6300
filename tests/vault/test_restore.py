"""Every backup restores: into a new folder, beside records that are kept aside, with a password or with the code."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    BackupDamaged,
    FolderNotEmpty,
    VaultInUse,
    WrongPassphrase,
)
from aftercare.vault import (
    OpenVault,
    Restored,
    SignIn,
    complete_restore,
    make_backup,
    open_vault,
    restore_backup,
    verify_vault,
)
from aftercare.vault.backup import own_backups
from aftercare.vault.backup_file import BackupFile

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"
RAHMAN = SignIn("A. Rahman", PASSPHRASE)


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody listens to."""


def save(vault: OpenVault, name: str) -> None:
    with vault.engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, '1')"), {"name": name})
        vault.audit.append(connection, NOW, vault.account_id, "setting.saved")


def names(vault: OpenVault) -> set[str]:
    with vault.engine.connect() as connection:
        return set(connection.execute(text("SELECT name FROM setting")).scalars())


def logged(vault: OpenVault) -> list[str]:
    with vault.engine.connect() as connection:
        return list(connection.execute(text("SELECT action FROM audit_entry ORDER BY seq")).scalars())


def restore(backup: BackupFile, folder: Path, key: object = RAHMAN) -> Restored:
    return restore_backup(backup.path, folder, key, clock=stopped_at(NOW), progress=unheard)  # type: ignore[arg-type]


def unlocked(folder: Path) -> OpenVault:
    return open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))


@pytest.fixture
def backed_up(unlock: Callable[..., OpenVault]) -> BackupFile:
    """A backup with one setting in it, of a vault that is closed and has gone on since."""
    vault = unlock()
    save(vault, "in the backup")
    backup = make_backup(vault, NOW, unheard)
    save(vault, "later")
    vault.close()
    return backup


@pytest.mark.promise(8)
def test_a_backup_restores_into_a_new_folder_with_its_counts_and_log(backed_up: BackupFile, tmp_path: Path) -> None:
    restored = restore(backed_up, tmp_path / "new")
    assert restored.kept_aside is None
    with unlocked(tmp_path / "new") as vault:
        assert vault.opened_warnings[0].__class__.__name__ == "WeakKeyDerivation"
        assert len(vault.opened_warnings) == 1
        assert names(vault) == {"in the backup"}
        assert "vault.restored" in logged(vault)
        assert logged(vault).index("vault.restored") == restored.facts.audit_seq
        assert verify_vault(vault, lambda _: None, lambda: False).sound


def test_the_present_records_are_kept_aside_unharmed(backed_up: BackupFile, folder: Path) -> None:
    restored = restore(backed_up, folder)
    assert restored.kept_aside is not None
    assert restored.kept_aside.name == "vault-before-2026-11-23-1"
    with unlocked(folder) as vault:
        assert names(vault) == {"in the backup"}
    with unlocked(restored.kept_aside) as vault:
        assert names(vault) == {"in the backup", "later"}
    again = restore_backup(
        restored.kept_aside / "backups" / backed_up.path.name,
        folder,
        RAHMAN,
        clock=stopped_at(NOW),
        progress=unheard,
    )
    assert again.kept_aside is not None
    assert again.kept_aside.name == "vault-before-2026-11-23-2"


@pytest.mark.promise(8)
def test_a_stale_write_ahead_log_is_kept_aside_with_its_records(
    backed_up: BackupFile, folder: Path, unlock: Callable[..., OpenVault]
) -> None:
    vault = unlock()
    save(vault, "in the log only")
    log = (folder / "records.db-wal").read_bytes()
    assert log
    vault.close()
    (folder / "records.db-wal").write_bytes(log)
    restored = restore(backed_up, folder)
    assert restored.kept_aside is not None
    assert (restored.kept_aside / "records.db-wal").read_bytes() == log
    with unlocked(folder) as again:
        assert names(again) == {"in the backup"}
        assert verify_vault(again, lambda _: None, lambda: False).sound


@pytest.mark.promise(8)
def test_damaged_records_and_lost_key_files_are_no_obstacle(backed_up: BackupFile, folder: Path) -> None:
    (folder / "header.a").unlink()
    (folder / "header.b").write_bytes(b"rotten")
    (folder / "records.db").write_bytes(b"rotten" * 5000)
    restored = restore(backed_up, folder)
    with unlocked(folder) as vault:
        assert names(vault) == {"in the backup"}
    assert restored.kept_aside is not None
    assert (restored.kept_aside / "header.b").read_bytes() == b"rotten"


@pytest.mark.promise(8)
def test_the_recovery_code_restores_too(backed_up: BackupFile, tmp_path: Path, template: object) -> None:
    restore(backed_up, tmp_path / "new", template.code)  # type: ignore[attr-defined]
    with unlocked(tmp_path / "new") as vault:
        assert names(vault) == {"in the backup"}


def test_a_wrong_password_changes_nothing(backed_up: BackupFile, folder: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(WrongPassphrase):
        restore(backed_up, folder, SignIn("A. Rahman", "something else entirely"))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.promise(4)
def test_a_flipped_byte_changes_nothing(backed_up: BackupFile, folder: Path, tmp_path: Path) -> None:
    content = bytearray(backed_up.path.read_bytes())
    content[backed_up.label.database_bytes // 2] ^= 1
    backed_up.path.write_bytes(content)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(BackupDamaged):
        restore(backed_up, folder)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_open_records_are_not_replaced(backed_up: BackupFile, folder: Path, unlock: Callable[..., OpenVault]) -> None:
    unlock()
    with pytest.raises(VaultInUse):
        restore(backed_up, folder)


def test_a_folder_with_other_files_is_refused(backed_up: BackupFile, tmp_path: Path) -> None:
    taken = tmp_path / "letters"
    taken.mkdir()
    (taken / "letter.txt").write_text("dear")
    with pytest.raises(FolderNotEmpty):
        restore(backed_up, taken)
    assert [path.name for path in taken.iterdir()] == ["letter.txt"]


def test_one_that_is_stopped_leaves_everything_as_it_was(backed_up: BackupFile, folder: Path, tmp_path: Path) -> None:
    class EnoughError(Exception):
        pass

    before = sorted(path.name for path in tmp_path.iterdir())
    for stop_at in (0, 29, 50, 94):

        def stop(done: int, _total: int, stop_at: int = stop_at) -> None:
            if done >= stop_at:
                raise EnoughError

        with pytest.raises(EnoughError):
            restore_backup(backed_up.path, folder, RAHMAN, clock=stopped_at(NOW), progress=stop)
        assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_power_cut_between_the_last_steps_is_completed(
    backed_up: BackupFile, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCutError(Exception):
        pass

    real = os.replace

    def cut(source: Path, target: Path) -> None:
        if source.name.endswith(".restoring"):
            raise PowerCutError
        real(source, target)

    monkeypatch.setattr(os, "replace", cut)
    with pytest.raises(PowerCutError):
        restore(backed_up, folder)
    monkeypatch.undo()
    assert not folder.exists()
    complete_restore(folder)
    with unlocked(folder) as vault:
        assert names(vault) == {"in the backup"}


@pytest.mark.promise(8)
def test_a_restored_vault_goes_on_as_any_other(backed_up: BackupFile, tmp_path: Path) -> None:
    new = tmp_path / "new"
    restore(backed_up, new)
    for name in ("a", "b"):
        with unlocked(new) as vault:
            save(vault, name)
            make_backup(vault, NOW, unheard)
    with unlocked(new) as vault:
        newest = sorted(own_backups(vault).iterdir())[-1]
    shutil.copy(newest, tmp_path / newest.name)
    restore_backup(tmp_path / newest.name, new, RAHMAN, clock=stopped_at(NOW), progress=unheard)
    with unlocked(new) as vault:
        assert names(vault) == {"in the backup", "a", "b"}
        assert verify_vault(vault, lambda _: None, lambda: False).sound
