"""What the administration shows of the keys: how old they are, whether a new one is due, how the log is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from aftercare.domain.permissions import Permission
from aftercare.domain.rows.keys import KeysRow
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.office import ROTATION_DUE, Setting
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

_CREATED, _CODE, _KEY = "vault.created", "vault.recovery_code_replaced", "vault.key_rotated"


def show_keys(office: OpenOffice) -> KeysRow:
    """How the keys of this vault stand; asked of the office, because the number of keys is in no record."""
    from aftercare.vault.log_export import fingerprint_of

    ages = office.desk.ask(show_ages_of_keys)
    generation = office.vault.unlocked.header.generation
    return KeysRow(
        ages.code, generation, ages.key, ages.due_since, fingerprint_of(office.vault), after_restore=ages.after_restore
    )


@dataclass(frozen=True, slots=True)
class AgesOfKeys:
    """When the recovery code and the key of the records were made, and since when and why a new key is due."""

    code: datetime | None
    key: datetime | None
    due_since: datetime | None
    after_restore: bool


@needs(Permission.MANAGE_KEYS)
def show_ages_of_keys(work: Work) -> AgesOfKeys:
    due = work.session.get(Setting, ROTATION_DUE)
    since = datetime.fromisoformat(due.value["since"]) if due is not None and "since" in due.value else None
    restored = due is not None and "restored" in due.value
    return AgesOfKeys(_latest(work, _CREATED, _CODE), _latest(work, _CREATED, _KEY), since, restored)


def _latest(work: Work, *actions: str) -> datetime | None:
    entry = AUDIT_ENTRY.c
    newest = select(func.max(entry.utc, type_=entry.utc.type)).where(entry.action.in_(actions))
    moment: datetime | None = work.session.scalar(newest)
    return moment
