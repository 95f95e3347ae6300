"""The traps that were measured in SQLCipher, SQLite and SQLAlchemy: each is closed, and stays closed."""

from __future__ import annotations

import builtins
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from aftercare.domain.errors import Bug, CipherMissing, CipherTooOld, DatabaseDoesNotOpen, VaultReadOnly
from aftercare.vault import OpenVault
from aftercare.vault.cipher import connect, load_cipher, look, raw_key
from aftercare.vault.engine import make_engine
from aftercare.vault.files import Layout

DIGITS = "5a" * 48


@pytest.mark.parametrize(
    ("key", "salt"),
    [
        (b"", b""),
        (bytes([1]) * 31, bytes(16)),
        (bytes([1]) * 33, bytes(15)),
        (bytes([1]) * 32, b""),
        (bytes(32), bytes(16)),
    ],
    ids=["empty", "31 bytes", "33 bytes", "without salt", "all zero"],
)
@pytest.mark.promise(7)
def test_a_key_of_another_size_is_refused_before_it_is_sent(key: bytes, salt: bytes) -> None:
    with pytest.raises(Bug):
        raw_key(key, salt)


@pytest.mark.promise(7)
def test_the_standard_sqlite3_is_not_taken_for_a_cipher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", sqlite3)
    monkeypatch.setattr(sys.modules["sqlcipher3"], "dbapi2", sqlite3)
    with pytest.raises(CipherMissing):
        connect(tmp_path / "records.db", DIGITS, creating=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.promise(7)
def test_a_missing_cipher_is_told_and_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    importing = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.startswith("sqlcipher3"):
            raise ImportError(name)
        return importing(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CipherMissing):
        connect(tmp_path / "records.db", DIGITS, creating=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.promise(7)
def test_a_cipher_with_known_faults_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "sqlite_version_info", (3, 46, 1))
    monkeypatch.setattr(driver, "sqlite_version", "3.46.1")
    with pytest.raises(CipherTooOld) as caught:
        load_cipher()
    assert (caught.value.found, caught.value.needed) == ("3.46.1", "3.51.3")


@pytest.mark.promise(7)
def test_a_wrong_key_fails_before_anything_is_written(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    made = connect(layout.database, DIGITS, creating=True)
    made.execute("CREATE TABLE t (x)")
    made.close()
    before = layout.database.read_bytes()
    with pytest.raises(DatabaseDoesNotOpen):
        look(layout, "a5" * 48)
    assert layout.database.read_bytes() == before


@pytest.mark.promise(7)
def test_no_file_appears_where_there_was_none(tmp_path: Path) -> None:
    from aftercare.domain.errors import StorageFailed

    with pytest.raises(StorageFailed):
        connect(tmp_path / "records.db", DIGITS)
    assert list(tmp_path.iterdir()) == []


SETTINGS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 5000,
    "temp_store": 2,
    "cache_size": -64000,
    "cipher_memory_security": "0",
    "application_id": 0x41667472,
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_a_connection_has_every_setting_the_promises_rest_on(vault: OpenVault, name: str, value: object) -> None:
    with vault.engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == value


@pytest.mark.promise(7)
def test_nothing_is_printed_when_a_key_is_wrong(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    layout = Layout(tmp_path)
    connect(layout.database, DIGITS, creating=True).close()
    with pytest.raises(DatabaseDoesNotOpen):
        look(layout, "a5" * 48)
    assert capfd.readouterr() == ("", "")


def test_a_rolled_back_transaction_takes_its_tables_with_it(vault: OpenVault) -> None:
    with pytest.raises(ZeroDivisionError), vault.engine.begin() as connection:  # noqa: PT012
        connection.execute(text("CREATE TABLE t (x)"))
        raise ZeroDivisionError
    with vault.engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 't'")).scalar_one()
    assert found == 0


def test_an_exception_names_nobody(vault: OpenVault) -> None:
    with pytest.raises(OperationalError) as caught, vault.engine.begin() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": "Marisol"})
    assert "Marisol" not in str(caught.value)


def test_the_vault_has_one_connection(vault: OpenVault) -> None:
    with vault.engine.connect(), pytest.raises(Exception, match="QueuePool limit of size 1"):  # noqa: PT012
        vault.engine.pool._timeout = 0.01  # type: ignore[attr-defined]
        vault.engine.connect()


def test_another_thread_gets_the_same_connection_without_deriving_again(vault: OpenVault) -> None:
    from threading import Thread

    def connection_id() -> int:
        with vault.engine.connect() as connection:
            return id(connection.connection.driver_connection)

    seen = [connection_id()]
    thread = Thread(target=lambda: seen.append(connection_id()))
    thread.start()
    thread.join()
    assert seen[0] == seen[1]


def test_only_transactions_that_write_are_counted(vault: OpenVault) -> None:
    def commits() -> int:
        with vault.engine.connect() as connection:
            return connection.execute(text("SELECT commits FROM vault_mark")).scalar_one()  # type: ignore[no-any-return]

    start = commits()
    with vault.engine.begin() as connection:
        connection.execute(text("SELECT * FROM setting"))
    assert commits() == start
    with vault.engine.begin() as connection:
        connection.execute(text("INSERT INTO setting (name, value) VALUES ('a', '{}')"))
    assert commits() == start + 1


def test_a_file_that_became_read_only_is_told(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "records.db", lambda: DIGITS, on_disk_full=lambda: None, creating=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    with engine.connect() as connection:
        driver_connection = connection.connection.driver_connection
        assert driver_connection is not None
        driver_connection.execute("PRAGMA query_only=ON")
        with pytest.raises(VaultReadOnly):
            connection.execute(text("INSERT INTO t VALUES (1)"))
    engine.dispose()
