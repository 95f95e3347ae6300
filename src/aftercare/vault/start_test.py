"""At start: does the cipher encrypt, do the primitives give the published answers? Milliseconds, before any vault."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from aftercare.domain.errors import Problem, SelfTestFailed
from aftercare.vault import crypto
from aftercare.vault.cipher import PLAIN_START, connect, load_cipher, look, raw_key
from aftercare.vault.files import Layout

_CANARY = "canary-in-the-cellar"
_ARGON2_ANSWER = bytes.fromhex("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe")
_GCM_KEY = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
_GCM_BOUND = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
_GCM_PLAIN = bytes.fromhex(
    "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
    "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
)
_GCM_SEALED = bytes.fromhex(
    "cafebabefacedbaddecaf888"
    "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
    "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
    "76fc6ece0f4e1768cddf8853bb2d551b"
)


class Step(StrEnum):
    KEY_DERIVATION = "key_derivation"
    SEALING = "sealing"
    BOXING = "boxing"
    ENCRYPTED_FILE = "encrypted_file"
    WRONG_KEY = "wrong_key"


def self_test() -> None:
    """Raises `CipherMissing`, `CipherTooOld` or `SelfTestFailed`; leaves nothing behind."""
    load_cipher()
    for step, passes in _STEPS.items():
        try:
            passed = passes()
        except Problem as problem:
            raise SelfTestFailed(step) from problem
        if not passed:
            raise SelfTestFailed(step)


def _derives_as_published() -> bool:
    """Argon2id against the test vector of the reference implementation (256 KiB, two passes, one lane)."""
    key = crypto.argon2id(b"password", b"somesalt", kibibytes=256, passes=2, lanes=1)
    return key == _ARGON2_ANSWER


def _seals_as_published() -> bool:
    """AES-256-GCM against test case 16 of its specification (McGrew and Viega)."""
    return crypto.unseal(_GCM_KEY, _GCM_SEALED, _GCM_BOUND) == _GCM_PLAIN


def _boxes_for_one_alone() -> bool:
    private, public = crypto.new_key_pair()
    stranger, _ = crypto.new_key_pair()
    boxed = crypto.box(public, b"for one", b"here")
    try:
        crypto.unbox(stranger, boxed, b"here")
    except crypto.DoesNotOpen:
        return crypto.unbox(private, boxed, b"here") == b"for one"
    return False


def _writes_no_plaintext() -> bool:
    with tempfile.TemporaryDirectory(prefix="aftercare-") as folder:
        layout, digits = Layout(Path(folder)), raw_key(crypto.random_key(), crypto.random_bytes(16))
        connection = connect(layout.database, digits, creating=True)
        try:
            connection.execute("CREATE TABLE words (word TEXT)")
            connection.execute("INSERT INTO words VALUES (?)", (_CANARY,))
            log = layout.write_ahead_log.read_bytes()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()
        content = layout.database.read_bytes()
        return _CANARY.encode() not in content + log and not content.startswith(PLAIN_START) and len(content) > 4096


def _refuses_another_key() -> bool:
    with tempfile.TemporaryDirectory(prefix="aftercare-") as folder:
        layout, salt = Layout(Path(folder)), crypto.random_bytes(16)
        connection = connect(layout.database, raw_key(crypto.random_key(), salt), creating=True)
        connection.execute("CREATE TABLE words (word TEXT)")
        connection.close()
        try:
            look(layout, raw_key(crypto.random_key(), salt)).close()
        except Problem:
            return True
        return False


_STEPS: dict[Step, Callable[[], bool]] = {
    Step.KEY_DERIVATION: _derives_as_published,
    Step.SEALING: _seals_as_published,
    Step.BOXING: _boxes_for_one_alone,
    Step.ENCRYPTED_FILE: _writes_no_plaintext,
    Step.WRONG_KEY: _refuses_another_key,
}
