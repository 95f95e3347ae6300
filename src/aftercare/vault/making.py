"""Making a new vault: everything in a folder within the folder, and the headers moved out last.

So a vault is there whole or not at all, also after a power cut, and also where the folder is a mounted stick that
cannot be renamed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert

from aftercare.domain.clock import Clock
from aftercare.domain.errors import FolderNotEmpty, VaultExists, WeakPassphrase
from aftercare.vault import crypto, slots
from aftercare.vault.cipher import load_cipher
from aftercare.vault.crypto import Purpose
from aftercare.vault.derive import Derive
from aftercare.vault.files import Layout, explained, make_private_folder, sync_folder
from aftercare.vault.header import AuditEpoch, Header, Inner, SlotKind, SlotOwner
from aftercare.vault.kdf import NAME_KDF, KdfParameters, derive_here, measured_kdf
from aftercare.vault.lock import FolderLock
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.passphrases import check_passphrase
from aftercare.vault.recovery import RecoveryCode, new_recovery_code


@dataclass(frozen=True, slots=True)
class NewAccount:
    """The first administrator: the id of their staff record, the name they type at unlock, and words not to use."""

    account_id: UUID
    login_name: str
    context_words: tuple[str, ...] = ()


def _nothing_to_add(vault: OpenVault) -> None:
    """A vault without first records."""


def create_vault(
    folder: Path,
    account: NewAccount,
    passphrase: str,
    *,
    clock: Clock,
    kdf: KdfParameters | None = None,
    training: bool = False,
    derive: Derive = derive_here,
    code: RecoveryCode | None = None,
    first_records: Callable[[OpenVault], None] = _nothing_to_add,
) -> tuple[OpenVault, RecoveryCode]:
    """A new vault in an empty (or missing) folder, opened by its first administrator, and the code for paper.

    A `code` that was shown and retyped before can be handed in, so that nothing exists until everything is agreed.
    `first_records` writes what belongs to a new vault (the staff record, settings) before the vault exists for others.
    Without `kdf` the strength is measured here, which takes about three seconds. Raises `WeakPassphrase`,
    `VaultExists`, `FolderNotEmpty` and what the disk says.
    """
    faults = check_passphrase(passphrase, (account.login_name, *account.context_words))
    if faults:
        raise WeakPassphrase(tuple(faults))
    load_cipher()
    layout = Layout(folder)
    with ExitStack() as on_failure:
        lock = _prepared(layout)
        on_failure.callback(lock.release)
        code = code or new_recovery_code()
        unlocked = _first_header(account, passphrase, code, kdf or measured_kdf(), derive, training=training)
        unlocked = _made_inside(layout, unlocked, account, clock, first_records)
        _move_out(layout)
        vault = OpenVault(layout, lock, unlocked, account.account_id, clock, creating=False)
        on_failure.callback(vault.engine.dispose)
        vault.start_work()
        on_failure.pop_all()
    return vault, code


def _prepared(layout: Layout) -> FolderLock:
    """The folder, private and locked, without what an interrupted making left."""
    if any(path.exists() for path in layout.headers):
        raise VaultExists
    interrupted = layout.making.exists()
    ours = {layout.lock.name, layout.making.name}
    with explained():
        if interrupted:
            ours.add(layout.database.name)
            if layout.backups.exists() and not any(layout.backups.iterdir()):
                ours.add(layout.backups.name)
        if layout.folder.exists() and any(path.name not in ours for path in layout.folder.iterdir()):
            raise VaultExists if layout.database.exists() else FolderNotEmpty
        make_private_folder(layout.folder)
    lock = FolderLock(layout.lock)
    with explained():
        if interrupted:
            # headers are moved out last, so these records were never anybody's
            layout.database.unlink(missing_ok=True)
            shutil.rmtree(layout.making)
        make_private_folder(layout.making)
    return lock


def _first_header(
    account: NewAccount, passphrase: str, code: RecoveryCode, kdf: KdfParameters, derive: Derive, *, training: bool
) -> Unlocked:
    data_key = crypto.random_key()
    header = Header(
        vault_id=uuid4(),
        training=training,
        generation=1,
        sequence=0,
        database_salt=crypto.random_bytes(crypto.SALT_BYTES),
        name_salt=crypto.random_bytes(crypto.SALT_BYTES),
        name_kdf=NAME_KDF,
        slots=(),
    )
    staff, recovery = slots.first_slots(
        header, account.login_name, passphrase, code.secret, kdf=kdf, data_key=data_key, derive=derive
    )
    inner = Inner(
        owners=(
            SlotOwner(staff.id, SlotKind.STAFF, account.account_id),
            SlotOwner(recovery.id, SlotKind.RECOVERY, None),
        ),
        audit_epochs=(AuditEpoch(1, crypto.derived_key(data_key, Purpose.AUDIT)),),
    )
    return Unlocked(slots.with_slots(header, [staff, recovery]), inner, data_key)


def _made_inside(
    layout: Layout,
    unlocked: Unlocked,
    account: NewAccount,
    clock: Clock,
    first_records: Callable[[OpenVault], None],
) -> Unlocked:
    """The complete vault inside `making`; the header as it was written last."""
    from aftercare.records.audit import VAULT_MARK
    from aftercare.vault.migrations.runner import migrate

    inside = Layout(layout.making)
    with OpenVault(inside, FolderLock(inside.lock), unlocked, account.account_id, clock, creating=True) as vault:
        migrate(vault.engine, level=0)
        with vault.engine.begin() as connection:
            connection.execute(insert(VAULT_MARK).values(id=1, commits=0, header_sequence=0))
        vault.start_work()
        with vault.engine.begin() as connection:
            vault.audit.append(connection, clock.now(), account.account_id, "vault.created")
        first_records(vault)
        vault.write_anchor()
        vault.checkpoint()
    return vault.unlocked


def _move_out(layout: Layout) -> None:
    inside = Layout(layout.making)
    with explained():
        layout.backups.mkdir(mode=0o700, exist_ok=True)
        os.replace(inside.database, layout.database)
        sync_folder(layout.folder)
        for made, place in zip(inside.headers, layout.headers, strict=True):
            os.replace(made, place)
            sync_folder(layout.folder)
        shutil.rmtree(layout.making)
