"""What the office itself keeps: its settings, and the numbers it has given out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from aftercare import policy
from aftercare.domain.approving import Approvable
from aftercare.domain.errors import FieldProblem
from aftercare.domain.permissions import Permission, Role
from aftercare.domain.retention import DEFAULT_TERMS, WORDS, Kept, Terms
from aftercare.records.office import Setting
from aftercare.services.work import Work, needs


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What the organisation decides for everybody: times in hours, minutes and days.

    `country` (ISO 3166-1 alpha-2) says whose rules about deadlines are suggested; empty: those that hold everywhere.
    """

    organisation: str = ""
    note_lock_hours: int = 24
    idle_lock_minutes: int = 10
    review_days: int = 60
    name_shown_seconds: int = 20
    soon_days: int = 30
    currency: str = "EUR"
    report_language: str = "en"
    country: str = ""
    backup_folder: str = ""
    second_backup_folder: str = ""
    backup_every_hours: int = 4
    backup_warn_hours: int = 48
    ask_again_before_export: bool = True
    glass_minutes: int = 60
    approval_hours: int = 24
    two_persons_for: tuple[str, ...] = ()
    keep_contact_years: int = DEFAULT_TERMS[Kept.CONTACT]
    keep_identity_years: int = DEFAULT_TERMS[Kept.IDENTITY]
    keep_narrative_years: int = DEFAULT_TERMS[Kept.NARRATIVE]
    keep_health_years: int = DEFAULT_TERMS[Kept.HEALTH]
    keep_prints_years: int = DEFAULT_TERMS[Kept.PRINTS]
    keep_whole_years: int = DEFAULT_TERMS[Kept.WHOLE]
    may_erase_everything: bool = False

    @property
    def terms(self) -> Terms:
        """Full years after closing, by kind of record."""
        return {kind: getattr(self, f"keep_{kind.value}_years") for kind in Kept}


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


_COUNTRY = re.compile(r"[A-Z]{2}")

DECIDED_BY_POLICY = {
    "idle_lock_minutes": "lock.idle_minutes",
    "backup_every_hours": "backups.every_hours",
    "keep_whole_years": "retention.years_after_closing",
}
"""Settings of the office that the policy of the computer may decide, with their place in it (aftercare.policy)."""


def office_settings(work: Work) -> OfficeSettings:
    """The settings as they hold here: what is not set has its default, what the policy decides stands over it."""
    return replace(_settings_kept(work), **decided_settings())


def _settings_kept(work: Work) -> OfficeSettings:
    kept = work.session.get(Setting, "office")
    known = {entry.name for entry in fields(OfficeSettings)}
    values = {name: value for name, value in (kept.value if kept else {}).items() if name in known}
    return OfficeSettings(**values | {"two_persons_for": tuple(values.get("two_persons_for", ()))})


def decided_settings() -> dict[str, Any]:
    """What the administrator of this computer decided, by the name of the setting; the window shows it locked."""
    held = policy.in_force()
    decided: dict[str, Any] = {
        name: held.values[place] for name, place in DECIDED_BY_POLICY.items() if held.decides(place)
    }
    if held.decides("backups.folders"):
        first, second = (*held.texts("backups.folders"), "")[:2]
        decided |= {"backup_folder": first, "second_backup_folder": second}
    return decided


def may_export(roles: Iterable[Role]) -> bool:
    """Whether the policy of this computer lets somebody with these roles print and export."""
    allowed = policy.in_force().texts("export.roles")
    return not allowed or any(role.value in allowed for role in roles)


@needs(Permission.WORK_HERE)
def show_settings(work: Work) -> OfficeSettings:
    """The settings of the organisation."""
    return office_settings(work)


@needs(Permission.SET_POLICY)
def change_settings(work: Work, settings: OfficeSettings) -> OfficeSettings:
    """Set what the organisation decides; FieldProblem where a number is outside its limits."""
    _refuse_to_loosen(work, settings)
    for name, (least, most) in LIMITS.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            raise FieldProblem(name, "out_of_range", str(value))
    if settings.country and _COUNTRY.fullmatch(settings.country) is None:
        raise FieldProblem("country", "unknown_country", settings.country)
    kept = _settings_kept(work)
    # what only this computer's policy says must not become the setting of an office with other computers
    own = replace(settings, **{name: getattr(kept, name) for name in decided_settings()})
    work.session.merge(Setting(name="office", value=asdict(own)))
    work.log("change_settings", "setting")
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
        work.needs_approval(Approvable.LOOSEN_POLICY, *no_longer)
    asks_no_more = before.ask_again_before_export and not settings.ask_again_before_export
    if no_longer or asks_no_more or (settings.may_erase_everything and not before.may_erase_everything):
        work.need_confirmation()


@needs(Permission.SET_POLICY)
def choose_backup_folder(work: Work, folder: str) -> None:
    """Where backups go; empty: beside the records only."""
    change_settings(work, replace(office_settings(work), backup_folder=folder))


@needs(Permission.MANAGE_BACKUPS)
def choose_backups(work: Work, first: str, second: str, every_hours: int, warn_hours: int) -> OfficeSettings:
    """Where backups go besides the vault's own folder (empty: nowhere), how often, and when their age is told."""
    wanted = replace(
        office_settings(work),
        backup_folder=first.strip(),
        second_backup_folder=second.strip(),
        backup_every_hours=every_hours,
        backup_warn_hours=warn_hours,
    )
    return change_settings(work, wanted)


def next_number(work: Work, of: str) -> int:
    """The next number of a series (survivor codes, reports), never given twice, also after an undo."""
    return next_numbers(work, of, 1)[0]


def next_numbers(work: Work, of: str, count: int) -> range:
    """The next so many numbers of a series."""
    name = f"last_number.{of}"
    kept = work.session.get(Setting, name)
    first = int(kept.value["number"] if kept else 0) + 1
    work.session.merge(Setting(name=name, value={"number": first + count - 1}))
    return range(first, first + count)
