"""Earlier records that restores left beside these: which there are, how old, and destroying them by hand.

They are there to go back to after a restore, and hold whoever was in the records then; so a deletion reaches them
(services/forgetting.py), and an administrator may end their keeping at any time.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.errors import EarlierRecordsStay
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.this_computer import EarlierRecords
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice


def earlier(office: OpenOffice) -> tuple[EarlierRecords, ...]:
    """The folders beside that of the records; asks the disk on which these are."""
    from aftercare.vault.kept_aside import earlier_records, replaced_on

    vault = office.vault
    return tuple(EarlierRecords(path, replaced_on(path)) for path in earlier_records(vault.folder, vault.vault_id))


def destroy(office: OpenOffice, folder: Path) -> None:
    """Destroy earlier records with their keys and their backups; nothing brings them back.

    ConfirmationNeeded; EarlierRecordsStay where they could not be destroyed, or are not among these. It stands in the
    log before it is done: a crash must not leave it untold.
    """
    from aftercare.vault.kept_aside import destroy_earlier, replaced_on

    if folder.absolute() not in [one.folder for one in earlier(office)]:
        raise EarlierRecordsStay(str(folder))
    since = replaced_on(folder)
    office.desk.do(log_destroying, f"replaced={since}" if since is not None else "")
    try:
        destroy_earlier(folder.absolute(), office.vault.vault_id)
    except EarlierRecordsStay:
        office.desk.do(log_that_they_stay)
        raise


@needs(Permission.MANAGE_BACKUPS, confirmed=True)
def log_destroying(work: Work, when: str) -> None:
    """Write into the log that earlier records are destroyed, and whether whoever asks may do it."""
    work.log("earlier_records_destroyed", "vault", None, when)


@needs(Permission.MANAGE_BACKUPS)
def log_that_they_stay(work: Work) -> None:
    """Write into the log that they could not be."""
    work.log("earlier_records_stay", "vault")
