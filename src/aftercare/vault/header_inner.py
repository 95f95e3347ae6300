"""The inner part of the key file: what only an unlocked vault knows about it, sealed by the data key.

Who owns which slot and until when, the keys of the log, what the records were when this was written, and what a change
of keys has not finished yet.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from aftercare.vault import crypto

_INNER_STEP = 4096


class SlotKind(StrEnum):
    """Whose private key a slot holds; never written in the open."""

    STAFF = "staff"
    ONE_TIME_CODE = "one_time_code"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class SlotOwner:
    """A line of the inner part: which slot is real, whose, and until when it may be used (None: no end)."""

    slot: UUID
    kind: SlotKind
    account: UUID | None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the records were when the header was last written: they may be ahead of it, never behind."""

    commits: int = 0
    audit_seq: int = 0
    audit_mac: bytes = bytes(crypto.MAC_BYTES)
    audit_key: bytes = field(default=b"", repr=False)  # the ratcheted key after audit_seq; empty: start of the epoch


@dataclass(frozen=True, slots=True)
class AuditEpoch:
    """The first entry that is chained with this key; a rotation of the data key starts a new one."""

    first_seq: int
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What was done to the slots, and the entry that tells of it in the log unless a crash came between."""

    audit_seq: int
    action: str
    account: UUID | None


@dataclass(frozen=True, slots=True)
class BeforeRotation:
    """What opens the records that are still under the key before: kept while the new file takes the old one's place."""

    data_key: bytes = field(repr=False)
    database_salt: bytes
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Inner:
    """What only an unlocked vault knows about its header."""

    owners: tuple[SlotOwner, ...]
    audit_epochs: tuple[AuditEpoch, ...]
    anchor: Anchor = Anchor()
    key_change: KeyChange | None = None
    before_rotation: BeforeRotation | None = None
    at_rest: bytes = b""  # the sum of the closed records (at_rest.py); empty while somebody works

    def owner(self, slot: UUID) -> SlotOwner | None:
        return next((owner for owner in self.owners if owner.slot == slot), None)


# --- bytes -------------------------------------------------------------------------------------------------------


def canonical_json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def inner_as_bytes(inner: Inner) -> bytes:
    content = canonical_json(
        {
            "owners": [_owner_as_json(owner) for owner in inner.owners],
            "audit": [[epoch.first_seq, epoch.key.hex()] for epoch in inner.audit_epochs],
            "anchor": _anchor_as_json(inner.anchor),
            "change": _change_as_json(inner.key_change),
            "before": _before_as_json(inner.before_rotation),
            "at_rest": inner.at_rest.hex(),
        }
    )
    return content.ljust(-(-len(content) // _INNER_STEP) * _INNER_STEP)  # its length counts nobody


def inner_from_bytes(content: bytes) -> Inner:
    fields = json.loads(content)
    change, before = fields.get("change"), fields.get("before")
    return Inner(
        owners=tuple(_owner_from_json(*owner) for owner in fields["owners"]),
        audit_epochs=tuple(AuditEpoch(first, bytes.fromhex(key)) for first, key in fields["audit"]),
        anchor=_anchor_from_json(*fields["anchor"]),
        key_change=KeyChange(change[0], change[1], _uuid_or_none(change[2])) if change else None,
        before_rotation=_before_from_json(*before) if before else None,
        at_rest=bytes.fromhex(fields.get("at_rest", "")),
    )


def _owner_as_json(owner: SlotOwner) -> list[object]:
    expires = owner.expires.astimezone(UTC).isoformat(timespec="seconds") if owner.expires else None
    return [owner.slot.hex, owner.kind.value, _hex_or_none(owner.account), expires]


def _owner_from_json(slot: str, kind: str, account: str | None, expires: str | None = None) -> SlotOwner:
    until = datetime.fromisoformat(expires) if expires else None
    return SlotOwner(UUID(hex=slot), SlotKind(kind), _uuid_or_none(account), until)


def _anchor_as_json(anchor: Anchor) -> list[object]:
    return [anchor.commits, anchor.audit_seq, anchor.audit_mac.hex(), anchor.audit_key.hex()]


def _anchor_from_json(commits: int, audit_seq: int, audit_mac: str, audit_key: str) -> Anchor:
    return Anchor(commits, audit_seq, bytes.fromhex(audit_mac), bytes.fromhex(audit_key))


def _change_as_json(change: KeyChange | None) -> list[object] | None:
    return [change.audit_seq, change.action, _hex_or_none(change.account)] if change else None


def _before_as_json(before: BeforeRotation | None) -> list[object] | None:
    return [before.data_key.hex(), before.database_salt.hex(), _anchor_as_json(before.anchor)] if before else None


def _before_from_json(data_key: str, salt: str, anchor: list[Any]) -> BeforeRotation:
    return BeforeRotation(bytes.fromhex(data_key), bytes.fromhex(salt), _anchor_from_json(*anchor))


def _hex_or_none(key: UUID | None) -> str | None:
    return key.hex if key else None


def _uuid_or_none(text: str | None) -> UUID | None:
    return UUID(hex=text) if text else None
