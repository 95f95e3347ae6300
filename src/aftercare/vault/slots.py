"""Slots: how a passphrase or a recovery code leads to the data key, and how nobody else can tell whose slot is whose.

passphrase → Argon2id → private key of the account → data key boxed to its public key. So a new passphrase rewrites one
sealed key, and a new data key is boxed to every public key without anybody's passphrase.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from contextlib import suppress
from dataclasses import replace
from uuid import UUID, uuid4

from aftercare.domain.errors import (
    AccountsFull,
    DeviceSecretMissing,
    HeaderTampered,
    WrongPassphrase,
    WrongPassphraseOrComputer,
)
from aftercare.vault import crypto, device_secret
from aftercare.vault.derive import Derive
from aftercare.vault.device_secret import DeviceTie
from aftercare.vault.header import MOST_SLOTS, SLOT_STEP, Header, Inner, Slot, SlotKind
from aftercare.vault.kdf import KdfParameters, derive_here
from aftercare.vault.login_code import LoginCode
from aftercare.vault.recovery import RecoveryCode


def folded_login(login_name: str) -> str:
    """Login names differ by letters, not by case, width or spaces."""
    return " ".join(unicodedata.normalize("NFKC", login_name).casefold().split())


def passphrase_secret(passphrase: str) -> bytes:
    """What is derived from a typed passphrase: the same characters however the keyboard composes them."""
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8")


def tag_for(header: Header, kind: SlotKind, name: str) -> bytes:
    """The tag under which a slot is found: slow to guess for names, the same for every spelling of one."""
    return derive_here(f"{kind}\0{name}".encode(), header.name_salt, header.name_kdf)


def _bound(header: Header, slot_id: UUID, kind: SlotKind, kdf: KdfParameters, sealed_at: int, device: bytes) -> bytes:
    bound_to = [header.vault_id.hex, slot_id.hex, kind.value, kdf.as_list(), sealed_at]
    if device:
        bound_to.append(device.hex())
    return json.dumps(bound_to, separators=(",", ":")).encode("ascii")


def _data_key_bound(header: Header, slot_id: UUID) -> bytes:
    return json.dumps(["data-key", header.vault_id.hex, slot_id.hex, header.generation]).encode("ascii")


def new_slot(
    header: Header,
    kind: SlotKind,
    tag: bytes,
    secret: bytes,
    kdf: KdfParameters,
    data_key: bytes,
    derive: Derive,
    tie: DeviceTie | None = None,
) -> Slot:
    """A slot with a fresh key pair, its private key sealed by `secret`, the data key boxed to its public key.

    With `tie` the private key is sealed by `secret` and a secret of this computer together.
    """
    slot_id, salt = uuid4(), crypto.random_bytes(crypto.SALT_BYTES)
    private, public = crypto.new_key_pair()
    device = tie.name if tie else b""
    bound_to = _bound(header, slot_id, kind, kdf, header.generation, device)
    key = derive(secret, salt, kdf)
    if tie:
        key = crypto.tied_key(key, tie.secret)
    return Slot(
        id=slot_id,
        tag=tag,
        kdf=kdf,
        salt=salt,
        sealed_at=header.generation,
        public=public,
        private_sealed=crypto.seal(key, private, bound_to),
        data_key_boxed=crypto.box(public, data_key, _data_key_bound(header, slot_id)),
        device=device,
    )


def first_slots(
    header: Header,
    login_name: str,
    passphrase: str,
    code_secret: bytes,
    *,
    kdf: KdfParameters,
    data_key: bytes,
    derive: Derive,
) -> tuple[Slot, Slot]:
    """What opens the vault where nobody else can: one person's passphrase, and the recovery code."""
    staff = slot_of_member(
        header, SlotKind.STAFF, login_name, passphrase_secret(passphrase), kdf=kdf, data_key=data_key, derive=derive
    )
    tag = tag_for(header, SlotKind.RECOVERY, "")
    return staff, new_slot(header, SlotKind.RECOVERY, tag, code_secret, kdf, data_key, derive)


def slot_of_member(
    header: Header,
    kind: SlotKind,
    login_name: str,
    secret: bytes,
    *,
    kdf: KdfParameters,
    data_key: bytes,
    derive: Derive,
    tie: DeviceTie | None = None,
) -> Slot:
    """What opens the vault for this name, by their passphrase or by a one-time code."""
    return new_slot(header, kind, tag_for(header, kind, folded_login(login_name)), secret, kdf, data_key, derive, tie)


def renamed(header: Header, slot: Slot, kind: SlotKind, login_name: str) -> Slot:
    """The slot found under another name: nothing that is sealed in it knows the name, so nobody's secret is needed."""
    return replace(slot, tag=tag_for(header, kind, folded_login(login_name)))


def real_slots(header: Header, inner: Inner) -> list[Slot]:
    """The slots that open for somebody, without the decoys."""
    real = {owner.slot for owner in inner.owners}
    return [slot for slot in header.slots if slot.id in real]


def decoy(kdf: KdfParameters, generation: int, *, device_bytes: int = 0) -> Slot:
    """A slot that looks like the others and opens for nobody."""
    return Slot(
        id=uuid4(),
        tag=crypto.random_bytes(crypto.MAC_BYTES),
        kdf=kdf,
        salt=crypto.random_bytes(crypto.SALT_BYTES),
        sealed_at=generation,
        public=crypto.new_key_pair()[1],
        private_sealed=crypto.random_bytes(crypto.SEALED_KEY_BYTES),
        # a boxed key starts with a public key, and not every 32 bytes are one
        data_key_boxed=crypto.new_key_pair()[1] + crypto.random_bytes(crypto.BOXED_KEY_BYTES - crypto.PUBLIC_KEY_BYTES),
        device=crypto.random_bytes(device_bytes),
    )


