"""The people who work here: their accounts, what they may do, and the codes they come in with.

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
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import func, select

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.errors import DraftProblems, FieldProblem, LastAdministrator, NotForYourself, OwnAccount
from aftercare.domain.permissions import Permission, Role, granted
from aftercare.domain.rows.staff import CodeIssued, StaffRow, StaffState
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.office import ROTATION_DUE, Setting
from aftercare.records.people import Staff
from aftercare.services.actors import actor_of
from aftercare.services.approvals import need_approval, need_approval_to_give, need_approval_to_shut_out
from aftercare.services.confirming import confirm_identity
from aftercare.services.office import office_settings
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice
    from aftercare.vault.members import Member, Members, WayIn

_LONGEST_LOGIN, _LONGEST_NAME = 80, 120
_SIGNED_IN = ("vault.unlocked", "vault.first_passphrase_chosen", "vault.created")
_REMOVED = "staff.removed"


# --- who works here ------------------------------------------------------------------------------------------------


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
    return set(work.session.scalars(select(entry.object_id).where(entry.action == _REMOVED)))


# --- accounts ------------------------------------------------------------------------------------------------------


@needs(Permission.MANAGE_STAFF, confirmed=True)
def add_staff(work: Work, keys: Members, draft: StaffDraft) -> CodeIssued:
    """A new account and the code for its first login; DraftProblems where a field cannot be kept."""
    _refuse(
        [
            *_name_problems(work, draft.login_name, draft.display_name),
            *([] if draft.roles else [FieldProblem("roles", "required")]),
        ]
    )
    login_name, display_name = draft.login_name.strip(), draft.display_name.strip()
    need_approval_to_give(work, None, granted(draft.roles), login_name)
    person = work.add(Staff(login_name=login_name, display_name=display_name, roles=sorted(draft.roles)))
    work.note_release("staff.added", "staff", person.id, _codes(draft.roles))
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
    work.note_release("staff.reset", "staff", staff_id)
    return _issue(work, keys, person)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def disable_staff(work: Work, keys: Members, staff_id: UUID) -> None:
    """Close the account: nobody signs in with it. What the person wrote stays theirs.

    ApprovalNeeded where the organisation puts closing accounts under two persons.
    """
    _need_approval_to_close(work, staff_id)
    _close(work, keys, staff_id)
    work.note_release("staff.disabled", "staff", staff_id)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def enable_staff(work: Work, keys: Members, staff_id: UUID) -> CodeIssued:
    """Open a closed account again, with a code: the passphrase of before is gone."""
    person = work.get(Staff, staff_id)
    if person.active:
        raise FieldProblem("active", "same_as_before")
    _need_approval_to_let_in(work, person)
    person.active = True
    work.note_release("staff.enabled", "staff", staff_id)
    return _issue(work, keys, person)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def close_for_good(work: Work, keys: Members, staff_id: UUID) -> None:
    """The first half of removing somebody: their slot goes, and the keys must be changed (services/rotation.py).

    ApprovalNeeded where the organisation puts this under two persons.
    """
    _need_approval_to_close(work, staff_id)
    _close(work, keys, staff_id)
    work.session.merge(Setting(name=ROTATION_DUE, value={"since": work.now().isoformat()}))
    work.note_release(_REMOVED, "staff", staff_id)


# --- one's own -----------------------------------------------------------------------------------------------------


def change_own_passphrase(office: OpenOffice, current: str, passphrase: str, *, cancelled: Event | None = None) -> None:
    """Another passphrase for whoever is signed in; nobody else is needed, and nobody is asked.

    Raises `WeakPassphrase` first, then `WrongPassphrase` and `TooManyAttempts` as unlocking does.
    """
    office.desk.ask(refuse_weak_passphrase, passphrase)
    confirm_identity(office, current, cancelled=cancelled)
    office.desk.do(seal_own_passphrase, office.keys(cancelled), passphrase)


@needs(Permission.WORK_HERE)
def refuse_weak_passphrase(work: Work, passphrase: str) -> None:
    """Raise `WeakPassphrase` where whoever asks may not use it; before anything takes time."""
    from aftercare.vault.members import refuse_weak

    refuse_weak(passphrase, _member(work.get(Staff, work.actor.id)))


@needs(Permission.WORK_HERE, confirmed=True)
def seal_own_passphrase(work: Work, keys: Members, passphrase: str) -> None:
    """The second half of changing one's own passphrase, once the one of now was heard."""
    keys.change_passphrase(work.session, _member(work.get(Staff, work.actor.id)), passphrase)


