"""What the administration shows of the keys: how old they are, whether a new one is due, how the log is signed."""

from __future__ import annotations

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

    code_made_at, key_made_at, due_since = office.desk.ask(show_ages_of_keys)
    generation = office.vault.unlocked.header.generation
    return KeysRow(code_made_at, generation, key_made_at, due_since, fingerprint_of(office.vault))


@needs(Permission.MANAGE_KEYS)
def show_ages_of_keys(work: Work) -> tuple[datetime | None, datetime | None, datetime | None]:
    """When the recovery code and the key of the records were made, and since when a new key is due."""
    due = work.session.get(Setting, ROTATION_DUE)
    since = datetime.fromisoformat(due.value["since"]) if due is not None and "since" in due.value else None
    return _latest(work, _CREATED, _CODE), _latest(work, _CREATED, _KEY), since


def _latest(work: Work, *actions: str) -> datetime | None:
    entry = AUDIT_ENTRY.c
    newest = select(func.max(entry.utc, type_=entry.utc.type)).where(entry.action.in_(actions))
    moment: datetime | None = work.session.scalar(newest)
    return moment
