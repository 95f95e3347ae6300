"""Accounts of an open vault: a one-time code to come in with, an own passphrase, a new name, and nothing any more.

Each account has one slot at a time. A code's slot is replaced by the slot of the passphrase that was chosen with it, in
one header; every new slot has a fresh key pair, so what an earlier secret led to opens no later box: not the code of
the administrator who made it, not the passphrase of before, not even with an old copy of the header.

Each change is handed the transaction of the records it belongs to. What the records refuse is refused before the header
is touched; the header is written last, and put back should the commit fail (`OpenVault.write_keys_with`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    Bug,
    HeaderTampered,
    LoginCodeExpired,
    WeakPassphrase,
)
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.vault import device_secret, slots
from aftercare.vault.derive import Derive
from aftercare.vault.device_secret import DeviceTie
from aftercare.vault.files import Layout
from aftercare.vault.header import Header, Inner, Slot, SlotKind, SlotOwner
from aftercare.vault.header_files import HeaderRead
from aftercare.vault.header_inner import KeyChange
from aftercare.vault.kdf import KdfParameters, derive_here, measured_kdf
from aftercare.vault.login_code import VALID_FOR, LoginCode, new_login_code
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.opening import opened_by, unlocked_by
from aftercare.vault.passphrases import check_passphrase
from aftercare.vault.slot_changes import without

_CODE_ISSUED = "vault.one_time_code_issued"


@dataclass(frozen=True, slots=True)
class Member:
    """Whose keys are meant: the id of the staff record, the name they type, and words not to use in a passphrase."""

    account_id: UUID
    login_name: str
    context_words: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A one-time code, shown once to whoever issued it, and until when it may be used."""

    code: LoginCode
    expires: datetime


@dataclass(frozen=True, slots=True)
class WayIn:
    """How an account can be opened now; `code_expires` is None where it has a passphrase of its own."""

    code_expires: datetime | None = None

    @property
    def has_own_passphrase(self) -> bool:
        return self.code_expires is None


def open_with_login_code(
    folder: Path, login_name: str, code: LoginCode, *, clock: Clock, derive: Derive = derive_here
) -> OpenVault:
    """The vault, opened by the account the code is for; `Members.choose_passphrase` must follow.

    Raises what `open_vault` raises, and `LoginCodeExpired` for the right code after its time. The code stays good until
    a passphrase has taken its place. A clock that was set back does not make it good again, however often it is tried.
    """

    def unlock(layout: Layout, found: HeaderRead) -> tuple[Slot, Unlocked, UUID | None]:
        return unlocked_by(
            lambda header: slots.open_with_login_code(header, login_name, code, derive),
            SlotKind.ONE_TIME_CODE,
            layout,
            found,
            clock,
        )

    vault = opened_by(unlock, folder, "vault.opened_by_one_time_code", clock=clock)
    expires = Members(vault).ways_in()[vault.account_id].code_expires
    if expires is None or _latest_since_issued(vault) >= expires:
        vault.close()
        raise LoginCodeExpired
    return vault


def _latest_since_issued(vault: OpenVault) -> datetime:
    """By the clock, or by the log where that knew a later moment since the code was issued.

    Not by the last entry alone: each try with a clock set back writes one.
    """
    entry = AUDIT_ENTRY.c
    of_code = select(func.max(entry.seq)).where(entry.object_id == vault.account_id, entry.action == _CODE_ISSUED)
    with Session(vault.engine) as session:
        issued = session.scalar(of_code) or 0
        known = session.scalar(select(func.max(entry.utc, type_=entry.utc.type)).where(entry.seq >= issued))
    return max(vault.clock.now(), known) if known is not None else vault.clock.now()


