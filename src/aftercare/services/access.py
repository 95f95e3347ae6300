"""What colleagues may do besides their roles, and the teams they are of. Nobody decides this for themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, literal, select

from aftercare.domain.drafts.access import AccessDraft, TeamDraft
from aftercare.domain.errors import FieldProblem, NotForYourself, NotFound, TeamInUse
from aftercare.domain.permissions import ADJUSTABLE, Permission, Reach
from aftercare.domain.rows.access import AccessRow, TeamRow
from aftercare.records.access import Team, TeamMember
from aftercare.records.base import EVERYONE
from aftercare.records.people import Case, Staff
from aftercare.services.actors import actor_of, decided_for
from aftercare.services.approvals import need_approval_to_give
from aftercare.services.work import Work, needs


@needs(Permission.MANAGE_STAFF)
def show_access(work: Work) -> tuple[AccessRow, ...]:
    """Everybody who has an account, with what they may do and whom they see, by name."""
    teams: dict[UUID, list[UUID]] = defaultdict(list)
    for staff_id, team_id in work.session.execute(select(TeamMember.staff_id, TeamMember.team_id)):
        teams[staff_id].append(team_id)
    people = work.session.scalars(select(Staff).order_by(Staff.active.desc(), Staff.display_name))
    return tuple(_access_row(staff, teams[staff.id]) for staff in people)


def _access_row(staff: Staff, teams: Iterable[UUID]) -> AccessRow:
    actor, decided = actor_of(staff), decided_for(staff)
    return AccessRow(
        staff_id=staff.id,
        display_name=staff.display_name,
        roles=actor.roles,
        active=staff.active,
        reach=actor.reach,
        own_reach=staff.reach,
        given=decided.given,
        withheld=decided.withheld,
        permissions=actor.permissions,
        teams=tuple(teams),
        version=staff.version,
    )


@needs(Permission.MANAGE_STAFF, confirmed=True)
def change_access(work: Work, staff_id: UUID, draft: AccessDraft) -> None:
    """Decide what a colleague may do besides their roles, how far they see, and of which teams they are.

    It holds from their next sign-in. NotForYourself for one's own account: nobody widens what they see.
    """
    if staff_id == work.actor.id:
        raise NotForYourself
    if not (draft.given | draft.withheld) <= ADJUSTABLE:
        raise FieldProblem("given", "unknown_code")
    staff = work.get_unchanged(Staff, staff_id, draft.version)
    _need_approval_to_widen(work, staff, draft)
    staff.reach = draft.reach
    staff.given, staff.withheld = sorted(draft.given), sorted(draft.withheld)
    work.note_deed_for_good("staff.access_changed", "staff", staff_id, _told(draft))
    _be_of(work, staff_id, draft.teams)


def _told(draft: AccessDraft) -> str:
    """What was decided, in codes."""
    parts = (
        ("reach", [draft.reach.value] if draft.reach else []),
        ("given", sorted(draft.given)),
        ("withheld", sorted(draft.withheld)),
    )
    return " ".join(f"{name}={','.join(codes)}" for name, codes in parts if codes)


def _need_approval_to_widen(work: Work, staff: Staff, draft: AccessDraft) -> None:
    before = decided_for(staff)
    after = replace(before, own_reach=draft.reach, given=draft.given, withheld=draft.withheld)
    more, reaches = after.permissions - before.permissions, list(Reach)
    sees_more = after.reach is not None and reaches.index(after.reach) > reaches.index(before.reach or after.reach)
    if more or sees_more:
        need_approval_to_give(work, staff.id, more, after.reach)


def _be_of(work: Work, staff_id: UUID, wanted: frozenset[UUID]) -> None:
    """Make these the teams of somebody."""
    known = set(work.session.scalars(select(Team.id)))
    if not wanted <= known:
        raise NotFound("team")
    present = {
        member.team_id: member
        for member in work.session.scalars(select(TeamMember).where(TeamMember.staff_id == staff_id))
    }
    for team_id, member in present.items():
        if team_id not in wanted:
            _leave(work, member)
    for team_id in sorted(wanted - present.keys()):
        _join(work, team_id, staff_id)


def _join(work: Work, team_id: UUID, staff_id: UUID) -> None:
    """From now on one of the team: who sees by teams sees more, so that can take two persons."""
    if actor_of(work.get(Staff, staff_id)).reach is Reach.TEAM:
        need_approval_to_give(work, staff_id, frozenset(), "team", team_id)
    work.add(TeamMember(team_id=team_id, staff_id=staff_id))
    work.note_release("staff.team_changed", "staff", staff_id, "joined")


def _leave(work: Work, member: TeamMember) -> None:
    work.remove(member)
    work.note_release("staff.team_changed", "staff", member.staff_id, "left")


# --- teams --------------------------------------------------------------------------------------------------------


@needs(Permission.WORK_HERE)
def list_teams(work: Work) -> tuple[TeamRow, ...]:
    """The teams of the organisation, by name, and how many people are of each."""
    members = select(func.count()).where(TeamMember.team_id == Team.id).correlate(Team).scalar_subquery()
    found = work.session.execute(select(Team.id, Team.name, members, Team.version).order_by(Team.name))
    return tuple(TeamRow(*row) for row in found)


@needs(Permission.MANAGE_STAFF)
def show_team(work: Work, team_id: UUID) -> TeamDraft:
    """A team as its form takes it."""
    team = work.get(Team, team_id)
    members = work.session.scalars(select(TeamMember.staff_id).where(TeamMember.team_id == team_id))
    return TeamDraft(team.name, frozenset(members), team.id, team.version)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def save_team(work: Work, draft: TeamDraft) -> UUID:
    """A new team or another name for one, and who is of it, from their next sign-in.

    NotForYourself where whoever saves it would come into it or leave it: nobody changes whom they see.
    """
    if draft.id is None:
        team_id = add_team(work, draft.name)
    else:
        team_id = draft.id
        rename_team(work, team_id, draft.name, draft.version)
    _consist_of(work, team_id, draft.members)
    return team_id


def _consist_of(work: Work, team_id: UUID, wanted: frozenset[UUID]) -> None:
    """Make these people the members of a team."""
    present = {
        member.staff_id: member
        for member in work.session.scalars(select(TeamMember).where(TeamMember.team_id == team_id))
    }
    if (work.actor.id in wanted) != (work.actor.id in present):
        raise NotForYourself
    for staff_id, member in present.items():
        if staff_id not in wanted:
            _leave(work, member)
    for staff_id in sorted(wanted - present.keys()):
        _join(work, team_id, staff_id)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def add_team(work: Work, name: str) -> UUID:
    """A new team; cases stay everybody's until they are given to it."""
    return work.add(Team(name=_checked(work, name, None))).id


