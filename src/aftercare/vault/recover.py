"""The recovery code: it opens the records once, gives one account a new passphrase, and is replaced by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.errors import WeakPassphrase
from aftercare.vault import slots
from aftercare.vault.audit import AuditEvent
from aftercare.vault.derive import Derive
from aftercare.vault.files import Layout
from aftercare.vault.header import Slot, SlotKind, SlotOwner
from aftercare.vault.header_files import HeaderRead
from aftercare.vault.header_inner import KeyChange
from aftercare.vault.kdf import KdfParameters, derive_here, measured_kdf
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.opening import opened_by, unlocked_by
from aftercare.vault.passphrases import check_passphrase
from aftercare.vault.recovery import RecoveryCode
from aftercare.vault.slot_changes import without

_RESET = "vault.passphrase_reset_by_code"


@dataclass(frozen=True, slots=True)
class Recovered:
    """Who works again: the id of the staff record, the name they type, and words not to use in a passphrase."""

    account_id: UUID
    login_name: str
    context_words: Sequence[str] = ()


def open_with_code(folder: Path, code: RecoveryCode, *, clock: Clock, derive: Derive = derive_here) -> OpenVault:
    """The vault, opened by nobody yet; `start_again` must follow. Raises what `open_vault` raises.

    A wrong code is remembered like a wrong passphrase. The code stays valid until `start_again` has replaced it.
    """

    def unlock(layout: Layout, found: HeaderRead) -> tuple[Slot, Unlocked, UUID | None]:
        return unlocked_by(
            lambda header: slots.open_with_recovery(header, code, derive), SlotKind.RECOVERY, layout, found, clock
        )

    return opened_by(unlock, folder, "vault.opened_by_code", clock=clock)


def start_again(
    vault: OpenVault,
    who: Recovered,
    passphrase: str,
    new_code: RecoveryCode,
    *,
    clock: Clock,
    kdf: KdfParameters | None = None,
    derive: Derive = derive_here,
) -> None:
    """Give the account this passphrase and replace the used code, in one header; raises `WeakPassphrase`.

    The vault then belongs to that account. The old passphrase and the old code open nothing any more.
    """
    faults = check_passphrase(passphrase, (who.login_name, *who.context_words))
    if faults:
        raise WeakPassphrase(tuple(faults))
    strength = kdf or measured_kdf()
    unlocked = vault.unlocked
    header, data_key = unlocked.header, unlocked.data_key
    staff, recovery = slots.first_slots(
        header, who.login_name, passphrase, new_code.secret, kdf=strength, data_key=data_key, derive=derive
    )
    owners = SlotOwner(staff.id, SlotKind.STAFF, who.account_id), SlotOwner(recovery.id, SlotKind.RECOVERY, None)
    header, inner = without(
        unlocked,
        lambda one: one.kind is SlotKind.RECOVERY or one.account == who.account_id,
        (staff, recovery),
        owners,
    )
    with Session(vault.engine) as session, session.begin():
        events = (AuditEvent(_RESET, "staff", who.account_id), AuditEvent("vault.recovery_code_replaced"))
        seq = vault.audit.append_many(session, clock.now(), None, events)
        changed = KeyChange(seq - 1, _RESET, who.account_id)
        vault.write_keys_with(session, header, replace(inner, key_change=changed))
    vault.account_id = who.account_id