class Members:
    """What opens this vault for whom. `kdf` None: measured on this computer where a passphrase is sealed."""

    def __init__(self, vault: OpenVault, *, kdf: KdfParameters | None = None, derive: Derive = derive_here) -> None:
        self._vault = vault
        self._kdf = kdf
        self._derive = derive

    def ways_in(self) -> dict[UUID, WayIn]:
        """Each account that has a slot, and which."""
        return {
            owner.account: WayIn(owner.expires)
            for owner in self._vault.unlocked.inner.owners
            if owner.account is not None
        }

    # --- coming in -------------------------------------------------------------------------------------------------

    def issue_code(self, session: Session, member: Member, *, valid_for: timedelta = VALID_FOR) -> IssuedCode:
        """A one-time code for this account; whatever opened it before opens nothing any more."""
        issued = IssuedCode(new_login_code(), self._now(session) + valid_for)
        slot = self._slot(SlotKind.ONE_TIME_CODE, member, issued.code.secret, self._usual_strength())
        owner = SlotOwner(slot.id, SlotKind.ONE_TIME_CODE, member.account_id, issued.expires)
        self._replace(session, _CODE_ISSUED, member.account_id, slot, owner)
        return issued

    def choose_passphrase(self, session: Session, member: Member, passphrase: str) -> None:
        """An own passphrase in place of the code that opened this vault; raises `WeakPassphrase`."""
        if member.account_id != self._vault.account_id or self._way_in(member.account_id).has_own_passphrase:
            raise Bug("only whoever came in with a code chooses a first passphrase")
        self._seal(session, "vault.first_passphrase_chosen", member, passphrase)

    # --- being in --------------------------------------------------------------------------------------------------

    def change_passphrase(self, session: Session, member: Member, passphrase: str) -> None:
        """Another passphrase for whoever opened this vault, once `confirm_passphrase` has heard the one of now.

        Tied to this computer as the one before was. Raises `WeakPassphrase`, `DeviceSecretMissing`.
        """
        if member.account_id != self._vault.account_id or not self._way_in(member.account_id).has_own_passphrase:
            raise Bug("only whoever works here changes their passphrase")
        self._seal(session, "vault.passphrase_changed", member, passphrase)

    def rename(self, session: Session, member: Member) -> None:
        """The account is opened under this name from now on, with the secret it has."""
        unlocked = self._vault.unlocked
        mine = {owner.slot: owner for owner in unlocked.inner.owners if owner.account == member.account_id}
        changed = [
            slots.renamed(unlocked.header, slot, mine[slot.id].kind, member.login_name) if slot.id in mine else slot
            for slot in slots.real_slots(unlocked.header, unlocked.inner)
        ]
        header = slots.with_slots(unlocked.header, changed)
        self._write(session, "vault.account_renamed", member.account_id, header, unlocked.inner)

    # --- going -----------------------------------------------------------------------------------------------------

    def close(self, session: Session, account_id: UUID) -> None:
        """Take the account's slot away: nothing opens it any more. Nothing happens where there is none."""
        if account_id in self.ways_in():
            self._drop(session, "vault.account_closed", account_id)

    def drop_expired(self, session: Session) -> int:
        """Take away the slots of codes whose time is over, so that only the program's clock need not be believed."""
        codes = {account: way.code_expires for account, way in self.ways_in().items() if way.code_expires is not None}
        if not codes:
            return 0
        now = self._now(session)
        over = [account for account, expires in codes.items() if expires <= now]
        for account in over:
            self._drop(session, "vault.one_time_code_expired", account)
        return len(over)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _way_in(self, account_id: UUID) -> WayIn:
        found = self.ways_in().get(account_id)
        if found is None:
            raise HeaderTampered
        return found

    def _now(self, session: Session) -> datetime:
        """By the clock, or by the log where that knows a later moment: a clock set back makes no code last longer."""
        last = session.scalar(select(AUDIT_ENTRY.c.utc).order_by(AUDIT_ENTRY.c.seq.desc()).limit(1))
        now = self._vault.clock.now()
        return max(now, last) if last is not None else now

    def _seal(self, session: Session, action: str, member: Member, passphrase: str) -> None:
        refuse_weak(passphrase, member)
        secret = slots.passphrase_secret(passphrase)
        slot = self._slot(SlotKind.STAFF, member, secret, self._kdf or measured_kdf(), self._tie(member.account_id))
        owner = SlotOwner(slot.id, SlotKind.STAFF, member.account_id)
        self._replace(session, action, member.account_id, slot, owner)

    def _tie(self, account_id: UUID) -> DeviceTie | None:
        unlocked = self._vault.unlocked
        mine = {owner.slot for owner in unlocked.inner.owners if owner.account == account_id}
        name = next((slot.device for slot in unlocked.header.slots if slot.id in mine), b"")
        return DeviceTie(name, device_secret.read(name)) if name else None

    def _slot(
        self, kind: SlotKind, member: Member, secret: bytes, strength: KdfParameters, tie: DeviceTie | None = None
    ) -> Slot:
        unlocked = self._vault.unlocked
        return slots.slot_of_member(
            unlocked.header,
            kind,
            member.login_name,
            secret,
            kdf=strength,
            data_key=unlocked.data_key,
            derive=self._derive,
            tie=tie,
        )

    def _usual_strength(self) -> KdfParameters:
        """For a code, which nobody guesses anyway: as somebody's passphrase here, so that its slot looks alike."""
        if self._kdf is not None:
            return self._kdf
        unlocked = self._vault.unlocked
        known = [slot.kdf for slot in slots.real_slots(unlocked.header, unlocked.inner) if not slot.kdf.is_weak]
        return known[0] if known else measured_kdf()

    def _replace(self, session: Session, action: str, account: UUID, slot: Slot, owner: SlotOwner) -> None:
        unlocked = self._vault.unlocked
        header, inner = without(unlocked, lambda one: one.account == account, (slot,), (owner,))
        self._write(session, action, account, header, inner)

    def _drop(self, session: Session, action: str, account: UUID) -> None:
        header, inner = without(self._vault.unlocked, lambda one: one.account == account)
        self._write(session, action, account, header, inner)

    def _write(self, session: Session, action: str, account: UUID, header: Header, inner: Inner) -> None:
        session.flush()
        vault = self._vault
        actor = vault.account_id
        seq = vault.audit.append(session, vault.clock.now(), actor, action, "staff", account)
        vault.write_keys_with(session, header, replace(inner, key_change=KeyChange(seq, action, account)))


def refuse_weak(passphrase: str, member: Member) -> None:
    """Raise `WeakPassphrase` where this person may not use it."""
    faults = check_passphrase(passphrase, (member.login_name, *member.context_words))
    if faults:
        raise WeakPassphrase(tuple(faults))
