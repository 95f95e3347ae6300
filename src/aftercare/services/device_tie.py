"""Tying one's password to this computer: wanted now, tried at once, in force when the next sign-in proves it.

A key store that takes a secret and loses it over night would lock its owner out; so nothing rests on it before it gave
the secret back to a later session. Where it stops doing so later, the recovery code and a one-time code still open.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from aftercare.domain.errors import DeviceSecretMissing
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.device_tie import TieRow, TieState
from aftercare.records.office import Setting
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault.device_secret import DeviceTie
    from aftercare.vault.resealing import WantedTie

_WANTED, _NAME, _CHECK, _TROUBLE = "wanted", "name", "check", "trouble"


def show_tie(office: OpenOffice) -> TieRow:
    """How it stands for whoever works here; on the vault's thread, and without asking the key store."""
    from aftercare.vault.resealing import slot_of

    slot = slot_of(office.vault)
    kept = office.desk.ask(my_tie)
    if slot is not None and slot.device:
        return TieRow(TieState.ON if kept.get(_WANTED, True) else TieState.ENDING)
    # a slot that was made anew with a code rests on nothing, whatever was wanted before
    is_pending = kept.get(_WANTED) and kept.get(_NAME)
    return TieRow(TieState.PENDING if is_pending else TieState.OFF, str(kept.get(_TROUBLE, "")))


def trouble_here() -> str:
    """Why this computer has no key store, as a code; empty where it has one. Asks it: not for the GUI thread."""
    from aftercare.vault import device_secret

    try:
        device_secret.look()
    except DeviceSecretMissing as missing:
        return missing.reason
    return ""


def tie_password(office: OpenOffice) -> TieRow:
    """Write a fresh secret into the key store and read it back; in force after the next sign-in.

    The window takes the three steps by themselves, because a key store may keep its asker waiting. Raises
    `DeviceSecretMissing` where the store does not do that, and then nothing is wanted.
    """
    return begin_tie(office) or keep_tie(office, make_tie())


def begin_tie(office: OpenOffice) -> TieRow | None:
    """Whether it may be done, by whoever sits here; how it stands where nothing has to be made for it."""
    if show_tie(office).state in (TieState.ON, TieState.ENDING):
        office.desk.do(want_tie, {_WANTED: True})
        return show_tie(office)
    office.desk.ask(may_tie)
    return None


def make_tie() -> DeviceTie:
    """A secret that the key store kept for a moment: some processes, perhaps a question to the person."""
    from aftercare.vault import device_secret

    return device_secret.new_tie()


def keep_tie(office: OpenOffice, tie: DeviceTie) -> TieRow:
    """Want it at the next sign-in."""
    office.desk.do(want_tie, {_WANTED: True, _NAME: tie.name.hex(), _CHECK: tie.check})
    return show_tie(office)


def untie_password(office: OpenOffice) -> TieRow:
    """Tied no more after the next sign-in; at once where it was not in force yet."""
    kept = office.desk.ask(my_tie)
    if show_tie(office).state is TieState.PENDING:
        _forget(str(kept.get(_NAME, "")))
        office.desk.do(want_tie, {})
    else:
        office.desk.do(want_tie, {_WANTED: False})
    return show_tie(office)


# --- at the next sign-in -------------------------------------------------------------------------------------------


def tie_to_prove(office: OpenOffice) -> WantedTie | None:
    """The secret that an earlier session wrote and this one is to read."""
    from aftercare.vault.resealing import WantedTie

    kept = office.desk.ask(my_tie)
    if not kept.get(_WANTED) or not kept.get(_NAME):
        return None
    return WantedTie(bytes.fromhex(kept[_NAME]), str(kept[_CHECK]))


def wants_untied(office: OpenOffice) -> bool:
    return office.desk.ask(my_tie).get(_WANTED) is False


def tie_was_proved(office: OpenOffice) -> None:
    """The slot rests on it now; by what the secret was known again is needed no more."""
    office.desk.do(want_tie, {_WANTED: True})


def tie_was_ended(office: OpenOffice, name: bytes) -> None:
    office.desk.do(want_tie, {})
    _forget(name.hex())


def tie_was_not_proved(office: OpenOffice, trouble: str) -> None:
    """The key store did not give it back: off again, and the settings say why."""
    office.desk.do(want_tie, {_TROUBLE: trouble})


# --- what is kept --------------------------------------------------------------------------------------------------


@needs(Permission.WORK_HERE)
def my_tie(work: Work) -> dict[str, Any]:
    """What is kept of it for whoever asks: never the secret."""
    kept = work.session.get(Setting, _setting(work))
    return dict(kept.value) if kept else {}


@needs(Permission.WORK_HERE, confirmed=True)
def may_tie(work: Work) -> None:
    """Nothing but the question whether it is still the same person who sits here."""


@needs(Permission.WORK_HERE)
def want_tie(work: Work, value: dict[str, Any]) -> None:
    """Keep what is wanted now."""
    work.session.merge(Setting(name=_setting(work), value=value))
    work.log("want_tie", "staff", work.actor.id, "on" if value.get(_WANTED) else "off")


def _setting(work: Work) -> str:
    return f"device.{work.actor.id.hex}"


def _forget(name: str) -> None:
    """A secret that nothing rests on may stay behind where its store does not answer."""
    from aftercare.vault import device_secret

    if name:
        with contextlib.suppress(DeviceSecretMissing):
            device_secret.forget(bytes.fromhex(name))
