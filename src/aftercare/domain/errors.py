"""Two kinds of trouble: a `Problem` is the world's or the user's, a `Bug` is ours.

Problems carry facts, never sentences and never personal data; `aftercare.notices` makes words of them. Each class here
has its words there (a test compares the two lists).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class Problem(Exception):
    """Something the person at the desk can understand and act on; nothing was changed."""


class Bug(Exception):
    """A mistake of ours: logged with ids only, shown as one calm sentence."""


# --- records and rules -------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotAllowed(Problem):
    """The actor's roles do not hold the permission (its code)."""

    permission: str


@dataclass(eq=False)
class NotFound(Problem):
    """No such record, or not one that this person may see; the two look alike on purpose."""

    kind: str


@dataclass(eq=False)
class FieldProblem(Problem):
    """One field of a draft cannot be kept as it stands; `reason` is a code of `notices.FIELD_REASONS`."""

    field: str
    reason: str
    value: str = ""


@dataclass(eq=False)
class DraftProblems(Problem):
    """Several fields of one draft cannot be kept; shown each beside its field."""

    problems: tuple[FieldProblem, ...]


@dataclass(eq=False)
class ChangedMeanwhile(Problem):
    """The record was changed after this form (or this undo) was made from it."""

    kind: str


@dataclass(eq=False)
class NothingToUndo(Problem):
    """The change was undone already, or has left the house and cannot be undone."""

    released: bool = False


@dataclass(eq=False)
class NoteLocked(Problem):
    """The note is older than the lock time; a correction is an addendum."""

    locked_on: date


@dataclass(eq=False)
class CannotClose(Problem):
    """A case, plan or goal still has something open; `reasons` are codes of `domain.closing.Obstacle`."""

    what: str
    reasons: tuple[str, ...]


@dataclass(eq=False)
class LadderStands(Problem):
    """A reunification step is not allowed; `reasons` are codes of `domain.reunification.Obstacle`."""

    reasons: tuple[str, ...]


@dataclass(eq=False)
class PlanCannotBeAgreed(Problem):
    """Codes of what is missing before a plan version can be agreed."""

    reasons: tuple[str, ...]
