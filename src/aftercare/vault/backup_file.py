"""The form of a backup: an encrypted database with a key of its own, and at the end of the file what opens it.

    <the database: pages as the cipher wrote them>
    <canonical JSON: label in the open, contents sealed by a key of the vault>
    <length of the JSON, SHA-256 of everything before, AFTERCARE-BACKUP>

The end comes last because the database is written first and can then be opened where it lies. The sum at the very end
finds damage without any key; the sealed contents hold the sum of the database and are bound to the label, so that
nobody without the vault's key can change a byte unnoticed.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from aftercare.domain.errors import BackupDamaged, BackupNewer, NotABackup
from aftercare.vault import crypto
from aftercare.vault.cipher import PAGE_BYTES
from aftercare.vault.crypto import Purpose
from aftercare.vault.files import explained

FORMAT = 1
SUFFIX = ".backup"
MAGIC = b"AFTERCARE-BACKUP"
_END = struct.Struct(">I32s16s")
_MOST_TAIL_BYTES = 16 * 1024 * 1024
CHUNK = 1024 * 1024
Progress = Callable[[int, int], None]
"""Hears (done, total) in bytes; what it raises stops the work, and nothing half done stays."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a backup says to anybody; the header is the vault's key file as it was then.

    `reason` is a code («before_import»), empty for one that was made because its time had come.
    """

    vault_id: UUID
    training: bool
    number: int
    made_at: datetime
    database_bytes: int
    header: bytes = field(repr=False)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds, for comparing two: rows of each table, the head of the log, commits, the level."""

    level: int
    commits: int
    audit_seq: int
    audit_mac: str
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says to whoever has the vault's key."""

    raw_key: str = field(repr=False)
    database_sum: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup as it lies somewhere, its contents still sealed."""

    path: Path
    label: Label
    sealed: bytes = field(repr=False)

    @property
    def number(self) -> int:
        return self.label.number

    @property
    def made_at(self) -> datetime:
        return self.label.made_at

    @property
    def reason(self) -> str:
        return self.label.reason

    def contents(self, data_key: bytes) -> Contents:
        """What was sealed; `BackupDamaged` where the label is not the one that it was sealed with."""
        key = crypto.derived_key(data_key, Purpose.BACKUP)
        try:
            fields = json.loads(crypto.unseal(key, self.sealed, _canonical(_label_as_json(self.label))))
            return Contents(fields["key"], fields["sum"], Facts(**fields["facts"]))
        except (crypto.DoesNotOpen, ValueError, KeyError, TypeError) as wrong:
            raise BackupDamaged from wrong


def file_name(made_at: datetime, number: int) -> str:
    """Date and number, nothing else."""
    return f"{made_at.astimezone(UTC):%Y-%m-%d}-{number:04d}{SUFFIX}"


# --- writing -----------------------------------------------------------------------------------------------------


def append_end(file: BinaryIO, summed: Any, label: Label, contents: Contents, data_key: bytes) -> None:
    """Write the end behind the database; `summed` is the SHA-256 of the database so far."""
    plain = json.dumps(
        {
            "key": contents.raw_key,
            "sum": contents.database_sum,
            "facts": {name: getattr(contents.facts, name) for name in Facts.__slots__},
        }
    )
    label_json = _label_as_json(label)
    sealed = crypto.seal(crypto.derived_key(data_key, Purpose.BACKUP), plain.encode(), _canonical(label_json))
    tail = _canonical(label_json | {"sealed": sealed.hex()})
    summed.update(tail)
    file.write(tail)
    file.write(_END.pack(len(tail), summed.digest(), MAGIC))


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _label_as_json(label: Label) -> dict[str, object]:
    """A reason stands there only where there is one: what was sealed without the field opens as it did."""
    return ({"reason": label.reason} if label.reason else {}) | {
        "format": FORMAT,
        "vault": label.vault_id.hex,
        "training": label.training,
        "number": label.number,
        "made_at": label.made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "database_bytes": label.database_bytes,
        "header": label.header.decode("ascii"),
    }


# --- reading -----------------------------------------------------------------------------------------------------


def read_backup(path: Path) -> BackupFile:
    """The label and the sealed contents, without reading the database.

    Raises `NotABackup`, `BackupDamaged`, `BackupNewer` and what the disk says.
    """
    with explained(), path.open("rb") as file:
        size, length, _ = _read_end(file)
        file.seek(size - _END.size - length)
        tail = file.read(length)
    try:
        fields = json.loads(tail)
        if fields["format"] > FORMAT:
            raise BackupNewer(found=fields["format"], known=FORMAT)
        label = Label(
            vault_id=UUID(hex=fields["vault"]),
            training=fields["training"] is True,
            number=int(fields["number"]),
            made_at=datetime.fromisoformat(fields["made_at"]).astimezone(UTC),
            database_bytes=int(fields["database_bytes"]),
            header=fields["header"].encode("ascii"),
            reason=str(fields.get("reason", "")),
        )
        sealed = bytes.fromhex(fields["sealed"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as wrong:
        raise BackupDamaged from wrong
    if label.database_bytes != size - _END.size - length or label.database_bytes % PAGE_BYTES:
        raise BackupDamaged
    return BackupFile(path, label, sealed)


def _read_end(file: BinaryIO) -> tuple[int, int, bytes]:
    """Size of the file, length of the JSON, and the sum of everything before the end."""
    size = file.seek(0, 2)
    if size < _END.size:
        raise NotABackup
    file.seek(size - _END.size)
    length, whole_sum, magic = _END.unpack(file.read(_END.size))
    if magic != MAGIC:
        raise NotABackup
    if length > min(_MOST_TAIL_BYTES, size - _END.size):
        raise BackupDamaged
    return size, length, whole_sum


def read_through(backup: BackupFile, progress: Progress) -> str:
    """Read every byte and compare it with the sum at the end; the sum of the database alone."""
    total = backup.label.database_bytes
    with explained(), backup.path.open("rb", buffering=0) as file:
        size, length, whole_sum = _read_end(file)
        if size - _END.size - length != total:
            raise BackupDamaged
        file.seek(0)
        summed = sum_of(file, total, progress)
        database_sum = summed.hexdigest()
        summed.update(file.read(length))
    if summed.digest() != whole_sum:
        raise BackupDamaged
    return str(database_sum)


def sum_of(file: BinaryIO, count: int, progress: Progress) -> Any:
    """SHA-256 of the next `count` bytes, to be gone on with."""
    summed, done = hashlib.sha256(), 0
    while done < count:
        chunk = file.read(min(CHUNK, count - done))
        if not chunk:
            raise BackupDamaged
        summed.update(chunk)
        done += len(chunk)
        progress(done, count)
    return summed
