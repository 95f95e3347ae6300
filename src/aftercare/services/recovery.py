"""The way in with the recovery code: who works again, their new password, and the code that replaces the used one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.errors import NotAllowed
from aftercare.domain.permissions import Permission, Role
from aftercare.records.people import Staff
from aftercare.services.opening import OpenOffice, desk_of

if TYPE_CHECKING:
    from aftercare.vault import KdfParameters, OpenVault, RecoveryCode


@dataclass(frozen=True, slots=True)
class Administrator:
    """Somebody to whom the code can give a new password."""

    account_id: UUID
    login_name: str
    display_name: str


@dataclass(slots=True)
class OpenedByCode:
    """A vault that the code opened; nobody sees records until `start_again`. `close` it when that is given up."""

    vault: OpenVault
    administrators: tuple[Administrator, ...]

    def close(self) -> None:
        self.vault.close()

    def __enter__(self) -> OpenedByCode:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_with_code(folder: Path, *typed: str, clock: Clock, cancelled: Event | None = None) -> OpenedByCode:
    """Open with the code as it was typed, whole or its two parts in any order, in one text or two.

    Raises `RecoveryCodeUnreadable` and the like (`vault.recovered_code`), `WrongPassphrase` and what opening raises.
    The code stays good until `start_again` has replaced it.
    """
    from aftercare.vault import derive_apart, derive_here, recovered_code
    from aftercare.vault import open_with_code as open_vault_with_code

    derive = derive_apart(cancelled) if cancelled else derive_here
    vault = open_vault_with_code(folder, recovered_code(*typed), clock=clock, derive=derive)
    try:
        return OpenedByCode(vault, _administrators(vault))
    except BaseException:
        vault.close()
        raise


def start_again(
    opened: OpenedByCode,
    who: Administrator,
    passphrase: str,
    new_code: RecoveryCode,
    *,
    clock: Clock,
    kdf: KdfParameters | None = None,
    cancelled: Event | None = None,
) -> OpenOffice:
    """Give this administrator the password and put the new code in place of the used one; then the office is open.

    Raises `WeakPassphrase`, and `NotAllowed` for somebody who is no administrator of this vault.
    """
    from aftercare.vault import Recovered, derive_apart, derive_here
    from aftercare.vault import start_again as vault_start_again

    if who not in opened.administrators:
        raise NotAllowed(Permission.SET_POLICY.value)
    derive = derive_apart(cancelled) if cancelled else derive_here
    recovered = Recovered(who.account_id, who.login_name, (who.display_name,))
    vault_start_again(opened.vault, recovered, passphrase, new_code, clock=clock, kdf=kdf, derive=derive)
    return OpenOffice(opened.vault, desk_of(opened.vault, clock))


def _administrators(vault: OpenVault) -> tuple[Administrator, ...]:
    with Session(vault.engine) as session:
        people = session.scalars(select(Staff).where(Staff.active).order_by(Staff.display_name)).all()
        return tuple(
            Administrator(person.id, person.login_name, person.display_name)
            for person in people
            if Role.ADMINISTRATOR in person.roles
        )
