"""Who can open what is restored: as it is today wherever today's key file can be opened, else as it was then.

A backup carries the key file of its day. Whoever was removed since has a slot in it, and a passphrase that was changed
since opens it. So the newest key file that can be found is looked at:

- What opens it too, or opens it alone while the key of the records is still the same, gives the restored records
  today's key, slots and owners. Nothing of then opens them.
- What opens only the backup leaves the key of then in force: the slots of accounts that today's key file does not know
  any more are left out, earlier passphrases come back, and a new key is due.

Slots of a key file that nobody could open are compared and never taken over: they could be anybody's.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from aftercare.domain.errors import AccountClosedSince, BackupDamaged, HeaderDamaged, HeaderTampered, Problem
from aftercare.domain.permissions import Role
from aftercare.domain.rows.backups import WaysIn
from aftercare.records.office import ROTATION_DUE
from aftercare.vault import crypto, slots
from aftercare.vault.audit import AuditEvent
from aftercare.vault.backup import list_backups
from aftercare.vault.backup_file import BackupFile
from aftercare.vault.cipher import explained_by_driver
from aftercare.vault.derive import Derive
from aftercare.vault.files import Layout
from aftercare.vault.header import AuditEpoch, Header, Inner, SlotKind, authenticated, decode
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import KdfParameters
from aftercare.vault.opened import Unlocked
from aftercare.vault.opening import NOBODY
from aftercare.vault.recovery import RecoveryCode
from aftercare.vault.slot_changes import without

_CLOSE = text("UPDATE staff SET active = 0, version = version + 1 WHERE id = :id")
# no mapped tables: the records may be of an earlier level
_DUE = text("INSERT OR REPLACE INTO setting (name, value) VALUES (:name, :value)")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Name and passphrase of somebody who was in the vault when the backup was made, or is in it now."""

    login_name: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeysFound:
    """What opens a backup, and what is to open the records restored from it.

    `closed` have no way in any more, `back` come in with what they had then.
    """

    then: Unlocked
    unlocked: Unlocked
    account: UUID
    ways_in: WaysIn = WaysIn.UNCHANGED
    closed: frozenset[UUID] = frozenset()
    back: frozenset[UUID] = frozenset()
    new_key_due: bool = False


def newest_header(backup: BackupFile, folder: Layout) -> Header | None:
    """The newest key file of this vault that the folder, or a backup in it or beside this one, has; None: no newer."""
    found: list[Header] = []
    with suppress(Problem):
        found.append(read_headers(folder).header)
    for place in {folder.backups, backup.path.parent}:
        for other in list_backups(place, backup.label.vault_id):
            with suppress(Problem):
                found.append(decode(other.label.header))
    then = header_of(backup)
    newer = [one for one in found if one.vault_id == then.vault_id and one.sequence > then.sequence]
    return max(newer, key=lambda one: one.sequence, default=None)


def keys_changed_since(backup: BackupFile, folder: Layout) -> bool | None:
    """Whether accounts, passphrases or the key are others by now, told without any key; None: nothing newer is known.

    Each change of slots brings other decoys too, so it shows.
    """
    then, newest = header_of(backup), newest_header(backup, folder)
    if newest is None:
        return None
    return not _same_keys(newest, then)


def _same_keys(one: Header, other: Header) -> bool:
    return one.generation == other.generation and one.slots == other.slots


def header_of(backup: BackupFile) -> Header:
    """The key file of the day of the backup; `BackupDamaged` where it is not this vault's."""
    try:
        header: Header = decode(backup.label.header)
    except HeaderDamaged as damaged:
        raise BackupDamaged from damaged
    if header.vault_id != backup.label.vault_id:
        raise BackupDamaged
    return header


def keys_for(backup: BackupFile, folder: Layout, key: SignIn | RecoveryCode, derive: Derive) -> KeysFound:
    """What this passphrase or code gives; raises what opening raises, and `AccountClosedSince`."""
    then, newest = header_of(backup), newest_header(backup, folder)
    if newest is None or _same_keys(newest, then):
        of_then, account = unlocked_by(then, key, derive)
        return KeysFound(of_then, of_then, account, WaysIn.NOT_KNOWN if newest is None else WaysIn.UNCHANGED)
    derive = _each_once(derive)
    today = None
    with suppress(Problem):
        today = unlocked_by(newest, key, derive)
    if today is not None and today[0].header.generation == then.generation:
        # the same data key: today's passphrase is enough
        unlocked, account = today
        return _as_today(Unlocked(then, authenticated(then, unlocked.data_key), unlocked.data_key), unlocked, account)
    of_then, account = unlocked_by(then, key, derive)
    if today is not None:
        return _as_today(of_then, today[0], today[1])
    return _as_then(of_then, account, newest)


def unlocked_by(header: Header, key: SignIn | RecoveryCode, derive: Derive) -> tuple[Unlocked, UUID]:
    """What a passphrase or the recovery code opens, and whose account it is (`NOBODY`: the code's)."""
    if isinstance(key, RecoveryCode):
        slot, data_key = slots.open_with_recovery(header, key, derive)
        kind = SlotKind.RECOVERY
    else:
        slot, data_key = slots.open_at_the_door(header, key.login_name, key.passphrase, derive)
        kind = SlotKind.STAFF
    inner = authenticated(header, data_key)
    owner = inner.owner(slot.id)
    if owner is None or owner.kind is not kind:
        raise HeaderTampered
    return Unlocked(header, inner, data_key), owner.account or NOBODY


