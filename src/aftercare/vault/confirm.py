"""Is it still the same person? Their passphrase is tried against their slot while the vault stays open."""

from __future__ import annotations

from aftercare.domain.clock import Clock
from aftercare.domain.errors import WrongPassphrase
from aftercare.vault import slots
from aftercare.vault.attempts import must_wait, remember_told_failure
from aftercare.vault.audit import AuditEvent
from aftercare.vault.derive import Derive
from aftercare.vault.files import Layout, explained
from aftercare.vault.kdf import derive_here
from aftercare.vault.opened import OpenVault


def confirm_passphrase(
    vault: OpenVault, login_name: str, passphrase: str, *, clock: Clock, derive: Derive = derive_here
) -> None:
    """Raise `WrongPassphrase` unless it opens the slot of whoever works here; counted and logged like an unlock."""
    attempts = Layout(vault.folder).attempts
    must_wait(attempts, clock.now())
    header, inner = vault.unlocked.header, vault.unlocked.inner
    try:
        slot, _data_key = slots.open_with_passphrase(header, login_name, passphrase, derive)
        owner = inner.owner(slot.id)
        if owner is None or owner.account != vault.account_id:
            raise WrongPassphrase
    except WrongPassphrase:
        remember_told_failure(attempts, clock.now())
        _log(vault, clock, "vault.confirmation_failed")
        raise
    with explained():
        attempts.unlink(missing_ok=True)
    _log(vault, clock, "vault.identity_confirmed")


def _log(vault: OpenVault, clock: Clock, action: str) -> None:
    with vault.engine.begin() as connection:
        vault.audit.append_many(connection, clock.now(), vault.account_id, (AuditEvent(action),))
