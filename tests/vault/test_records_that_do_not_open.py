"""Records that are missing, damaged, newer, older or of another vault are told apart and left as they are."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    AuditBroken,
    DatabaseDamaged,
    DatabaseDoesNotOpen,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseNotEncrypted,
    DatabaseOlder,
    HeaderCopyRepaired,
    HeaderDamaged,
    HeaderRolledBack,
    WeakKeyDerivation,
)
from aftercare.vault import (
    CHEAP_KDF,
    NewAccount,
    OlderDatabase,
    OpenVault,
    VaultPresence,
    create_vault,
    open_vault,
    vault_state,
)
from aftercare.vault.files import Layout
from aftercare.vault.header_files import read_headers
from refusing import NOW, PASSPHRASE, hashes, refused

Unlock = Callable[..., OpenVault]


@pytest.mark.promise(4)
def test_missing_records_are_told(folder: Path) -> None:
    (folder / "records.db").unlink()
    refused(folder, DatabaseMissing)


@pytest.mark.promise(4)
def test_truncated_records_are_told(folder: Path) -> None:
    (folder / "records.db").write_bytes((folder / "records.db").read_bytes()[:1000])
    refused(folder, DatabaseDamaged)


@pytest.mark.promise(4)
def test_records_damaged_at_their_start_are_told(folder: Path) -> None:
    content = bytearray((folder / "records.db").read_bytes())
    content[100] ^= 1
    (folder / "records.db").write_bytes(content)
    refused(folder, DatabaseDoesNotOpen)


@pytest.mark.promise(4)
def test_records_of_another_vault_are_told(folder: Path, tmp_path: Path) -> None:
    other, _ = create_vault(
        tmp_path / "o", NewAccount(UUID(int=1), "somebody"), PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF
    )
    other.close()
    shutil.copy(tmp_path / "o" / "records.db", folder / "records.db")
    refused(folder, DatabaseDoesNotOpen)


@pytest.mark.promise(7)
def test_a_plain_database_in_the_place_of_the_records_is_not_opened(folder: Path) -> None:
    (folder / "records.db").unlink()
    plain = driver.connect(str(folder / "records.db"))
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()
    refused(folder, DatabaseNotEncrypted)


def change(folder: Path, unlock: Unlock, statement: str) -> None:
    vault = unlock()
    vault.close()
    from aftercare.vault.cipher import connect

    connection = connect(folder / "records.db", vault.unlocked.raw_database_key)
    connection.execute(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@pytest.mark.promise(9)
def test_records_of_a_newer_version_are_refused_untouched(folder: Path, unlock: Unlock) -> None:
    change(folder, unlock, "PRAGMA user_version=999")
    problem = refused(folder, DatabaseNewer)
    assert isinstance(problem, DatabaseNewer)
    assert problem.found == 999


@pytest.mark.promise(9)
def test_newer_records_with_a_log_beside_them_are_refused_untouched(folder: Path, unlock: Unlock) -> None:
    vault = unlock()
    with vault.engine.begin() as connection:
        connection.execute(text("PRAGMA user_version=999"))
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)
    assert (kept / "records.db-wal").stat().st_size
    (kept / "records.db-shm").unlink()
    before = hashes(kept)
    with pytest.raises(DatabaseNewer):
        open_vault(kept, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))
    after = hashes(kept)
    assert {name: after[name] for name in before} == before


def test_a_database_of_another_program_is_refused(folder: Path, unlock: Unlock) -> None:
    change(folder, unlock, "PRAGMA application_id=1")
    refused(folder, DatabaseForeign)


@pytest.mark.promise(4)
def test_a_damaged_header_copy_is_healed_from_the_other(folder: Path, unlock: Unlock) -> None:
    for name in ("header.a", "header.b"):
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])
        vault = unlock()
        assert any(isinstance(warning, HeaderCopyRepaired) for warning in vault.opened_warnings)
        vault.close()
        assert not read_headers(Layout(folder)).one_is_damaged
    (folder / "header.a").unlink()
    assert any(isinstance(warning, HeaderCopyRepaired) for warning in unlock().opened_warnings)


@pytest.mark.promise(4)
def test_two_damaged_header_copies_stop_everything(folder: Path) -> None:
    for name in ("header.a", "header.b"):
        (folder / name).write_bytes(b"AFTERCARE-VAULT\nrubbish")
    assert vault_state(folder).presence is VaultPresence.DAMAGED
    refused(folder, HeaderDamaged)


@pytest.mark.promise(5)
def test_records_put_back_from_last_week_are_noticed(folder: Path, unlock: Unlock, tmp_path: Path) -> None:
    shutil.copy(folder / "records.db", tmp_path / "last-week.db")
    vault = unlock()
    with vault.engine.begin() as connection:
        vault.audit.append(connection, NOW, None, "note.added")
    vault.close()
    shutil.copy(tmp_path / "last-week.db", folder / "records.db")
    problem = refused(folder, DatabaseOlder)
    assert isinstance(problem, DatabaseOlder)
    assert problem.missing_changes >= 2
    with open_vault(
        folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW), older_database=OlderDatabase.OPEN_AND_LOG
    ) as opened:
        told = [warning for warning in opened.opened_warnings if not isinstance(warning, WeakKeyDerivation)]
        assert [type(warning) for warning in told] == [DatabaseOlder]  # one calm word, nothing of a changed log
        with opened.engine.connect() as connection:
            actions = connection.execute(text("SELECT action FROM audit_entry")).scalars().all()
        assert "vault.older_records_opened" in actions
        assert "vault.log_found_broken" not in actions
    again = unlock()
    assert [type(warning) for warning in again.opened_warnings] == [WeakKeyDerivation]
    again.audit.verify_all(lambda _: None, lambda: False)


@pytest.mark.promise(12)
def test_a_log_that_was_changed_in_older_records_is_told_besides(folder: Path, unlock: Unlock, tmp_path: Path) -> None:
    first = unlock()
    with first.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_stays")
        connection.exec_driver_sql("UPDATE audit_entry SET action = 'nothing.happened' WHERE seq = 1")
    first.close()
    shutil.copy(folder / "records.db", tmp_path / "last-week.db")
    vault = unlock()
    with vault.engine.begin() as connection:
        vault.audit.append(connection, NOW, None, "note.added")
    vault.close()
    shutil.copy(tmp_path / "last-week.db", folder / "records.db")
    with open_vault(
        folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW), older_database=OlderDatabase.OPEN_AND_LOG
    ) as opened:
        told = {type(warning) for warning in opened.opened_warnings}
    assert {DatabaseOlder, AuditBroken} <= told


@pytest.mark.promise(5)
def test_an_older_key_file_put_back_is_noticed(folder: Path, unlock: Unlock, tmp_path: Path) -> None:
    for name in ("header.a", "header.b"):
        shutil.copy(folder / name, tmp_path / name)
    for _ in range(2):
        unlock().close()
    for name in ("header.a", "header.b"):
        shutil.copy(tmp_path / name, folder / name)
    refused(folder, HeaderRolledBack)
