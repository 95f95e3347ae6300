"""After somebody came in: their slot sealed stronger where this computer can do more, tied or untied where they wanted.

Three steps, because only the first and the last need the vault's own thread:

    plan = plan_resealing(office)              what to do, asked of the open vault; None: nothing
    done = carry_out(plan, cancelled)          seconds of work in processes of their own, on any thread
    finish(office, plan, done)                 the header, and what the settings say
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

from aftercare.domain.errors import DeviceSecretMissing
from aftercare.services import device_tie

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault.resealing import Resealed, ResealPlan


@dataclass(frozen=True, slots=True)
class ResealDone:
    """A slot to put in place (None: nothing is gained), or why the key store stood in the way."""

    resealed: Resealed | None
    trouble: str = ""


def plan_resealing(office: OpenOffice) -> ResealPlan | None:
    """What stands to be done for whoever came in with their passphrase just now; it is forgotten with the answer."""
    from aftercare.vault import resealing

    came_in, office.came_in = office.came_in, None
    if came_in is None:
        return None
    tie, unties = device_tie.tie_to_prove(office), device_tie.wants_untied(office)
    return resealing.plan_resealing(office.vault, came_in, tie=tie, unties=unties)


def carry_out(plan: ResealPlan, cancelled: Event) -> ResealDone:
    """The slow part; raises `UnlockCancelled` soon after `cancelled` is set."""
    from aftercare.vault import resealing

    try:
        return ResealDone(resealing.seal_anew(plan, cancelled))
    except DeviceSecretMissing as missing:
        return ResealDone(None, missing.reason)


def finish(office: OpenOffice, plan: ResealPlan, done: ResealDone) -> bool:
    """Put the slot in place; whether the header was changed."""
    from aftercare.vault import resealing

    if done.trouble and plan.tie is not None:
        device_tie.tie_was_not_proved(office, done.trouble)
    if done.resealed is None or not resealing.put_in_place(office.vault, done.resealed):
        return False
    if resealing.TIED in done.resealed.actions:
        device_tie.tie_was_proved(office)
    if resealing.UNTIED in done.resealed.actions:
        device_tie.tie_was_ended(office, plan.slot.device)
    return True


def reseal(office: OpenOffice) -> bool:
    """All three steps in turn; whether the header was changed."""
    plan = plan_resealing(office)
    return plan is not None and finish(office, plan, carry_out(plan, Event()))
