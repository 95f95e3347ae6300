"""The accounts of the people who work here: what they may do, and the codes they come in with.

An account is a record (who, which roles, whether it is open) and a slot in the key file (what opens it). Each request
here is handed the keys of the open vault (`OpenOffice.keys`) besides its Work, and changes both as one:

1. the records are changed and flushed, so that whatever they refuse is refused first;
2. the log tells of the keys, in the same transaction;
3. the key file is written, both copies;
4. the transaction is committed. A commit that fails puts the slots back as they were.

The key file comes before the commit because the other order would let a crash leave an open account that the records
call closed. A crash between 3 and 4 leaves the slots as they were asked for and the records as they were: somebody
added is not there yet, a code nobody was shown opens nothing, somebody disabled cannot sign in and is shown as waiting
for a code; in each case the request is made again, and the next opening writes into the log what it lacks.

Nothing of this can be undone by the undo bar (a code has left the house, a key is gone), but its history is kept.
Afterwards there is always somebody who can administer the vault with a passphrase of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.errors import FieldProblem, LastAdministrator, NotForYourself, OwnAccount
from aftercare.domain.permissions import Permission, Role, granted
from aftercare.domain.rows.staff import CodeIssued
from aftercare.records.office import ROTATION_DUE, Setting
from aftercare.records.people import Staff
from aftercare.services.actors import decided_for
from aftercare.services.approvals import need_approval, need_approval_to_give, need_approval_to_shut_out
from aftercare.services.office import office_settings
from aftercare.services.staff_list import REMOVED
from aftercare.services.staff_names import member_of, name_problems, refuse
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.vault.members import Members


# --- accounts ------------------------------------------------------------------------------------------------------


@needs(Permission.MANAGE_STAFF, confirmed=True)
def add_staff(work: Work, keys: Members, draft: StaffDraft) -> CodeIssued:
    """A new account and the code for its first login; DraftProblems where a field cannot be kept."""
    refuse(
        [
            *name_problems(work, draft.login_name, draft.display_name),
            *([] if draft.roles else [FieldProblem("roles", "required")]),
        ]
    )
    login_name, display_name = draft.login_name.strip(), draft.display_name.strip()
    need_approval_to_give(work, None, granted(draft.roles), login_name)
    person = work.add(Staff(login_name=login_name, display_name=display_name, roles=sorted(draft.roles)))
    work.note_deed_for_good("staff.added", "staff", person.id, _codes(draft.roles))
    return _issue(work, keys, person)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def correct_staff(work: Work, keys: Members, draft: StaffNamesDraft, roles: frozenset[Role]) -> None:
    """Other names, other roles (from the next login on), or both: all of it or nothing; the passphrase stays.

    DraftProblems where a field cannot be kept, LastAdministrator where nobody else could administer, NotForYourself
    for a role that one does not hold: nobody widens what they see.
    """
    person = work.get_unchanged(Staff, draft.id, draft.version)
    if roles != frozenset(map(Role, person.roles)):
        _give_roles(work, keys, person, roles)
    if (draft.login_name.strip(), draft.display_name.strip()) != (person.login_name, person.display_name):
        _give_names(work, keys, person, draft)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def reset_staff(work: Work, keys: Members, staff_id: UUID) -> CodeIssued:
    """A one-time code for somebody who lost their passphrase, or whose code expired; what was before opens nothing."""
    person = _open_account(work, staff_id)
    _leave_an_administrator(work, keys, without=staff_id)
    _need_approval_to_let_in(work, person)
    work.note_deed_for_good("staff.reset", "staff", staff_id)
    return _issue(work, keys, person)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def disable_staff(work: Work, keys: Members, staff_id: UUID) -> None:
    """Close the account: nobody signs in with it. What the person wrote stays theirs.

    ApprovalNeeded where the organisation puts closing accounts under two persons.
    """
    _need_approval_to_close(work, staff_id)
    _close(work, keys, staff_id)
    work.note_deed_for_good("staff.disabled", "staff", staff_id)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def enable_staff(work: Work, keys: Members, staff_id: UUID) -> CodeIssued:
    """Open a closed account again, with a code: the passphrase of before is gone."""
    person = work.get(Staff, staff_id)
    if person.active:
        raise FieldProblem("active", "same_as_before")
    _need_approval_to_let_in(work, person)
    person.active = True
    work.note_deed_for_good("staff.enabled", "staff", staff_id)
    return _issue(work, keys, person)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def close_for_good(work: Work, keys: Members, staff_id: UUID) -> None:
    """The first half of removing somebody: their slot goes, and the keys must be changed (services/rotation.py).

    ApprovalNeeded where the organisation puts this under two persons.
    """
    _need_approval_to_close(work, staff_id)
    _close(work, keys, staff_id)
    work.session.merge(Setting(name=ROTATION_DUE, value={"since": work.now().isoformat()}))
    work.note_deed_for_good(REMOVED, "staff", staff_id)


# --- inside --------------------------------------------------------------------------------------------------------


def _issue(work: Work, keys: Members, person: Staff) -> CodeIssued:
    issued = keys.issue_code(work.session, member_of(person))
    return CodeIssued(person.id, person.login_name, person.display_name, issued.expires, issued.code.groups)


def _give_roles(work: Work, keys: Members, person: Staff, roles: frozenset[Role]) -> None:
    if not roles:
        raise FieldProblem("roles", "required")
    if person.id == work.actor.id and roles - frozenset(map(Role, person.roles)):
        raise NotForYourself  # an administrator who is to see records is made a manager by another one, or not at all
    if Role.ADMINISTRATOR not in roles:
        _leave_an_administrator(work, keys, without=person.id)
    before = decided_for(person)
    more = replace(before, roles=roles).permissions - before.permissions
    if more:
        need_approval_to_give(work, person.id, more)
    if person.id != work.actor.id and Permission.APPROVE not in granted(roles):
        need_approval_to_shut_out(work, person.id, before.permissions, *sorted(roles))
    person.roles = sorted(roles)
    work.note_deed_for_good("staff.roles_changed", "staff", person.id, _codes(roles))


def _need_approval_to_let_in(work: Work, person: Staff) -> None:
    """Whoever makes a code for somebody could come in with it: so it counts as giving all that they may do."""
    if person.id != work.actor.id:
        need_approval_to_give(work, person.id, decided_for(person).permissions)


def _need_approval_to_close(work: Work, staff_id: UUID) -> None:
    """Closing is the same for as long as it lasts: whoever may disable alone need not remove."""
    if staff_id == work.actor.id:
        raise OwnAccount
    if Approvable.REMOVE_STAFF in office_settings(work).two_persons_for:
        need_approval(work, Approvable.REMOVE_STAFF, staff_id)
    else:
        need_approval_to_shut_out(work, staff_id, decided_for(work.get(Staff, staff_id)).permissions)


def _give_names(work: Work, keys: Members, person: Staff, draft: StaffNamesDraft) -> None:
    refuse(name_problems(work, draft.login_name, draft.display_name, but=person.id))
    person.display_name = draft.display_name.strip()
    login_name = draft.login_name.strip()
    if login_name != person.login_name:
        person.login_name = login_name
        if person.id in keys.ways_in():
            keys.rename(work.session, member_of(person))
    work.note_deed_for_good("staff.renamed", "staff", person.id)


def _close(work: Work, keys: Members, staff_id: UUID) -> None:
    if staff_id == work.actor.id:
        raise OwnAccount
    person = work.get(Staff, staff_id)
    _leave_an_administrator(work, keys, without=staff_id)
    person.active = False
    keys.close(work.session, staff_id)


def _open_account(work: Work, staff_id: UUID) -> Staff:
    person = work.get(Staff, staff_id)
    if not person.active:
        raise FieldProblem("active", "account_disabled")
    return person


def _leave_an_administrator(work: Work, keys: Members, *, without: UUID) -> None:
    """Raise LastAdministrator unless somebody else administers here, with a passphrase of their own."""
    ways = keys.ways_in()
    for person in work.session.scalars(select(Staff).where(Staff.active)):
        way = ways.get(person.id)
        if person.id != without and way is not None and way.has_own_passphrase and _administers(person):
            return
    raise LastAdministrator


def _administers(person: Staff) -> bool:
    return Role.ADMINISTRATOR in person.roles and Permission.MANAGE_STAFF in decided_for(person).permissions


def _codes(roles: Iterable[Role]) -> str:
    return " ".join(sorted(roles))
