"""Whoever works here, as the desk knows them; the policy of this computer may keep them from exporting."""

from __future__ import annotations

from collections.abc import Iterable

from aftercare import policy
from aftercare.domain.permissions import Permission, Role
from aftercare.records.people import Staff
from aftercare.services.work import Actor


def actor_of(staff: Staff) -> Actor:
    """Somebody with the roles of the account and what was decided for this person besides them."""
    roles = frozenset(Role(role) for role in staff.roles)
    withheld = frozenset(Permission(code) for code in staff.withheld)
    if not may_export(roles):
        withheld |= {Permission.PRINT_REPORTS}
    return Actor(
        staff.id,
        staff.display_name,
        roles,
        staff.reach,
        frozenset(Permission(code) for code in staff.given),
        withheld,
    )


def may_export(roles: Iterable[Role]) -> bool:
    """Whether the policy of this computer lets somebody with these roles print and export."""
    allowed = policy.in_force().texts("export.roles")
    return not allowed or any(role.value in allowed for role in roles)
