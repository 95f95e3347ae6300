"""One connection to the encrypted file, with every setting that our promises rest on, in the order they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aftercare.domain.errors import (
    Bug,
    CipherMissing,
    CipherTooOld,
    DatabaseDamaged,
    DatabaseDoesNotOpen,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseNotEncrypted,
    DiskFull,
    Problem,
    StorageFailed,
    VaultInUse,
    VaultReadOnly,
)
from aftercare.vault import crypto
from aftercare.vault.files import Layout, explained

APPLICATION_ID = 0x41667472  # "Aftr"
OLDEST_SQLITE = (3, 51, 3)  # the fix of a WAL reset that could corrupt
PLAIN_START = b"SQLite format 3\0"
PAGE_BYTES = 4096
_RAW_KEY = re.compile(r"[0-9a-f]{96}")

_PROBLEMS: dict[str, type[Problem]] = {
    "SQLITE_FULL": DiskFull,
    "SQLITE_IOERR": StorageFailed,
    "SQLITE_CORRUPT": DatabaseDamaged,
    "SQLITE_NOTADB": DatabaseDamaged,
    "SQLITE_READONLY": VaultReadOnly,
    "SQLITE_CANTOPEN": StorageFailed,
    "SQLITE_BUSY": VaultInUse,
}


def load_cipher() -> Any:
    """The driver, once it has proved that it encrypts and is new enough; raises `CipherMissing`, `CipherTooOld`.

    The standard library's sqlite3 accepts `PRAGMA key` and writes plaintext, so nothing is believed by name.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError as missing:
        raise CipherMissing from missing
    probe = dbapi2.connect(":memory:")
    try:
        version = probe.execute("PRAGMA cipher_version").fetchone()
    finally:
        probe.close()
    if not version or not version[0]:
        raise CipherMissing
    if tuple(dbapi2.sqlite_version_info) < OLDEST_SQLITE:
        raise CipherTooOld(found=dbapi2.sqlite_version, needed=".".join(map(str, OLDEST_SQLITE)))
    return dbapi2


def problem_of(error: BaseException) -> Problem | None:
    """What an error of the driver means to people; None when it is a mistake of ours."""
    if isinstance(error, MemoryError):
        return StorageFailed()  # the cipher's word for a page that it could not read or write
    name = getattr(error, "sqlite_errorname", None) or ""
    for prefix, kind in _PROBLEMS.items():
        if name == prefix or name.startswith(prefix + "_"):
            return kind()
    return None


@contextmanager
def explained_by_driver() -> Iterator[None]:
    """Turn what the driver raises into a `Problem`: the engine does it for its own statements, this for the others."""
    try:
        yield
    except (load_cipher().Error, MemoryError) as error:
        raise problem_of(error) or error from error


def raw_key(key: bytes, salt: bytes) -> str:
    """Key and salt as SQLCipher takes them without deriving: exactly 96 hex digits.

    Anything shorter would be taken for a passphrase and open something else, so it is checked before it is sent.
    """
    digits = (key + salt).hex()
    if not _RAW_KEY.fullmatch(digits) or len(key) != 32 or not any(key):
        raise Bug("a raw key is 32 bytes of key and 16 of salt")
    return digits


def connected(path: Path, mode: str, digits: str) -> Any:
    """A bare connection that can read; a wrong key fails here, before any setting could write."""
    if not _RAW_KEY.fullmatch(digits):
        raise Bug("96 hex digits open a database: SQLCipher takes less for a passphrase, and nothing for no encryption")
    dbapi2 = load_cipher()
    address = f"{path.absolute().as_uri()}?{mode}"
    connection = dbapi2.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA cipher_log_level=none")  # it prints on standard error otherwise
        connection.execute(f"PRAGMA key=\"x'{digits}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory() -> Any:
    """A connection to an empty database of its own, which is nowhere on the disk and goes with the connection."""
    connection = load_cipher().connect(":memory:", isolation_level=None, check_same_thread=False)
    digits = raw_key(crypto.random_key(), crypto.random_bytes(16))
    connection.execute(f"PRAGMA key=\"x'{digits}'\"")  # so that the cipher is at work there too
    return connection


_SETTINGS = (
    "PRAGMA synchronous=FULL",  # with NORMAL a power cut loses acknowledged commits
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-64000",  # decides the speed: 16 MB is three to five times slower
    "PRAGMA journal_size_limit=67108864",
)


def connect(path: Path, digits: str, *, creating: bool = False) -> Any:
    """A connection for work. The file must be there already unless it is being made; raises a `Problem`."""
    with explained_by_driver():
        connection = connected(path, "mode=rwc" if creating else "mode=rw", digits)
        try:
            if creating:
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            if connection.execute("PRAGMA journal_mode=WAL").fetchone()[0] != "wal":
                raise StorageFailed
            for setting in _SETTINGS:
                connection.execute(setting)
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_what_is_no_vault(layout: Layout) -> None:
    if not layout.database.exists():
        raise DatabaseMissing
    with explained(), layout.database.open("rb") as file:
        start = file.read(PAGE_BYTES)
    if start.startswith(PLAIN_START):
        raise DatabaseNotEncrypted
    if len(start) < PAGE_BYTES:
        raise DatabaseDamaged


def look(layout: Layout, digits: str) -> Any:
    """A connection that only reads, to judge a database before anything is written to it."""
    _refuse_what_is_no_vault(layout)
    log = layout.write_ahead_log
    # without a log nothing else can hold newer pages, and an immutable file gets no log beside it
    mode = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    try:
        return connected(layout.database, mode, digits)
    except load_cipher().Error as error:
        problem = problem_of(error)
        if isinstance(problem, DatabaseDamaged):
            raise DatabaseDoesNotOpen from error
        raise problem or error from error


def level_of(connection: Any, newest_known: int) -> int:
    """The level of the records; raises `DatabaseForeign` and `DatabaseNewer`."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise DatabaseForeign
    level = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if level > newest_known:
        raise DatabaseNewer(found=level, known=newest_known)
    return level
