"""What the office itself keeps: its settings, and the numbers it has given out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from aftercare.domain.errors import FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.records.office import Setting
from aftercare.services.work import Work, needs


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What the organisation decides for everybody: times in hours, minutes and days."""

    organisation: str = ""
    note_lock_hours: int = 24
    idle_lock_minutes: int = 10
    review_days: int = 60
    name_shown_seconds: int = 20
    soon_days: int = 30
    currency: str = "EUR"
    report_language: str = "en"
    backup_folder: str = ""


LIMITS = {
    "note_lock_hours": (0, 24 * 30),
    "idle_lock_minutes": (1, 120),
    "review_days": (1, 366),
    "name_shown_seconds": (5, 300),
    "soon_days": (1, 366),
}


def office_settings(work: Work) -> OfficeSettings:
    """The settings as they stand; what is not set has its default."""
    kept = work.session.get(Setting, "office")
    known = {entry.name for entry in fields(OfficeSettings)}
    return OfficeSettings(**{name: value for name, value in (kept.value if kept else {}).items() if name in known})


@needs(Permission.WORK_HERE)
def show_settings(work: Work) -> OfficeSettings:
    """The settings of the organisation."""
    return office_settings(work)


@needs(Permission.SET_POLICY)
def change_settings(work: Work, settings: OfficeSettings) -> OfficeSettings:
    """Set what the organisation decides; FieldProblem where a number is outside its limits."""
    for name, (least, most) in LIMITS.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            raise FieldProblem(name, "out_of_range", str(value))
    work.session.merge(Setting(name="office", value=asdict(settings)))
    work.log("change_settings", "setting")
    return settings


@needs(Permission.SET_POLICY)
def choose_backup_folder(work: Work, folder: str) -> None:
    """Where backups go; empty: beside the records only."""
    change_settings(work, replace(office_settings(work), backup_folder=folder))


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
