"""Whoever works here, as the desk knows them; the policy of this computer may keep them from exporting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from aftercare import policy
from aftercare.domain.permissions import Permission, Role
from aftercare.records.people import Staff
from aftercare.services.work import Actor


def actor_of(staff: Staff) -> Actor:
    """Somebody as they work at this computer: what was decided for them, without what its policy keeps from them."""
    actor = decided_for(staff)
    if may_export(actor.roles):
        return actor
    return replace(actor, withheld=actor.withheld | {Permission.PRINT_REPORTS})


def decided_for(staff: Staff) -> Actor:
    """Somebody with the roles of the account and what was decided for this person besides them, at any computer."""
    return Actor(
        staff.id,
        staff.display_name,
        frozenset(Role(role) for role in staff.roles),
        staff.reach,
        frozenset(Permission(code) for code in staff.given),
        frozenset(Permission(code) for code in staff.withheld),
    )


def may_export(roles: Iterable[Role]) -> bool:
    """Whether the policy of this computer lets somebody with these roles print and export."""
    held = policy.in_force()
    return not held.decides("export.roles") or any(role.value in held.texts("export.roles") for role in roles)