def padded(slots: list[Slot], generation: int) -> tuple[Slot, ...]:
    """The slots among decoys, up to the next multiple of sixteen, in an order that tells nothing.

    Raises `AccountsFull` for more than a key file is read with: it would be taken for a damaged one, by everybody.
    """
    if len(slots) > MOST_SLOTS:
        raise AccountsFull
    missing = -len(slots) % SLOT_STEP
    likely = [secrets.choice(slots) for _ in range(missing)]
    full = [*slots, *(decoy(one.kdf, generation, device_bytes=len(one.device)) for one in likely)]
    secrets.SystemRandom().shuffle(full)
    return tuple(full)


def with_slots(header: Header, slots: list[Slot]) -> Header:
    """The header with these slots, padded."""
    return replace(header, slots=padded(slots, header.generation))


def _opened(header: Header, slot: Slot, kind: SlotKind, key: bytes) -> bytes:
    """The data key of a slot; `WrongPassphrase` if `key` does not open it, `HeaderTampered` if only the box fails."""
    try:
        private = crypto.unseal(
            key, slot.private_sealed, _bound(header, slot.id, kind, slot.kdf, slot.sealed_at, slot.device)
        )
    except crypto.DoesNotOpen as wrong:
        raise WrongPassphrase from wrong
    try:
        if crypto.public_of(private) != slot.public:
            raise HeaderTampered
        return crypto.unbox(private, slot.data_key_boxed, _data_key_bound(header, slot.id))
    except crypto.DoesNotOpen as wrong:
        raise HeaderTampered from wrong


def _found(header: Header, tag: bytes) -> Slot:
    """The slot of a tag; for an unknown name some other one, so that failing takes as long and tells nothing."""
    match = next((slot for slot in header.slots if crypto.same(slot.tag, tag)), None)
    return match or header.slots[tag[0] % len(header.slots)]


def open_with_passphrase(header: Header, login_name: str, passphrase: str, derive: Derive) -> tuple[Slot, bytes]:
    """The slot and the data key; raises `WrongPassphrase` for an unknown name just as for a wrong passphrase.

    Raises `DeviceSecretMissing` where the passphrase is tied to a computer that does not give its secret back.
    """
    tag = tag_for(header, SlotKind.STAFF, folded_login(login_name))
    return _open_tagged(header, SlotKind.STAFF, tag, passphrase_secret(passphrase), derive)


def open_at_the_door(header: Header, login_name: str, passphrase: str, derive: Derive) -> tuple[Slot, bytes]:
    """The same where nobody is known yet: what fails tells neither who has an account nor whose is tied.

    Where any passphrase is tied to a computer, every failure is `WrongPassphraseOrComputer`, and the key store was
    asked once: whoever has no secret in it waits as long.
    """
    if not any(slot.device for slot in header.slots):
        return open_with_passphrase(header, login_name, passphrase, derive)
    tag = tag_for(header, SlotKind.STAFF, folded_login(login_name))
    try:
        return _open_tagged(header, SlotKind.STAFF, tag, passphrase_secret(passphrase), derive)
    except DeviceSecretMissing as missing:
        raise WrongPassphraseOrComputer from missing
    except WrongPassphrase as wrong:
        if not any(slot.device and crypto.same(slot.tag, tag) for slot in header.slots):
            with suppress(DeviceSecretMissing):
                device_secret.look()
        raise WrongPassphraseOrComputer from wrong


def open_with_login_code(header: Header, login_name: str, code: LoginCode, derive: Derive) -> tuple[Slot, bytes]:
    """The slot and the data key of a one-time code; raises `WrongPassphrase`, also where this name has no code."""
    tag = tag_for(header, SlotKind.ONE_TIME_CODE, folded_login(login_name))
    return _open_tagged(header, SlotKind.ONE_TIME_CODE, tag, code.secret, derive)


def open_with_recovery(header: Header, code: RecoveryCode, derive: Derive) -> tuple[Slot, bytes]:
    """The slot and the data key of a recovery code; raises `WrongPassphrase`."""
    return _open_tagged(header, SlotKind.RECOVERY, tag_for(header, SlotKind.RECOVERY, ""), code.secret, derive)


def _open_tagged(header: Header, kind: SlotKind, tag: bytes, secret: bytes, derive: Derive) -> tuple[Slot, bytes]:
    slot = _found(header, tag)
    key = derive(secret, slot.salt, slot.kdf)
    if not crypto.same(slot.tag, tag):
        # the slot of somebody else stood in for the unknown name: their passphrase must not open it under this one
        raise WrongPassphrase
    if slot.device:
        key = crypto.tied_key(key, device_secret.read(slot.device))
    return slot, _opened(header, slot, kind, key)


def boxed_again(header: Header, slot: Slot, data_key: bytes) -> Slot:
    """The slot with the data key of the header's generation boxed to its public key: needs no passphrase."""
    return replace(slot, data_key_boxed=crypto.box(slot.public, data_key, _data_key_bound(header, slot.id)))


def rotated(header: Header, inner: Inner, data_key: bytes) -> Header:
    """The next generation: this data key for everybody who has a slot, and for nobody else."""
    following = replace(header, generation=header.generation + 1)
    return with_slots(following, [boxed_again(following, slot, data_key) for slot in real_slots(header, inner)])
