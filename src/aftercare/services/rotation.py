"""A new data key for the records: after a person was removed, or where a key may have become known.

Asked of the office as a whole, not of a desk: while the file of the records is replaced, no transaction can be open.
A backup comes first; it keeps the key of before in its own header, so it is restored with the passphrases of then.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from aftercare.domain.approving import Approvable
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.backups import BackupDone, BackupReason
from aftercare.records.office import ROTATION_DUE, Setting
from aftercare.services.approvals import need_approval
from aftercare.services.backups import back_up_before, unheard
from aftercare.services.staff import close_for_good
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

Progress = Callable[[int, int], None]
_BACKED_UP = 50


@dataclass(frozen=True, slots=True)
class Rotated:
    """How often the keys of this vault were changed by now (the first key is 1), and the backup made before it."""

    generation: int
    backup: BackupDone


def rotate_keys(office: OpenOffice, progress: Progress = unheard) -> Rotated:
    """Back up, then give the records a new key; everybody goes on with the passphrase they have.

    NotAllowed, ConfirmationNeeded, ApprovalNeeded, and what a backup and a rotation raise; what `progress` raises stops
    it. Then the records and their key are as they were.
    """
    office.desk.do(may_rotate)
    return _rotate(office, progress)


def remove_staff(office: OpenOffice, staff_id: UUID, progress: Progress = unheard) -> Rotated:
    """Close somebody's account for good and change the keys, so that no copy of theirs opens these records any more.

    The account is closed first, and stays closed where the second half fails or is stopped: the page of the keys then
    says so (`show_ages_of_keys`), and `rotate_keys` does it.
    """
    office.desk.do(close_for_good, office.keys(), staff_id)
    return _rotate(office, progress)


@needs(Permission.MANAGE_KEYS, confirmed=True)
def may_rotate(work: Work) -> None:
    """Nothing but the question whether this person may; a second person is not asked again to finish a removal."""
    if work.session.get(Setting, ROTATION_DUE) is None:
        need_approval(work, Approvable.ROTATE_KEY)


@needs(Permission.MANAGE_STAFF)
def note_rotation(work: Work) -> None:
    """Nothing is due any more; the log has its entry from the rotation itself."""
    due = work.session.get(Setting, ROTATION_DUE)
    if due is not None:
        work.session.delete(due)


def _rotate(office: OpenOffice, progress: Progress) -> Rotated:
    from aftercare.vault.rotate import rotate

    backup = back_up_before(office, BackupReason.BEFORE_ROTATION, _part(progress, 0, _BACKED_UP))
    rotate(office.vault, _part(progress, _BACKED_UP, 100))
    office.desk.do(note_rotation)
    return Rotated(office.vault.unlocked.header.generation, backup)


def _part(progress: Progress, begin: int, end: int) -> Progress:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)
