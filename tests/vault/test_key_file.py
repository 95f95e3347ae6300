"""The header: every byte counts, its two copies heal each other, and its slots tell nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftercare.domain.errors import Bug, HeaderDamaged, HeaderNewer, HeaderTampered, WrongPassphrase
from aftercare.vault import CHEAP_KDF, OpenVault, RecoveryCode, crypto, slots
from aftercare.vault.crypto import Purpose
from aftercare.vault.files import Layout
from aftercare.vault.header import (
    MAGIC,
    SLOT_STEP,
    Anchor,
    AuditEpoch,
    Header,
    Inner,
    SlotKind,
    SlotOwner,
    authenticated,
    completed,
    decode,
    encode,
)
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import NAME_KDF, KdfParameters, derive_here, parameters_read

DATA_KEY = bytes(range(1, 33))


def empty_header(*, generation: int = 1, slot_count: int = 3) -> Header:
    made = [slots.decoy(CHEAP_KDF, generation) for _ in range(slot_count)]
    return Header(
        vault_id=uuid4(),
        training=False,
        generation=generation,
        sequence=0,
        database_salt=crypto.random_bytes(16),
        name_salt=crypto.random_bytes(16),
        name_kdf=NAME_KDF,
        slots=slots.padded(made, generation),
    )


anchors = st.builds(
    Anchor,
    commits=st.integers(0, 2**60),
    audit_seq=st.integers(0, 2**60),
    audit_mac=st.binary(min_size=32, max_size=32),
    audit_key=st.sampled_from([b"", bytes(range(32))]),
)
owners = st.builds(SlotOwner, st.uuids(), st.sampled_from(SlotKind), st.none() | st.uuids())
inners = st.builds(
    Inner,
    owners=st.lists(owners, max_size=40).map(tuple),
    audit_epochs=st.just((AuditEpoch(1, bytes(range(32))),)),
    anchor=anchors,
)


@settings(max_examples=25, deadline=None)
@given(inner=inners, slot_count=st.integers(1, 40))
def test_what_is_written_is_what_is_read(inner: Inner, slot_count: int) -> None:
    header = completed(empty_header(slot_count=slot_count), inner, DATA_KEY)
    assert decode(encode(header)) == header
    assert authenticated(header, DATA_KEY) == inner
    assert len(header.slots) % SLOT_STEP == 0


WRITTEN = encode(completed(empty_header(), Inner((), (AuditEpoch(1, DATA_KEY),)), DATA_KEY))


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(WRITTEN) - 1), bit=st.integers(0, 7))
def test_any_flipped_bit_is_damage(at: int, bit: int) -> None:
    content = bytearray(WRITTEN)
    content[at] ^= 1 << bit
    with pytest.raises(HeaderDamaged):
        decode(bytes(content))


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=400) | st.integers(0, len(WRITTEN)).map(lambda end: WRITTEN[: end - 1]))
def test_rubbish_and_torn_files_are_damage(content: bytes) -> None:
    with pytest.raises(HeaderDamaged):
        decode(content)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(copy=st.sampled_from([0, 1]), share=st.floats(0, 0.999), bit=st.integers(0, 7))
def test_a_flipped_byte_in_one_copy_is_healed_from_the_other(folder: Path, copy: int, share: float, bit: int) -> None:
    path = Layout(folder).headers[copy]
    whole = path.read_bytes()
    content = bytearray(whole)
    content[int(share * len(content))] ^= 1 << bit
    path.write_bytes(content)
    found = read_headers(Layout(folder))
    path.write_bytes(whole)
    assert found.one_is_damaged
    assert encode(found.header) == Layout(folder).headers[1 - copy].read_bytes()


def forged(content: bytes, **changes: object) -> bytes:
    """The header with other fields and a fresh checksum: what somebody with the disk can write."""
    fields = json.loads(content.split(b"\n", 2)[2]) | changes
    body = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    return b"\n".join((MAGIC, crypto.checksum(body).encode(), body))


@pytest.mark.parametrize(
    "changes",
    [
        {"training": True},
        {"generation": 2},
        {"sequence": 9},
        {"database_salt": "00" * 16},
        {"slots": []},
        {"inner": "00" * 4096},
        {"mac": "00" * 32},
        {"vault": UUID(int=5).hex},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_forged_header_is_told_from_a_damaged_one(changes: dict[str, object]) -> None:
    with pytest.raises(HeaderTampered):
        authenticated(decode(forged(WRITTEN, **changes)), DATA_KEY)


def test_a_later_format_is_not_read() -> None:
    with pytest.raises(HeaderNewer) as caught:
        decode(forged(WRITTEN, format=2, something="new"))
    assert (caught.value.found, caught.value.known) == (2, 1)


@pytest.mark.parametrize("kdf", [[1 << 30, 3, 1], [65536, 21, 1], [65536, 3, 9], [64, 1, 1], [65536, 3, 0]])
def test_a_forged_header_cannot_ask_for_all_memory_nor_for_none(kdf: list[int]) -> None:
    fields = json.loads(WRITTEN.split(b"\n", 2)[2])
    fields["slots"][0]["kdf"] = kdf
    with pytest.raises(HeaderDamaged):
        decode(forged(WRITTEN, slots=fields["slots"]))


def test_the_product_makes_no_slot_below_its_floor() -> None:
    with pytest.raises(Bug):
        KdfParameters(32 * 1024, 3, 1)
    with pytest.raises(Bug):
        KdfParameters(64 * 1024, 2, 1)
    assert parameters_read(8 * 1024, 1, 1).is_weak
    assert not KdfParameters(64 * 1024, 3, 1).is_weak


def test_real_slots_and_decoys_have_the_same_shape(vault: OpenVault) -> None:
    header, inner = vault.unlocked.header, vault.unlocked.inner
    assert len(header.slots) == SLOT_STEP
    assert len(inner.owners) == 2
    shapes = {
        (slot.kdf, slot.sealed_at, len(slot.tag), len(slot.private_sealed), len(slot.data_key_boxed))
        for slot in header.slots
    }
    assert len(shapes) == 1


def test_the_code_on_paper_leads_to_the_data_key(vault: OpenVault, template: object) -> None:
    code = template.code  # type: ignore[attr-defined]
    slot, data_key = slots.open_with_recovery(vault.unlocked.header, code, derive_here)
    assert data_key == vault.unlocked.data_key
    owner = vault.unlocked.inner.owner(slot.id)
    assert owner is not None
    assert owner.kind is SlotKind.RECOVERY
    with pytest.raises(WrongPassphrase):
        slots.open_with_recovery(vault.unlocked.header, RecoveryCode(bytes(20)), derive_here)


def test_a_new_data_key_reaches_everybody_without_their_passphrase(vault: OpenVault) -> None:
    old, new_key = vault.unlocked.header, crypto.random_key()
    rotated = replace(old, generation=old.generation + 1)
    real = {owner.slot for owner in vault.unlocked.inner.owners}
    rotated = replace(
        rotated,
        slots=tuple(slots.boxed_again(rotated, slot, new_key) if slot.id in real else slot for slot in old.slots),
    )
    _, opened = slots.open_with_passphrase(rotated, "A. Rahman", "the heron sings at dusk", derive_here)
    assert opened == new_key


def test_a_sealed_private_key_is_bound_to_its_slot(vault: OpenVault) -> None:
    header = vault.unlocked.header
    slot, _ = slots.open_with_passphrase(header, "A. Rahman", "the heron sings at dusk", derive_here)
    for moved in (replace(slot, id=uuid4()), replace(slot, sealed_at=7), replace(slot, kdf=NAME_KDF)):
        with pytest.raises(WrongPassphrase):
            slots.open_with_passphrase(
                replace(header, slots=(moved,)), "A. Rahman", "the heron sings at dusk", derive_here
            )


def test_each_purpose_has_a_key_of_its_own(vault: OpenVault) -> None:
    keys = {crypto.derived_key(DATA_KEY, purpose) for purpose in Purpose}
    assert len(keys) == len(Purpose)
    assert vault.key_for(Purpose.DRAFTS) != vault.key_for(Purpose.BACKUP)
    with pytest.raises(Bug):
        crypto.derived_key(b"short", Purpose.DRAFTS)
    with pytest.raises(Bug):
        vault.key_for(Purpose.DATABASE)
