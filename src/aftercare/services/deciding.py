"""What the organisation decides for everybody: within which limits, and what takes a second person to loosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from aftercare.domain.approving import Approvable
from aftercare.domain.errors import FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.retention import WORDS
from aftercare.records.office import OFFICE, Setting
from aftercare.services.approvals import need_approval
from aftercare.services.office import OfficeSettings, decided_settings, office_settings, settings_kept
from aftercare.services.work import Work, needs

LIMITS = {
    "note_lock_hours": (0, 24 * 30),
    "idle_lock_minutes": (1, 120),
    "review_days": (1, 366),
    "name_shown_seconds": (5, 300),
    "soon_days": (1, 366),
    "backup_every_hours": (1, 7 * 24),
    "backup_warn_hours": (1, 60 * 24),
    "glass_minutes": (5, 12 * 60),
    "approval_hours": (1, 7 * 24),
    **{f"keep_{kind.value}_years": (0, 100) for kind in WORDS},
    "keep_whole_years": (1, 100),
}

COUNTRY = re.compile(r"[A-Z]{2}")


@needs(Permission.SET_POLICY)
def change_settings(work: Work, settings: OfficeSettings) -> OfficeSettings:
    """Set what the organisation decides; FieldProblem where a number is outside its limits."""
    _refuse_to_loosen(work, settings)
    for name, (least, most) in LIMITS.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            raise FieldProblem(name, "out_of_range", str(value))
    if settings.country and COUNTRY.fullmatch(settings.country) is None:
        raise FieldProblem("country", "unknown_country", settings.country)
    kept = settings_kept(work)
    # what only this computer's policy says must not become the setting of an office with other computers
    own = replace(settings, **{name: getattr(kept, name) for name in decided_settings()})
    work.session.merge(Setting(name=OFFICE, value=own.as_kept))
    work.note_deed("change_settings", "setting")
    return replace(own, **decided_settings())


@needs(Permission.SET_POLICY)
def decide(work: Work, changes: Mapping[str, Any]) -> OfficeSettings:
    """Change these settings, by name, and leave the others as they are now, whoever changed them since one looked."""
    return change_settings(work, replace(office_settings(work), **changes))


def _refuse_to_loosen(work: Work, settings: OfficeSettings) -> None:
    """What guards against one person at the desk is not taken away by one person at the desk."""
    before = office_settings(work)
    unknown = set(settings.two_persons_for) - set(Approvable)
    if unknown:
        raise FieldProblem("two_persons_for", "unknown_code", min(unknown))
    no_longer = sorted(set(before.two_persons_for) - set(settings.two_persons_for))
    if no_longer:
        need_approval(work, Approvable.LOOSEN_POLICY, *no_longer)
    asks_no_more = before.ask_again_before_export and not settings.ask_again_before_export
    if no_longer or asks_no_more or (settings.may_erase_everything and not before.may_erase_everything):
        work.need_confirmation()


@needs(Permission.SET_POLICY)
def choose_backup_folder(work: Work, folder: str) -> None:
    """Where backups go; empty: beside the records only."""
    _refuse_half_a_path("backup_folder", folder)
    change_settings(work, replace(office_settings(work), backup_folder=folder))


@needs(Permission.MANAGE_BACKUPS)
def choose_backups(work: Work, first: str, second: str, every_hours: int, warn_hours: int) -> OfficeSettings:
    """Where backups go besides the vault's own folder (empty: nowhere), how often, and when their age is told."""
    for name, folder in (("backup_folder", first), ("second_backup_folder", second)):
        _refuse_half_a_path(name, folder.strip())
    wanted = replace(
        office_settings(work),
        backup_folder=first.strip(),
        second_backup_folder=second.strip(),
        backup_every_hours=every_hours,
        backup_warn_hours=warn_hours,
    )
    return change_settings(work, wanted)


def _refuse_half_a_path(name: str, folder: str) -> None:
    """Of a relative path nobody knows where it leads: each start of the program may begin in another folder."""
    try:
        is_whole = not folder or Path(folder).expanduser().is_absolute()
    except RuntimeError:  # ~ of somebody whom this computer does not know
        is_whole = False
    if not is_whole:
        raise FieldProblem(name, "half_a_path", folder)