def _each_once(derive: Derive) -> Derive:
    """The same slot may stand in both key files: its key is made once."""
    made: dict[tuple[bytes, bytes, KdfParameters], bytes] = {}

    def once(secret: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
        wanted = (secret, salt, kdf)
        if wanted not in made:
            made[wanted] = derive(secret, salt, kdf)
        return made[wanted]

    return once


def _as_today(then: Unlocked, today: Unlocked, account: UUID) -> KeysFound:
    """The records of then under the key of today, for whoever has a way in today."""
    inner = replace(then.inner, owners=today.inner.owners, key_change=None, before_rotation=None, at_rest=b"")
    unlocked = Unlocked(today.header, inner, today.data_key)
    closed = _accounts(then.inner) - _accounts(today.inner)
    return KeysFound(then, unlocked, account, WaysIn.OF_TODAY, closed)


def _as_then(then: Unlocked, account: UUID, newest: Header) -> KeysFound:
    """The key of then, without whoever has no slot under any name or key in the newest key file."""
    ids, tags = {slot.id for slot in newest.slots}, {slot.tag for slot in newest.slots}
    by_id = {slot.id: slot for slot in then.header.slots}
    staff = [owner for owner in then.inner.owners if owner.account is not None]
    gone = {owner.account for owner in staff if owner.slot not in ids and by_id[owner.slot].tag not in tags}
    if account in gone:
        raise AccountClosedSince
    back = {owner.account for owner in staff if owner.slot not in ids} - gone
    header, inner = without(then, lambda owner: owner.account in gone) if gone else (then.header, then.inner)
    return KeysFound(
        then,
        Unlocked(header, inner, then.data_key),
        account,
        WaysIn.OF_THEN,
        closed=_known(gone),
        back=_known(back),
        new_key_due=bool(gone or newest.generation != then.header.generation or _any_is_back(then, ids)),
    )


def _any_is_back(then: Unlocked, ids: set[UUID]) -> bool:
    """Whether a passphrase or a recovery code of then was replaced since."""
    return any(owner.slot not in ids for owner in then.inner.owners)


def _accounts(inner: Inner) -> frozenset[UUID]:
    return _known({owner.account for owner in inner.owners})


def _known(accounts: set[UUID | None]) -> frozenset[UUID]:
    return frozenset(account for account in accounts if account is not None)


# --- in the records ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the records of a backup."""

    name: str
    administers: bool


def people_in(connection: Any) -> dict[UUID, Person]:
    """Whose accounts were open when the backup was made."""
    with explained_by_driver():
        rows = connection.execute("SELECT id, display_name, roles FROM staff WHERE active").fetchall()
    return {UUID(hex=key): Person(name, Role.ADMINISTRATOR.value in json.loads(roles)) for key, name, roles in rows}


def fitted(found: KeysFound, people: dict[UUID, Person], entries: int) -> KeysFound:
    """The keys for exactly these records, whose log has so many entries.

    Under today's key the log goes on with a key of its own, and whoever came after the backup has no account in it.
    Where nobody could administer any more, the accounts of administrators stay, without a key: the recovery code gives
    one of them a passphrase.
    """
    inner = found.unlocked.inner
    if found.ways_in is WaysIn.OF_TODAY:
        epochs = [epoch for epoch in inner.audit_epochs if epoch.first_seq <= entries]
        inner = replace(inner, audit_epochs=(*epochs, AuditEpoch(entries + 1, crypto.random_key())))
    unlocked = replace(found.unlocked, inner=inner)
    strangers = _accounts(inner) - _accounts(found.then.inner) - people.keys()
    if strangers:
        header, inner = without(unlocked, lambda owner: owner.account in strangers)
        unlocked = replace(unlocked, header=header, inner=inner)
    with_a_way_in = _accounts(inner)
    closed = found.closed
    if not any(person.administers and key in with_a_way_in for key, person in people.items()):
        closed = frozenset(key for key in closed if key in people and not people[key].administers)
    return replace(found, unlocked=unlocked, closed=closed)


def settle(connection: Connection, found: KeysFound, number: int, now: datetime) -> list[AuditEvent]:
    """Make the accounts in the records what the keys are, and note that a new key is due; what the log says of it."""
    for account in found.closed:
        connection.execute(_CLOSE, {"id": account.hex})
    if found.new_key_due:
        due = {"since": now.isoformat(), "restored": number, "back": sorted(account.hex for account in found.back)}
        connection.execute(_DUE, {"name": ROTATION_DUE, "value": json.dumps(due)})
    return [
        *(AuditEvent("vault.account_kept_closed", "staff", account) for account in sorted(found.closed)),
        *(AuditEvent("vault.earlier_passphrase_back", "staff", account) for account in sorted(found.back)),
    ]
