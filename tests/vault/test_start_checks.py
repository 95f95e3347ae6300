"""The test at every start, and the full check of a vault."""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import text

from aftercare.domain.errors import CipherMissing, SelfTestFailed
from aftercare.vault import OpenVault, crypto, self_test, verify_vault
from aftercare.vault import start_test as start_module
from aftercare.vault.verify import Check, Finding


def check(vault: OpenVault) -> tuple[Finding, ...]:
    return verify_vault(vault, lambda _: None, lambda: False).findings


def test_a_sound_program_passes_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    self_test()
    assert list(tmp_path.iterdir()) == []


def test_a_missing_cipher_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["sqlcipher3"], "dbapi2", sqlite3)
    with pytest.raises(CipherMissing):
        self_test()


@pytest.mark.parametrize(
    ("name", "wrong", "step"),
    [
        ("argon2id", lambda *_, **__: bytes(32), "key_derivation"),
        ("unseal", lambda *_: b"", "sealing"),
        ("unbox", lambda *_: b"for one", "boxing"),
    ],
)
def test_a_primitive_with_another_answer_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, wrong: object, step: str
) -> None:
    monkeypatch.setattr(crypto, name, wrong)
    with pytest.raises(SelfTestFailed) as caught:
        self_test()
    assert caught.value.step == step


def test_a_file_that_is_not_encrypted_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def plain(path: Path, digits: str, *, creating: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        return connection

    monkeypatch.setattr(start_module, "connect", plain)
    with pytest.raises(SelfTestFailed) as caught:
        self_test()
    assert caught.value.step == "encrypted_file"


def test_a_sound_vault_passes_every_check(vault: OpenVault) -> None:
    seen: list[Check] = []
    report = verify_vault(vault, seen.append, lambda: False)
    assert report.sound
    assert report.audit_entries == 2
    assert set(seen) == set(Check)


def test_a_check_can_be_cancelled(vault: OpenVault) -> None:
    report = verify_vault(vault, lambda _: None, lambda: True)
    assert not report.complete
    assert not report.sound


def test_rotten_pages_are_counted_whole(vault: OpenVault) -> None:
    vault.checkpoint()
    path = vault.folder / "records.db"
    pages = path.stat().st_size // 4096
    with path.open("r+b") as file:
        for page in (pages - 1, pages - 2, pages - 3):
            file.seek(page * 4096 + 2000)
            byte = file.read(1)
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte[0] ^ 1]))
    findings = {finding.check: finding.faults for finding in check(vault)}
    assert findings[Check.PAGES] == 3


def test_a_row_that_refers_to_nothing_is_found(vault: OpenVault) -> None:
    with vault.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute("CREATE TABLE child (parent REFERENCES setting(name))")
        driver.execute("INSERT INTO child VALUES ('nobody')")
    assert Finding(Check.REFERENCES, 1) in check(vault)


def test_a_broken_log_and_a_broken_key_file_are_found(vault: OpenVault) -> None:
    with vault.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_stays"))
        connection.execute(text("UPDATE audit_entry SET reason = 'x' WHERE seq = 1"))
    (vault.folder / "header.a").write_bytes(b"")
    assert set(check(vault)) == {Finding(Check.LOG, 1, 1), Finding(Check.HEADER, 1)}
