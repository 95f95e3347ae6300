"""Sealing the slot of whoever came in anew: stronger than before, tied to this computer, or tied no more.

Their passphrase is needed for it, so it is done right after they came in, in the background, in three steps: what is to
be done (on the vault's thread), the slow part in short-lived processes (anywhere), and the header (on the vault's
thread again). Whatever fails leaves the slot as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from uuid import UUID

from aftercare.domain.errors import DeviceSecretMissing
from aftercare.vault import device_secret, slots
from aftercare.vault.audit import AuditEvent
from aftercare.vault.derive import derive_apart, measure_apart
from aftercare.vault.device_secret import DeviceTie, StoreTrouble
from aftercare.vault.header import Slot, SlotKind, SlotOwner
from aftercare.vault.kdf import AIM_SECONDS, KdfParameters
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.slot_changes import without, write_logged

STRENGTHENED = "vault.key_strengthened"
TIED = "vault.password_tied_to_computer"
UNTIED = "vault.password_untied_from_computer"
_QUICK = AIM_SECONDS / 2
_WORTH_IT = 1.5  # times the work of before; less is what measuring at another moment gives


@dataclass(frozen=True, slots=True)
class CameIn:
    """With what somebody came in, and how long this computer took to make a key of it."""

    passphrase: str = field(repr=False)
    seconds: float


@dataclass(frozen=True, slots=True)
class WantedTie:
    """A secret that waits in the key store since an earlier session, and by what it is known again."""

    name: bytes
    check: str


@dataclass(frozen=True, slots=True)
class ResealPlan:
    """What is to be done with a slot: measure and strengthen it, tie it, untie it."""

    unlocked: Unlocked
    slot: Slot
    account: UUID
    came_in: CameIn
    measures: bool
    tie: WantedTie | None
    unties: bool


@dataclass(frozen=True, slots=True)
class Resealed:
    """A slot to put in place of `before`, and what the log says of it."""

    before: Slot
    slot: Slot
    account: UUID
    actions: tuple[str, ...]


def plan_resealing(
    vault: OpenVault, came_in: CameIn, *, tie: WantedTie | None = None, unties: bool = False
) -> ResealPlan | None:
    """What stands to be done for whoever works here; None: their slot is as it should be."""
    slot = slot_of(vault)
    if slot is None:
        return None
    measures = slot.kdf.is_weak or came_in.seconds < _QUICK
    wanted = tie if tie is not None and slot.device != tie.name else None
    unties = unties and bool(slot.device)
    if not measures and wanted is None and not unties:
        return None
    return ResealPlan(vault.unlocked, slot, vault.account_id, came_in, measures, wanted, unties)


def slot_of(vault: OpenVault) -> Slot | None:
    """The slot of the passphrase of whoever works here; None for somebody who came in with a code."""
    owners = vault.unlocked.inner.owners
    mine = {one.slot for one in owners if one.account == vault.account_id and one.kind is SlotKind.STAFF}
    return next((slot for slot in vault.unlocked.header.slots if slot.id in mine), None)


def seal_anew(plan: ResealPlan, cancelled: Event) -> Resealed | None:
    """The slow part; None where measuring shows that nothing is gained.

    Raises `DeviceSecretMissing` where the key store does not give back what was written in an earlier session, and
    `UnlockCancelled`, `DerivationFailed`.
    """
    strength = _strength(plan, cancelled)
    actions = [STRENGTHENED] if strength is not None else []
    tie = _tie(plan)
    if plan.tie is not None:
        actions.append(TIED)
    if plan.unties:
        actions.append(UNTIED)
    if not actions:
        return None
    header = plan.unlocked.header
    slot = slots.new_slot(
        header,
        SlotKind.STAFF,
        plan.slot.tag,
        slots.passphrase_secret(plan.came_in.passphrase),
        strength or plan.slot.kdf,
        plan.unlocked.data_key,
        derive_apart(cancelled),
        tie,
    )
    return Resealed(plan.slot, slot, plan.account, tuple(actions))


def put_in_place(vault: OpenVault, resealed: Resealed) -> bool:
    """Write the header; False where the slot or the data key was changed meanwhile, and nothing is done."""
    unlocked = vault.unlocked
    if slot_of(vault) != resealed.before or unlocked.header.generation != resealed.slot.sealed_at:
        return False
    owner = SlotOwner(resealed.slot.id, SlotKind.STAFF, resealed.account)
    changed = without(unlocked, lambda one: one.account == resealed.account, (resealed.slot,), (owner,))
    *earlier, last = (AuditEvent(action, "staff", resealed.account) for action in resealed.actions)
    write_logged(vault, changed, last, before=earlier)
    return True


def is_worth_it(measured: KdfParameters, now: KdfParameters) -> bool:
    """Whether these parameters are a clear gain; a slot never gets less memory than it had."""
    if measured.kibibytes < now.kibibytes:
        return False
    gain = measured.kibibytes * measured.passes / (now.kibibytes * now.passes)
    return gain >= _WORTH_IT or (now.is_weak and not measured.is_weak)


def _strength(plan: ResealPlan, cancelled: Event) -> KdfParameters | None:
    if not plan.measures:
        return None
    measured = measure_apart(cancelled)
    return measured if is_worth_it(measured, plan.slot.kdf) else None


def _tie(plan: ResealPlan) -> DeviceTie | None:
    """What the new slot is tied to: what was wanted, what the old one is tied to, or nothing."""
    if plan.unties:
        return None
    if plan.tie is not None:
        tie = DeviceTie(plan.tie.name, device_secret.read(plan.tie.name))
        if tie.check != plan.tie.check:
            raise DeviceSecretMissing(StoreTrouble.LOST.value)
        return tie
    return DeviceTie(plan.slot.device, device_secret.read(plan.slot.device)) if plan.slot.device else None
