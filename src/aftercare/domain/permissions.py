"""Who may do what: roles, permissions, and the one table that joins them. Deny by default.

A person can hold several roles: in a small shelter the administrator also works with survivors. The administrator role
itself sees no case content (product.md section 7).
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
    SEE_RESTRICTED = "see_restricted"  # health, legal and counselling content
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


_OWN = {Permission.WORK_HERE}
_READ = _OWN | {Permission.SEE_RECORDS}
_SHELTER = _READ | {Permission.WRITE_NOTES, Permission.UNDO_CHANGES}
_CASE = _SHELTER | {
    Permission.SEE_RESTRICTED,
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
        }
    ),
    Role.MANAGER: frozenset(
        _CASE | {Permission.LIFT_STOPS, Permission.IMPORT_PEOPLE, Permission.SET_POLICY, Permission.PURGE_RECORDS}
    ),
    Role.CASE_WORKER: frozenset(_CASE),
    Role.SHELTER_WORKER: frozenset(_SHELTER),
    Role.VIEWER: frozenset(_READ),
    Role.AUDITOR: frozenset(_OWN | {Permission.SEE_AUDIT, Permission.CHECK_VAULT}),
}


def granted(roles: Iterable[Role]) -> frozenset[Permission]:
    """Everything that any of the roles may do."""
    return frozenset().union(*(GRANTS[role] for role in roles))
