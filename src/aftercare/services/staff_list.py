"""Who works here: every account there ever was, how it stands, and when somebody last came in with it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from aftercare.domain.permissions import Permission, Role
from aftercare.domain.rows.staff import StaffRow, StaffState
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.people import Staff
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.vault.members import Members, WayIn

REMOVED = "staff.removed"
_SIGNED_IN = ("vault.unlocked", "vault.first_passphrase_chosen", "vault.created")


@needs(Permission.MANAGE_STAFF)
def list_staff(work: Work, keys: Members) -> tuple[StaffRow, ...]:
    """Every account there ever was, open ones first, by name."""
    ways = keys.ways_in()
    logins, removed = _last_logins(work), _once_removed(work)
    people = work.session.scalars(select(Staff).order_by(Staff.active.desc(), func.lower(Staff.display_name))).all()
    return tuple(
        StaffRow(
            person.id,
            person.login_name,
            person.display_name,
            frozenset(Role(role) for role in person.roles),
            _state(person, ways.get(person.id), work.now(), person.id in removed),
            person.version,
            ways[person.id].code_expires if person.id in ways else None,
            logins.get(person.id),
        )
        for person in people
    )


def _state(person: Staff, way: WayIn | None, now: datetime, was_removed: bool) -> StaffState:
    if not person.active:
        return StaffState.REMOVED if was_removed else StaffState.DISABLED
    if way is None or (way.code_expires is not None and way.code_expires <= now):
        return StaffState.CODE_EXPIRED
    return StaffState.WORKING if way.has_own_passphrase else StaffState.WAITING


def _last_logins(work: Work) -> dict[UUID, datetime]:
    entry = AUDIT_ENTRY.c
    asked = select(entry.actor, func.max(entry.utc, type_=entry.utc.type)).where(
        entry.action.in_(_SIGNED_IN), entry.actor.is_not(None)
    )
    found = work.session.execute(asked.group_by(entry.actor))
    return {row[0]: row[1] for row in found}


def _once_removed(work: Work) -> set[UUID | None]:
    entry = AUDIT_ENTRY.c
    return set(work.session.scalars(select(entry.object_id).where(entry.action == REMOVED)))
