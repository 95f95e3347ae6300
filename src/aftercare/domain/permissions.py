"""Who may do what, and for whom: roles, permissions, reach, and the tables that join them. Deny by default.

A person can hold several roles: in a small shelter the administrator also works with survivors. The administrator role
itself sees no case content (product.md section 7). What a role holds can be adjusted for one person: something more
given, something withheld, a wider or narrower reach.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    ADMINISTRATOR = "administrator"
    MANAGER = "manager"
    CASE_WORKER = "case_worker"
    SHELTER_WORKER = "shelter_worker"
    VIEWER = "viewer"
    AUDITOR = "auditor"


class Permission(StrEnum):
    """What a request needs; each service declares exactly one."""

    WORK_HERE = "work_here"  # own account, own drafts, settings of this person
    SEE_RECORDS = "see_records"
    SEE_HEALTH = "see_health"
    SEE_LEGAL = "see_legal"
    SEE_NARRATIVE = "see_narrative"  # counselling, and what she told of what was done to her
    WRITE_NOTES = "write_notes"
    WRITE_RECORDS = "write_records"
    AGREE_PLANS = "agree_plans"
    LIFT_STOPS = "lift_stops"
    PRINT_REPORTS = "print_reports"
    IMPORT_PEOPLE = "import_people"
    UNDO_CHANGES = "undo_changes"
    SET_POLICY = "set_policy"
    CHECK_VAULT = "check_vault"
    SEE_AUDIT = "see_audit"
    MANAGE_STAFF = "manage_staff"  # accounts, roles, one-time codes
    MANAGE_KEYS = "manage_keys"  # recovery kit, rotation of the data key
    MANAGE_BACKUPS = "manage_backups"
    PURGE_RECORDS = "purge_records"  # retention, legal hold, partial purge
    REVIEW_ACCESS = "review_access"  # who opened records that are not among theirs
    APPROVE = "approve"  # the second person, where the organisation asks for two


class Reach(StrEnum):
    """Whose records are seen: of people I work with; of my teams, and of nobody's team; of everybody."""

    OWN = "own"
    TEAM = "team"
    ALL = "all"


_OWN = {Permission.WORK_HERE}
_READ = _OWN | {Permission.SEE_RECORDS}
_SHELTER = _READ | {Permission.WRITE_NOTES, Permission.UNDO_CHANGES}
_CASE = _SHELTER | {
    Permission.SEE_HEALTH,
    Permission.SEE_LEGAL,
    Permission.SEE_NARRATIVE,
    Permission.WRITE_RECORDS,
    Permission.AGREE_PLANS,
    Permission.PRINT_REPORTS,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: frozenset(
        _OWN
        | {
            Permission.SET_POLICY,
            Permission.CHECK_VAULT,
            Permission.MANAGE_STAFF,
            Permission.MANAGE_KEYS,
            Permission.MANAGE_BACKUPS,
            Permission.APPROVE,
        }
    ),
    Role.MANAGER: frozenset(
        _CASE
        | {Permission.LIFT_STOPS, Permission.IMPORT_PEOPLE, Permission.SET_POLICY, Permission.PURGE_RECORDS}
        | {Permission.SEE_AUDIT, Permission.REVIEW_ACCESS, Permission.APPROVE}
    ),
    Role.CASE_WORKER: frozenset(_CASE),
    Role.SHELTER_WORKER: frozenset(_SHELTER),
    Role.VIEWER: frozenset(_READ),
    Role.AUDITOR: frozenset(_OWN | {Permission.SEE_AUDIT, Permission.CHECK_VAULT}),
}


REACH: dict[Role, Reach] = {
    Role.MANAGER: Reach.ALL,
    Role.CASE_WORKER: Reach.TEAM,
    Role.SHELTER_WORKER: Reach.TEAM,
    Role.VIEWER: Reach.TEAM,
}
"""Roles without an entry see nobody. An organisation without teams has one: everybody is of it."""

ADJUSTABLE: frozenset[Permission] = frozenset(
    {
        Permission.SEE_HEALTH,
        Permission.SEE_LEGAL,
        Permission.SEE_NARRATIVE,
        Permission.WRITE_NOTES,
        Permission.WRITE_RECORDS,
        Permission.AGREE_PLANS,
        Permission.PRINT_REPORTS,
        Permission.IMPORT_PEOPLE,
        Permission.UNDO_CHANGES,
    }
)
"""What can be given to one person besides their roles, or withheld; given only to somebody who sees records anyway."""


def granted(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that any of the roles may do."""
    return frozenset().union(*(GRANTS[role] for role in roles))


def permitted(
    roles: Iterable[Role], given: Iterable[Permission], withheld: Iterable[Permission]
) -> frozenset[Permission]:
    """What somebody may do: what the roles hold, what is given besides, without what is withheld."""
    held = granted(roles)
    if Permission.SEE_RECORDS in held:
        held |= ADJUSTABLE & frozenset(given)
    return held - (ADJUSTABLE & frozenset(withheld))


def reach_of(roles: Iterable[Role], own: Reach | None) -> Reach | None:
    """How far somebody sees: as decided for this person, else as the widest of the roles; None: nobody at all."""
    reaches = {REACH[role] for role in roles if role in REACH}
    if not reaches:
        return None
    return own or max(reaches, key=list(Reach).index)