@needs(Permission.MANAGE_STAFF, confirmed=True)
def rename_team(work: Work, team_id: UUID, name: str, version: int | None) -> None:
    work.get_unchanged(Team, team_id, version).name = _checked(work, name, team_id)


@needs(Permission.MANAGE_STAFF, confirmed=True)
def remove_team(work: Work, team_id: UUID, version: int | None) -> None:
    """Take a team away; TeamInUse while a case is of it, because that would open the case to everybody."""
    team = work.get_unchanged(Team, team_id, version)
    of_it = select(literal(1)).where(Case.team_id == team_id).limit(1)
    if work.session.scalar(of_it, execution_options=EVERYONE) is not None:
        raise TeamInUse
    for member in work.session.scalars(select(TeamMember).where(TeamMember.team_id == team_id)):
        work.remove(member)
    work.session.flush()
    work.remove(team)


@needs(Permission.WRITE_RECORDS)
def give_to_team(work: Work, case_id: UUID, team_id: UUID | None) -> None:
    """Whose case this is: a team's, or everybody's."""
    case = work.get(Case, case_id)
    if team_id is not None:
        work.get(Team, team_id)
    case.team_id = team_id


def team_of(work: Work) -> UUID | None:
    """The team of a new case: the worker's, where there is exactly one."""
    mine = work.session.scalars(select(TeamMember.team_id).where(TeamMember.staff_id == work.actor.id)).all()
    return mine[0] if len(mine) == 1 else None


def _checked(work: Work, name: str, own: UUID | None) -> str:
    named = " ".join(name.split())
    if not named:
        raise FieldProblem("name", "required")
    taken = work.session.scalar(select(Team.id).where(func.lower(Team.name) == named.lower()))
    if taken not in (None, own):
        raise FieldProblem("name", "taken")
    return named
