"""The key file of a vault: slots, sealed inner part, checksum against damage, MAC against malice.

    AFTERCARE-VAULT\\n
    <SHA-256 of the rest, hex>\\n
    <canonical JSON: public part, inner part (sealed by the data key), MAC>

The public part holds nothing that names or counts people: slots are padded with decoys that look like the others and
are found by a keyed tag. Who owns which slot stands in the inner part.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from aftercare.domain.errors import Bug, HeaderDamaged, HeaderNewer, HeaderTampered
from aftercare.vault import crypto
from aftercare.vault.crypto import Purpose
from aftercare.vault.header_inner import (
    Anchor,
    AuditEpoch,
    Inner,
    SlotKind,
    SlotOwner,
    canonical_json,
    inner_as_bytes,
    inner_from_bytes,
)
from aftercare.vault.kdf import KdfParameters, parameters_read

FORMAT = 1
MAGIC = b"AFTERCARE-VAULT"
MOST_BYTES = 4 * 1024 * 1024
SLOT_STEP = 16
MOST_SLOTS = 1024

__all__ = [
    "FORMAT",
    "MAGIC",
    "MOST_BYTES",
    "MOST_SLOTS",
    "SLOT_STEP",
    "Anchor",
    "AuditEpoch",
    "Header",
    "Inner",
    "Slot",
    "SlotKind",
    "SlotOwner",
    "authenticated",
    "completed",
    "decode",
    "encode",
]


@dataclass(frozen=True, slots=True)
class Slot:
    """One key pair: the private key sealed by a passphrase, the data key boxed to the public key.

    With `device` a secret of that name in the key store of one computer was mixed into what seals the private key.
    """

    id: UUID
    tag: bytes
    kdf: KdfParameters
    salt: bytes
    sealed_at: int  # generation of the vault when the private key was sealed
    public: bytes
    private_sealed: bytes
    data_key_boxed: bytes
    device: bytes = b""


@dataclass(frozen=True, slots=True)
class Header:
    vault_id: UUID
    training: bool
    generation: int
    sequence: int
    database_salt: bytes
    name_salt: bytes
    name_kdf: KdfParameters
    slots: tuple[Slot, ...]
    inner_sealed: bytes = b""
    mac: bytes = bytes(crypto.MAC_BYTES)


# --- bytes -------------------------------------------------------------------------------------------------------


def _slot_as_json(slot: Slot) -> dict[str, object]:
    return {
        "id": slot.id.hex,
        "tag": slot.tag.hex(),
        "kdf": slot.kdf.as_list(),
        "salt": slot.salt.hex(),
        "sealed_at": slot.sealed_at,
        "public": slot.public.hex(),
        "private": slot.private_sealed.hex(),
        "data_key": slot.data_key_boxed.hex(),
    } | ({"device": slot.device.hex()} if slot.device else {})


def _public_as_json(header: Header) -> dict[str, object]:
    return {
        "format": FORMAT,
        "vault": header.vault_id.hex,
        "training": header.training,
        "generation": header.generation,
        "sequence": header.sequence,
        "database_salt": header.database_salt.hex(),
        "names": {"salt": header.name_salt.hex(), "kdf": header.name_kdf.as_list()},
        "slots": [_slot_as_json(slot) for slot in header.slots],
        "inner": header.inner_sealed.hex(),
    }


def encode(header: Header) -> bytes:
    body = canonical_json(_public_as_json(header) | {"mac": header.mac.hex()})
    return b"\n".join((MAGIC, crypto.checksum(body).encode("ascii"), body))


def _sized(text: Any, size: int) -> bytes:
    value = bytes.fromhex(text)
    if len(value) != size:
        raise ValueError("a field has another size")
    return value


def _counted(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise ValueError("a count is a whole number")
    return number


def _slot_from_json(fields: dict[str, Any]) -> Slot:
    return Slot(
        id=UUID(hex=fields["id"]),
        tag=_sized(fields["tag"], crypto.MAC_BYTES),
        kdf=parameters_read(*map(_counted, fields["kdf"])),
        salt=_sized(fields["salt"], crypto.SALT_BYTES),
        sealed_at=_counted(fields["sealed_at"]),
        public=_sized(fields["public"], crypto.PUBLIC_KEY_BYTES),
        private_sealed=_sized(fields["private"], crypto.SEALED_KEY_BYTES),
        data_key_boxed=_sized(fields["data_key"], crypto.BOXED_KEY_BYTES),
        device=_sized(fields["device"], crypto.DEVICE_NAME_BYTES) if "device" in fields else b"",
    )


def _header_from_json(fields: dict[str, Any]) -> Header:
    if len(fields["slots"]) > MOST_SLOTS:
        raise ValueError("too many slots")
    return Header(
        vault_id=UUID(hex=fields["vault"]),
        training=fields["training"] is True,
        generation=_counted(fields["generation"]),
        sequence=_counted(fields["sequence"]),
        database_salt=_sized(fields["database_salt"], crypto.SALT_BYTES),
        name_salt=_sized(fields["names"]["salt"], crypto.SALT_BYTES),
        name_kdf=parameters_read(*map(_counted, fields["names"]["kdf"])),
        slots=tuple(_slot_from_json(slot) for slot in fields["slots"]),
        inner_sealed=bytes.fromhex(fields["inner"]),
        mac=_sized(fields["mac"], crypto.MAC_BYTES),
    )


def decode(content: bytes) -> Header:
    """The header of these bytes; `HeaderDamaged` when a byte is wrong, `HeaderNewer` for a later format."""
    magic, _, rest = content.partition(b"\n")
    checksum, _, body = rest.partition(b"\n")
    if magic != MAGIC or checksum != crypto.checksum(body).encode("ascii"):
        raise HeaderDamaged
    try:
        fields = json.loads(body)
        if fields["format"] > FORMAT:
            raise HeaderNewer(found=fields["format"], known=FORMAT)
        return _header_from_json(fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, Bug) as wrong:
        raise HeaderDamaged from wrong


# --- the inner part ----------------------------------------------------------------------------------------------


def _inner_bound_to(header: Header) -> bytes:
    return canonical_json(["inner", header.vault_id.hex, header.generation, header.sequence])


def _mac_of(header: Header, data_key: bytes) -> bytes:
    return crypto.mac(crypto.derived_key(data_key, Purpose.HEADER_MAC), canonical_json(_public_as_json(header)))


def completed(header: Header, inner: Inner, data_key: bytes) -> Header:
    """The next header in the sequence, with this inner part and the MAC over everything."""
    following = replace(header, sequence=header.sequence + 1)
    sealed = crypto.seal(
        crypto.derived_key(data_key, Purpose.HEADER), inner_as_bytes(inner), _inner_bound_to(following)
    )
    following = replace(following, inner_sealed=sealed)
    return replace(following, mac=_mac_of(following, data_key))


def authenticated(header: Header, data_key: bytes) -> Inner:
    """The inner part, once the MAC has proved every byte of the header; raises `HeaderTampered`."""
    if not crypto.same(header.mac, _mac_of(header, data_key)):
        raise HeaderTampered
    try:
        plain = crypto.unseal(
            crypto.derived_key(data_key, Purpose.HEADER), header.inner_sealed, _inner_bound_to(header)
        )
    except crypto.DoesNotOpen as wrong:
        raise HeaderTampered from wrong
    return inner_from_bytes(plain)
