"""Words for what a line of the log adds in codes: how many, which roles, why a backup was made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from aftercare.domain.codes import ReportProfile
from aftercare.domain.permissions import Permission, Reach, Role
from aftercare.domain.rows.access import AccessNewsRow
from aftercare.domain.rows.backups import BackupReason
from aftercare.i18n import N_, current, tr, trn
from aftercare.words import label
from aftercare.words.access import PERMISSIONS, REACHES, ROLES
from aftercare.words.backups import BACKUP_REASONS
from aftercare.words.log import action_words

_SAID: dict[str, str] = {
    "sound": N_("nothing is damaged"),
    "damaged": N_("something is damaged"),
    "on": N_("on"),
    "off": N_("off"),
    "joined": N_("joined a team"),
    "left": N_("left a team"),
    "out_of_sight": N_("not one of their records"),
}


def fact_words(reason: str, local: Callable[[datetime], datetime]) -> str:
    """All of it, in words; what a later version wrote as it stands."""
    return " · ".join(_part(part, local) for part in reason.split())


def access_news_words(row: AccessNewsRow, local: Callable[[datetime], datetime]) -> str:
    """What was done to whose account, and in brackets what of it the log tells in codes."""
    done = action_words(row.action)
    said = f"{row.whose}: {done}" if row.whose else done
    told = fact_words(row.reason, local)
    return f"{said} ({told})" if told else said


def _part(part: str, local: Callable[[datetime], datetime]) -> str:
    name, _, value = part.partition("=")
    if value:
        return _counted(name, int(value)) if value.isdigit() else _decided(name, value)
    if part in _SAID:
        return tr(_SAID[part])
    if part in set(Role):
        return tr(ROLES[Role(part)])
    if part in set(Permission):
        return tr(PERMISSIONS[Permission(part)])
    if part in set(ReportProfile):
        return label(ReportProfile(part))
    return _moment(part, local)


def _moment(part: str, local: Callable[[datetime], datetime]) -> str:
    try:
        at = local(datetime.fromisoformat(part))
    except ValueError:
        return part
    return f"{current().date(at.date())} {current().time(at)}"


def _decided(name: str, codes: str) -> str:
    if name == "reason":
        return tr(BACKUP_REASONS[BackupReason(codes)])
    if name == "reach" and codes in set(Reach):
        return tr(REACHES[Reach(codes)])
    if name == "replaced":
        return tr("replaced on {day}", day=current().date(date.fromisoformat(codes)))
    known = [tr(PERMISSIONS[Permission(code)]) if code in set(Permission) else code for code in codes.split(",")]
    permissions = current().listed(known)
    if name == "given":
        return tr("given: {what}", what=permissions)
    if name == "withheld":
        return tr("withheld: {what}", what=permissions)
    return f"{name}={codes}"


def _counted(name: str, n: int) -> str:
    match name:
        case "backups":
            return trn("{n} backup", "{n} backups", n)
        case "copies":
            return trn("{n} copy", "{n} copies", n)
        case "earlier":
            return trn("{n} more time before", "{n} more times before", n)
        case "folders":
            return trn("{n} folder of earlier records", "{n} folders of earlier records", n)
        case "generation":
            return tr("key number {n}", n=n)
        case "lines":
            return trn("{n} line", "{n} lines", n)
        case "lost":
            return trn("{n} record lost", "{n} records lost", n)
        case "missing":
            return trn("{n} change is missing", "{n} changes are missing", n)
        case "number":
            return tr("backup number {n}", n=n)
        case "people":
            return trn("{n} person", "{n} people", n)
        case "places":
            return trn("in {n} place", "in {n} places", n)
        case "rows":
            return trn("{n} record saved", "{n} records saved", n)
        case "seconds":
            return trn("by {n} second", "by {n} seconds", n)
        case "seq":
            return tr("from line {n} on", n=n)
        case "waiting":
            return trn("{n} place was not there", "{n} places were not there", n)
    return f"{name}={n}"


__all__ = ["access_news_words", "fact_words"]
