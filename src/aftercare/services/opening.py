"""Opening the office: from a folder and a passphrase to a desk where requests are handed in."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock
from aftercare.domain.errors import EarlierKeyBack, EarlierPassphrasesBack, NotAllowed, Problem, WrongPassphrase
from aftercare.domain.ids import uuid7
from aftercare.domain.permissions import Permission, Role
from aftercare.i18n import current
from aftercare.records.office import ROTATION_DUE, Setting
from aftercare.records.people import Staff
from aftercare.services.actors import actor_of
from aftercare.services.desk import Desk
from aftercare.services.work import confirmed_now

if TYPE_CHECKING:
    from aftercare.services.ahead import DoneAhead
    from aftercare.vault import Derive, KdfParameters, OpenVault, RecoveryCode
    from aftercare.vault.members import Members
    from aftercare.vault.resealing import CameIn

FIRST_ROLES = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.CASE_WORKER})


@dataclass(frozen=True, slots=True)
class FirstPerson:
    """Who sets up the vault. In a small shelter the administrator works with survivors too: hence the roles."""

    login_name: str
    display_name: str
    roles: frozenset[Role] = FIRST_ROLES


@dataclass(slots=True)
class OpenOffice:
    """An open vault with the desk of the person who opened it; `close` it, or use it as a context."""

    vault: OpenVault
    desk: Desk
    came_in: CameIn | None = None
    """What sealing the slot of whoever came in anew needs (services/resealing.py), until it was looked at."""
    warnings: tuple[Problem, ...] = field(init=False)
    """What was noticed while opening, and mended or to be known."""

    def __post_init__(self) -> None:
        # now, on the vault's thread: it asks records and disks
        self.warnings = (*self.vault.opened_warnings, *_for_whoever_can_mend(self.vault, self.desk))

    def keys(self, cancelled: Event | None = None) -> Members:
        """What opens the vault for whom, for requests about accounts (services/staff.py).

        With `cancelled` a passphrase is stretched in a process of its own, which stops when the event is set.
        """
        from aftercare.vault import derive_apart, derive_here
        from aftercare.vault.members import Members

        return Members(self.vault, derive=derive_apart(cancelled) if cancelled else derive_here)

    def close(self) -> None:
        self.vault.close()

    def __enter__(self) -> OpenOffice:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create_office(
    folder: Path,
    first: FirstPerson,
    passphrase: str,
    *,
    clock: Clock,
    training: bool = False,
    kdf: KdfParameters | None = None,
    cancelled: Event | None = None,
    code: RecoveryCode | None = None,
) -> tuple[OpenOffice, RecoveryCode]:
    """A new vault in `folder` with its first person, and the recovery code, which is shown once.

    With `cancelled` the passphrase is stretched in a process of its own, which stops when the event is set; `kdf` None
    measures this computer.
    Raises a Problem of the vault where the folder cannot be used or the passphrase is weak: nothing is left behind.
    """
    from aftercare.vault import NewAccount, create_vault, derive_apart, derive_here

    account = NewAccount(uuid7(clock.now()), first.login_name, (first.display_name,))

    def first_records(vault: OpenVault) -> None:
        with Session(vault.engine) as session, session.begin():
            session.add(
                Staff(
                    id=account.account_id,
                    created_at=clock.now(),
                    created_by=account.account_id,
                    login_name=first.login_name,
                    display_name=first.display_name or first.login_name,
                    roles=sorted(first.roles),
                )
            )

    vault, code = create_vault(
        folder,
        account,
        passphrase,
        clock=clock,
        kdf=kdf,
        training=training,
        derive=derive_apart(cancelled) if cancelled else derive_here,
        code=code,
        first_records=first_records,
    )
    return OpenOffice(vault, desk_of(vault, clock)), code


def open_office(
    folder: Path,
    login_name: str,
    passphrase: str,
    *,
    clock: Clock,
    cancelled: Event | None = None,
    accept_older: bool = False,
    ahead: DoneAhead | None = None,
) -> OpenOffice:
    """Unlock: raises a Problem of the vault (wrong password, damage, a second copy running...), nothing written.

    `accept_older` is for after DatabaseOlder was shown and the person decided to go on with the older records;
    `ahead` is what was done while the password was typed.
    """
    from aftercare.vault import Ahead, OlderDatabase, derive_apart, derive_here, open_vault
    from aftercare.vault.resealing import CameIn

    derive = _Timed(derive_apart(cancelled) if cancelled else derive_here)
    vault = open_vault(
        folder,
        login_name,
        passphrase,
        clock=clock,
        derive=derive,
        older_database=OlderDatabase.OPEN_AND_LOG if accept_older else OlderDatabase.REFUSE,
        ahead=ahead.for_records_in(folder) if ahead is not None else Ahead(),
    )
    try:
        office = OpenOffice(vault, desk_of(vault, clock), CameIn(passphrase, derive.seconds))
        _forget_expired_codes(office)
        return office
    except NotAllowed as closed:
        # the door tells nobody that there is such an account
        vault.close()
        raise WrongPassphrase from closed
    except BaseException:
        vault.close()
        raise


def _for_whoever_can_mend(vault: OpenVault, desk: Desk) -> Iterator[Problem]:
    """What only some can do something about: the others would be frightened for nothing."""
    if Permission.MANAGE_KEYS in desk.actor.permissions:
        yield from _keys_of_then(vault)
    if Permission.MANAGE_BACKUPS in desk.actor.permissions:
        from aftercare.vault.surroundings import storage_problem

        problem = storage_problem(vault.folder)
        if problem is not None:
            yield problem


def _keys_of_then(vault: OpenVault) -> Iterator[Problem]:
    """Said at each unlock after a restore brought keys of then back, until a new key was made."""
    with Session(vault.engine) as session:
        due = session.get(Setting, ROTATION_DUE)
        back = due.value.get("back") if due is not None else None
    if back is not None:
        yield EarlierPassphrasesBack(len(back)) if back else EarlierKeyBack()


def _forget_expired_codes(office: OpenOffice) -> None:
    with Session(office.vault.engine) as session, session.begin():
        office.keys().drop_expired(session)


class _Timed:
    """A way to make keys that remembers how long it took."""

    def __init__(self, derive: Derive) -> None:
        self._derive = derive
        self.seconds = 0.0

    def __call__(self, secret: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
        began = time.perf_counter()
        try:
            return self._derive(secret, salt, kdf)
        finally:
            self.seconds = time.perf_counter() - began


def desk_of(vault: OpenVault, clock: Clock) -> Desk:
    """The desk of whoever opened the vault just now; NotAllowed where the account is not active any more."""
    with Session(vault.engine) as session:
        staff = session.get(Staff, vault.account_id)
        actor = actor_of(staff) if staff and staff.active else None
    if actor is None or Permission.WORK_HERE not in actor.permissions:
        raise NotAllowed(Permission.WORK_HERE.value)
    return Desk(vault.engine, vault.audit, actor, clock, confirmation=confirmed_now(clock))


def load_ahead() -> None:
    """Read the rest of the data layer and the calendars from disk, and tie the records together: before a question."""
    from sqlalchemy.orm import configure_mappers

    import aftercare.vault.backup
    import aftercare.vault.members
    import aftercare.vault.opening
    import aftercare.vault.resealing
    import aftercare.vault.surroundings  # noqa: F401
    from aftercare.vault import cipher, crypto

    current().load()
    crypto.load_libraries()
    crypto.new_key_pair()  # the first one reads the rest of the library
    with suppress(Problem):  # said to whoever opens, where it is missing
        cipher.load_cipher()
    configure_mappers()
