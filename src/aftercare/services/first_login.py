"""The first login: a one-time code from an administrator, a passphrase of one's own, and the office is open."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.errors import NotAllowed, WrongPassphrase
from aftercare.domain.permissions import Permission
from aftercare.records.people import Staff
from aftercare.services.opening import OpenOffice, desk_of

if TYPE_CHECKING:
    from aftercare.vault import KdfParameters, OpenVault
    from aftercare.vault.members import Members


def log_in_first(
    folder: Path,
    login_name: str,
    code: str,
    passphrase: str,
    *,
    clock: Clock,
    kdf: KdfParameters | None = None,
    cancelled: Event | None = None,
) -> OpenOffice:
    """Open with the code as it was typed, and seal the passphrase in its place.

    Raises `LoginCodeUnreadable` and `LoginCodeIncomplete` before anything is tried, `WeakPassphrase`,
    `LoginCodeExpired`, and what opening raises: an unknown name, a wrong code and a closed account are all
    `WrongPassphrase`. Until the passphrase is sealed the code stays good.
    """
    from aftercare.vault import derive_apart, derive_here
    from aftercare.vault.login_code import parse_login_code
    from aftercare.vault.members import Members, open_with_login_code

    parsed = parse_login_code(code)
    derive = derive_apart(cancelled) if cancelled else derive_here
    vault = open_with_login_code(folder, login_name, parsed, clock=clock, derive=derive)
    try:
        _choose(vault, Members(vault, kdf=kdf, derive=derive), passphrase)
        return OpenOffice(vault, desk_of(vault, clock))
    except NotAllowed as closed:
        vault.close()
        raise WrongPassphrase from closed
    except BaseException:
        vault.close()
        raise


def _choose(vault: OpenVault, keys: Members, passphrase: str) -> None:
    """Seal the passphrase for the person the code is for; NotAllowed where the records know nobody, or not any more."""
    from aftercare.vault.members import Member

    with Session(vault.engine) as session, session.begin():
        person = session.get(Staff, vault.account_id)
        if person is None or not person.active:
            raise NotAllowed(Permission.WORK_HERE.value)
        keys.choose_passphrase(session, Member(person.id, person.login_name, (person.display_name,)), passphrase)
