"""Unlocking: who gets in, what stops it, and what is told once somebody is in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    ClockWentBack,
    FolderClosed,
    FolderNotEmpty,
    TooManyAttempts,
    VaultExists,
    VaultInUse,
    VaultMissing,
    VaultReadOnly,
    WeakKeyDerivation,
    WeakPassphrase,
    WrongPassphrase,
)
from aftercare.vault import (
    CHEAP_KDF,
    NewAccount,
    OpenVault,
    VaultPresence,
    create_vault,
    derive_here,
    open_vault,
    slots,
    vault_state,
)
from aftercare.vault.files import Layout
from aftercare.vault.header_files import read_headers
from refusing import NOW, PASSPHRASE, hashes

Unlock = Callable[..., OpenVault]


def test_the_first_administrator_gets_in_however_the_name_is_written(unlock: Unlock) -> None:
    vault = unlock(name="  a.  RAHMAN ")
    assert vault.account_id == UUID("01930000-0000-7000-8000-000000000001")
    assert vault.accounts == {vault.account_id}
    assert not vault.training


def test_a_passphrase_may_be_typed_with_composed_or_combining_letters(tmp_path: Path) -> None:
    account = NewAccount(UUID(int=7), "Łucja")
    vault, _ = create_vault(
        tmp_path / "v", account, "zażółć gęślą jaźń é", clock=stopped_at(NOW), kdf=CHEAP_KDF, training=True
    )
    vault.close()
    with open_vault(tmp_path / "v", "łucja", "zażółć gęślą jaźń e\u0301", clock=stopped_at(NOW)) as again:
        assert again.training
    assert vault_state(tmp_path / "v").training


def test_an_unknown_name_and_a_wrong_passphrase_look_alike(unlock: Unlock) -> None:
    with pytest.raises(WrongPassphrase):
        unlock("the heron sings at dawn")
    with pytest.raises(WrongPassphrase):
        unlock(name="B. Osei")


def test_the_right_passphrase_under_any_other_name_opens_nothing(folder: Path) -> None:
    header = read_headers(Layout(folder)).header
    for number in range(3 * len(header.slots)):  # whichever slot stands in for the unknown name
        with pytest.raises(WrongPassphrase):
            slots.open_with_passphrase(header, f"nobody {number}", PASSPHRASE, derive_here)


def test_failed_passphrases_delay_the_next_also_after_a_restart(unlock: Unlock) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            unlock("wrong")
    with pytest.raises(TooManyAttempts) as early:
        unlock()
    assert early.value.seconds == 2
    assert unlock(clock=stopped_at(NOW + timedelta(seconds=2)))


@pytest.mark.promise(18)
def test_a_clock_set_far_back_does_not_lock_people_out(unlock: Unlock, folder: Path) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            unlock("wrong")
    with pytest.raises(TooManyAttempts) as early:
        unlock(clock=stopped_at(NOW - timedelta(days=4000)))
    assert early.value.seconds == 2


def test_failed_unlocks_are_in_the_log_after_the_next_unlock(unlock: Unlock, folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        unlock("wrong")
    assert b"Rahman" not in (folder / "attempts").read_bytes()
    vault = unlock(clock=stopped_at(NOW + timedelta(hours=1)))
    with vault.engine.connect() as connection:
        rows = connection.execute(text("SELECT action, reason FROM audit_entry ORDER BY seq")).all()
    assert [tuple(row) for row in rows] == [
        ("vault.created", ""),
        ("vault.unlock_failed", "2026-11-23T09:00:00Z"),
        ("vault.unlocked", ""),
    ]
    assert not (folder / "attempts").exists()


@pytest.mark.promise(17)
def test_a_second_opening_is_refused_and_the_first_goes_on(vault: OpenVault, folder: Path) -> None:
    with pytest.raises(VaultInUse):
        open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))
    with vault.engine.begin() as connection:
        vault.audit.append(connection, NOW, None, "still.here")


@pytest.mark.promise(17)
def test_a_second_process_is_refused(vault: OpenVault, folder: Path) -> None:
    asked = (
        "import sys; from pathlib import Path; from aftercare.vault import open_vault;"
        "from aftercare.domain.clock import Clock;"
        "open_vault(Path(sys.argv[1]), 'x', 'y', clock=Clock())"
    )
    done = subprocess.run([sys.executable, "-c", asked, str(folder)], capture_output=True, text=True, check=False)
    assert "VaultInUse" in done.stderr


@pytest.mark.promise(17)
def test_a_lock_file_left_behind_is_harmless(folder: Path, unlock: Unlock) -> None:
    (folder / "lock").write_text("4711")
    assert unlock()


def test_an_empty_folder_holds_no_vault(tmp_path: Path) -> None:
    assert vault_state(tmp_path).presence is VaultPresence.ABSENT
    assert vault_state(tmp_path / "nothing").presence is VaultPresence.ABSENT
    with pytest.raises(VaultMissing):
        open_vault(tmp_path, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))
    assert list(tmp_path.iterdir()) == []


def test_a_new_vault_never_replaces_one_nor_moves_in_with_other_files(folder: Path, tmp_path: Path) -> None:
    account = NewAccount(UUID(int=1), "somebody")
    before = hashes(folder)
    with pytest.raises(VaultExists):
        create_vault(folder, account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    for header in ("header.a", "header.b"):
        (folder / header).rename(tmp_path / header)
    with pytest.raises(VaultExists):
        create_vault(folder, account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    assert hashes(folder)["records.db"] == before["records.db"]
    assert vault_state(folder).presence is VaultPresence.DAMAGED
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("dear")
    with pytest.raises(FolderNotEmpty):
        create_vault(tmp_path / "letters", account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)


def test_an_interrupted_making_leaves_room_for_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "v"

    class PowerCutError(Exception):
        pass

    def cut(vault: OpenVault) -> None:
        raise PowerCutError

    account = NewAccount(UUID(int=1), "somebody")
    with pytest.raises(PowerCutError):
        create_vault(folder, account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF, first_records=cut)
    assert vault_state(folder).presence is VaultPresence.ABSENT
    shutil.copy(folder / "making" / "records.db", folder / "records.db")  # cut later: while moving out
    (folder / "backups").mkdir()
    assert vault_state(folder).presence is VaultPresence.ABSENT
    vault, _ = create_vault(folder, account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    vault.close()
    assert vault_state(folder).presence is VaultPresence.PRESENT
    assert not (folder / "making").exists()


def test_first_records_are_there_when_the_vault_appears(tmp_path: Path) -> None:
    def first(vault: OpenVault) -> None:
        with vault.engine.begin() as connection:
            connection.execute(text("INSERT INTO setting (name, value) VALUES ('name', '{}')"))

    account = NewAccount(UUID(int=1), "somebody")
    vault, _ = create_vault(
        tmp_path / "v", account, PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF, first_records=first
    )
    with vault, vault.engine.connect() as connection:
        assert connection.execute(text("SELECT name FROM setting")).scalar_one() == "name"


def test_a_weak_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        create_vault(tmp_path / "v", NewAccount(UUID(int=1), "x"), "password", clock=stopped_at(NOW), kdf=CHEAP_KDF)
    assert not (tmp_path / "v").exists()


@pytest.mark.promise(18)
def test_a_clock_behind_the_log_is_told_and_logged(unlock: Unlock) -> None:
    unlock().close()
    vault = unlock(clock=stopped_at(NOW - timedelta(days=1000)))
    assert any(isinstance(warning, ClockWentBack) for warning in vault.opened_warnings)
    vault.audit.verify_all(lambda _: None, lambda: False)


def test_a_weakly_guarded_slot_is_told(vault: OpenVault) -> None:
    assert any(isinstance(warning, WeakKeyDerivation) for warning in vault.opened_warnings)


def test_the_folder_is_closed_to_others(folder: Path, unlock: Unlock) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows keeps a list of rights, not a mode")
    folder.chmod(0o755)
    unlock()
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.filterwarnings("ignore:This process.*multi-threaded:DeprecationWarning")
def test_a_folder_that_cannot_be_written_is_told(folder: Path) -> None:
    if not hasattr(os, "fork"):
        pytest.skip("needs fork to become somebody who may not write")
    folder.chmod(0o555)
    (folder / "lock").chmod(0o444)
    for parent in folder.parents:
        if str(parent).startswith("/tmp/"):
            parent.chmod(0o755)
    for path in folder.iterdir():
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, 65534, 65534)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        answer = b"opened"
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))
        except BaseException as error:
            answer = type(error).__name__.encode()
        os.write(write_end, answer)
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read_end, 100).decode() == VaultReadOnly.__name__
    folder.chmod(0o700)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a folder to somebody else")
def test_the_folder_of_another_user_is_not_opened_though_it_could_be_because_that_would_lock_its_owner_out(
    folder: Path, unlock: Unlock
) -> None:
    """Root, or a colleague where somebody opened the folder to a group: the key files became theirs, and closed."""
    for path in (folder, *folder.iterdir()):
        os.chown(path, 65534, 65534)
    (folder / "lock").unlink()
    before = {path: (path.stat().st_uid, path.read_bytes()) for path in folder.iterdir() if path.is_file()}
    with pytest.raises(FolderClosed):
        unlock()
    assert {path: (path.stat().st_uid, path.read_bytes()) for path in folder.iterdir() if path.is_file()} == before


def test_nothing_in_the_folder_shows_a_name_or_a_word(folder: Path, unlock: Unlock) -> None:
    vault = unlock()
    canary = "Marisol-in-the-cellar"
    with vault.engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, '{}')"), {"name": canary})
        vault.audit.append(connection, NOW, vault.account_id, canary)
    everything = b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    assert (folder / "records.db-wal").stat().st_size
    vault.close()
    everything += b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    for word in (canary.encode(), b"ahman", b"staff", b"recovery", vault.account_id.hex.encode()):
        assert word not in everything


def test_the_vault_is_cheap_to_import() -> None:
    asked = (
        "import sys, aftercare.vault as v; v.vault_state; v.derive_apart;"
        "early = {'sqlalchemy', 'alembic', 'sqlcipher3', 'cryptography', 'argon2'} & set(sys.modules); assert not early"
    )
    subprocess.run([sys.executable, "-c", asked], check=True)
