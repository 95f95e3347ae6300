"""Another passphrase for whoever is signed in: they type the one of now, and nobody else is needed."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from aftercare.domain.permissions import Permission
from aftercare.records.people import Staff
from aftercare.services.confirming import confirm_identity
from aftercare.services.staff_names import member_of
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault.members import Members


def change_own_passphrase(office: OpenOffice, current: str, passphrase: str, *, cancelled: Event | None = None) -> None:
    """Another passphrase for whoever is signed in; nobody else is needed, and nobody is asked.

    Raises `WeakPassphrase` first, then `WrongPassphrase` and `TooManyAttempts` as unlocking does.
    """
    office.desk.ask(refuse_weak_passphrase, passphrase)
    confirm_identity(office, current, cancelled=cancelled)
    office.desk.do(seal_own_passphrase, office.keys(cancelled), passphrase)


@needs(Permission.WORK_HERE)
def refuse_weak_passphrase(work: Work, passphrase: str) -> None:
    """Raise `WeakPassphrase` where whoever asks may not use it; before anything takes time."""
    from aftercare.vault.members import refuse_weak

    refuse_weak(passphrase, member_of(work.get(Staff, work.actor.id)))


@needs(Permission.WORK_HERE, confirmed=True)
def seal_own_passphrase(work: Work, keys: Members, passphrase: str) -> None:
    """The second half of changing one's own passphrase, once the one of now was heard."""
    keys.change_passphrase(work.session, member_of(work.get(Staff, work.actor.id)), passphrase)
