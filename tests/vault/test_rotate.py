"""A new data key: everything is there under it, nothing opens it from before, and no crash loses either key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    DatabaseDoesNotOpen,
    DiskFull,
    FolderUnusable,
    HeaderRolledBack,
    RotationNoRoom,
    RotationNotVerified,
    WeakKeyDerivation,
)
from aftercare.vault import (
    OpenVault,
    SignIn,
    make_backup,
    open_vault,
    open_with_code,
    restore_backup,
    verify_vault,
)
from aftercare.vault.backup_copy import copy_pages
from aftercare.vault.cipher import APPLICATION_ID
from aftercare.vault.files import Layout
from aftercare.vault.header import Header
from aftercare.vault.header_files import read_headers
from aftercare.vault.migrations import HEAD
from aftercare.vault.rotate import rotate
from conftest import NOW

PASSPHRASE = "the heron sings at dusk"


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


def save(vault: OpenVault, name: str) -> None:
    with vault.engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, '{}')"), {"name": name})
        vault.audit.append(connection, NOW, vault.account_id, "setting.saved")


def names(vault: OpenVault) -> set[str]:
    with vault.engine.connect() as connection:
        return set(connection.execute(text("SELECT name FROM setting")).scalars())


def actions(vault: OpenVault) -> list[str]:
    with vault.engine.connect() as connection:
        return list(connection.execute(text("SELECT action FROM audit_entry ORDER BY seq")).scalars())


def sound(vault: OpenVault) -> bool:
    return verify_vault(vault, lambda _: None, lambda: False).sound


def header_of(folder: Path) -> Header:
    return read_headers(Layout(folder)).header


def test_the_records_go_on_under_the_new_key_in_the_same_vault(vault: OpenVault) -> None:
    save(vault, "before")
    key, engine, log = vault.unlocked.data_key, vault.engine, vault.audit
    rotate(vault, unheard)
    assert vault.unlocked.data_key != key
    assert (vault.engine, vault.audit) == (engine, log)
    save(vault, "after")
    assert names(vault) >= {"before", "after"}
    assert actions(vault)[-2:] == ["vault.key_rotated", "setting.saved"]
    assert sound(vault)


def test_whoever_has_a_slot_opens_the_new_file_with_the_passphrase_they_had(
    vault: OpenVault, folder: Path, template: Any, unlock: Callable[..., OpenVault]
) -> None:
    rotate(vault, unheard)
    vault.close()
    with unlock() as again:
        assert not [told for told in again.opened_warnings if not isinstance(told, WeakKeyDerivation)]
        assert sound(again)
    with open_with_code(folder, template.code, clock=stopped_at(NOW)) as by_code:
        assert sound(by_code)


def test_the_new_file_is_marked_as_the_old_one_was(vault: OpenVault, folder: Path) -> None:
    rotate(vault, unheard)
    with vault.engine.connect() as connection:
        asked = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("user_version", "application_id", "journal_mode", "foreign_keys", "synchronous")
        }
    assert asked == {
        "user_version": HEAD,
        "application_id": APPLICATION_ID,
        "journal_mode": "wal",
        "foreign_keys": 1,
        "synchronous": 2,
    }
    assert {path.name for path in folder.iterdir()} <= {
        "records.db", "records.db-wal", "records.db-shm", "header.a", "header.b", "backups", "lock", "reserve",
    }  # fmt: skip


@pytest.mark.promise(11)
def test_old_copies_of_the_header_do_not_open_the_new_file(
    vault: OpenVault, folder: Path, tmp_path: Path, unlock: Callable[..., OpenVault]
) -> None:
    for copy in Layout(folder).headers:
        shutil.copy2(copy, tmp_path / copy.name)
    rotate(vault, unheard)
    vault.close()
    for copy in Layout(folder).headers:
        shutil.copy2(tmp_path / copy.name, copy)
    with pytest.raises((DatabaseDoesNotOpen, HeaderRolledBack)):
        unlock()


def test_neither_copy_of_the_header_keeps_the_key_before(vault: OpenVault, folder: Path) -> None:
    rotate(vault, unheard)
    generations = set()
    for copy in Layout(folder).headers:
        alone = folder.with_name(copy.name)
        alone.mkdir()
        shutil.copy2(copy, alone / copy.name)
        generations.add(header_of(alone).generation)
    assert generations == {2}
    assert vault.unlocked.inner.before_rotation is None


def test_rotating_again_and_again_keeps_every_epoch_of_the_log(vault: OpenVault) -> None:
    for number in range(3):
        rotate(vault, unheard)
        save(vault, str(number))
    assert len(vault.unlocked.inner.audit_epochs) == 4
    assert vault.audit.verify_all(lambda _: None, lambda: False) == len(actions(vault))


def test_a_backup_of_before_is_restored_with_the_passphrase_of_then(vault: OpenVault, tmp_path: Path) -> None:
    save(vault, "before")
    backup = make_backup(vault, NOW, unheard)
    rotate(vault, unheard)
    vault.close()
    key = SignIn("A. Rahman", PASSPHRASE)
    restore_backup(backup.path, tmp_path / "restored", key, clock=stopped_at(NOW), progress=unheard)
    with open_vault(tmp_path / "restored", "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as restored:
        assert "before" in names(restored)
        assert sound(restored)


def test_a_backup_of_after_is_restored_too(vault: OpenVault, tmp_path: Path) -> None:
    rotate(vault, unheard)
    save(vault, "after")
    backup = make_backup(vault, NOW, unheard)
    key = SignIn("A. Rahman", PASSPHRASE)
    restore_backup(backup.path, tmp_path / "restored", key, clock=stopped_at(NOW), progress=unheard)
    with open_vault(tmp_path / "restored", "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as restored:
        assert "after" in names(restored)
        assert sound(restored)


class Enough(Exception):
    """Somebody pressed Cancel."""


@pytest.mark.parametrize("share", [0, 30, 60, 95])
def test_cancelling_leaves_everything_as_it_was(vault: OpenVault, folder: Path, share: int) -> None:
    save(vault, "before")
    key = vault.unlocked.data_key

    def stop(done: int, _total: int) -> None:
        if done >= share:
            raise Enough

    with pytest.raises(Enough):
        rotate(vault, stop)
    save(vault, "after")
    assert vault.unlocked.data_key == key
    assert not Layout(folder).rotated.exists()
    assert names(vault) >= {"before", "after"}
    assert sound(vault)


def test_a_disk_without_room_for_a_copy_is_told_before_anything_is_done(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(folder)._replace(free=1_000_000)
    monkeypatch.setattr("aftercare.vault.rotate.shutil.disk_usage", lambda _folder: usage)
    with pytest.raises(RotationNoRoom) as told:
        rotate(vault, unheard)
    assert told.value.megabytes > 8
    save(vault, "after")
    assert sound(vault)


def test_a_copy_that_is_not_what_the_records_are_never_takes_their_place(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy_badly(source: object, path: Path, digits: str, progress: Callable[[int, int], None]) -> None:
        copy_pages(source, path, digits, progress)
        with path.open("r+b") as file:
            file.seek(path.stat().st_size - 2000)
            file.write(b"\0" * 16)

    monkeypatch.setattr("aftercare.vault.rotate.copy_pages", copy_badly)
    with pytest.raises(RotationNotVerified):
        rotate(vault, unheard)
    save(vault, "after")
    assert not Layout(folder).rotated.exists()
    assert sound(vault)


@pytest.mark.parametrize("step", ["first header", "second header", "rename"])
def test_a_disk_that_refuses_the_exchange_leaves_the_records_and_their_key(
    vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, unlock: Callable[..., OpenVault]
) -> None:
    import os

    key, replaced, seen = vault.unlocked.data_key, os.replace, []

    def refuse(source: Path, target: Path) -> None:
        seen.append(Path(target).name)
        headers = [name for name in seen if name.startswith("header")]
        # the first header of a rotation is its anchor
        at = {"first header": len(headers) == 2, "second header": len(headers) == 3}.get(step, False)
        if at or (step == "rename" and seen[-1] == "records.db"):
            raise OSError(28 if step != "rename" else 5, "refused")
        replaced(source, target)

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises((DiskFull, FolderUnusable)):
        rotate(vault, unheard)
    monkeypatch.undo()
    assert vault.unlocked.data_key == key
    save(vault, "after")
    assert sound(vault)
    vault.close()
    with unlock() as again:
        assert "after" in names(again)
        assert sound(again)


def test_progress_comes_from_nothing_to_everything_and_never_goes_back(vault: OpenVault) -> None:
    heard: list[tuple[int, int]] = []
    rotate(vault, lambda done, total: heard.append((done, total)))
    assert heard == sorted(heard)
    assert heard[-1] == (100, 100)