# --- inside --------------------------------------------------------------------------------------------------------


def _issue(work: Work, keys: Members, person: Staff) -> CodeIssued:
    issued = keys.issue_code(work.session, _member(person))
    return CodeIssued(person.id, person.login_name, person.display_name, issued.expires, issued.code.groups)


def _give_roles(work: Work, keys: Members, person: Staff, roles: frozenset[Role]) -> None:
    if not roles:
        raise FieldProblem("roles", "required")
    if person.id == work.actor.id and roles - frozenset(map(Role, person.roles)):
        raise NotForYourself  # an administrator who is to see records is made a manager by another one, or not at all
    if Role.ADMINISTRATOR not in roles:
        _leave_an_administrator(work, keys, without=person.id)
    before = actor_of(person)
    more = replace(before, roles=roles).permissions - before.permissions
    if more:
        need_approval_to_give(work, person.id, more)
    if person.id != work.actor.id and Permission.APPROVE not in granted(roles):
        need_approval_to_shut_out(work, person.id, before.permissions, *sorted(roles))
    person.roles = sorted(roles)
    work.note_release("staff.roles_changed", "staff", person.id, _codes(roles))


def _need_approval_to_let_in(work: Work, person: Staff) -> None:
    """Whoever makes a code for somebody could come in with it: so it counts as giving all that they may do."""
    if person.id != work.actor.id:
        need_approval_to_give(work, person.id, actor_of(person).permissions)


def _need_approval_to_close(work: Work, staff_id: UUID) -> None:
    """Closing is the same for as long as it lasts: whoever may disable alone need not remove."""
    if staff_id == work.actor.id:
        raise OwnAccount
    if Approvable.REMOVE_STAFF in office_settings(work).two_persons_for:
        need_approval(work, Approvable.REMOVE_STAFF, staff_id)
    else:
        need_approval_to_shut_out(work, staff_id, actor_of(work.get(Staff, staff_id)).permissions)


def _give_names(work: Work, keys: Members, person: Staff, draft: StaffNamesDraft) -> None:
    _refuse(_name_problems(work, draft.login_name, draft.display_name, but=person.id))
    person.display_name = draft.display_name.strip()
    login_name = draft.login_name.strip()
    if login_name != person.login_name:
        person.login_name = login_name
        if person.id in keys.ways_in():
            keys.rename(work.session, _member(person))
    work.note_release("staff.renamed", "staff", person.id)


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
    return Role.ADMINISTRATOR in person.roles and Permission.MANAGE_STAFF in actor_of(person).permissions


def _member(person: Staff) -> Member:
    from aftercare.vault.members import Member

    return Member(person.id, person.login_name, (person.display_name,))


def _codes(roles: Iterable[Role]) -> str:
    return " ".join(sorted(roles))


def _refuse(problems: list[FieldProblem]) -> None:
    if problems:
        raise DraftProblems(tuple(problems))


def _name_problems(work: Work, login_name: str, display_name: str, but: UUID | None = None) -> list[FieldProblem]:
    problems = []
    for field, value, longest in (
        ("login_name", login_name, _LONGEST_LOGIN),
        ("display_name", display_name, _LONGEST_NAME),
    ):
        if not value.strip():
            problems.append(FieldProblem(field, "required"))
        elif len(value.strip()) > longest:
            problems.append(FieldProblem(field, "too_long"))
    if not problems:
        problems += [
            FieldProblem(field, "taken")
            for field, value in (("login_name", login_name), ("display_name", display_name))
            if _is_taken(work, field, value, but)
        ]
    return problems


def _is_taken(work: Work, field: str, name: str, but: UUID | None) -> bool:
    """Whether somebody, working here or not any more, has this name or another spelling of it.

    The name that is shown, too: the log tells people apart by it, and nobody signs what they do as a colleague.
    """
    from aftercare.vault.slots import folded_login

    wanted = folded_login(name)
    known = work.session.execute(select(Staff.id, getattr(Staff, field)))
    return any(person != but and folded_login(other) == wanted for person, other in known)
