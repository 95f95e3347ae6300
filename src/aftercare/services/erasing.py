"""Erasing everything: allowed by nobody until the organisation decides it, and never while a record is held.

What is destroyed are the keys; without them no copy of the file opens any more. Backups carry keys of their own and
open with the passwords of then: those that are known are deleted as well where that is wanted, others must be found by
people.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.approving import Approvable
from aftercare.domain.errors import ErasingNotAllowed, FieldProblem, RecordHeld
from aftercare.domain.permissions import Permission
from aftercare.services.backup_places import backup_places
from aftercare.services.office import office_settings
from aftercare.services.retention import anybody_is_held
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

PHRASE = "erase everything"


@dataclass(frozen=True, slots=True)
class Erased:
    """How many backups went too, and the places with backups that were not there."""

    backups: int
    missing: tuple[Path, ...]


@needs(Permission.MANAGE_KEYS, confirmed=True)
def may_erase(work: Work, typed: str) -> tuple[Path, ...]:
    """Whether everything may be erased now; the places where backups lie.

    ErasingNotAllowed, RecordHeld, FieldProblem where the words were not typed as asked, ApprovalNeeded.
    """
    if not office_settings(work).may_erase_everything:
        raise ErasingNotAllowed
    if anybody_is_held(work):
        raise RecordHeld
    if " ".join(typed.split()).lower() != PHRASE:
        raise FieldProblem("typed", "not_these_words")
    work.needs_approval(Approvable.ERASE_EVERYTHING)
    work.log("may_erase", "vault")
    return tuple(place.folder for place in backup_places(work))


def erase_everything(office: OpenOffice, typed: str, *, backups_too: bool) -> Erased:
    """Destroy the keys and the records, and with `backups_too` every backup in a known place; the vault is closed."""
    from aftercare.vault.erasing import erase_vault

    places = office.desk.do(may_erase, typed).value
    gone, missing = erase_vault(office.vault, places, backups_too=backups_too)
    return Erased(gone, missing)
