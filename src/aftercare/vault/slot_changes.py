"""Taking slots away and putting others in their place: the recovery code's, and that of whoever works here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from aftercare.vault import slots
from aftercare.vault.audit import AuditEvent
from aftercare.vault.derive import Derive
from aftercare.vault.header import Header, Inner, Slot, SlotKind, SlotOwner
from aftercare.vault.header_inner import KeyChange
from aftercare.vault.kdf import KdfParameters, derive_here, measured_kdf
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.recovery import RecoveryCode


def without(
    unlocked: Unlocked,
    goes: Callable[[SlotOwner], bool],
    came: tuple[Slot, ...] = (),
    owners: tuple[SlotOwner, ...] = (),
) -> tuple[Header, Inner]:
    """The header without the slots that go, and with those that came."""
    inner = replace(unlocked.inner, owners=tuple(one for one in unlocked.inner.owners if not goes(one)))
    real = slots.real_slots(unlocked.header, inner)
    header = slots.with_slots(unlocked.header, [*real, *came])
    return header, replace(inner, owners=(*inner.owners, *owners))


def recovery_slot(
    unlocked: Unlocked, code: RecoveryCode, *, kdf: KdfParameters | None = None, derive: Derive = derive_here
) -> Slot:
    """A slot that this code opens. Takes seconds and changes nothing; `kdf` None measures this computer."""
    tag = slots.tag_for(unlocked.header, SlotKind.RECOVERY, "")
    strength = kdf or measured_kdf()
    return slots.new_slot(unlocked.header, SlotKind.RECOVERY, tag, code.secret, strength, unlocked.data_key, derive)


def replace_recovery_slot(vault: OpenVault, slot: Slot) -> None:
    """Put this slot in place of the recovery code's; from then on the old code opens nothing."""
    owner = SlotOwner(slot.id, SlotKind.RECOVERY, None)
    changed = without(vault.unlocked, lambda one: one.kind is SlotKind.RECOVERY, (slot,), (owner,))
    write_logged(vault, changed, AuditEvent("vault.recovery_code_replaced"))


def write_logged(
    vault: OpenVault, changed: tuple[Header, Inner], event: AuditEvent, *, before: Sequence[AuditEvent] = ()
) -> None:
    """Write changed keys and the entry that tells of them (and those before it), all or nothing."""
    header, inner = changed
    with Session(vault.engine) as session, session.begin():
        seq = vault.audit.append_many(session, vault.clock.now(), vault.account_id, (*before, event))
        vault.write_keys_with(session, header, replace(inner, key_change=KeyChange(seq, event.action, event.object_id)))
