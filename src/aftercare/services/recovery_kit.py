"""The recovery kit: made, printed, copied back by hand, and only then put in place of the one before.

The code is in no file but the one that somebody asked for, in no log and no argument.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.reports import PaperSize
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.recovery import KitContent
from aftercare.i18n import current
from aftercare.services.approvals import need_approval
from aftercare.services.door import check_copy
from aftercare.services.report_files import save_file
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault import KdfParameters, RecoveryKit


def kit_pdf(kit: RecoveryKit, *, language: str = "", paper: PaperSize = "A4") -> bytes:
    """The pages of a kit, one for each person who keeps something; without `language` in that of the window."""
    from aftercare.reports.recovery_kit import kit_pages

    return kit_pages(KitContent(kit.sheets, language or current().tag, paper))


def save_kit(kit: RecoveryKit, file: Path, *, language: str = "", paper: PaperSize = "A4") -> None:
    """Write the pages into the file that was named, for its owner alone; FileNotWritten where the disk refuses."""
    save_file(file, kit_pdf(kit, language=language, paper=paper))


@needs(Permission.MANAGE_KEYS, confirmed=True)
def may_renew_code(work: Work) -> None:
    """Nothing but the question whether this person may, and is still the one who sits here.

    ApprovalNeeded where the organisation puts this under two persons.
    """
    need_approval(work, Approvable.RENEW_CODE, carries_out=False)


@needs(Permission.MANAGE_KEYS, confirmed=True)
def begin_renewal(work: Work) -> None:
    """The last question before the code is replaced; what a second person agreed to is used up by it."""
    need_approval(work, Approvable.RENEW_CODE)


def renew_recovery_code(
    office: OpenOffice,
    kit: RecoveryKit,
    typed: Sequence[str],
    *,
    kdf: KdfParameters | None = None,
    cancelled: Event | None = None,
) -> None:
    """Put a new code in place of the old one, once every sheet of its kit was copied right; on the vault's thread.

    `typed` is what was typed from each sheet, in their order. Takes some seconds: the code is locked as strongly as a
    password. Raises NotAllowed, ConfirmationNeeded, ApprovalNeeded, what `check_copy` raises, and `UnlockCancelled`
    after `cancelled` was set; then the old code still opens the records.
    """
    from aftercare.vault import derive_apart, derive_here
    from aftercare.vault.slot_changes import recovery_slot, replace_recovery_slot

    office.desk.ask(may_renew_code)
    for at in range(len(kit.sheets)):
        check_copy(kit, at, typed[at] if at < len(typed) else "")
    derive = derive_apart(cancelled) if cancelled else derive_here
    slot = recovery_slot(office.vault.unlocked, kit.code, kdf=kdf, derive=derive)
    office.desk.do(begin_renewal)
    replace_recovery_slot(office.vault, slot)
