"""The names of an account: what may be one, and as whom the vault knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.records.people import Staff
from aftercare.services.work import Work

if TYPE_CHECKING:
    from aftercare.vault.members import Member

_LONGEST_LOGIN, _LONGEST_NAME = 80, 120


def member_of(person: Staff) -> Member:
    """Somebody as the key file is told of them."""
    from aftercare.vault.members import Member

    return Member(person.id, person.login_name, (person.display_name,))


def refuse(problems: list[FieldProblem]) -> None:
    """Raise DraftProblems where there are any."""
    if problems:
        raise DraftProblems(tuple(problems))


def name_problems(work: Work, login_name: str, display_name: str, but: UUID | None = None) -> list[FieldProblem]:
    """What is wrong with these names for a new account, or for the account `but`."""
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
