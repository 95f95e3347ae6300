"""Backups on full disks, killed half way, and damaged in every kind of place: nothing half done, nothing believed."""

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
from aftercare.domain.errors import (
    BackupDamaged,
    BackupNewer,
    BackupPlaceFull,
    DatabaseDamaged,
    NotABackup,
    Problem,
    StorageFailed,
)
from aftercare.vault import (
    CHEAP_KDF,
    NewAccount,
    OpenVault,
    SignIn,
    complete_restore,
    copy_to,
    create_vault,
    list_backups,
    make_backup,
    open_vault,
    read_backup,
    restore_backup,
    verify_vault,
)
from aftercare.vault.backup import own_backups
from aftercare.vault.backup_file import read_through
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PASSPHRASE = "the heron sings at dusk"
RAHMAN = SignIn("A. Rahman", PASSPHRASE)

pytestmark = pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody listens to."""


def make(folder: Path, megabytes: int = 1) -> OpenVault:
    vault, _ = create_vault(
        folder, NewAccount(UUID(int=1), "A. Rahman"), PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF
    )
    for number in range(megabytes * 10):
        save(vault, f"setting{number}", "x" * 100_000)
    vault.checkpoint()
    return vault


def save(vault: OpenVault, name: str, value: str = "x") -> None:
    with vault.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO setting (name, value) VALUES (:name, :value)"), {"name": name, "value": f'"{value}"'}
        )
        vault.audit.append(connection, NOW, vault.account_id, "setting.saved")


def unlock(folder: Path) -> OpenVault:
    return open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))


def names(vault: OpenVault) -> set[str]:
    with vault.engine.connect() as connection:
        return set(connection.execute(text("SELECT name FROM setting")).scalars())


# --- full disks --------------------------------------------------------------------------------------------------


def fill(disk: Path, leave: int) -> None:
    with (disk / "other-files").open("wb", buffering=0) as out:
        while shutil.disk_usage(disk).free > leave:
            out.write(bytes(65536))


@pytest.mark.promise(3)
def test_a_full_stick_is_told_and_keeps_its_earlier_backups(small_disk: Path, tmp_path: Path) -> None:
    vault = make(tmp_path / "vault")
    first = make_backup(vault, NOW, unheard)
    copy_to(first, small_disk, unheard)
    fill(small_disk, leave=1_000_000)
    second = make_backup(vault, NOW, unheard)
    with pytest.raises(BackupPlaceFull):
        copy_to(second, small_disk, unheard)
    assert sorted(path.name for path in small_disk.iterdir()) == [first.path.name, "other-files"]
    read_through(read_backup(small_disk / first.path.name), unheard)
    vault.close()


@pytest.mark.promise(3)
def test_a_stick_that_fills_up_while_copying_keeps_no_half_file(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make(tmp_path / "vault")
    backup = make_backup(vault, NOW, unheard)
    fill(small_disk, leave=500_000)
    monkeypatch.setattr("aftercare.vault.backup._need_room", lambda _folder, _size: None)
    with pytest.raises(BackupPlaceFull):
        copy_to(backup, small_disk, unheard)
    assert [path.name for path in small_disk.iterdir()] == ["other-files"]
    vault.close()


@pytest.mark.parametrize("look_first", [True, False])
@pytest.mark.promise(3)
def test_a_full_disk_makes_no_half_backup_and_harms_no_record(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch, look_first: bool
) -> None:
    vault = make(small_disk / "vault")
    fill(small_disk, leave=700_000)
    if not look_first:
        monkeypatch.setattr("aftercare.vault.backup._need_room", lambda _folder, _size: None)
    with pytest.raises(Problem) as refused:
        make_backup(vault, NOW, unheard)
    assert isinstance(refused.value, BackupPlaceFull)
    assert list(own_backups(vault).iterdir()) == []
    save(vault, "goes on")
    assert (small_disk / "vault" / "reserve").exists()
    assert verify_vault(vault, lambda _: None, lambda: False).sound
    vault.close()


@pytest.mark.promise(3)
def test_a_full_disk_restores_nothing_and_changes_nothing(small_disk: Path, tmp_path: Path) -> None:
    vault = make(tmp_path / "vault")
    backup = make_backup(vault, NOW, unheard)
    vault.close()
    for leave in (9_000_000, 2_000_000):
        fill(small_disk, leave=leave)
        with pytest.raises(Problem):
            restore_backup(backup.path, small_disk / "new", RAHMAN, clock=stopped_at(NOW), progress=unheard)
        assert [path.name for path in small_disk.iterdir()] == ["other-files"]


# --- killed ------------------------------------------------------------------------------------------------------


def run_and_kill(work: str, folder: Path, seconds: float) -> None:
    child = os.fork()
    if child == 0:
        try:
            if work == "back up":
                with unlock(folder) as vault:
                    while True:
                        make_backup(vault, NOW, unheard)
            backup = list_backups(folder.with_name("kept"))[0]
            while True:
                restore_backup(backup.path, folder, RAHMAN, clock=stopped_at(NOW), progress=unheard)
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@few_or(40, few=6, full=150)
@pytest.mark.promise(8)
def test_a_backup_that_is_killed_leaves_only_whole_ones(tmp_path: Path, rounds: int, proof: Proof) -> None:
    folder = tmp_path / "vault"
    make(folder).close()
    chance = random.Random(7)
    for _ in range(rounds):
        run_and_kill("back up", folder, chance.uniform(0.1, 0.5))
        for path in (folder / "backups").glob("*.backup"):
            read_through(read_backup(path), unheard)
        proof.tried()
    with unlock(folder) as vault:
        assert verify_vault(vault, lambda _: None, lambda: False).sound
        newest = make_backup(vault, NOW, unheard)
        assert not list((folder / "backups").glob("*.new"))
    restore_backup(newest.path, tmp_path / "new", RAHMAN, clock=stopped_at(NOW), progress=unheard)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@few_or(40, few=6, full=150)
@pytest.mark.promise(8)
def test_a_restore_that_is_killed_leaves_the_old_records_or_the_new(tmp_path: Path, rounds: int, proof: Proof) -> None:
    folder = tmp_path / "vault"
    vault = make(folder)
    copy_to(make_backup(vault, NOW, unheard), tmp_path / "kept", unheard, make_place=True)
    save(vault, "after the backup")
    vault.close()
    chance = random.Random(8)
    for _ in range(rounds):
        run_and_kill("restore", folder, chance.uniform(0.05, 0.4))
        complete_restore(folder)
        with unlock(folder) as again:
            assert names(again) >= {f"setting{number}" for number in range(10)}
            assert verify_vault(again, lambda _: None, lambda: False).sound
        proof.tried()
    oldest = tmp_path / "vault-before-2026-11-23-1"
    with unlock(oldest if oldest.exists() else folder) as first:
        assert "after the backup" in names(first)


# --- damaged -----------------------------------------------------------------------------------------------------


@few_or(200, few=20, full=1_000)
@pytest.mark.promise(4)
def test_a_flip_anywhere_is_found_before_anything_is_restored(tmp_path: Path, rounds: int, proof: Proof) -> None:
    with make(tmp_path / "vault") as vault:
        backup = make_backup(vault, NOW, unheard)
    content = backup.path.read_bytes()
    size = backup.label.database_bytes
    chance = random.Random(9)
    places = [0, 15, 16, 4095, 4096, size - 1, size, size + 1, len(content) - 53, len(content) - 52]
    places += [chance.randrange(size) for _ in range(rounds)]
    places += [chance.randrange(size, len(content)) for _ in range(rounds)]
    broken = tmp_path / "2026-11-23-0009.backup"
    for at in places:
        changed = bytearray(content)
        changed[at] ^= 1 << chance.randrange(8)
        broken.write_bytes(changed)
        with pytest.raises((BackupDamaged, NotABackup, BackupNewer)):
            read_through(read_backup(broken), unheard)
    proof.tried(len(places))
    with pytest.raises((BackupDamaged, NotABackup)):
        restore_backup(broken, tmp_path / "new", RAHMAN, clock=stopped_at(NOW), progress=unheard)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("how", ["one bit", "a page of zeros"])
@pytest.mark.promise(4)
def test_damaged_records_make_no_backup_and_the_earlier_one_stays(tmp_path: Path, how: str) -> None:
    with make(tmp_path / "vault") as vault:
        backup = make_backup(vault, NOW, unheard)
    whole = (tmp_path / "vault" / "records.db").read_bytes()
    pages = len(whole) // 4096
    chance = random.Random(10)
    found = 0
    for page in [pages - 1, *chance.sample(range(20, pages - 1), 8)]:
        changed = bytearray(whole)
        if how == "one bit":
            changed[page * 4096 + chance.randrange(4096)] ^= 1
        else:
            changed[page * 4096 : (page + 1) * 4096] = bytes(4096)
        shutil.copytree(tmp_path / "vault", tmp_path / "damaged")
        (tmp_path / "damaged" / "records.db").write_bytes(changed)
        try:
            vault = unlock(tmp_path / "damaged")
        except Problem:
            shutil.rmtree(tmp_path / "damaged")
            continue  # a page that unlocking itself reads
        with pytest.raises((DatabaseDamaged, StorageFailed)):
            make_backup(vault, NOW, unheard)
        found += 1
        assert [path.name for path in own_backups(vault).iterdir()] == [backup.path.name]
        vault.close()
        shutil.rmtree(tmp_path / "damaged")
    assert found >= 5
    read_through(read_backup(backup.path), unheard)


@pytest.mark.promise(4)
def test_a_changed_database_with_a_mended_sum_is_found_with_the_key(tmp_path: Path) -> None:
    import hashlib
    import struct

    with make(tmp_path / "vault") as vault:
        backup = make_backup(vault, NOW, unheard)
    content = bytearray(backup.path.read_bytes())
    content[backup.label.database_bytes // 2] ^= 4
    before = bytes(content[:-52])
    length = struct.unpack(">I", content[-52:-48])[0]
    backup.path.write_bytes(before + struct.pack(">I32s16s", length, hashlib.sha256(before).digest(), content[-16:]))
    read_through(read_backup(backup.path), unheard)
    with pytest.raises(BackupDamaged):
        restore_backup(backup.path, tmp_path / "new", RAHMAN, clock=stopped_at(NOW), progress=unheard)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["vault"]
