"""Words for who may do what: roles, accounts, reach, permissions, and what two people decide."""

from __future__ import annotations

from aftercare.domain.approving import Approvable
from aftercare.domain.permissions import Permission, Reach, Role
from aftercare.domain.rows.staff import StaffState
from aftercare.i18n import N_

ROLES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Administrator"),
    Role.MANAGER: N_("Manager"),
    Role.CASE_WORKER: N_("Case worker"),
    Role.SHELTER_WORKER: N_("Shelter worker"),
    Role.VIEWER: N_("Viewer"),
    Role.AUDITOR: N_("Auditor"),
}

ROLE_SENTENCES: dict[Role, str] = {
    Role.ADMINISTRATOR: N_("Accounts, keys, backups and policy; sees nothing of any case."),
    Role.MANAGER: N_("Everything about every case; reads the log, decides the policy, agrees as the second person."),
    Role.CASE_WORKER: N_("Reads and changes the records of their teams, agrees plans, prints reports."),
    Role.SHELTER_WORKER: N_("Reads records of their teams and writes notes; nothing restricted."),
    Role.VIEWER: N_("Reads records of their teams; nothing restricted, changes nothing."),
    Role.AUDITOR: N_("Reads the log and checks the records for damage; sees nothing of any case."),
}

STAFF_STATES: dict[StaffState, str] = {
    StaffState.WORKING: N_("Works here"),
    StaffState.WAITING: N_("Waits for the first sign-in"),
    StaffState.CODE_EXPIRED: N_("The one-time code has expired"),
    StaffState.DISABLED: N_("Disabled"),
    StaffState.REMOVED: N_("Removed"),
}

REACHES: dict[Reach, str] = {
    Reach.OWN: N_("Only people they work with"),
    Reach.TEAM: N_("People of their teams, and of none"),
    Reach.ALL: N_("Everybody"),
}

PERMISSIONS: dict[Permission, str] = {
    Permission.WORK_HERE: N_("Sign in"),
    Permission.SEE_RECORDS: N_("See records"),
    Permission.SEE_HEALTH: N_("Read what is restricted about health"),
    Permission.SEE_LEGAL: N_("Read what is restricted about legal matters"),
    Permission.SEE_NARRATIVE: N_("Read counselling and what she told"),
    Permission.WRITE_NOTES: N_("Write notes"),
    Permission.WRITE_RECORDS: N_("Change records"),
    Permission.AGREE_PLANS: N_("Agree plans"),
    Permission.LIFT_STOPS: N_("Lift stops of a reunification"),
    Permission.PRINT_REPORTS: N_("Print reports"),
    Permission.IMPORT_PEOPLE: N_("Import people"),
    Permission.UNDO_CHANGES: N_("Undo changes"),
    Permission.SET_POLICY: N_("Decide for the organisation"),
    Permission.CHECK_VAULT: N_("Check the records for damage"),
    Permission.SEE_AUDIT: N_("Read the log"),
    Permission.MANAGE_STAFF: N_("Manage accounts"),
    Permission.MANAGE_KEYS: N_("Manage keys"),
    Permission.MANAGE_BACKUPS: N_("Manage backups"),
    Permission.PURGE_RECORDS: N_("Purge records"),
    Permission.REVIEW_ACCESS: N_("Review who opened records of others"),
    Permission.APPROVE: N_("Agree to what takes two people"),
}

APPROVABLE: dict[Approvable, str] = {
    Approvable.EXPORT_AUDIT: N_("Export the log"),
    Approvable.PURGE: N_("Purge a record"),
    Approvable.ROTATE_KEY: N_("Change the key of the records"),
    Approvable.REMOVE_STAFF: N_("Disable or remove a colleague"),
    Approvable.RENEW_CODE: N_("Replace the recovery code"),
    Approvable.ERASE_EVERYTHING: N_("Erase everything"),
    Approvable.GIVE_ACCESS: N_("Let somebody in or see more"),
    Approvable.TAKE_SECOND: N_("Shut out somebody who agrees to things"),
    Approvable.LOOSEN_POLICY: N_("Ask for two people no longer"),
}
