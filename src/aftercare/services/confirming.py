"""Asking once more who sits here: before keys, accounts and backups are touched, and before records leave the house."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from aftercare.domain.errors import NotAllowed
from aftercare.domain.permissions import Permission
from aftercare.records.people import Staff
from aftercare.services.office import office_settings
from aftercare.services.work import Work, confirmed_now, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice


def confirm_identity(office: OpenOffice, passphrase: str, *, cancelled: Event | None = None) -> None:
    """Try the passphrase of whoever is signed in; what needs confirmation is then done for five minutes.

    Asked on the vault's thread. Raises `WrongPassphrase` and `TooManyAttempts` as unlocking does; with `cancelled` the
    passphrase is stretched in a process of its own, and `UnlockCancelled` comes soon after the event is set.
    """
    from aftercare.vault import confirm_passphrase, derive_apart, derive_here

    desk = office.desk
    derive = derive_apart(cancelled) if cancelled else derive_here
    confirm_passphrase(office.vault, desk.ask(my_login_name), passphrase, clock=desk.clock, derive=derive)
    desk.confirmation = confirmed_now(desk.clock)


@needs(Permission.WORK_HERE)
def my_login_name(work: Work) -> str:
    """The name under which whoever asks signs in; NotAllowed where the account was closed meanwhile."""
    staff = work.get(Staff, work.actor.id)
    if not staff.active:
        raise NotAllowed(Permission.WORK_HERE.value)
    return staff.login_name


def confirm_before_release(work: Work) -> None:
    """Before many records leave the house at once: ConfirmationNeeded, unless the organisation decided otherwise."""
    if office_settings(work).ask_again_before_export:
        work.need_confirmation()
