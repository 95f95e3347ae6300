"""What the office itself keeps: its settings, and the numbers it has given out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from aftercare import policy
from aftercare.domain.deadlines import DeadlineRule, rows_of_rules, rules_from_rows
from aftercare.domain.permissions import Permission
from aftercare.domain.retention import DEFAULT_TERMS, Kept, Terms
from aftercare.records.office import OFFICE, Setting
from aftercare.services.work import Work, needs


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What the organisation decides for everybody: times in hours, minutes and days.

    `country` (ISO 3166-1 alpha-2) says whose rules about deadlines are suggested; empty: those that hold everywhere.
    `deadline_rules` are the organisation's own, over those that come with the program.
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
    deadline_rules: tuple[DeadlineRule, ...] = ()

    @property
    def as_kept(self) -> dict[str, Any]:
        """As the records keep it: names and plain values."""
        return asdict(self) | {"deadline_rules": rows_of_rules(self.deadline_rules)}

    @property
    def terms(self) -> Terms:
        """Full years after closing, by kind of record."""
        return {kind: getattr(self, f"keep_{kind.value}_years") for kind in Kept}


DECIDED_BY_POLICY = {
    "idle_lock_minutes": "lock.idle_minutes",
    "backup_every_hours": "backups.every_hours",
    "keep_whole_years": "retention.years_after_closing",
}
"""Settings of the office that the policy of the computer may decide, with their place in it (aftercare.policy)."""


def office_settings(work: Work) -> OfficeSettings:
    """The settings as they hold here: what is not set has its default, what the policy decides stands over it."""
    return replace(settings_kept(work), **decided_settings())


def settings_kept(work: Work) -> OfficeSettings:
    """What the organisation itself set, whatever the policy of this computer says about it."""
    kept = work.session.get(Setting, OFFICE)
    known = {entry.name for entry in fields(OfficeSettings)}
    values = {name: value for name, value in (kept.value if kept else {}).items() if name in known}
    several = {
        "two_persons_for": tuple(values.get("two_persons_for", ())),
        "deadline_rules": rules_from_rows(values.get("deadline_rules", ()), is_own=True),
    }
    return OfficeSettings(**values | several)


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


@needs(Permission.WORK_HERE)
def show_settings(work: Work) -> OfficeSettings:
    """The settings of the organisation."""
    return office_settings(work)


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
